//! Byte offsets → lines and columns of a file as stored.

use crate::decode::charset;
use encoding_rs::UTF_16BE;
use memchr::memchr_iter;
use std::cell::RefCell;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// One-based.
    pub line: usize,
    /// One-based, in Unicode scalar values; in bytes for a line that is not UTF-8.
    pub column: usize,
    /// Zero-based.
    pub byte: usize,
}

/// The lines of a file.
pub struct Lines<'a> {
    raw: &'a [u8],
    /// First byte of each line but the first.
    starts: Vec<usize>,
    unit: Unit,
    /// Counted stretches of the line asked for last, so that a long line is counted once: whole exports stand in
    /// one.
    counted: RefCell<Vec<Counted>>,
}

/// From so many bytes on, a count is kept for places before it.
const STRETCH: usize = 4096;

/// Characters counted in a line, up to a place in it.
#[derive(Clone, Copy)]
struct Counted {
    /// First byte of the line.
    start: usize,
    /// How far it is counted.
    byte: usize,
    /// Characters before that.
    characters: usize,
    /// Whether the line is UTF-8.
    utf8: bool,
}

/// What a character of the file is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Bytes,
    Utf16 { big: bool },
}

impl<'a> Lines<'a> {
    /// The lines of `raw`.
    #[must_use]
    pub fn new(raw: &'a [u8]) -> Self {
        let unit = match charset::utf16(raw) {
            Some(encoding) => Unit::Utf16 { big: encoding == UTF_16BE },
            None => Unit::Bytes,
        };
        let starts = match unit {
            Unit::Bytes => memchr_iter(b'\n', raw).map(|at| at + 1).collect(),
            Unit::Utf16 { .. } => {
                let units = raw.chunks_exact(2).enumerate();
                units.filter(|(_, pair)| unit.value(pair) == 0x0a).map(|(n, _)| n * 2 + 2).collect()
            }
        };
        Self { raw, starts, unit, counted: RefCell::default() }
    }

    /// Where byte `byte` is.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.raw.len());
        let line = self.starts.partition_point(|&start| start <= byte);
        let start = if line == 0 { 0 } else { self.starts[line - 1] };
        let mut known = self.counted.borrow_mut();
        if known.first().is_none_or(|first| first.start != start) {
            let end = self.starts.get(line).copied().unwrap_or(self.raw.len());
            let utf8 = std::str::from_utf8(&self.raw[start..end]).is_ok();
            known.clear();
            known.push(Counted { start, byte: start, characters: 0, utf8 });
        }
        let before = known.partition_point(|counted| counted.byte <= byte) - 1;
        let mut counted = known[before];
        while let Some(next) = counted.byte.checked_add(STRETCH).filter(|next| *next <= byte) {
            counted.characters += self.characters(&self.raw[counted.byte..next], counted.utf8);
            counted.byte = next;
            known.push(counted);
        }
        let characters = counted.characters + self.characters(&self.raw[counted.byte..byte], counted.utf8);
        Position { line: line + 1, column: characters + 1, byte }
    }

    /// The one-based column of `position` in bytes of the file as stored.
    #[must_use]
    pub fn byte_column(&self, position: Position) -> usize {
        let start = position.line.checked_sub(2).and_then(|before| self.starts.get(before)).copied().unwrap_or(0);
        position.byte - start + 1
    }

    /// Characters that begin in `bytes`; byte order marks are none.
    fn characters(&self, bytes: &[u8], utf8: bool) -> usize {
        match self.unit {
            Unit::Bytes if utf8 => {
                let marks = bytes.windows(3).filter(|w| w == b"\xef\xbb\xbf").count();
                bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() - marks
            }
            Unit::Bytes => bytes.len(),
            Unit::Utf16 { .. } => {
                // The low half of a surrogate pair and the byte order mark are no characters.
                let counts = |value: u16| !(0xdc00..0xe000).contains(&value) && value != 0xfeff;
                bytes.chunks_exact(2).filter(|pair| counts(self.unit.value(pair))).count()
            }
        }
    }
}

impl Unit {
    fn value(self, pair: &[u8]) -> u16 {
        let pair = [pair[0], pair[1]];
        if self == (Unit::Utf16 { big: true }) { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(raw: &[u8], byte: usize) -> (usize, usize) {
        let position = Lines::new(raw).position(byte);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(at("é b\nçd".as_bytes(), 3), (1, 3));
        assert_eq!(at("é b\nçd".as_bytes(), 7), (2, 2));
        assert_eq!(at(b"\xe9 b\n", 2), (1, 3));
        assert_eq!(at("\u{feff}ab".as_bytes(), 4), (1, 2));
        assert_eq!(at(b"ab", 99), (1, 3));
        let utf16: Vec<u8> = "\u{feff}a\n\u{1f601}b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(at(&utf16, 2), (1, 1));
        assert_eq!(at(&utf16, 10), (2, 2));
        assert_eq!(at(&utf16[2..], 8), (2, 2));
    }

    #[test]
    fn byte_columns_count_bytes_of_the_line() {
        let lines = Lines::new("é b\nçd".as_bytes());
        assert_eq!([0, 3, 5, 7].map(|byte| lines.byte_column(lines.position(byte))), [1, 4, 1, 3]);
    }
}
