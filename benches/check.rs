//! How long the work on a mail takes, and where: `cargo bench`.

use divan::{Bencher, counter::BytesCount};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use tonelint::lint::{Linter, Policy};
use tonelint::message::{Kind, Message};
use tonelint::rules::{Matcher, Reading, RuleSet};
use tonelint::span::Span;
use tonelint::text;

fn main() {
    divan::main();
}

fn fixture(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A mail of 1.5 KB: a reply with a quote below it, in quoted-printable.
fn mail() -> Vec<u8> {
    fixture("quiet/benchmark.eml")
}

/// The words of the quiet replies, over and over, until they are 500 KB.
fn long_text() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/quiet");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "md"));
    paths.sort();
    let once: String = paths.iter().map(|path| fs::read_to_string(path).expect("a reply is text") + "\n\n").collect();
    once.repeat(500_000 / once.len() + 1)[..500_000].to_owned()
}

/// A cold start: the rules that ship, read from the binary.
#[divan::bench]
fn start_up() -> RuleSet {
    RuleSet::embedded()
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let raw = mail();
    bencher.counter(BytesCount::new(raw.len())).bench(|| Message::read(black_box(&raw), Kind::Eml));
}

#[divan::bench]
fn lint(bencher: Bencher<'_, '_>) {
    let raw = mail();
    let message = Message::read(&raw, Kind::Eml).expect("the fixture is a mail");
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    bencher.counter(BytesCount::new(raw.len())).bench(|| linter.lint("mail.eml", black_box(&message)));
}

/// Everything from the bytes to the findings, with the rules at hand.
#[divan::bench]
fn whole_check(bencher: Bencher<'_, '_>) {
    let raw = mail();
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    bencher.counter(BytesCount::new(raw.len())).bench(|| {
        let message = Message::read(black_box(&raw), Kind::Eml).expect("the fixture is a mail");
        linter.lint("mail.eml", &message)
    });
}

#[divan::bench(sample_count = 20)]
fn sentences_and_words(bencher: Bencher<'_, '_>) {
    let body = long_text();
    bencher.counter(BytesCount::new(body.len())).bench(|| {
        let sentences = text::sentences(black_box(&body), Span::new(0, body.len()));
        sentences.iter().map(|sentence| text::words(&body, sentence.span).len()).sum::<usize>()
    });
}

/// The patterns alone, over sentences that are ready.
#[divan::bench(sample_count = 20)]
fn matcher(bencher: Bencher<'_, '_>) {
    let rules = RuleSet::embedded();
    match_long_text(bencher, &Matcher::new(&rules.dictionary));
}

/// What the prefilter saves. Seconds a run, so it is run once.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn matcher_without_prefilter(bencher: Bencher<'_, '_>) {
    let rules = RuleSet::embedded();
    match_long_text(bencher, &Matcher::without_prefilter(&rules.dictionary));
}

fn match_long_text(bencher: Bencher<'_, '_>, matcher: &Matcher<'_>) {
    let body = long_text();
    let sentences = text::tokenised(&body, Span::new(0, body.len()));
    let readings: Vec<Reading<'_>> = sentences.iter().map(|sentence| matcher.read(sentence)).collect();
    bencher.counter(BytesCount::new(body.len())).bench(|| {
        (0..readings.len()).map(|index| matcher.hits(black_box(&readings), index, |_| true).len()).sum::<usize>()
    });
}
