//! Any text, read as a pattern, as a rule file and as a word file, is compiled or refused with a place in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonelint::rules::compile::file::Source;
use tonelint::rules::compile::{Compiler, notation};
use tonelint::rules::{Matcher, Reading};
use tonelint::span::Span;
use tonelint::text;

const WORDS: &str = r#"
slip = { about = "", words = ["really"] }
opener = { about = "", words = ["so"] }
joint = { about = "", words = ["because"] }
you = { about = "", words = ["you", "you all"] }
"#;

fuzz_target!(|written: &str| {
    if let Err(problem) = notation::parse(written) {
        assert!(problem.at <= written.len() && !problem.message.is_empty());
    }
    let compiler = || {
        let mut compiler = Compiler::default();
        compiler.word_file(Source { path: "words.toml", text: WORDS }).expect("the words stand");
        compiler
    };
    // The pattern in a rule that is sound apart from it; and the text as a whole file of either kind.
    let rule = format!(
        "id = \"a\"\nrole = \"finding\"\nsummary = \"\"\nwhy = \"\"\nsource = []\n[[sense]]\nname = \"s\"\npattern = [{}]\n\
         [[example]]\ntext = \"[[x]]\"\nsense = \"s\"\n[[example]]\ntext = \"y\"\n",
        toml_string(written)
    );
    if let Err(error) = compiler().rule_file("fuzz", "b", Source { path: "b.toml", text: written }) {
        assert!(error.line >= 1 && error.column >= 1 && !error.to_string().is_empty());
    }
    let _ = Compiler::default().word_file(Source { path: "c.toml", text: written });
    let mut compiler = compiler();
    if compiler.rule_file("fuzz", "a", Source { path: "a.toml", text: &rule }).is_err() {
        return;
    }
    let (dictionary, ..) = compiler.finish().expect("the classes of the engine are there");
    // What was compiled can be run.
    let draft = "You all really should not have, so (because) you did: a, b and c?";
    let matcher = Matcher::new(&dictionary);
    let sentences = text::tokenised(draft, Span::new(0, draft.len()));
    let readings: Vec<Reading<'_>> = sentences.iter().map(|sentence| matcher.read(sentence)).collect();
    for index in 0..readings.len() {
        for hit in matcher.hits(&readings, index, |_| true) {
            assert!(draft.get(hit.mark.range()).is_some_and(|marked| !marked.is_empty()));
        }
    }
});

/// `text` as a basic string of TOML.
fn toml_string(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
