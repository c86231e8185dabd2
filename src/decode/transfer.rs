//! Content-Transfer-Encoding (RFC 2045, section 6): quoted-printable and base64, undone with a raw
//! place for every byte.
//!
//! Malformed input is read the way mail-parser reads it, so that both give the same text.

use super::SourceMap;
use crate::span::Span;
use std::borrow::Cow;

/// How a part is encoded for transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transfer {
    /// `7bit`, `8bit`, `binary`: as it is.
    Identity,
    /// `quoted-printable`.
    QuotedPrintable,
    /// `base64`.
    Base64,
}

impl Transfer {
    /// The encoding a `Content-Transfer-Encoding` field names; `None` for one that is not known, and whose bytes
    /// are no words then (RFC 2045, section 6.4).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "quoted-printable" => Some(Self::QuotedPrintable),
            "base64" => Some(Self::Base64),
            "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" => Some(Self::Identity),
            _ => None,
        }
    }

    /// Undoes the encoding. The map leads to offsets in `raw`.
    #[must_use]
    pub fn decode(self, raw: &[u8]) -> (Cow<'_, [u8]>, SourceMap) {
        match self {
            Self::Identity => (Cow::Borrowed(raw), SourceMap::slice(0, raw.len())),
            Self::QuotedPrintable => {
                let (bytes, map) = quoted_printable(raw);
                (Cow::Owned(bytes), map)
            }
            Self::Base64 => {
                let (bytes, map) = base64(raw);
                (Cow::Owned(bytes), map)
            }
        }
    }
}

/// Undoes quoted-printable: soft line breaks vanish, white space at a line's end is dropped, and
/// a `=` that introduces nothing stands for itself.
#[must_use]
pub fn quoted_printable(raw: &[u8]) -> (Vec<u8>, SourceMap) {
    let mut out = Vec::with_capacity(raw.len());
    let mut map = SourceMap::default();
    let mut at = 0;
    while at < raw.len() {
        match raw[at] {
            b'=' => at = escape(raw, at, &mut out, &mut map),
            b' ' | b'\t' | b'\r' | b'\x0c' => {
                let end = blank_end(raw, at);
                if raw.get(end) == Some(&b'\n') {
                    let start = if raw[end - 1] == b'\r' { end - 1 } else { end };
                    copy(raw, start, end + 1, &mut out, &mut map);
                    at = end + 1;
                } else {
                    copy(raw, at, end, &mut out, &mut map);
                    at = end;
                }
            }
            _ => {
                let end = raw[at..]
                    .iter()
                    .position(|b| matches!(b, b'=' | b' ' | b'\t' | b'\r' | b'\x0c'))
                    .map_or(raw.len(), |n| at + n);
                copy(raw, at, end, &mut out, &mut map);
                at = end;
            }
        }
    }
    (out, map)
}

/// Undoes base64: white space is skipped, `=` ends a group, anything else is skipped too.
#[must_use]
pub fn base64(raw: &[u8]) -> (Vec<u8>, SourceMap) {
    let mut out = Vec::with_capacity(raw.len() / 4 * 3);
    let mut map = SourceMap::default();
    // The values of the group being read, and where its characters stand.
    let mut group: [(u8, usize); 4] = [(0, 0); 4];
    let mut filled = 0;
    let mut run = (0, 0);
    for (at, &byte) in raw.iter().enumerate() {
        if let Some(value) = sextet(byte) {
            group[filled] = (value, at);
            filled += 1;
            if filled == 4 {
                filled = 0;
                push_group(&group, &mut out, &mut map, &mut run);
            }
        } else if byte == b'=' && filled > 0 {
            end_run(&mut map, &mut run);
            push_tail(&group[..filled], &mut out, &mut map);
            filled = 0;
        }
    }
    end_run(&mut map, &mut run);
    push_tail(&group[..filled], &mut out, &mut map);
    (out, map)
}

/// Decodes the `=` at `at`; gives the place after it.
fn escape(raw: &[u8], at: usize, out: &mut Vec<u8>, map: &mut SourceMap) -> usize {
    let next = at + 1;
    if let (Some(high), Some(low)) = (hex(raw, next), hex(raw, next + 1)) {
        out.push(high << 4 | low);
        map.push_atomic(1, Span::new(at, at + 3));
        return at + 3;
    }
    let end = blank_end(raw, next);
    if raw.get(end) == Some(&b'\n') {
        return end + 1;
    }
    if end == raw.len() {
        return end;
    }
    copy(raw, at, next, out, map);
    next
}

fn copy(raw: &[u8], start: usize, end: usize, out: &mut Vec<u8>, map: &mut SourceMap) {
    out.extend_from_slice(&raw[start..end]);
    map.push_linear(end - start, start);
}

/// The end of the white space (other than a line feed) that begins at `at`.
fn blank_end(raw: &[u8], at: usize) -> usize {
    raw[at.min(raw.len())..]
        .iter()
        .position(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\x0c'))
        .map_or(raw.len(), |n| at + n)
}

fn hex(raw: &[u8], at: usize) -> Option<u8> {
    match *raw.get(at)? {
        b @ b'0'..=b'9' => Some(b - b'0'),
        b @ b'A'..=b'F' => Some(b - b'A' + 10),
        b @ b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    }
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// Appends a full group. `run` is the raw start and number of groups that stand without a gap.
fn push_group(group: &[(u8, usize); 4], out: &mut Vec<u8>, map: &mut SourceMap, run: &mut (usize, usize)) {
    let [(a, first), (b, second), (c, third), (d, last)] = *group;
    out.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    if last - first == 3 {
        if run.0 + run.1 * 4 != first {
            end_run(map, run);
            run.0 = first;
        }
        run.1 += 1;
    } else {
        end_run(map, run);
        map.push_atomic(1, Span::new(first, second + 1));
        map.push_atomic(1, Span::new(second, third + 1));
        map.push_atomic(1, Span::new(third, last + 1));
    }
}

fn end_run(map: &mut SourceMap, run: &mut (usize, usize)) {
    map.push_base64(run.1, run.0);
    *run = (0, 0);
}

/// Appends the one or two bytes of an unfinished group.
fn push_tail(group: &[(u8, usize)], out: &mut Vec<u8>, map: &mut SourceMap) {
    let (Some(&(a, first)), Some(&(b, second))) = (group.first(), group.get(1)) else {
        return;
    };
    out.push(a << 2 | b >> 4);
    map.push_atomic(1, Span::new(first, second + 1));
    if let Some(&(c, third)) = group.get(2) {
        out.push(b << 4 | c >> 2);
        map.push_atomic(1, Span::new(second, third + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_cut_by_a_soft_break_keeps_its_place() {
        let raw = b"caf=E9 sho=\r\nuld  \r\nend=";
        let (bytes, map) = quoted_printable(raw);
        assert_eq!(bytes, b"caf\xe9 should\r\nend");
        assert_eq!(map.to_source(Span::new(3, 4)), Span::new(3, 6));
        assert_eq!(map.to_source(Span::new(5, 11)), Span::new(7, 16));
        assert_eq!(map.to_source(Span::new(11, 13)), Span::new(18, 20));
    }

    #[test]
    fn an_encoding_that_is_not_known_is_not_guessed() {
        assert_eq!(Transfer::named(" Base64 "), Some(Transfer::Base64));
        assert_eq!(Transfer::named("8BIT"), Some(Transfer::Identity));
        for name in ["x-uuencode", "quoted-printable; x", "base 64", "gzip"] {
            assert_eq!(Transfer::named(name), None, "{name}");
        }
    }

    #[test]
    fn a_stray_equals_sign_stands_for_itself() {
        assert_eq!(quoted_printable(b"a=b =zz 1=\n2").0, b"a=b =zz 12");
    }

    #[test]
    fn base64_bytes_lie_in_the_characters_that_hold_their_bits() {
        let raw = b"eW91IHNo\r\nb3VsZA==";
        let (bytes, map) = base64(raw);
        assert_eq!(bytes, b"you should");
        assert_eq!(map.to_source(Span::new(0, 3)), Span::new(0, 4));
        assert_eq!(map.to_source(Span::new(1, 2)), Span::new(1, 3));
        assert_eq!(map.to_source(Span::new(4, 10)), Span::new(5, 16));
    }

    #[test]
    fn base64_groups_may_straddle_lines() {
        let (bytes, map) = base64(b"eW9\n1");
        assert_eq!(bytes, b"you");
        assert_eq!(map.to_source(Span::new(2, 3)), Span::new(2, 5));
    }
}
