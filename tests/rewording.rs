//! Invented histories of five kinds: only searching for words is rewording.

use std::fs;
use std::path::{Path, PathBuf};
use tonelint::drafts::{Draft, Known, Level, Rewording, Story, compare, traces};
use tonelint::message::{Kind, Message};
use tonelint::span::Span;

/// The folders below `fixtures/drafts/<kind>`, one history each.
fn histories(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/drafts").join(kind);
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    all.sort();
    assert_eq!(all.len(), 4, "four histories of each kind");
    all
}

/// Reads `1.txt`, `2.txt`, …; `findings.list` holds the phrases that count as findings, one a line.
fn drafts(history: &Path) -> Vec<Draft> {
    let phrases = fs::read_to_string(history.join("findings.list")).unwrap_or_default();
    let mut drafts = Vec::new();
    while let Ok(text) = fs::read_to_string(history.join(format!("{}.txt", drafts.len() + 1))) {
        let mut draft = Draft::plain(format!("{}.txt", drafts.len() + 1), &text);
        let spans: Vec<Span> =
            phrases.lines().filter_map(|phrase| text.find(phrase).map(|at| Span::new(at, at + phrase.len()))).collect();
        draft.set_findings(&spans);
        drafts.push(draft);
    }
    assert!(drafts.len() >= 3, "{}", history.display());
    drafts
}

fn read(history: &Path) -> Rewording {
    let drafts = drafts(history);
    let message = Message::read(drafts[drafts.len() - 1].text.as_bytes(), Kind::Text).expect("plain text");
    Story::tell(drafts, traces(&message)).rewording
}

#[test]
fn searching_for_words_is_high() {
    for history in histories("agonised") {
        let got = read(&history);
        assert_eq!(got.level, Level::High, "{}: {got:#?}", history.display());
        assert!(got.index >= 0.5 && !got.signs.is_empty());
    }
}

#[test]
fn all_other_revision_is_none() {
    for kind in ["informed", "proofread", "mended", "template-filled"] {
        for history in histories(kind) {
            let got = read(&history);
            assert_eq!(got.level, Level::None, "{}: {got:#?}", history.display());
            assert!(got.index.abs() < f32::EPSILON && got.signs.is_empty());
        }
    }
}

#[test]
fn mending_is_what_keeps_the_mended_at_none() {
    // The same edits without findings: the fixtures show obedience, not stillness.
    let reworded = histories("mended").into_iter().flat_map(|h| {
        let drafts = drafts(&h);
        (1..drafts.len())
            .flat_map(|n| compare(&mut Known::default(), &drafts[n - 1], &drafts[n]).changes)
            .collect::<Vec<_>>()
    });
    assert!(reworded.filter(|change| change.mended).count() >= 4);
}

/// What is told of three drafts of a mail.
fn signs(drafts: [&str; 3]) -> Vec<&'static str> {
    let drafts = drafts.iter().enumerate().map(|(n, text)| Draft::plain(format!("{n}.txt"), text)).collect();
    Story::tell(drafts, Vec::new()).rewording.signs.iter().map(|clue| clue.sign).collect()
}

#[test]
fn only_words_that_came_back_are_said_to_have() {
    let first = "The kitchen is late because the stone broke in the yard.\n\nWe are very sorry about the trouble you \
                 have with it.\n\nA new stone will be cut for you as soon as we can.\n";
    let second = "Your kitchen has slipped, for the stone cracked on our site.\n\nPlease accept apologies for all the \
                  trouble it gives you.\n\nAnother stone is going to be cut, the moment that we can.\n";
    let third = "As our stone split at the works, your kitchen runs behind.\n\nThis trouble is regretted, and we know \
                 what you go through.\n\nThe moment it is possible, a fresh stone gets sawn.\n";
    let (away, new) = (signs([first, second, first]), signs([first, second, third]));
    assert!(away.contains(&"back-and-forth") && !away.contains(&"ever-new-words"), "{away:?}");
    assert!(!new.contains(&"back-and-forth") && !new.contains(&"return"), "{new:?}");
}
