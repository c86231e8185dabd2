//! What the rules that ship say: the reference in `docs/` is theirs, and their words keep to their own rules.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use tonelint::lint::{Linter, Policy};
use tonelint::message::{Kind, Message};
use tonelint::report::reference;
use tonelint::rules::RuleSet;
use tonelint::rules::dictionary::{Role, Severity};

/// Words a line may have that says how the writer's words land.
const MOST_WORDS: usize = 12;

#[test]
fn the_reference_is_written_from_the_rules() {
    let path = common::root().join("docs/rules.md");
    let written = reference::all(&RuleSet::embedded());
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("docs/")).expect("the project can be written to");
        fs::write(&path, &written).expect("the project can be written to");
    }
    let current = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = current.lines().zip(written.lines()).position(|(now, then)| now != then);
    let line = differs.unwrap_or(current.lines().count().min(written.lines().count())) + 1;
    assert!(
        current == written,
        "docs/rules.md is behind the rules from line {line} on; UPDATE=1 cargo test --test rules"
    );
}

#[test]
fn messages_are_one_short_line() {
    let rules = RuleSet::embedded();
    let mut long = Vec::new();
    let findings = rules.dictionary.rules.iter().zip(0..).filter(|(rule, _)| rule.role == Role::Finding);
    for (rule, number) in findings {
        let prose = rules.prose(number);
        // Without words of its own, a sense is given the summary of its rule.
        let shown = rule.senses.iter().zip(&prose.senses).filter(|(sense, _)| sense.severity > Severity::Silent);
        let messages: BTreeSet<_> = shown.map(|(_, said)| said.message.as_ref().unwrap_or(&prose.summary)).collect();
        for message in messages {
            let count = message.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            if count > MOST_WORDS || message.contains('\n') {
                long.push(format!("{}: {count} words: {message}", rule.id));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Everything tonelint says to people: where it stands, its kind, its text.
fn said() -> Vec<(String, Kind, String)> {
    let rules = RuleSet::embedded();
    let mut said = Vec::new();
    for (rule, number) in rules.dictionary.rules.iter().zip(0..) {
        let prose = rules.prose(number);
        let senses = prose.senses.iter().flat_map(|sense| [&sense.message, &sense.instead]);
        let lines = senses.flatten().chain([&prose.summary, &prose.why]).chain(&prose.instead);
        // Words between asterisks are spoken of, as words between quotation marks are.
        said.extend(lines.map(|line| (format!("rule {}", rule.id), Kind::Text, line.replace('*', "\""))));
    }
    let pages = ["ci", "mail-clients", "adoption", "own-rules"].map(|name| format!("docs/{name}.md"));
    for page in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned).into_iter().chain(pages) {
        let text = common::text(&common::root().join(&page));
        said.push((page, Kind::Markdown, text));
    }
    for command in [
        &["--help"][..],
        &["check", "--help"],
        &["try", "--help"],
        &["hook", "install", "--help"],
        &["baseline", "--help"],
        &["init", "--help"],
        &["show", "--help"],
        &["rules", "--help"],
        &["drafts", "--help"],
        &["watch", "--help"],
        &["brief", "--help"],
        &["sendmail", "--help"],
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_tonelint")).args(command).output().expect("tonelint runs");
        let help = String::from_utf8(done.stdout).expect("help is text");
        assert!(help.contains("Usage:"), "{command:?}: {help}");
        said.push((format!("tonelint {}", command.join(" ")), Kind::Text, help));
    }
    said
}

#[test]
fn tonelint_keeps_to_its_own_rules() {
    let rules = RuleSet::embedded();
    let policy = Policy::default();
    let linter = Linter::new(&rules, &policy);
    let mut offences = Vec::new();
    let mut words = 0;
    for (place, kind, text) in said() {
        let message = Message::read(text.as_bytes(), kind).unwrap_or_else(|error| panic!("{place}: {error}"));
        let linted = linter.lint(&place, &message);
        words += linted.own_words;
        for finding in linted.findings.iter().filter(|finding| finding.severity >= Severity::Warning) {
            let rule = &rules.dictionary.rules[finding.rule as usize];
            // We name phrases between quotation marks to speak of them, not to doubt them.
            if rule.id == "contempt/scare-quotes" {
                continue;
            }
            let sense = &rule.senses[finding.sense as usize].name;
            let sentence = finding.place.passage.of(&message).map_or("", |p| finding.place.sentence.of(&p.text));
            offences.push(format!("{place}: {} ({sense}): {sentence}", rule.id));
        }
    }
    assert!(words > 300, "only {words} words were read");
    assert!(offences.is_empty(), "{} places:\n{}", offences.len(), offences.join("\n"));
}
