//! `tonelint try`

use super::session::Session;
use super::{Common, output};
use std::fmt::Write;
use tonelint::report::{escape, style};
use tonelint::rules::dictionary::{Dictionary, Role};
use tonelint::rules::{Hit, Matcher, NearMiss};
use tonelint::span::Span;
use tonelint::text::{self, Tokenised};

#[derive(clap::Args)]
pub struct Arguments {
    /// A sentence or two
    #[arg(required = true)]
    text: Vec<String>,
    /// Show every sense that has its words in the sentence, too
    #[arg(long)]
    all: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let session = Session::here(common)?;
    let dictionary = &session.first().1.dictionary;
    let matcher = Matcher::new(dictionary);
    let text = arguments.text.join(" ");
    let sentences = text::tokenised(&text, Span::new(0, text.len()));
    let readings: Vec<_> = sentences.iter().map(|sentence| matcher.read(sentence)).collect();
    if readings.is_empty() {
        anyhow::bail!("no words to try; such as: tonelint try \"You should have told us.\"");
    }
    let mut out = String::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let hits = matcher.hits(&readings, index, |_| true);
        describe(&mut out, dictionary, &text, sentence, &hits)?;
        let misses = matcher.near_misses(&readings, index, &hits);
        nearly(&mut out, dictionary, misses.iter().filter(|miss| arguments.all || miss.matched))?;
    }
    output::write(&out)?;
    Ok(0)
}

fn describe(
    out: &mut String,
    dictionary: &Dictionary,
    text: &str,
    sentence: &Tokenised,
    hits: &[Hit],
) -> anyhow::Result<()> {
    writeln!(out, "{}", style::strong(&escape::line(sentence.span.of(text))))?;
    let words: Vec<&str> = sentence.words.iter().map(|word| &*word.form).collect();
    writeln!(out, "  {}", style::faint(&format!("read as: {}", escape::line(&words.join(" ")))))?;
    for hit in hits {
        let rule = &dictionary.rules[hit.rule as usize];
        let sense = &rule.senses[hit.sense as usize];
        let what = match rule.role {
            Role::Finding => format!("{:?}", sense.severity).to_lowercase(),
            Role::Credit => format!("credit: {}", sense.kind.as_deref().unwrap_or("")),
            Role::Signal => format!("signal: {}", sense.kind.as_deref().unwrap_or("")),
        };
        writeln!(out, "  “{}”  {} ({}), {what}", escape::line(hit.mark.of(text)), rule.id, sense.name)?;
    }
    if hits.is_empty() {
        writeln!(out, "  nothing seen")?;
    }
    Ok(())
}

/// Senses that nearly won.
fn nearly<'m>(
    out: &mut String,
    dictionary: &Dictionary,
    misses: impl Iterator<Item = &'m NearMiss>,
) -> anyhow::Result<()> {
    for miss in misses {
        let rule = &dictionary.rules[miss.rule as usize];
        let sense = &rule.senses[miss.sense as usize];
        let why =
            if miss.matched { "an earlier sense or a condition stands against it" } else { "other words around it" };
        writeln!(out, "  {}", style::faint(&format!("nearly: {} ({}): {why}", rule.id, sense.name)))?;
    }
    Ok(())
}
