//! JSON (RFC 8259): serde_json says whether it is sound, and a walk over its bytes where everything is.

use super::node::{Node, Pen, Scalar, Style};
use super::{CollectionError, Format};
use crate::decode::Decoded;
use crate::span::Span;

/// Reads a file.
pub(super) fn read(text: &str) -> Result<Node, CollectionError> {
    // It refuses what lies more than 128 deep, too.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let full = error.to_string();
        let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
        return Err(CollectionError::Syntax {
            format: Format::Json,
            line: error.line(),
            column: error.column().max(1),
            message,
        });
    }
    Ok(Walk { text, at: 0 }.value())
}

/// A walk over sound JSON.
struct Walk<'t> {
    text: &'t str,
    at: usize,
}

impl Walk<'_> {
    fn peek(&mut self) -> u8 {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.text.as_bytes().get(self.at).copied().unwrap_or(b']')
    }

    fn value(&mut self) -> Node {
        match self.peek() {
            b'"' => Node::Text(self.string()),
            b'{' => {
                let mut entries = Vec::new();
                self.at += 1;
                while self.peek() != b'}' && self.at < self.text.len() {
                    self.past(b',');
                    let name = self.string();
                    self.past(b':');
                    entries.push((name, self.value()));
                }
                self.at += 1;
                Node::Map(entries)
            }
            b'[' => {
                let mut values = Vec::new();
                self.at += 1;
                while self.peek() != b']' {
                    self.past(b',');
                    values.push(self.value());
                }
                self.at += 1;
                Node::List(values)
            }
            _ => {
                let rest = &self.text.as_bytes()[self.at..];
                let plain = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                self.at += rest.iter().take_while(plain).count().max(1);
                Node::Other
            }
        }
    }

    fn past(&mut self, mark: u8) {
        if self.peek() == mark {
            self.at += 1;
        }
    }

    fn string(&mut self) -> Scalar {
        self.peek();
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at = (self.at + 1).min(bytes.len());
        Scalar::Written { place: Span::new(start, self.at), style: Style::Json }
    }
}

/// Decodes the string that stands at `place`, in its quotes.
pub(super) fn string(text: &str, place: Span) -> Decoded {
    let mut pen = Pen::default();
    let end = place.range().end.saturating_sub(1);
    let mut at = place.range().start + 1;
    while at < end {
        let plain = memchr::memchr(b'\\', &text.as_bytes()[at..end]).unwrap_or(end - at);
        pen.copy(text, Span::new(at, at + plain));
        at += plain;
        if at < end {
            let (character, length) = escape(&text[at..end]);
            pen.character(character, Span::new(at, (at + length).min(end)));
            at += length;
        }
    }
    pen.decoded
}

/// The character an escape stands for, and its length in bytes. Half a surrogate pair stands for U+FFFD.
pub(super) fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let character = match text.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => {
            let Some(first) = unit(0) else { return (char::REPLACEMENT_CHARACTER, 2) };
            let pair = [Some(first), unit(6)].into_iter().flatten();
            return match char::decode_utf16(pair).next() {
                Some(Ok(character)) => (character, 6 * character.len_utf16()),
                _ => (char::REPLACEMENT_CHARACTER, 6),
            };
        }
        _ => return text[1..].chars().next().map_or(('\\', 1), |next| (next, 1 + next.len_utf8())),
    };
    (character, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_lead_back() {
        let file = r#"{"a\"b":["x \u00e9\ud83d\ude00\n", -1.5e3, null]}"#;
        let Node::Map(entries) = read(file).unwrap() else { panic!("a map") };
        assert_eq!(entries[0].0.text(file), "a\"b");
        let Node::List(values) = &entries[0].1 else { panic!("a list") };
        let [Node::Text(text), Node::Other, Node::Other] = &values[..] else { panic!("{values:?}") };
        let decoded = text.read(file).decoded;
        assert_eq!(decoded.text, "x é😀\n");
        let back = |span: Span| decoded.map.to_source(span).of(file);
        assert_eq!(back(Span::new(2, 4)), "\\u00e9");
        assert_eq!(back(Span::new(4, 8)), "\\ud83d\\ude00");
        assert_eq!(back(Span::new(0, 2)), "x ");
    }

    #[test]
    fn half_a_pair_is_replaced() {
        let file = r#""a\ud83d\u0041\udc00""#;
        assert_eq!(string(file, Span::new(0, file.len())).text, "a\u{fffd}A\u{fffd}");
    }

    #[test]
    fn broken_files_say_where() {
        let error = read("{\"a\": 1,\n \"b\" 2}").unwrap_err();
        assert_eq!(error.to_string(), "no sound JSON: line 2, column 6: expected `:`");
        assert!(read(&"[".repeat(1 << 20)).is_err());
    }
}
