//! Threads of our own invention, each with the verdict a wise account manager would give.

#![expect(clippy::expect_used, reason = "fixtures are ours")]

use std::path::{Path, PathBuf};
use tonelint::advice::brief::{self, render};
use tonelint::advice::{Action, Advice, Context, Document, Source, advise, is_key_account};
use tonelint::decode::Kind;
use tonelint::lint::{Linter, Policy};
use tonelint::message::Message;
use tonelint::rules::RuleSet;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/threads").join(name)
}

/// Reads a fixture and hands its context to `judge`. Lindqvist is a key account.
fn with<T>(name: &str, judge: impl Fn(&Context<'_>) -> T) -> T {
    let raw = std::fs::read(fixture(name)).expect("a fixture of this name");
    let message = Message::read(&raw, Kind::Eml).expect("a mail");
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    let linted = linter.lint(name, &message);
    judge(&Context {
        key_account: is_key_account(&message, &["lindqvist@client.example".to_owned()]),
        ..Context::of(&message, &linted, &linter)
    })
}

fn weigh(name: &str) -> Advice {
    with(name, advise)
}

#[test]
fn what_is_settled_or_spoken_about_is_sent() {
    for name in ["settled.eml", "record-of-a-call.eml", "another-day.eml"] {
        let advice = weigh(name);
        assert_eq!(advice.action, Action::Send, "{name}: {:#?}", advice.reasons);
    }
}

#[test]
fn words_that_scold_a_calm_customer_are_reworked() {
    assert_eq!(weigh("scolding.eml").action, Action::Rework);
}

#[test]
fn what_cannot_be_undone_is_told_by_voice() {
    for name in ["lost-ring.eml", "no-coach.eml"] {
        let advice = weigh(name);
        assert_eq!(advice.action, Action::Call, "{name}: {:#?}", advice.reasons);
    }
}

#[test]
fn a_key_account_whose_pump_fails_again_is_visited() {
    let advice = weigh("third-pump.eml");
    assert_eq!(advice.action, Action::Visit, "{:#?}", advice.reasons);
}

#[test]
fn reasons_come_heaviest_first_and_add_up() {
    let advice = weigh("lost-ring.eml");
    let points: Vec<f32> = advice.reasons.iter().map(|reason| reason.points.abs()).collect();
    assert!(points.is_sorted_by(|a, b| a >= b), "{points:?}");
    let sum: f32 = advice.reasons.iter().map(|reason| reason.points).sum();
    assert!((sum - advice.points).abs() < 1e-4);
}

/// The words at a source, read from the file's bytes.
fn at(raw: &[u8], message: &Message, source: &Source) -> String {
    let passage = source.place.passage.of(message).expect("a passage of the draft");
    String::from_utf8_lossy(&raw[passage.map.to_source(source.place.mark).range()]).into_owned()
}

#[test]
fn every_reason_leads_back_to_its_words() {
    for name in ["lost-ring.eml", "no-coach.eml", "third-pump.eml"] {
        let raw = std::fs::read(fixture(name)).expect("a fixture of this name");
        let message = Message::read(&raw, Kind::Eml).expect("a mail");
        for reason in weigh(name).reasons {
            let Some(source) = reason.source.filter(|source| source.document == Document::Draft) else { continue };
            let words = at(&raw, &message, &source).replace("\n> ", " ").replace('\n', " ");
            assert_eq!(words, reason.evidence, "{name}: {}", reason.signal);
        }
    }
}

#[test]
fn the_brief_is_one_page() {
    let page = with("lost-ring.eml", |context| {
        let locate = |source: &Source| {
            let passage = source.place.passage.of(context.message).expect("a passage of the draft");
            format!("byte {}", passage.map.to_source(source.place.mark).start)
        };
        render::terminal(&brief::brief(context), locate, str::to_owned)
    });
    let expected = std::fs::read_to_string(fixture("lost-ring.brief.txt")).expect("the page beside the mail");
    assert_eq!(page, expected);
    // A sheet at six lines an inch holds 66.
    assert!(page.lines().count() <= 66, "{} lines", page.lines().count());
}

#[test]
fn a_brief_shows_a_strangers_words_and_obeys_none() {
    let raw = "From: sam@house.example\nTo: ada@moss.example\nSubject: Re: <b>x</b>\n\nHi.\n\n> I need <script>alert(1)</script> *now*.\n";
    let message = Message::read(raw.as_bytes(), Kind::Eml).expect("a mail");
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    let linted = linter.lint("x.eml", &message);
    let context = Context::of(&message, &linted, &linter);
    let page = brief::brief(&context);
    let nowhere = |_: &Source| "x.eml".to_owned();
    let html = render::html(&page, nowhere, str::to_owned);
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>") && !html.contains("<b>x"));
    assert!(render::markdown(&page, nowhere, str::to_owned).contains("\\<script\\>"));
    let json = render::json(&page, nowhere);
    assert_eq!(json["sections"].as_array().map(Vec::len), Some(14));
}

/// The page for a draft that is given as text.
fn page_of(text: &str) -> (String, String) {
    let message = Message::read(text.as_bytes(), Kind::Text).expect("plain text");
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    let linted = linter.lint("draft.txt", &message);
    let page = brief::brief(&Context::of(&message, &linted, &linter));
    (page.subject.clone(), render::terminal(&page, |_| "draft.txt".to_owned(), str::to_owned))
}

#[test]
fn a_rant_still_gives_one_page_of_short_lines() {
    let clause = "and I rang on the third day and nobody came and I had to cancel my guests because the door was off ";
    let rant = format!("> Hello, I bought a shelf {}and you never answer", clause.repeat(40));
    let sentences =
        "> I need the shelf by Friday. The fitter laughed at me! Where is it? You promised it for Monday.\n";
    let own = "We are unable to refund you. You forgot to tell us. The shelf was lost in the yard.\n";
    for theirs in [rant, sentences.repeat(60)] {
        let (title, page) = page_of(&format!("Dear Anna,\n\n{}\nSam\n\n{theirs}\n", own.repeat(20)));
        assert_eq!(title, "Anna");
        assert!(page.lines().count() <= 66, "{} lines\n{page}", page.lines().count());
        let longest = page.lines().max_by_key(|line| line.len()).unwrap_or_default();
        assert!(longest.len() <= 220, "{longest}");
        assert!(page.contains("* Anna, "), "{page}");
    }
}

#[test]
fn a_stated_need_comes_before_a_question() {
    let (_, page) = page_of("Hi,\n\nit is late.\n\n> Where are you? What is going on? I need the crane on Monday.\n");
    assert!(page.contains("They need \"I need the crane on Monday.\""), "{page}");
    let (_, page) = page_of("Hi,\n\nit is late.\n\n> Could you send a photo? How is he?\n");
    assert!(page.contains("They ask \"How is he?\""), "{page}");
}

/// The folders below `fixtures/threads`, each called by the verdict of a wise account manager.
const VERDICTS: [Action; 4] = [Action::Send, Action::Rework, Action::Call, Action::Visit];

#[test]
fn threads_get_the_verdict_of_their_folder() {
    let (rules, policy) = (RuleSet::embedded(), Policy::default());
    let linter = Linter::new(&rules, &policy);
    let keys = ["@keydairy.example".to_owned(), "@keyschool.example".to_owned()];
    let mut read = 0;
    for verdict in VERDICTS {
        for entry in std::fs::read_dir(fixture(verdict.name())).expect("a folder for each verdict") {
            let path = entry.expect("a readable folder").path();
            let message = Message::read(&std::fs::read(&path).expect("a mail"), Kind::Eml).expect("a mail");
            let linted = linter.lint("draft.eml", &message);
            let key_account = is_key_account(&message, &keys);
            let advice = advise(&Context { key_account, ..Context::of(&message, &linted, &linter) });
            assert_eq!(advice.action, verdict, "{}: {:#?}", path.display(), advice.reasons);
            read += 1;
        }
    }
    assert!(read >= 39, "{read} threads");
}
