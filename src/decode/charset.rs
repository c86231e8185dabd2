//! Character encodings: bytes → text, with a raw place for every character.

use super::Decoded;
use crate::span::Span;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use thiserror::Error;

/// The file holds bytes no text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is not text (control byte 0x{byte:02x} at byte {at})")]
pub struct NotText {
    /// The first offending byte.
    pub byte: u8,
    /// Where it stands, in bytes.
    pub at: usize,
}

/// Text whose encoding had to be found out.
#[derive(Clone, Debug)]
pub struct Detected {
    /// The text, without its byte-order mark.
    pub decoded: Decoded,
    /// The encoding it was read in.
    pub encoding: &'static Encoding,
    /// Whether the encoding is a guess: nothing in the file says it.
    pub guessed: bool,
}

/// Decodes a part whose label is known; without one (or with an unknown one) it is UTF-8. The byte order of UTF-16 is
/// what the bytes say, and only then what its label does.
///
/// Malformed sequences become U+FFFD. A byte-order mark at the start is dropped.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let encoding = label.and_then(find).unwrap_or(UTF_8);
    let ordered = || utf16(bytes).unwrap_or(encoding);
    decode_as(bytes, if is_utf16(encoding) { ordered() } else { encoding })
}

/// Whether `encoding` is UTF-16 in either byte order. What is labelled `utf-16` alone may be in any (RFC 2781).
#[must_use]
pub fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// The byte order of UTF-16, when `bytes` have its mark, or hold as many zero bytes as only UTF-16 does.
#[must_use]
pub fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => Some(encoding).filter(|encoding| is_utf16(encoding)),
        None => wide(bytes),
    }
}

/// The encoding a MIME charset label names.
#[must_use]
pub fn find(label: &str) -> Option<&'static Encoding> {
    // RFC 2231 lets a language follow the charset: `utf-8*en`.
    let label = label.split('*').next().unwrap_or(label).trim();
    // "Replacement" stands for encodings that browsers refuse, and would read a whole part as one character.
    let known = |label: &[u8]| Encoding::for_label(label).filter(|encoding| *encoding != encoding_rs::REPLACEMENT);
    known(label.as_bytes()).or_else(|| known(label.replace('_', "-").as_bytes()))
}

/// The encoding that markup names for itself in its first bytes: `<meta charset=…>`.
#[must_use]
pub fn declared_in_html(markup: &[u8]) -> Option<&'static Encoding> {
    const NAME: &[u8] = b"charset=";
    // HTML asks for the first 1024 bytes; mail clients put style sheets before it.
    let head = &markup[..markup.len().min(4096)];
    let at = head.windows(NAME.len()).position(|w| w.eq_ignore_ascii_case(NAME))? + NAME.len();
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
        .collect();
    find(std::str::from_utf8(&label).ok()?)
}

/// Decodes text that nobody has labelled: by its byte-order mark, as UTF-16 when its zero bytes
/// say so, as UTF-8, else as Windows-1252.
///
/// # Errors
/// When the bytes are no text in any of these.
pub fn detect(bytes: &[u8]) -> Result<Detected, NotText> {
    let (encoding, guessed) = if bytes.starts_with(b"\xff\xfe\0\0") {
        // UTF-32: rarer than a binary file that begins so.
        return Err(NotText { byte: 0, at: 2 });
    } else if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        (encoding, false)
    } else if let Some(encoding) = wide(bytes) {
        (encoding, true)
    } else if mostly_utf8(bytes) {
        (UTF_8, false)
    } else {
        (WINDOWS_1252, true)
    };
    let decoded = decode_as(bytes, encoding);
    match decoded.text.bytes().enumerate().find(|(_, b)| is_binary(*b)) {
        Some((at, byte)) => {
            let at = decoded.map.to_source(Span::new(at, at + 1)).start as usize;
            Err(NotText { byte, at })
        }
        None => Ok(Detected { decoded, encoding, guessed }),
    }
}

/// Decodes `bytes` in `encoding`; a byte-order mark of that encoding is dropped.
#[must_use]
pub fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let skip = match Encoding::for_bom(bytes) {
        Some((found, len)) if found == encoding => len,
        _ => 0,
    };
    if encoding == UTF_8 { decode_utf8(bytes, skip) } else { Stepper::new(encoding).run(bytes, skip) }
}

fn decode_utf8(bytes: &[u8], skip: usize) -> Decoded {
    let mut out = Decoded::default();
    let mut at = skip;
    for chunk in bytes[skip..].utf8_chunks() {
        let valid = chunk.valid();
        out.text.push_str(valid);
        out.map.push_linear(valid.len(), at);
        at += valid.len();
        let invalid = chunk.invalid().len();
        if invalid > 0 {
            out.text.push('\u{fffd}');
            out.map.push_atomic('\u{fffd}'.len_utf8(), Span::new(at, at + invalid));
            at += invalid;
        }
    }
    out
}

/// Feeds a decoder byte by byte, to learn which bytes each character came from.
struct Stepper {
    decoder: Decoder,
    /// Whether runs of ASCII bytes may be taken over whole while no character is half read.
    ascii: bool,
    out: Decoded,
    /// Where the character being read began.
    begun: Option<usize>,
}

impl Stepper {
    fn new(encoding: &'static Encoding) -> Self {
        Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            ascii: encoding.is_ascii_compatible(),
            out: Decoded::default(),
            begun: None,
        }
    }

    fn run(mut self, bytes: &[u8], skip: usize) -> Decoded {
        let mut at = skip;
        while at < bytes.len() {
            if self.ascii && self.begun.is_none() {
                let rest = &bytes[at..];
                let plain = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
                // Pure ASCII by the line above, so nothing is lost.
                self.out.text.push_str(std::str::from_utf8(&rest[..plain]).unwrap_or_default());
                self.out.map.push_linear(plain, at);
                at += plain;
            }
            if let Some(byte) = bytes.get(at) {
                self.step(std::slice::from_ref(byte), at, false);
                at += 1;
            }
        }
        self.step(&[], bytes.len(), true);
        self.out
    }

    fn step(&mut self, byte: &[u8], at: usize, last: bool) {
        let mut room = [0u8; 32];
        let begun = *self.begun.get_or_insert(at);
        let mut read = 0;
        loop {
            let (result, took, wrote, _) = self.decoder.decode_to_utf8(&byte[read..], &mut room, last);
            read += took;
            if wrote > 0 {
                self.write(&room[..wrote], begun, at + byte.len());
            }
            if result == CoderResult::InputEmpty {
                break;
            }
        }
    }

    fn write(&mut self, utf8: &[u8], begun: usize, end: usize) {
        let text = std::str::from_utf8(utf8).unwrap_or("\u{fffd}");
        self.out.text.push_str(text);
        if text.len() == 1 && end - begun == 1 {
            self.out.map.push_linear(1, begun);
        } else {
            self.out.map.push_atomic(text.len(), Span::new(begun, end));
        }
        self.begun = None;
    }
}

/// UTF-16 without a mark: of Latin text, and of blanks in any other, every second byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let units = sample.len() / 2;
    if units < 2 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let zeros = |offset: usize| sample[offset..].iter().step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (many, none) = (units.div_ceil(4), units / 50);
    if odd >= many && even <= none {
        Some(UTF_16LE)
    } else if even >= many && odd <= none {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8, perhaps with a few damaged characters among sound ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut sound, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    sound > damaged
}

/// Control characters that text does not hold. Form feed, escape (ISO 2022) and a DOS end-of-file
/// mark do occur.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0x00..=0x07 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_maps_each_character_to_its_byte() {
        let found = detect(b"It\x92s 5 \x80, caf\xe9").unwrap();
        assert_eq!(found.encoding, WINDOWS_1252);
        assert!(found.guessed);
        assert_eq!(found.decoded.text, "It’s 5 €, café");
        let euro = found.decoded.text.find('€').unwrap();
        assert_eq!(found.decoded.map.to_source(Span::new(euro, euro + 3)), Span::new(7, 8));
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let le: Vec<u8> = "\u{feff}Hi 👍 you".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = detect(&le).unwrap();
        assert_eq!(marked.decoded.text, "Hi 👍 you");
        assert_eq!(marked.decoded.map.to_source(Span::new(3, 7)), Span::new(8, 12));
        let be: Vec<u8> = "You should have".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let bare = detect(&be).unwrap();
        assert_eq!(bare.decoded.text, "You should have");
        assert_eq!(bare.decoded.map.to_source(Span::new(4, 10)), Span::new(8, 20));
    }

    #[test]
    fn utf16_is_told_by_its_zero_bytes_wherever_there_are_some() {
        let encoded = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for text in ["Добрый день, Анна. You should wait.", "Hi"] {
            for big in [false, true] {
                assert_eq!(detect(&encoded(text, big)).unwrap().decoded.text, text);
                assert_eq!(decode(&encoded(text, big), Some("utf-16")).text, text);
                assert_eq!(decode(&encoded(&format!("\u{feff}{text}"), big), Some("utf-16le")).text, text);
            }
        }
        // A line end of one byte that a program put behind it.
        assert_eq!(detect(&[&encoded("You", true)[..], b"\n"].concat()).unwrap().decoded.text, "You\u{fffd}");
        assert_eq!(decode(&encoded("日本語", false), Some("utf-16")).text, "日本語");
        assert_eq!((utf16(b"You should wait."), utf16(b"\0\0\x01\0\0\0\x02\0"), utf16(b"")), (None, None, None));
    }

    #[test]
    fn japanese_mail_charset_is_read() {
        let out = decode(b"you \x1b$B%a\x1b(Bok", Some("iso-2022-jp"));
        assert_eq!(out.text, "you メok");
        assert_eq!(out.map.to_source(Span::new(8, 9)), Span::new(13, 14));
    }

    #[test]
    fn one_damaged_byte_does_not_turn_utf8_into_something_else() {
        let found = detect(b"caf\xc3\xa9 \xe2\x80\x99 \xff").unwrap();
        assert_eq!(found.encoding, UTF_8);
        assert_eq!(found.decoded.text, "café ’ \u{fffd}");
    }

    #[test]
    fn markup_names_its_charset() {
        assert_eq!(declared_in_html(b"<meta charset='koi8-r'>"), find("koi8-r"));
        let old = b"<META http-equiv=\"Content-Type\" content=\"text/html; CHARSET=iso-8859-2\">";
        assert_eq!(declared_in_html(old), find("iso-8859-2"));
        assert_eq!(declared_in_html(b"<p>charset=nonsense"), None);
    }

    #[test]
    fn binary_files_are_refused() {
        assert_eq!(detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap_err().byte, 0);
        assert!(detect(b"").unwrap().decoded.text.is_empty());
    }
}
