//! Words: what rules match on.

use super::{contractions, quotes};
use crate::span::Span;
use smol_str::{SmolStr, StrExt};

/// One word or mark of a sentence in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it is written.
    pub span: Span,
    /// Lower case, apostrophes folded, contractions taken apart, emphasis and soft hyphens dropped.
    pub form: SmolStr,
    /// Second reading of a contraction: `'s` as *has*, `'d` as *had*.
    pub other: Option<&'static str>,
    /// What it is.
    pub kind: Kind,
    /// Whether it is written with a capital first letter.
    pub capital: bool,
    /// Whether it is written in capitals throughout, and has more than one letter.
    pub caps: bool,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
}

impl Word {
    /// Whether it is a template's placeholder.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        self.form == PLACEHOLDER_FORM
    }
}

/// The form of every placeholder.
const PLACEHOLDER_FORM: &str = "{}";

/// What a [`Word`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits: amounts, dates, times, versions.
    Number,
    /// A mark that ends or parts clauses: `, ; : . ! ? … – ( )`.
    Mark,
    /// Something no rule looks into: an address, a path, a template placeholder.
    Opaque,
}

/// Stands, once for each of its bytes, for what a template puts out; no written text holds it.
pub const PLACEHOLDER: char = '\u{1}';

/// The words of `sentence`, in order.
#[must_use]
pub fn words(text: &str, sentence: Span) -> Vec<Word> {
    let body = sentence.of(text);
    let mut out = Vec::with_capacity(body.len() / 4 + 1);
    let mut ahead = Ahead::new(body);
    let mut at = 0;
    while let Some(c) = body[at..].chars().next() {
        let rest = &body[at..];
        let len = if c == ' ' {
            1
        } else if let Some(len) = plain_len(rest.as_bytes()) {
            take_apart(&mut out, text, sentence, at, len);
            len
        } else if let Some(len) = ahead.placeholder_len(rest) {
            push(&mut out, sentence, at, len, SmolStr::new_static(PLACEHOLDER_FORM), Kind::Opaque);
            len
        } else if c.is_alphanumeric() || is_currency(c) {
            let blank = ahead.blank(at);
            chunk(&mut out, text, sentence, at, blank)
        } else {
            let len = c.len_utf8();
            if let Some(form) = mark(c, rest, at >= ahead.last) {
                let len = form.1;
                push(&mut out, sentence, at, len, SmolStr::new_static(form.0), Kind::Mark);
                at += len;
                continue;
            }
            len
        };
        at += len;
    }
    for span in quotes::quoted(text, sentence) {
        for word in out.iter_mut().filter(|w| span.contains(w.span)) {
            word.quoted = true;
        }
    }
    out
}

/// Length of the word at the start of `rest`, when it is of plain letters and what follows can be no part of it
/// and make it no address: as most words are.
fn plain_len(rest: &[u8]) -> Option<usize> {
    let len = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let ends = match rest.get(len) {
        None | Some(b' ' | b'\n') => true,
        Some(b',' | b'.' | b'?' | b'!') => rest.get(len + 1).is_none_or(|next| matches!(next, b' ' | b'\n')),
        Some(_) => false,
    };
    (len > 0 && ends).then_some(len)
}

/// What is known of the rest of a sentence, so that no stretch of it is looked through again and again: a
/// hostile one could be a megabyte long.
struct Ahead<'t> {
    body: &'t str,
    /// Where the last letter or digit stands.
    last: usize,
    /// Where the stretch without a blank ends that was looked at last.
    blank: usize,
    /// The placeholders that are closed nowhere ahead, as bits in the order of [`PLACEHOLDERS`].
    unclosed: u8,
}

impl<'t> Ahead<'t> {
    fn new(body: &'t str) -> Self {
        Self { body, last: body.rfind(char::is_alphanumeric).unwrap_or(0), blank: 0, unclosed: 0 }
    }

    /// Where the stretch around `at` ends: at a blank, or at a mark no address holds.
    fn blank(&mut self, at: usize) -> usize {
        if self.blank <= at {
            let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”');
            self.blank = self.body[at..].find(ends).map_or(self.body.len(), |n| at + n);
        }
        self.blank
    }

    /// Length of a template placeholder at the start of `rest`.
    fn placeholder_len(&mut self, rest: &str) -> Option<usize> {
        // Nearly every word begins otherwise; one look tells.
        if !rest.starts_with([PLACEHOLDER, '{', '<', '$', '%']) {
            return None;
        }
        if rest.starts_with(PLACEHOLDER) {
            return Some(rest.len() - rest.trim_start_matches(PLACEHOLDER).len());
        }
        let (bit, (_, close)) = (0..).zip(PLACEHOLDERS).find(|(_, (open, _))| rest.starts_with(open))?;
        if self.unclosed & (1 << bit) != 0 {
            return None;
        }
        let end = rest.find(close).map(|n| n + close.len());
        self.unclosed |= u8::from(end.is_none()) << bit;
        end
    }
}

/// How placeholders of templates open and close.
const PLACEHOLDERS: [(&str, &str); 5] = [("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("${", "}"), ("%{", "}")];

/// An address tells that it is one within this many bytes, however long it is.
const ADDRESS_SHOWS: usize = 256;

/// A chunk that begins with a letter, a digit or a currency sign, in a stretch that ends at `blank`; gives its length.
fn chunk(out: &mut Vec<Word>, text: &str, sentence: Span, at: usize, blank: usize) -> usize {
    let rest = &sentence.of(text)[at..];
    let stretch = &rest[..blank - at];
    if is_address(without_marks(&stretch[..stretch.floor_char_boundary(ADDRESS_SHOWS)])) {
        let whole = without_marks(stretch);
        push(out, sentence, at, whole.len(), SmolStr::new_static("@"), Kind::Opaque);
        return whole.len();
    }
    let len = word_len(rest);
    let written = &rest[..len];
    if written.starts_with(|c: char| c.is_ascii_digit() || is_currency(c)) {
        push(out, sentence, at, len, written.into(), Kind::Number);
    } else if written.contains('.') && written.split('.').any(|piece| piece.chars().count() > 2) {
        // "report.pdf", "node.js": names, not words.
        push(out, sentence, at, len, SmolStr::new_static("@"), Kind::Opaque);
    } else {
        take_apart(out, text, sentence, at, len);
    }
    len
}

/// `stretch` without the marks at its end, which belong to the sentence.
fn without_marks(stretch: &str) -> &str {
    stretch.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/')
}

/// Length of the word at the start of `rest`: letters and digits with inner apostrophes, hyphens and dots.
fn word_len(rest: &str) -> usize {
    let number = rest.starts_with(|c: char| c.is_ascii_digit() || is_currency(c));
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, d)| d);
        let inner = |d: Option<char>| d.is_some_and(char::is_alphanumeric);
        let goes_on = c.is_alphanumeric()
            || is_joiner(c)
            || (is_apostrophe(c) && inner(next))
            || (matches!(c, '-' | '‑' | '.') && at > 0 && inner(next))
            || (number
                && (is_currency(c)
                    || c == '%'
                    || (matches!(c, ',' | ':' | '/') && next.is_some_and(|d| d.is_ascii_digit()))));
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    // The possessive of a plural: "customers'".
    if rest[..end].ends_with('s') && rest[end..].starts_with(is_apostrophe) {
        end += rest[end..].chars().next().map_or(0, char::len_utf8);
    }
    end
}

/// Pushes a written word as the one or two words it stands for.
fn take_apart(out: &mut Vec<Word>, text: &str, sentence: Span, at: usize, len: usize) {
    let first = out.len();
    let start = sentence.start as usize + at;
    let written = &text[start..start + len];
    let form = canonical(written);
    // The canonical form has one character for each written one unless hidden characters were dropped;
    // then both halves of a contraction are given the whole word's place.
    let place = |from: usize, to: usize| {
        let byte = |n: usize| written.char_indices().nth(n).map_or(len, |(at, _)| at);
        let same = written.chars().count() == form.chars().count();
        if same { (at + byte(from), byte(to) - byte(from)) } else { (at, len) }
    };
    if let Some(halves) = contractions::run_together(&form).or_else(|| contractions::split(&form)) {
        let total = form.chars().count();
        for (half, (from, to)) in [(halves.first, (0, halves.parts_at)), (halves.second, (halves.parts_at, total))] {
            let (at, len) = place(from, to);
            let text = half.map_or_else(|| form.chars().take(to).collect(), SmolStr::new_static);
            push(out, sentence, at, len, text, Kind::Word);
        }
        if let Some(last) = out.last_mut() {
            last.other = halves.other;
        }
    } else {
        push(out, sentence, at, len, form, Kind::Word);
    }
    if !written.as_bytes()[0].is_ascii_lowercase() {
        out[first].capital = written.starts_with(char::is_uppercase);
        out[first].caps = len > 1 && !written.contains(char::is_lowercase);
    }
}

fn push(out: &mut Vec<Word>, sentence: Span, at: usize, len: usize, form: SmolStr, kind: Kind) {
    let start = sentence.start as usize + at;
    out.push(Word {
        span: Span::new(start, start + len),
        form,
        other: None,
        kind,
        capital: false,
        caps: false,
        quoted: false,
    });
}

/// Lower case, straight apostrophes, no soft hyphens or zero-width characters, no final dot.
fn canonical(written: &str) -> SmolStr {
    if written.is_ascii() && !written.contains('`') {
        return written.to_ascii_lowercase_smolstr();
    }
    let letters = written.chars().filter(|&c| !is_joiner(c)).map(|c| match c {
        c if is_apostrophe(c) => '\'',
        '‑' => '-',
        // Lower-casing that changes the length in bytes would part form and writing.
        c => c.to_lowercase().next().unwrap_or(c),
    });
    letters.collect()
}

/// The canonical form and the written length of the mark at the start of `rest`. `last`: no letter or digit
/// follows.
fn mark(c: char, rest: &str, last: bool) -> Option<(&'static str, usize)> {
    let form = match c {
        ',' => ",",
        ';' => ";",
        ':' => ":",
        '!' => "!",
        '?' => "?",
        '…' => "...",
        '.' => {
            let dots = rest.len() - rest.trim_start_matches('.').len();
            // A period inside a sentence belongs to an abbreviation.
            return (dots > 1 || last).then_some((if dots > 1 { "..." } else { "." }, dots));
        }
        '–' | '—' => "-",
        '-' => return Some(("-", rest.len() - rest.trim_start_matches('-').len())),
        '(' | '[' => "(",
        ')' | ']' => ")",
        '/' => "/",
        _ => return None,
    };
    Some((form, c.len_utf8()))
}

fn is_address(chunk: &str) -> bool {
    // Nearly every word is none; one look tells.
    if !chunk.bytes().any(|b| matches!(b, b':' | b'@' | b'/' | b'\\' | b'.')) {
        return false;
    }
    chunk.contains("://")
        || chunk.starts_with("www.")
        || chunk.contains('\\')
        || chunk.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        || chunk.split_once('/').is_some_and(|(host, _)| host.contains('.') && host.starts_with(char::is_alphabetic))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '＇')
}

/// Characters that stand inside words without being seen, and combining marks.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()))
    }

    fn forms(text: &str) -> Vec<String> {
        all(text).into_iter().map(|w| w.form.to_string()).collect()
    }

    #[test]
    fn contractions_come_apart_with_either_apostrophe() {
        assert_eq!(forms("You shouldn't"), ["you", "should", "not"]);
        assert_eq!(forms("YOU SHOULDN’T"), ["you", "should", "not"]);
        assert_eq!(forms("can't won't cannot dont"), ["can", "not", "will", "not", "can", "not", "do", "not"]);
        assert_eq!(forms("it's the driver's, let's"), ["it", "is", "the", "driver", "'s", ",", "let", "us"]);
        let text = "that’d shouldn’t";
        let spans: Vec<_> = all(text).iter().map(|w| w.span.of(text)).collect();
        assert_eq!(spans, ["that", "’d", "should", "n’t"]);
        assert_eq!(all(text)[1].other, Some("had"));
    }

    #[test]
    fn addresses_numbers_and_placeholders_are_one_word() {
        assert_eq!(forms("https://a.example/x?y=should, me@a.example"), ["@", ",", "@"]);
        assert_eq!(forms("£641,200 by 19:30 on 2024-01-05"), ["£641,200", "by", "19:30", "on", "2024-01-05"]);
        assert_eq!(forms("Hi {{ user.name | should }}!"), ["hi", "{}", "!"]);
        assert_eq!(
            forms("a non-refundable right-hand e.g. he/she"),
            ["a", "non-refundable", "right-hand", "e.g", "he", "/", "she"]
        );
    }

    #[test]
    fn what_is_never_closed_hides_nothing() {
        assert_eq!(forms("{{a ${b} {{c %{d} {{e"), ["a", "{}", "c", "{}", "e"]);
        let long = format!("https://a.example/{}, and so on", "x".repeat(2 * ADDRESS_SHOWS));
        assert_eq!(forms(&long), ["@", ",", "and", "so", "on"]);
    }

    #[test]
    fn emphasis_and_hidden_characters_do_not_part_words() {
        assert_eq!(forms("*You* _should_ **not** sh\u{ad}ould"), ["you", "should", "not", "should"]);
    }

    #[test]
    fn quoted_words_are_known() {
        let words = all("Press \"Send now\" twice");
        assert_eq!(words.iter().map(|w| w.quoted).collect::<Vec<_>>(), [false, true, true, false]);
    }
}
