//! One pass over a message: its own words give findings, credits and signals.
//!
//! ```text
//! Message ─► own zones ─► sentences ─► Matcher ─► findings (worst of overlapping) ─► suppressions
//! ```

mod allow;
mod baseline;
mod files;
mod finding;
mod known;
mod overlap;
mod policy;
mod readings;
mod suppress;

pub use allow::Allow;
pub use baseline::{Baseline, BaselineError, Listed};
pub use files::{Files, from_folder};
pub use finding::{Credit, Finding, LetPass, Linted, PassageId, Place, SentenceAt, Signal};
pub use known::{normalised, withhold_known};
pub use policy::{Policy, PolicyError};
pub use suppress::{Origin, Suppression};

use crate::message::{Message, Passage, ZoneKind};
use crate::rules::dictionary::{Role, Rule, RuleZone, Severity, Shape};
use crate::rules::{Hit, Matcher, RuleSet, shapes};
use crate::span::Span;
use crate::template;
use crate::text::{self, Kind, Language, Tokenised};

/// Lints messages by one set of rules and one policy.
pub struct Linter<'r> {
    rules: &'r RuleSet,
    matcher: Matcher<'r>,
    policy: &'r Policy,
    /// For each rule, whether it is on and reads own words.
    reads: Vec<bool>,
    /// Senses that are on and seen by a shape.
    shapes: Vec<(Hit, Shape)>,
}

impl<'r> Linter<'r> {
    /// A linter for `rules` under `policy`.
    #[must_use]
    pub fn new(rules: &'r RuleSet, policy: &'r Policy) -> Self {
        let on = shapes(&rules.dictionary).filter(|(rule, ..)| policy.is_on(rule));
        let shapes = on.map(|(_, hit, shape)| (hit, shape)).collect();
        let reads = |rule: &Rule| rule.zone != RuleZone::Quoted && policy.is_on(rule);
        let reads = rules.dictionary.rules.iter().map(reads).collect();
        Self { rules, matcher: Matcher::new(&rules.dictionary), policy, reads, shapes }
    }

    /// The rules in force.
    #[must_use]
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// What finds senses by them.
    #[must_use]
    pub fn matcher(&self) -> &Matcher<'r> {
        &self.matcher
    }

    /// Reads `message`, which came from `path` (as people name it), and gives all there is to say.
    #[must_use]
    pub fn lint(&self, path: &str, message: &Message) -> Linted {
        let mut linted = Linted::default();
        // The subject of the mail that is answered is no word of the writer's.
        let own = message.subject.iter().filter(|_| !message.answers_a_subject());
        let subject = own.map(|passage| (PassageId::Subject, passage));
        let bodies = message.bodies.iter().enumerate().map(|(n, passage)| (PassageId::Body(n), passage));
        for (id, passage) in subject.chain(bodies) {
            self.lint_passage(id, passage, &mut linted);
        }
        self.lint_shapes(message, &mut linted);
        overlap::keep_the_worst(&mut linted.findings);
        suppress::apply(self.rules, self.policy, path, message, &mut linted);
        linted
    }

    fn lint_passage(&self, id: PassageId, passage: &Passage, linted: &mut Linted) {
        let others = passage.zones.iter().filter(|zone| zone.kind != ZoneKind::Own);
        linted.other_words += others.map(|zone| written_words(zone.span.of(&passage.text))).sum::<usize>();
        match template::readings(&passage.text) {
            None => self.lint_own(id, passage, &passage.text, linted),
            Some(texts) => {
                let parts = texts.iter().map(|text| {
                    let mut part = Linted::default();
                    self.lint_own(id, passage, text, &mut part);
                    part.each_place(|place| place.mark = template::visible(&passage.text, text, place.mark));
                    part
                });
                readings::merge(linted, (id, &passage.text), parts);
            }
        }
    }

    /// The own zones of a passage that reads `text`.
    fn lint_own(&self, id: PassageId, passage: &Passage, text: &str, linted: &mut Linted) {
        // Neighbours read on across a quote that was answered in between.
        let mut own = Vec::new();
        for span in passage.own() {
            self.read_own(text, span, &mut own, linted);
        }
        let readings: Vec<_> = own.iter().map(|sentence| self.matcher.read(sentence)).collect();
        let first = linted.sentences.len();
        for (index, sentence) in own.iter().enumerate() {
            for hit in self.matcher.hits(&readings, index, |rule| self.reads[rule as usize]) {
                let place = Place { passage: id, mark: hit.mark, sentence: sentence.span };
                self.sort_hit(hit, place, first + index, linted);
            }
        }
        let sentences = own.into_iter().map(|Tokenised { span, words, .. }| SentenceAt { passage: id, span, words });
        linted.sentences.extend(sentences);
    }

    /// What is seen by its shape. A place to fill in is amiss where the message goes to somebody; a template
    /// lives of them.
    fn lint_shapes(&self, message: &Message, linted: &mut Linted) {
        let addressed = goes_to_somebody(message);
        let shapes = || self.shapes.iter().filter(|(_, shape)| addressed || *shape != Shape::Unfilled);
        for number in 0..linted.sentences.len() {
            let (id, span) = (linted.sentences[number].passage, linted.sentences[number].span);
            let Some(passage) = id.of(message) else { continue };
            for (hit, shape) in shapes() {
                for mark in shape.find(&passage.text, span) {
                    self.sort_hit(Hit { mark, ..*hit }, Place { passage: id, mark, sentence: span }, number, linted);
                }
            }
        }
    }

    /// The sentences of an own zone that are English.
    fn read_own(&self, text: &str, zone: Span, own: &mut Vec<Tokenised>, linted: &mut Linted) {
        for piece in suppress::without_directives(text, zone) {
            let blocks = text::blocks(text, piece).into_iter().map(|block| block.span);
            let foreign: Vec<Span> = blocks.filter(|&span| text::language(text, span) == Language::Other).collect();
            linted.foreign_paragraphs += foreign.len();
            for sentence in text::sentences(text, piece) {
                if foreign.iter().any(|block| block.contains(sentence.span)) {
                    continue;
                }
                let sentence = Tokenised::of(text, sentence);
                linted.own_words += count_words(&sentence.words);
                own.push(sentence);
            }
        }
    }

    fn sort_hit(&self, hit: Hit, place: Place, sentence: usize, linted: &mut Linted) {
        let known = &self.rules.dictionary.rules[hit.rule as usize];
        let sense = &known.senses[hit.sense as usize];
        let Hit { rule, sense: number, .. } = hit;
        let kind = || sense.kind.clone().unwrap_or_default();
        match known.role {
            Role::Signal | Role::Credit if sense.severity == Severity::Silent => {}
            Role::Signal => {
                linted.signals.push(Signal { rule, sense: number, kind: kind(), weight: sense.weight, place })
            }
            Role::Credit => {
                linted.credits.push(Credit { rule, sense: number, kind: kind(), weight: sense.weight, place });
            }
            Role::Finding => match self.policy.severity(known, sense) {
                Severity::Silent => linted.let_pass.push(LetPass { rule, sense: number, place }),
                severity => linted.findings.push(Finding {
                    rule,
                    sense: number,
                    severity,
                    weight: sense.weight,
                    place,
                    sentence,
                    related: Vec::new(),
                    suppressed: None,
                }),
            },
        }
    }
}

/// Whether `message` has an address that is one, and no place to fill one in.
fn goes_to_somebody(message: &Message) -> bool {
    let mut addresses = message.headers.to.iter().filter_map(|to| to.address.as_deref());
    addresses.any(|address| address.contains('@') && !address.contains(['{', '}', '%', '[', '<']))
}

/// Runs of letters and digits between blanks.
fn written_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

fn count_words(words: &[text::Word]) -> usize {
    words.iter().filter(|word| word.kind != Kind::Mark).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::SourceMap;
    use crate::message::Zone;

    /// A message whose one body part is all the writer's own.
    fn own(text: &str) -> Message {
        let span = Span::new(0, text.len());
        let zones = vec![Zone { kind: ZoneKind::Own, span, depth: 0, attribution: None }];
        let map = SourceMap::slice(0, text.len());
        let body =
            Passage { text: text.into(), map, exact: true, part: "text/plain".into(), zones, ..Passage::default() };
        Message { bodies: vec![body], ..Message::default() }
    }

    fn lint(text: &str, policy: &Policy) -> Linted {
        let rules = RuleSet::embedded();
        Linter::new(&rules, policy).lint("draft.txt", &own(text))
    }

    #[test]
    fn a_directive_withholds_its_paragraph_and_only_that() {
        let text = "tonelint: allow judgement/should quoting the contract\nYou should have told us.\n\nYou should have told us.";
        let linted = lint(text, &Policy::default());
        let withheld: Vec<bool> = linted.findings.iter().map(|f| f.suppressed.is_some()).collect();
        assert_eq!(withheld, [true, false]);
        assert!(linted.unused_allows.is_empty());
    }

    #[test]
    fn a_directive_without_reason_or_need_is_reported() {
        let linted = lint("You should have told us. tonelint: allow judgement/should", &Policy::default());
        assert!(linted.findings[0].suppressed.is_none());
        assert!(linted.unused_allows[0].contains("no reason"), "{:?}", linted.unused_allows);
        let linted = lint("All is well.\n\ntonelint: allow judgement because we said so", &Policy::default());
        assert!(linted.unused_allows[0].contains("no longer needed"), "{:?}", linted.unused_allows);
    }

    #[test]
    fn a_policy_switches_and_allows() {
        let mut policy = Policy::default();
        policy.set_on("judgement", false);
        assert!(lint("You should have told us.", &policy).findings.is_empty());
        policy.set_on("judgement/should", true);
        policy.set_severity("judgement", Severity::Note);
        policy.allows.push(Allow {
            rule: "judgement".into(),
            phrase: Some("SHOULD have  told us".into()),
            reason: "ours".into(),
            ..Allow::default()
        });
        let linted = lint("You should have told us.", &policy);
        assert_eq!(linted.findings[0].severity, Severity::Note);
        assert_eq!(linted.used_allows, [0]);
        policy.allows[0].over = true;
        let linted = lint("You should have told us.", &policy);
        assert!(linted.findings[0].suppressed.is_none() && linted.used_allows.is_empty());
        assert_eq!(linted.ended_allows, [0]);
    }

    #[test]
    fn a_directive_for_a_rule_that_is_off_is_not_stale() {
        let mut policy = Policy::default();
        policy.set_on("judgement/should", false);
        let text = "tonelint: allow judgement/should quoting the contract\nYou should have told us.";
        assert!(lint(text, &policy).unused_allows.is_empty());
    }

    #[test]
    fn every_arm_of_a_template_is_judged_once_and_no_tag_is() {
        let text =
            "You {% if you_should_have %}[should have]{% else %}could have{% endif %} told us, {{ you.failed }}. \
                    {# You should have asked. #}You never read our mails."
                .replace(['[', ']'], "");
        let linted = lint(&text, &Policy::default());
        let marks: Vec<&str> = linted.findings.iter().map(|finding| finding.place.mark.of(&text)).collect();
        assert_eq!(marks, ["should have", "could have", "You never read"]);
        assert_eq!(linted.sentences.len(), 2);
        for finding in &linted.findings {
            assert!(linted.sentences[finding.sentence].span.contains(finding.place.mark));
        }
        let allowed = "{# tonelint: allow judgement/should from the contract #}\nYou should have told {{ name }}.";
        let linted = lint(allowed, &Policy::default());
        assert_eq!(linted.findings[0].suppressed.as_ref().unwrap().reason, "from the contract");
    }

    #[test]
    fn a_credit_in_each_arm_is_one() {
        let credits = |text: &str| lint(text, &Policy::default()).credits.len();
        let one = credits("We are sorry for the delay.");
        assert!(one > 0);
        let text =
            "{% if a %}We are sorry for the delay.{% else %}We are sorry for the delay.{% endif %} See {{ url }}.";
        assert_eq!(credits(text), one);
        assert_eq!(credits(&text.replace("{% else %}", "{% endif %} {% if b %}")), 2 * one);
    }

    #[test]
    fn a_reading_has_what_its_arms_have() {
        let text = "You never read our mails. {% if a %}You should have told us. We are sorry.{% else %}The blue one is in stock.{% endif %}";
        let linted = lint(text, &Policy::default());
        let readings: Vec<Linted> = linted.by_reading().collect();
        let counts = |at: &Linted| (at.findings.len(), at.credits.len(), at.sentences.len());
        assert_eq!(readings.iter().map(counts).collect::<Vec<_>>(), [(2, 1, 3), (1, 0, 2)]);
        for finding in readings.iter().flat_map(|reading| reading.findings.iter().map(move |f| (reading, f))) {
            let (reading, finding) = finding;
            assert!(reading.sentences[finding.sentence].span.contains(finding.place.mark));
        }
        // Where an arm parts the sentence, the words are found all the same.
        let text = "{% if a %}Hello. {% else %}Hello {% endif %}You should have told us. {% if b %}You forgot it.{% else %}Bye.{% endif %}";
        let counts: Vec<usize> =
            lint(text, &Policy::default()).by_reading().map(|reading| reading.findings.len()).collect();
        assert_eq!(counts, [2, 1]);
        for one in ["You should have told {{ name }}.", "You should have told us.{% if a %} Bye.{% endif %}"] {
            assert_eq!(lint(one, &Policy::default()).by_reading().count(), 0, "{one}");
        }
    }

    #[test]
    fn other_languages_are_left_alone_and_counted() {
        let linted = lint(
            "Sie haben das Formular nicht an uns gesendet und wir should have sind.\n\nYou should have told us.",
            &Policy::default(),
        );
        assert_eq!((linted.foreign_paragraphs, linted.findings.len()), (1, 1));
    }
}
