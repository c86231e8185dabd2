//! Every exact finding leads to the bytes of the file that say the flagged words.
//!
//! A dictionary of everyday words is used beside the rules that ship, so that every fixture has findings in
//! many places.

mod common;

use std::fs;
use std::path::Path;
use tonelint::decode::transfer::Transfer;
use tonelint::decode::{encoded_word, html};
use tonelint::lint::{Linter, Policy};
use tonelint::message::Message;
use tonelint::rules::RuleSet;
use tonelint::span::Span;

const WORDS: &str = r#"
slip = { about = "Slips in anywhere.", words = ["really"] }
opener = { about = "Opens a sentence.", words = ["so"] }
joint = { about = "Joins clauses.", words = ["because"] }
"#;

const EVERYDAY: &str = r#"
id = "everyday"
role = "finding"
summary = "An everyday word, or two of them."
why = "Made for the tests."
source = ["Made for the tests"]

[[sense]]
name = "pair"
pattern = ["[(you|we|i|the|a|your|our|to|for|of|in|on|at|is|are|will|not|it|and|hello|dear|thanks) <word>]"]

[[sense]]
name = "word"
pattern = ["[you|we|i|the|a|your|our|to|for|of|in|on|at|is|are|will|not|it|and|hello|dear|thanks]"]

[[example]]
text = "[[Your van]] broke."
sense = "pair"

[[example]]
text = "Say so, [[you]]."
sense = "word"

[[example]]
text = "Vans break."
"#;

fn everyday() -> RuleSet {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("everyday");
    for (path, text) in [("words/all.toml", WORDS), ("made/everyday.toml", EVERYDAY)] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the build's own folder");
        fs::write(path, text).expect("the build's own folder can be written to");
    }
    RuleSet::from_folder(&folder).unwrap_or_else(|error| panic!("{error}"))
}

/// Checks every finding of `rules` in `message`; gives their number.
fn check(rules: &RuleSet, path: &str, raw: &[u8], message: &Message) -> usize {
    let policy = Policy::default();
    let linted = Linter::new(rules, &policy).lint(path, message);
    for finding in &linted.findings {
        let passage = finding.place.passage.of(message).expect("a finding lies in a passage");
        assert!(passage.exact, "{path}: every fixture can be read exactly");
        let flagged = finding.place.mark.of(&passage.text);
        let place = passage.map.to_source(finding.place.mark);
        assert!(
            readings(raw, place).iter().any(|reading| letters(reading) == letters(flagged))
                || unescaped(raw, place).iter().any(|reading| letters(reading) == letters(flagged))
                || in_units(raw, place).iter().any(|reading| letters(reading).contains(&letters(flagged))),
            "{path}: {flagged:?} leads to {:?}",
            String::from_utf8_lossy(&raw[place.range()])
        );
    }
    linted.findings.len()
}

/// What the bytes at `place` say: as they are, and with quoted-printable and HTML undone.
fn readings(raw: &[u8], place: Span) -> Vec<String> {
    let bytes = &raw[place.range()];
    let plain = String::from_utf8_lossy(bytes).into_owned();
    let joined = String::from_utf8_lossy(&Transfer::QuotedPrintable.decode(bytes).0).into_owned();
    let tagless = [&plain, &joined].map(|text| html::read(text).decoded.text);
    [plain, joined].into_iter().chain(tagless).collect()
}

/// What the bytes at `place` say when the escapes of JSON, YAML, CSV, gettext and properties are undone: both those
/// that are letters for a character and the breaks between pieces of one text.
fn unescaped(raw: &[u8], place: Span) -> Vec<String> {
    let plain = String::from_utf8_lossy(&raw[place.range()]).into_owned();
    let mut out = String::new();
    let mut rest = plain.as_str();
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let digits = escape.strip_prefix("\\u").and_then(|rest| u32::from_str_radix(rest.get(..4)?, 16).ok());
        let (unit, length) = match digits.and_then(char::from_u32) {
            Some(unit) => (unit, 6),
            None => (' ', 1 + escape[1..].chars().next().map_or(0, char::len_utf8)),
        };
        out.push(unit);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    let shown = html::read(&out).decoded.text;
    vec![out, shown]
}

/// What the units say that `place` touches: groups of four in base64, encoded words in headers (RFC 2047),
/// which are pointed at as a whole.
fn in_units(raw: &[u8], place: Span) -> [String; 2] {
    let start = place.start as usize;
    let line = raw[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let end = raw.len().min(place.end as usize + 3);
    let groups = Transfer::Base64.decode(&raw[line + (start - line) / 4 * 4..end]).0.into_owned();
    let encoded_words = encoded_word::decode(&raw[place.range()]).text;
    [String::from_utf8_lossy(&groups).into_owned(), encoded_words]
}

/// ASCII letters and digits alone, which every charset of the fixtures writes alike: line ends, quote marks and
/// zero bytes stand between them as they like.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[test]
fn findings_of_every_fixture_decode_back_to_the_flagged_words() {
    let (everyday, shipped) = (everyday(), RuleSet::embedded());
    let mut count = 0;
    for (path, raw, message) in common::fixtures() {
        let found = check(&everyday, &path, &raw, &message);
        let own: usize = message.bodies.iter().flat_map(|body| body.own()).map(Span::len).sum();
        assert!(found > 0 || own < 40, "{path}: no finding, so nothing is shown");
        count += found + check(&shipped, &path, &raw, &message);
    }
    for (path, raw, collection) in common::collections() {
        let mut found = 0;
        for entry in collection.entries() {
            let message = Message::of_entry(entry);
            found += check(&everyday, &path, &raw, &message) + check(&shipped, &path, &raw, &message);
        }
        assert!(found > 4, "{path}: only {found} findings, so little is shown");
        count += found;
    }
    assert!(count > 200, "only {count} findings were checked");
}
