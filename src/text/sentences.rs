//! Sentences, found inside blocks.

use super::abbreviations::is_abbreviation;
use super::blocks::blocks;
use crate::span::Span;

/// A sentence, or a line that stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where, without surrounding white space.
    pub span: Span,
    /// Zero-based number of the block it lies in; neighbours in one block read on from each other.
    pub block: u32,
    /// Whether its block is a list item.
    pub item: bool,
}

/// No sentence is longer than this many bytes; longer runs are cut at white space.
///
/// Bounds the work that one sentence of hostile input can cause. Real sentences of mail stay far below.
const LONGEST: usize = 2_000;

/// Divides `within` into sentences, in order.
#[must_use]
pub fn sentences(text: &str, within: Span) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (number, block) in (0_u32..).zip(blocks(text, within)) {
        split_block(text, block.span, |span| out.push(Sentence { span, block: number, item: block.item }));
    }
    out
}

fn split_block(text: &str, block: Span, mut push: impl FnMut(Span)) {
    let base = block.start as usize;
    let body = block.of(text);
    let mut start = 0;
    let mut emit = |from: usize, to: usize| {
        let piece = &body[from..to];
        let lead = piece.len() - piece.trim_start().len();
        let kept = piece.trim();
        if !kept.is_empty() {
            push(Span::new(base + from + lead, base + from + lead + kept.len()));
        }
    };
    let mut last_blank = 0;
    for (at, c) in body.char_indices() {
        if at < start {
            continue;
        }
        if c.is_whitespace() {
            last_blank = at;
        }
        if matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
            && let Some(end) = sentence_end(body, start, at, c)
        {
            emit(start, end);
            start = end;
        } else if at - start > LONGEST {
            let end = if last_blank > start { last_blank } else { at };
            emit(start, end);
            start = end;
        }
    }
    emit(start, body.len());
}

/// Where the sentence that began at `start` ends, if the stop `c` at `at` ends it.
fn sentence_end(body: &str, start: usize, at: usize, c: char) -> Option<usize> {
    let stops = body[at..].find(|d: char| !is_stop(d)).map_or(body.len(), |n| at + n);
    let end = body[stops..]
        .find(|d: char| !matches!(d, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_'))
        .map_or(body.len(), |n| stops + n);
    let rest = &body[end..];
    let Some(next) = rest.chars().find(|d| !d.is_whitespace()) else { return Some(end) };
    if !rest.starts_with(char::is_whitespace) {
        // "example.com", "3.50", "?id=1"; Chinese and Japanese write no blank.
        return matches!(c, '。' | '！' | '？').then_some(end);
    }
    let run = &body[at..stops];
    if run.contains(['!', '?', '。', '！', '？']) {
        return Some(end);
    }
    let ellipsis = run.len() > 1 || c == '…';
    if ellipsis || end > stops && next.is_lowercase() {
        return (!next.is_lowercase()).then_some(end);
    }
    let word = body[start..at].rsplit(|d: char| d.is_whitespace() || matches!(d, '(' | '"' | '“')).next().unwrap_or("");
    if next.is_lowercase() {
        // People who write without capitals still end sentences; abbreviations do not.
        let plain = word.chars().count() > 2 && word.chars().all(|d| d.is_alphabetic() || d == '\'' || d == '’');
        return (plain && !is_abbreviation(word)).then_some(end);
    }
    // "No." ends a sentence unless a number follows: "No. 5".
    if matches!(word, "No" | "no" | "Nos" | "Art" | "art" | "Sun" | "sun") {
        return (!next.is_ascii_digit()).then_some(end);
    }
    (!is_abbreviation(word) || (next.is_uppercase() && ends_well(word))).then_some(end)
}

/// Abbreviations that do end sentences: "…by 5 p.m. We will…".
fn ends_well(word: &str) -> bool {
    ["a.m", "p.m", "ltd", "inc", "co", "etc", "plc", "llc", "min", "max", "hrs"]
        .iter()
        .any(|w| word.eq_ignore_ascii_case(w))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len())).iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn abbreviations_addresses_and_numbers_do_not_end_a_sentence() {
        for whole in [
            "Dr. Lee and Mr. Okafor, e.g. on Monday, paid 3.50 for No. 5 at 9 a.m. today.",
            "See https://shop.example/x.html?y=1 or write to help@shop.example for more.",
            "Well... maybe not",
            "J. Smith called (approx. Tuesday).",
        ] {
            assert_eq!(cut(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(cut("Is it done? yes. i sent it! Thanks"), ["Is it done?", "yes.", "i sent it!", "Thanks"]);
        assert_eq!(cut("It works now. the fix is live. Bye."), ["It works now.", "the fix is live.", "Bye."]);
        assert_eq!(
            cut("He said \"No.\" Then he left. By 5 p.m. We close."),
            ["He said \"No.\"", "Then he left.", "By 5 p.m.", "We close."]
        );
        assert_eq!(cut("Wait… The van is here."), ["Wait…", "The van is here."]);
    }

    #[test]
    fn a_wrapped_sentence_is_whole() {
        let text = "Thanks for the photos, we can see exactly where the door\nhas been caught. You should have the new one on Friday.";
        assert_eq!(cut(text).len(), 2);
    }

    #[test]
    fn a_sentence_without_end_is_bounded() {
        let text = "word ".repeat(5_000);
        assert!(cut(&text).iter().all(|s| s.len() <= LONGEST + 5));
        assert_eq!(cut(&text).iter().map(|s| s.split(' ').count()).sum::<usize>(), 5_000);
    }
}
