//! Marks that say "not decided yet": tracked changes, strike-through, open choices, notes to self.

use super::{Sign, SignKind, sign};
use crate::decode::{Region, RegionKind};
use crate::span::Span;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;
use std::sync::LazyLock;

/// What HTML says is inserted or struck out inside the writer's own words.
pub(super) fn regions(own: &[Span], regions: &[Region]) -> Vec<Sign> {
    let kind = |region: &Region| match region.kind {
        RegionKind::Inserted | RegionKind::Deleted => Some(SignKind::TrackedChange),
        _ => None,
    };
    regions
        .iter()
        .filter(|region| !region.span.is_empty() && own.iter().any(|zone| zone.overlaps(region.span)))
        .filter_map(|region| kind(region).map(|kind| sign(kind, region.span)))
        .collect()
}

/// What is written out in `zone` of `text`.
pub(super) fn written(text: &str, zone: Span) -> Vec<Sign> {
    let base = zone.start as usize;
    let body = zone.of(text);
    let mut out = Vec::new();
    // A pattern takes far longer to build than a mail to read: each is built when a mail first may need it.
    let mut find = |may: bool, pattern: &LazyLock<Regex>, kind| {
        if may {
            let found = pattern.find_iter(body);
            out.extend(found.map(|m| sign(kind, Span::new(base + m.start(), base + m.end()))));
        }
    };
    find(body.contains('{'), &CRITIC_MARKUP, SignKind::TrackedChange);
    find(body.contains("~~"), &STRUCK_OUT, SignKind::StruckOut);
    find(body.contains('['), &CHOICE, SignKind::Alternatives);
    find(may_hold_note(body), &NOTE, SignKind::NoteToSelf);
    // `{~~old~>new~~}` also looks struck out.
    let tracked: Vec<Span> = out.iter().filter(|s| s.kind == SignKind::TrackedChange).map(|s| s.span).collect();
    out.retain(|s| s.kind == SignKind::TrackedChange || !tracked.iter().any(|t| t.contains(s.span)));
    out
}

/// Whether `body` has what every arm of [`NOTE`] needs.
fn may_hold_note(body: &str) -> bool {
    let asked_aside = body.contains('?') && (body.contains(['(', '[']) || body.contains("<-"));
    asked_aside || NOTE_WORDS.is_match(body)
}

static NOTE_WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words =
        ["todo", "fixme", "tbd", "soften", "rephras", "reword", "rewrit", "word?", "wording?", "phrase?", "phrasing?"];
    let builder =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).ascii_case_insensitive(true).build(words);
    builder.expect("a short list of words is within every limit")
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern of this file, compiled by its tests")
}

/// Addition, deletion, substitution, comment and highlight of <http://criticmarkup.com>.
static CRITIC_MARKUP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)\{\+\+.+?\+\+\}|\{--.+?--\}|\{~~.+?~>.*?~~\}|\{>>.+?<<\}|\{==.+?==\}"));

static STRUCK_OUT: LazyLock<Regex> = LazyLock::new(|| pattern(r"~~[^~\s](?:[^~\n]*[^~\s])?~~"));

/// Words to choose from in brackets. A slash needs its blanks: `[Yes/No]` is a form.
static CHOICE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\[\p{L}[^\[\]/|:\n]*(?:(?: / | // |\|)[^\[\]/|:\n]*\p{L}[^\[\]/|:\n]*)+\]"));

/// A reminder to the writer: `TODO soften`, `[rephrase]`, `(better word?)`, `<- too harsh?`.
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)
          \b (?-i: TODO|FIXME|TBD) \b [:\s-]*
              (?: soften|rephrase|reword|rewrite|tone|nicer|kinder|softer|better|shorter|wording|phrasing|opening|ending ) \b
              [^\n.]*
        | (?: [\[(] | <-+ \x20? )
              (?: soften|rephrase|reword|rewrite ) \b (?: \x20 (?: this|it|that|here|sentence|line|please ) )* \?? [\])]?
        | (?: [\[(] | <-+ \x20? )
              (?: too \x20 | is \x20 (?: this|that|it ) \x20 | a \x20 | maybe \x20 )*
              (?: better|softer|kinder|nicer|harsh|blunt|cold|strong|rude|pushy|apologetic|defensive|formal|right )
              (?: \x20 (?: word|wording|phrase|phrasing|way|tone|opening|ending|here ) )* \?
        | \b (?: better|softer|kinder|nicer ) \x20 (?: word|wording|phrase|phrasing ) \?",
    )
});
