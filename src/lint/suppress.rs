//! Findings that are withheld for a reason: by the configuration, by a line in the text, by a header.
//!
//! In a text, Markdown or HTML file, `tonelint: allow <rule> <reason>` (there in a comment) covers the
//! paragraph it stands in, or the next one when it stands alone. As the header field `X-Tonelint-Allow`
//! it covers the message. A reason is not optional.

use super::policy::{Policy, check_name, covers};
use super::{Finding, Linted, PassageId};
use crate::message::Message;
use crate::rules::RuleSet;
use crate::span::Span;
use crate::text::{self, Block};

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
    /// A version of the file from before a change, which had it already.
    Before,
    /// The project's baseline, which lists it.
    Baseline,
}

/// The words that start a suppression in a text.
const DIRECTIVE: &str = "tonelint: allow ";
/// The header field that suppresses.
const HEADER: &str = "X-Tonelint-Allow";

/// No more suppressions than this are read in one message: a text that has more is no reply.
const MOST: usize = 1_000;

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
    directives.truncate(MOST);
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
            continue;
        }
        let text = finding.place.passage.of(message).map_or("", |passage| &passage.text);
        let words = (finding.place.sentence, finding.place.mark);
        let allows = || policy.allows.iter().zip(0..).filter(|(allow, _)| allow.covers(path, id, text, words));
        if let Some((allow, number)) = allows().find(|(allow, _)| !allow.over) {
            linted.used_allows.push(number);
            let reason = allow.reason.clone();
            finding.suppressed = Some(Suppression { origin: Origin::Configuration, reason });
        } else {
            linted.ended_allows.extend(allows().map(|(_, number)| number));
        }
    }
    // One of a rule that is switched off here may be needed elsewhere.
    for directive in directives.iter().filter(|d| !d.used && policy.is_any_on(&d.rule, rules)) {
        linted.unused_allows.push(format!("`allow {}` is no longer needed: nothing there asks for it", directive.rule));
    }
}

impl Directive {
    fn reaches(&self, finding: &Finding) -> bool {
        self.covers.is_none_or(|(passage, span)| passage == finding.place.passage && span.overlaps(finding.place.mark))
    }
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

fn directives(message: &Message, linted: &Linted) -> Vec<Directive> {
    let headers = message.headers.all.iter().filter(|(name, _)| name.eq_ignore_ascii_case(HEADER));
    let mut directives: Vec<Directive> =
        headers.map(|(_, value)| read_directive(value, Origin::Header, None)).collect();
    for (number, passage) in message.bodies.iter().enumerate() {
        let id = PassageId::Body(number);
        let blocks = text::blocks(&passage.text, Span::new(0, passage.text.len()));
        let paragraph = |at, alone| paragraph(&blocks, at, alone, linted, id);
        for comment in &passage.comments {
            if let Some((_, words)) = comment.text.split_once(DIRECTIVE) {
                let covered = paragraph(comment.span.end as usize, comment.alone);
                directives.push(read_directive(words, Origin::Text, Some((id, covered))));
            }
        }
        for (at, _) in passage.text.match_indices(DIRECTIVE) {
            if passage.comments.iter().any(|comment| comment.span.range().contains(&at)) {
                continue;
            }
            let line_start = passage.text[..at].rfind('\n').map_or(0, |n| n + 1);
            let alone = !passage.text[line_start..at].contains(char::is_alphanumeric);
            let words = passage.text[at + DIRECTIVE.len()..].lines().next().unwrap_or("");
            let covered = paragraph(at, alone);
            directives.push(read_directive(words, Origin::Text, Some((id, covered))));
        }
    }
    directives
}

/// Reads `<rule> <reason>`; dashes and colons before the reason are dropped, and the end of a template's
/// comment behind it.
fn read_directive(text: &str, origin: Origin, covers: Option<(PassageId, Span)>) -> Directive {
    let text = ["#}", "--}}", "}}", "%>"].iter().fold(text.trim(), |text, end| text.trim_end_matches(end)).trim();
    let (rule, reason) = text.split_once(|c: char| c.is_whitespace() || c == ':').unwrap_or((text, ""));
    let reason = reason.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':'));
    Directive { rule: rule.trim_end_matches(',').into(), reason: reason.into(), origin, covers, used: false }
}

/// The paragraph of `blocks` a directive at `at` covers: its own, or the next when it stands alone on a line.
fn paragraph(blocks: &[Block], at: usize, alone: bool, linted: &Linted, id: PassageId) -> Span {
    let target = if alone {
        let next = linted.sentences.partition_point(|s| (s.passage, s.span.start as usize) < (id, at));
        linted.sentences.get(next).filter(|s| s.passage == id).map(|sentence| sentence.span.start as usize)
    } else {
        Some(at.saturating_sub(1))
    };
    let Some(target) = target else { return Span::new(at, at) };
    let block = blocks.get(blocks.partition_point(|block| block.span.end as usize <= target));
    block.map_or(Span::new(at, at), |block| block.span)
}
