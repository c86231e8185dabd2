//! The templates of `fixtures/templates`: what was planted is found, once and in its place, and no tag is pointed at.

mod common;

use tonelint::lint::{Linter, Policy};
use tonelint::message::{Kind, Message};
use tonelint::rules::RuleSet;

/// A template and the lines of what is to be seen in it, as words of the file.
const PLANTED: &[(&str, &[&str])] = &[
    ("jekyll/_replies/late-parcel.md", &["should have", "forgot", "should have", "forgot"]),
    ("jekyll/_replies/welcome.md", &[]),
    ("handlebars/refund.hbs", &["should have", "forgot", "forgot"]),
    ("erb/reminder.html.erb", &["should have", "forgot"]),
    ("erb/ready.text.erb", &["should have"]),
    ("messages/short.txt", &["forgot", "forgot", "should have", "forgot"]),
];

#[test]
fn what_was_planted_in_an_arm_is_found_once() {
    let rules = RuleSet::from_folder(&common::root().join("tests/dictionary")).expect("the rules of the tests stand");
    let policy = Policy::default();
    let linter = Linter::new(&rules, &policy);
    for (name, planted) in PLANTED {
        let path = common::root().join("fixtures/templates").join(name);
        let raw = common::text(&path);
        let message = Message::read(raw.as_bytes(), Kind::of(&path, raw.as_bytes())).expect("it is text");
        let linted = linter.lint(name, &message);
        let found: Vec<&str> = linted
            .findings
            .iter()
            .map(|finding| {
                let passage = finding.place.passage.of(&message).expect("a passage of the message");
                &raw[passage.map.to_source(finding.place.mark).range()]
            })
            .collect();
        assert_eq!(found.len(), planted.len(), "{name}: {found:?}");
        for (found, planted) in found.iter().zip(*planted) {
            assert!(found.contains(planted), "{name}: {found:?} for {planted:?}");
            assert!(!found.contains(['{', '}', '<', '%', '|']), "{name}: {found:?}");
        }
    }
}
