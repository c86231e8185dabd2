//! Findings that are withheld for a reason: by the configuration, by a line in the text, by a header.
//!
//! In a text, Markdown or HTML file, `tonelint: allow <rule> <reason>` (there in a comment) covers the
//! paragraph it stands in, or the next one when it stands alone. As the header field `X-Tonelint-Allow`
//! it covers the message. A reason is not optional.

use super::policy::{Policy, check_name, covers};
use super::{Finding, Linted, PassageId};
use crate::message::{Message, Passage};
use crate::rules::RuleSet;
use crate::span::Span;
use crate::text;

/// Why a finding is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Who says so.
    pub origin: Origin,
    /// Why.
    pub reason: String,
}

/// Who withholds a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An `[[allow]]` of the configuration.
    Configuration,
    /// A line or comment in the text.
    Text,
    /// A header field of the message.
    Header,
}

/// The words that start a suppression in a text.
const DIRECTIVE: &str = "tonelint: allow ";
/// The header field that suppresses.
const HEADER: &str = "X-Tonelint-Allow";

/// A suppression written in the message.
struct Directive {
    rule: String,
    reason: String,
    origin: Origin,
    /// What it covers; `None` for the whole message.
    covers: Option<(PassageId, Span)>,
    used: bool,
}

/// Marks the findings that are suppressed, and notes what was not needed.
pub(super) fn apply(rules: &RuleSet, policy: &Policy, path: &str, message: &Message, linted: &mut Linted) {
    let mut directives = directives(message, linted);
    directives.retain(|directive| {
        let problem = check_name(&directive.rule, rules).err().map(|error| error.to_string());
        let problem = problem.or_else(|| directive.reason.is_empty().then(|| "it names no reason".to_owned()));
        match problem {
            Some(problem) => linted.unused_allows.push(format!("`allow {}` has no effect: {problem}", directive.rule)),
            None => return true,
        }
        false
    });
    for finding in &mut linted.findings {
        let id = &rules.dictionary.rules[finding.rule as usize].id;
        if let Some(directive) = directives.iter_mut().find(|d| covers(&d.rule, id) && d.reaches(finding)) {
            directive.used = true;
            finding.suppressed = Some(Suppression { origin: directive.origin, reason: directive.reason.clone() });
        } else if let Some(number) = allowed(policy, path, id, message, finding) {
            linted.used_allows.push(number);
            let reason = policy.allows[number].reason.clone();
            finding.suppressed = Some(Suppression { origin: Origin::Configuration, reason });
        }
    }
    for directive in directives.iter().filter(|d| !d.used) {
        linted.unused_allows.push(format!("`allow {}` is no longer needed: nothing there asks for it", directive.rule));
    }
}

impl Directive {
    fn reaches(&self, finding: &Finding) -> bool {
        self.covers.is_none_or(|(passage, span)| passage == finding.place.passage && span.overlaps(finding.place.mark))
    }
}

/// The first allowance of the policy that covers `finding`.
fn allowed(policy: &Policy, path: &str, id: &str, message: &Message, finding: &Finding) -> Option<usize> {
    let sentence = finding.place.passage.of(message).map_or("", |passage| finding.place.sentence.of(&passage.text));
    let sentence = fold(sentence);
    policy.allows.iter().position(|allow| {
        covers(&allow.rule, id)
            && allow.files.as_ref().is_none_or(|files| files.is_match(path))
            && allow.phrase.as_ref().is_none_or(|phrase| sentence.contains(&fold(phrase)))
    })
}

/// The parts of `span` that are no suppression: those are no words to the customer.
pub(super) fn without_directives(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start as usize;
    for (at, _) in span.of(text).match_indices(DIRECTIVE) {
        let at = span.start as usize + at;
        pieces.push(Span::new(start, at.max(start)));
        start = text[at..span.end as usize].find('\n').map_or(span.end as usize, |n| at + n);
    }
    pieces.push(Span::new(start, span.end as usize));
    pieces
}

/// Lower case, with every run of white space as one blank.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn directives(message: &Message, linted: &Linted) -> Vec<Directive> {
    let headers = message.headers.all.iter().filter(|(name, _)| name.eq_ignore_ascii_case(HEADER));
    let mut directives: Vec<Directive> =
        headers.map(|(_, value)| read_directive(value, Origin::Header, None)).collect();
    for (number, passage) in message.bodies.iter().enumerate() {
        for (at, _) in passage.text.match_indices(DIRECTIVE) {
            let line = passage.text[at + DIRECTIVE.len()..].lines().next().unwrap_or("");
            let covered = paragraph(passage, at, linted, PassageId::Body(number));
            directives.push(read_directive(line, Origin::Text, Some((PassageId::Body(number), covered))));
        }
    }
    directives
}

/// Reads `<rule> <reason>`; dashes and colons before the reason and a comment's end are dropped.
fn read_directive(text: &str, origin: Origin, covers: Option<(PassageId, Span)>) -> Directive {
    let text = ["-->", "*/", "#}", "%}", "--}}"].iter().fold(text.trim(), |t, end| t.trim_end_matches(end).trim());
    let (rule, reason) = text.split_once(|c: char| c.is_whitespace() || c == ':').unwrap_or((text, ""));
    let reason = reason.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':'));
    Directive { rule: rule.trim_end_matches(',').into(), reason: reason.into(), origin, covers, used: false }
}

/// The paragraph the directive at `at` covers: its own, or the next when it stands alone on a line.
fn paragraph(passage: &Passage, at: usize, linted: &Linted, id: PassageId) -> Span {
    let text = &passage.text;
    let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    let alone = !text[line_start..at].chars().any(char::is_alphanumeric);
    let blocks = text::blocks(text, Span::new(0, text.len()));
    if alone {
        let next = linted.sentences.iter().find(|s| s.passage == id && s.span.start as usize >= line_end);
        let start = next.map_or(text.len(), |s| s.span.start as usize);
        let block = blocks.iter().find(|block| block.span.range().contains(&start));
        return block.map_or(Span::new(text.len(), text.len()), |block| block.span);
    }
    let own = blocks.iter().find(|block| block.span.range().contains(&at));
    own.map_or(Span::new(line_start, line_end), |block| block.span)
}
