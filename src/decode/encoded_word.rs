//! Unstructured header values: folding (RFC 5322) and encoded words (RFC 2047).

use super::transfer::{base64, quoted_printable};
use super::{Decoded, SourceMap, charset};
use crate::span::Span;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The longest encoded word read; RFC 2047 allows 75 characters.
const LONGEST: usize = 1000;

/// Decodes a header value. Each encoded word is one unit of the map, which leads to offsets in `raw`.
///
/// Line ends vanish, white space between encoded words too; bytes outside ASCII are read as UTF-8,
/// else as Windows-1252.
#[must_use]
pub fn decode(raw: &[u8]) -> Decoded {
    let start = raw.len() - raw.trim_ascii_start().len();
    let end = start + raw[start..].trim_ascii().len();
    let mut out = Decoded::default();
    let mut at = start;
    while at < end {
        let next = memchr::memmem::find(&raw[at..end], b"=?").map_or(end, |n| at + n);
        match Word::at(raw, next, end) {
            Some(word) => {
                literal(raw, at, next, &mut out);
                at = run_of_words(raw, word, end, &mut out);
            }
            None => {
                let stop = (next + 2).min(end);
                literal(raw, at, stop, &mut out);
                at = stop;
            }
        }
    }
    out
}

/// One encoded word, its transfer encoding undone.
struct Word {
    encoding: &'static Encoding,
    bytes: Vec<u8>,
    span: Span,
}

impl Word {
    /// The encoded word that begins at `at`, when one does.
    fn at(raw: &[u8], at: usize, end: usize) -> Option<Word> {
        let window = &raw[at..end.min(at + LONGEST)];
        let rest = window.strip_prefix(b"=?")?;
        let mut fields = rest.splitn(3, |b| *b == b'?');
        let (label, encoding, data) = (fields.next()?, fields.next()?, fields.next()?);
        let len = memchr::memmem::find(data, b"?=")?;
        let data = &data[..len];
        let bytes = match encoding {
            b"q" | b"Q" => {
                let spaced: Vec<u8> = data.iter().map(|b| if *b == b'_' { b' ' } else { *b }).collect();
                quoted_printable(&spaced).0
            }
            b"b" | b"B" => base64(data).0,
            _ => return None,
        };
        let label = std::str::from_utf8(label).ok().filter(|l| !l.is_empty())?;
        let whole = 2 + label.len() + 1 + encoding.len() + 1 + len + 2;
        let encoding = charset::find(label).unwrap_or(UTF_8);
        Some(Word { encoding, bytes, span: Span::new(at, at + whole) })
    }
}

/// Appends `first` and the encoded words that follow it with nothing but white space between.
fn run_of_words(raw: &[u8], first: Word, end: usize, out: &mut Decoded) -> usize {
    let mut words = vec![first];
    let mut at = words[0].span.end as usize;
    loop {
        let blank = raw[at..end].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let Some(word) = Word::at(raw, at + blank, end) else { break };
        at = word.span.end as usize;
        words.push(word);
    }
    let mut rest = words.as_slice();
    while let Some(word) = rest.first() {
        let same = rest.iter().take_while(|w| w.encoding == word.encoding).count();
        let (group, tail) = rest.split_at(same);
        append_words(group, out);
        rest = tail;
    }
    at
}

/// Appends words of one charset. Some mailers cut a character between two words; those words are
/// read together.
fn append_words(words: &[Word], out: &mut Decoded) {
    let each: Vec<String> = words.iter().map(|w| charset::decode_as(&w.bytes, w.encoding).text).collect();
    if each.iter().any(|text| text.contains('\u{fffd}'))
        && let (Some(first), Some(last)) = (words.first(), words.last())
    {
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.bytes.iter().copied()).collect();
        let text = charset::decode_as(&bytes, first.encoding).text;
        push_unit(&text, first.span.cover(last.span), out);
        return;
    }
    for (text, word) in each.iter().zip(words) {
        push_unit(text, word.span, out);
    }
}

fn push_unit(text: &str, span: Span, out: &mut Decoded) {
    // A line end inside an encoded word would forge a line of the header.
    let text = text.replace(['\r', '\n'], " ");
    out.text.push_str(&text);
    out.map.push_atomic(text.len(), span);
}

/// Appends unencoded bytes, unfolded.
fn literal(raw: &[u8], start: usize, end: usize, out: &mut Decoded) {
    let mut at = start;
    for line in raw[start..end].split_inclusive(|b| *b == b'\n') {
        let kept = line.strip_suffix(b"\n").unwrap_or(line);
        let kept = kept.strip_suffix(b"\r").unwrap_or(kept);
        let encoding = if std::str::from_utf8(kept).is_ok() { UTF_8 } else { WINDOWS_1252 };
        let piece = charset::decode_as(kept, encoding);
        out.text.push_str(&piece.text);
        out.map.append(&piece.map.compose(&SourceMap::slice(at, kept.len())));
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_units_and_folds_vanish() {
        let raw = b" Re: =?ISO-8859-1?Q?caf=E9_you?=\r\n =?utf-8?B?4oCZcw==?=\r\n should=?\r\n";
        let out = decode(raw);
        assert_eq!(out.text, "Re: café you’s should=?");
        let cafe = out.text.find("caf").unwrap();
        assert_eq!(out.map.to_source(Span::new(cafe, cafe + 1)), Span::new(5, 32));
        let should = out.text.find("should").unwrap();
        let place = out.map.to_source(Span::new(should, should + 6));
        assert_eq!(&raw[place.range()], b"should");
    }

    #[test]
    fn a_character_cut_between_two_words_is_whole_again() {
        assert_eq!(decode(b"=?utf-8?Q?=E2=80?= =?utf-8?Q?=99s?=").text, "’s");
    }

    #[test]
    fn bytes_outside_ascii_are_read() {
        assert_eq!(decode(b"It\x92s caf\xe9").text, "It’s café");
        assert_eq!(decode("Grüße".as_bytes()).text, "Grüße");
    }
}
