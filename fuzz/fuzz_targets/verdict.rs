//! Any bytes, read as a draft or a mail, linted and weighed, give findings and reasons whose words stand in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tonelint::advice::{Context, advise};
use tonelint::lint::{Linter, Policy};
use tonelint::message::{Kind, Message};
use tonelint::rules::RuleSet;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::embedded);
static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);
static LINTER: LazyLock<Linter<'static>> = LazyLock::new(|| Linter::new(&RULES, &POLICY));

fuzz_target!(|input: &[u8]| {
    let Some((first, raw)) = input.split_first() else { return };
    let kind = [Kind::Text, Kind::Markdown, Kind::Html, Kind::Eml][usize::from(*first) % 4];
    let Ok(message) = Message::read(raw, kind) else { return };
    let linted = LINTER.lint("draft", &message);
    for linted in linted.by_reading().collect::<Vec<_>>().iter().chain([&linted]) {
        for finding in &linted.findings {
            let text = &finding.place.passage.of(&message).expect("it is there").text;
            assert!(text.get(finding.place.mark.range()).is_some_and(|words| !words.is_empty()));
            assert_eq!(linted.sentences[finding.sentence].span, finding.place.sentence);
        }
    }
    let advice = advise(&Context::of(&message, &linted, &LINTER));
    assert!(advice.points >= 0.0);
    for reason in &advice.reasons {
        assert!(reason.points.is_finite() && !reason.text.is_empty());
    }
});
