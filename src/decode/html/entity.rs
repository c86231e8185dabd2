//! Character references: which bytes of the markup each decoded character came from.

use crate::span::Span;
use html5gum::{Token, Tokenizer};

/// The longest named reference has 33 bytes; numeric ones may carry leading zeros.
const LONGEST: usize = 64;

/// A stretch of decoded text and its raw bytes.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) raw: Span,
    /// Byte for byte the same as the raw bytes.
    pub(super) linear: bool,
}

/// Splits a text token into pieces: plain runs and single references.
///
/// `value` is what the tokenizer made of `raw`, which starts at byte `base` of the markup. Should
/// the two not line up, the rest is given as one unit: its place is rough but never wrong.
pub(super) fn pieces<'a>(raw: &str, value: &'a str, base: usize, mut visit: impl FnMut(Piece<'a>)) {
    if raw == value {
        visit(Piece { text: value, raw: Span::new(base, base + raw.len()), linear: true });
        return;
    }
    let (mut from, mut to) = (0, 0);
    while from < raw.len() && to < value.len() {
        let rest = &raw[from..];
        let plain = rest.find(['&', '\r', '\0']).unwrap_or(rest.len());
        if plain > 0 {
            if !value[to..].starts_with(&rest[..plain]) {
                break;
            }
            let raw = Span::new(base + from, base + from + plain);
            visit(Piece { text: &value[to..to + plain], raw, linear: true });
            (from, to) = (from + plain, to + plain);
            continue;
        }
        let (raw_len, len) = match step(rest, &value[to..]) {
            Some(step) => step,
            None => break,
        };
        let raw = Span::new(base + from, base + from + raw_len);
        visit(Piece { text: &value[to..to + len], raw, linear: raw_len == len });
        (from, to) = (from + raw_len, to + len);
    }
    if to < value.len() {
        let raw = Span::new(base + from, base + raw.len());
        visit(Piece { text: &value[to..], raw, linear: false });
    }
}

/// The bytes of `raw` and of `value` that the reference at the start of `raw` takes.
fn step(raw: &str, value: &str) -> Option<(usize, usize)> {
    if raw.starts_with("\r\n") && value.starts_with('\n') {
        return Some((2, 1));
    }
    if raw.starts_with(['\r', '\0']) {
        return value.chars().next().map(|c| (1, c.len_utf8()));
    }
    let body = raw[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#');
    let end = 1 + body.take(LONGEST).count();
    let end = if raw[end..].starts_with(';') { end + 1 } else { end };
    let reference = &raw[..end];
    let common = match reference {
        "&" => Some('&'),
        "&amp;" => Some('&'),
        "&nbsp;" => Some('\u{a0}'),
        "&lt;" => Some('<'),
        "&gt;" => Some('>'),
        "&quot;" => Some('"'),
        _ => None,
    };
    if let Some(c) = common.filter(|c| value.starts_with(*c)) {
        return Some((end, c.len_utf8()));
    }
    let mut decoded = String::new();
    for token in Tokenizer::new(reference).flatten() {
        if let Token::String(s) = token {
            decoded.push_str(std::str::from_utf8(&s).ok()?);
        }
    }
    (!decoded.is_empty() && value.starts_with(&decoded)).then_some((end, decoded.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(raw: &str, value: &str) -> Vec<(String, Span)> {
        let mut out = Vec::new();
        pieces(raw, value, 10, |p| out.push((p.text.to_owned(), p.raw)));
        out
    }

    #[test]
    fn references_are_units() {
        let got = split("a&nbsp;&#8217;s AT&T &copy", "a\u{a0}’s AT&T ©");
        let expected = [
            ("a", 10, 11),
            ("\u{a0}", 11, 17),
            ("’", 17, 24),
            ("s AT", 24, 28),
            ("&T", 28, 30),
            (" ", 30, 31),
            ("©", 31, 36),
        ];
        let expected: Vec<_> = expected.iter().map(|(t, a, b)| ((*t).to_owned(), Span::new(*a, *b))).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_does_not_line_up_is_one_unit() {
        assert_eq!(split("abc", "xyz"), [("xyz".to_owned(), Span::new(10, 13))]);
    }
}
