//! The prefilter loses nothing: trying every pattern on every sentence finds the same.

mod common;

use tonelint::rules::{Matcher, Reading, RuleSet};
use tonelint::span::Span;
use tonelint::text::{self, Tokenised};

/// Compares both ways over `body`; gives the number of hits.
fn compare(rules: &RuleSet, what: &str, body: &str) -> usize {
    let fast = Matcher::new(&rules.dictionary);
    let slow = Matcher::without_prefilter(&rules.dictionary);
    let sentences = text::tokenised(body, Span::new(0, body.len()));
    fn read<'s>(matcher: &Matcher<'_>, sentences: &'s [Tokenised]) -> Vec<Reading<'s>> {
        sentences.iter().map(|sentence| matcher.read(sentence)).collect()
    }
    let (readings, unfiltered) = (read(&fast, &sentences), read(&slow, &sentences));
    let mut count = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        let hits = fast.hits(&readings, index, |_| true);
        assert_eq!(hits, slow.hits(&unfiltered, index, |_| true), "{what}: {}", sentence.span.of(body));
        count += hits.len();
    }
    count
}

#[test]
fn it_loses_nothing_of_the_examples() {
    let rules = RuleSet::embedded();
    let mut count = 0;
    for (rule, number) in rules.dictionary.rules.iter().zip(0..) {
        for example in &rules.prose(number).examples {
            count += compare(&rules, &rule.id, &example.text.replace("[[", "").replace("]]", ""));
        }
    }
    assert!(count >= rules.dictionary.rules.len(), "every rule has an example that is marked");
}

#[test]
fn it_loses_nothing_of_the_fixtures() {
    let small = RuleSet::from_folder(&common::root().join("tests/dictionary")).expect("the small dictionary loads");
    let rules = [RuleSet::embedded(), small];
    let mut sentences = 0;
    for (path, _, message) in common::fixtures() {
        for passage in message.bodies.iter().chain(&message.subject) {
            rules.iter().for_each(|rules| _ = compare(rules, &path, &passage.text));
            sentences += text::sentences(&passage.text, Span::new(0, passage.text.len())).len();
        }
    }
    assert!(sentences > 100, "only {sentences} sentences were read");
}
