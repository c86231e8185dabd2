//! Ordinary replies, full of words that look like judgements, give no finding that would hold them up.

mod common;

use tonelint::lint::{Linter, Policy};
use tonelint::rules::RuleSet;
use tonelint::rules::dictionary::Severity;

#[test]
fn the_quiet_replies_stay_quiet() {
    let rules = RuleSet::embedded();
    let policy = Policy::default();
    let linter = Linter::new(&rules, &policy);
    let fixtures = common::fixtures();
    let quiet: Vec<_> = fixtures.iter().filter(|(path, ..)| path.contains("quiet")).collect();
    assert!(quiet.len() >= 40, "only {} replies were read", quiet.len());
    let mut heard = Vec::new();
    for (path, _, message) in quiet {
        let linted = linter.lint(path, message);
        assert!(linted.own_words > 30, "{path}: {} own words", linted.own_words);
        for finding in linted.findings.iter().filter(|finding| finding.severity >= Severity::Warning) {
            let rule = &rules.dictionary.rules[finding.rule as usize];
            let sense = &rule.senses[finding.sense as usize].name;
            let text = finding.place.passage.of(message).map_or("", |passage| &passage.text);
            heard.push(format!("{path}: {} ({sense}): {}", rule.id, finding.place.sentence.of(text)));
        }
    }
    assert!(heard.is_empty(), "{}", heard.join("\n"));
}
