//! Every stretch of decoded text leads back to exactly the bytes that encode it.
//!
//! The encoders here note where each character went; the decoders, which know nothing of that,
//! must lead back to the same places.

use encoding_rs::Encoding;
use proptest::prelude::*;
use tonelint::decode::transfer::Transfer;
use tonelint::decode::{Decoded, SourceMap, charset, encoded_word, html};
use tonelint::message::{Kind, Message};
use tonelint::span::Span;

/// Encoded bytes, and for each unit that was encoded the range of bytes it became.
#[derive(Clone, Debug, Default)]
struct Encoded {
    bytes: Vec<u8>,
    places: Vec<(usize, usize)>,
}

impl Encoded {
    fn unit(&mut self, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.places.push((start, self.bytes.len()));
    }

    /// Encodes the bytes once more with `next`, which has a place for each byte.
    fn then(self, next: impl FnOnce(&[u8]) -> Encoded) -> Encoded {
        let outer = next(&self.bytes);
        let place = |(start, end): (usize, usize)| (outer.places[start].0, outer.places[end - 1].1);
        Encoded { places: self.places.into_iter().map(place).collect(), bytes: outer.bytes }
    }
}

/// A source of decisions for the encoders.
struct Dice<'a>(std::iter::Cycle<std::slice::Iter<'a, u8>>);

impl<'a> Dice<'a> {
    fn new(seed: &'a [u8]) -> Self {
        Self(seed.iter().cycle())
    }

    fn roll(&mut self, sides: u8) -> u8 {
        self.0.next().map_or(0, |n| n % sides)
    }
}

fn quoted_printable(bytes: &[u8], dice: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded::default();
    for &byte in bytes {
        if dice.roll(7) == 0 {
            out.bytes.extend_from_slice([b"=\r\n".as_slice(), b"=\n", b"= \r\n"][dice.roll(3) as usize]);
        }
        let plain = byte.is_ascii_graphic() && byte != b'=';
        match byte {
            _ if plain && dice.roll(4) > 0 => out.unit(&[byte]),
            _ if dice.roll(2) == 0 => out.unit(format!("={byte:02x}").as_bytes()),
            _ => out.unit(format!("={byte:02X}").as_bytes()),
        }
    }
    out
}

fn base64(bytes: &[u8], dice: &mut Dice<'_>) -> Encoded {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Encoded::default();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        let mut at = [0; 4];
        for (n, at) in at.iter_mut().enumerate().take(group.len() + 1) {
            if dice.roll(9) == 0 {
                out.bytes.extend_from_slice(b"\r\n");
            }
            *at = out.bytes.len();
            out.bytes.push(ALPHABET[(bits >> (18 - 6 * n)) as usize & 63]);
        }
        out.places.extend((0..group.len()).map(|n| (at[n], at[n + 1] + 1)));
        out.bytes.extend(std::iter::repeat_n(b'=', 3 - group.len()));
    }
    out
}

fn identity(bytes: &[u8]) -> Encoded {
    let mut out = Encoded::default();
    bytes.iter().for_each(|b| out.unit(&[*b]));
    out
}

/// `None` when `encoding` has no place for a character.
fn in_charset(text: &str, encoding: &'static Encoding) -> Option<Encoded> {
    let mut out = Encoded::default();
    for c in text.chars() {
        let mut buffer = [0; 4];
        match encoding.name() {
            "UTF-16LE" => out.unit(&utf16(c, u16::to_le_bytes)),
            "UTF-16BE" => out.unit(&utf16(c, u16::to_be_bytes)),
            _ => {
                let (bytes, _, lost) = encoding.encode(c.encode_utf8(&mut buffer));
                if lost {
                    return None;
                }
                out.unit(&bytes);
            }
        }
    }
    Some(out)
}

fn utf16(c: char, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| bytes(*unit)).collect()
}

/// Writes each character as itself or as a reference, between inline tags and comments. The places
/// are of characters; `bytes` is the markup.
fn in_html(text: &str, dice: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded::default();
    for c in text.chars() {
        if c != ' ' {
            let noise = ["<b>", "</b>", "<i class='x'>", "</i>", "<!-- > -->", "<span>", "</span>", ""];
            out.bytes.extend_from_slice(noise[dice.roll(8) as usize].as_bytes());
        }
        let reference = match (c, dice.roll(5)) {
            ('&', 0) => "&amp;".to_owned(),
            ('&', 1) => "&AMP;".to_owned(),
            ('<', _) => "&lt;".to_owned(),
            ('é', 0) => "&eacute;".to_owned(),
            ('\u{a0}', 0) => "&nbsp;".to_owned(),
            ('’', 0) => "&rsquo;".to_owned(),
            (' ', _) => " ".to_owned(),
            (c, 1) => format!("&#{};", c as u32),
            ('&', _) => "&#38;".to_owned(),
            (c, 2) => format!("&#x{:X};", c as u32),
            (c, _) => c.to_string(),
        };
        out.unit(reference.as_bytes());
    }
    out
}

/// Asserts that each stretch of `decoded` leads to where its characters were put, `base` bytes in.
fn check(decoded: &Decoded, text: &str, encoded: &Encoded, base: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(&decoded.text, text);
    prop_assert_eq!(decoded.map.len(), text.len());
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for from in 0..encoded.places.len() {
        for to in from + 1..=encoded.places.len() {
            let place = decoded.map.to_source(Span::new(starts[from], starts[to]));
            let expected = Span::new(base + encoded.places[from].0, base + encoded.places[to - 1].1);
            prop_assert_eq!(place, expected, "{:?}", &text[starts[from]..starts[to]]);
        }
    }
    monotone(&decoded.map, base + encoded.bytes.len())
}

/// Asserts that raw places never go back and stay in the file.
fn monotone(map: &SourceMap, raw_len: usize) -> Result<(), TestCaseError> {
    let mut last = Span::new(0, 0);
    for at in 0..map.len() {
        let place = map.to_source(Span::new(at, at + 1));
        prop_assert!(place.start >= last.start && place.end >= last.end);
        prop_assert!(place.start < place.end && place.end as usize <= raw_len);
        last = place;
    }
    Ok(())
}

/// Words of many scripts, parted by single spaces.
fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-zA-Z0-9&<=?éüß’€äñ\u{a0}茶碗жю👍🏽.,-]{1,9}", 1..5).prop_map(|w| w.join(" "))
}

fn western() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-zA-Z0-9&=éüßäñ.,-]{1,9}", 1..5).prop_map(|w| w.join(" "))
}

fn seed() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 64)
}

fn label() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("utf-8"),
        Just("utf-16le"),
        Just("utf-16be"),
        Just("gb18030"),
        Just("windows-1252"),
        Just("iso-8859-15"),
        Just("shift_jis"),
        Just("koi8-r"),
    ]
}

fn transfer() -> impl Strategy<Value = Transfer> {
    prop_oneof![Just(Transfer::Identity), Just(Transfer::QuotedPrintable), Just(Transfer::Base64)]
}

fn transferred(encoded: Encoded, transfer: Transfer, dice: &mut Dice<'_>) -> Encoded {
    encoded.then(|bytes| match transfer {
        Transfer::Identity => identity(bytes),
        Transfer::QuotedPrintable => quoted_printable(bytes, dice),
        Transfer::Base64 => base64(bytes, dice),
    })
}

fn decode(raw: &[u8], transfer: Transfer, label: &str) -> Decoded {
    let (bytes, outer) = transfer.decode(raw);
    let decoded = charset::decode(&bytes, Some(label));
    Decoded { map: decoded.map.compose(&outer), text: decoded.text }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn through_charset_and_transfer(text in words(), seed in seed(), label in label(), transfer in transfer()) {
        let Some(encoding) = charset::find(label) else { return Err(TestCaseError::fail(label)) };
        if let Some(encoded) = in_charset(&text, encoding) {
            let encoded = transferred(encoded, transfer, &mut Dice::new(&seed));
            check(&decode(&encoded.bytes, transfer, label), &text, &encoded, 0)?;
        }
    }

    #[test]
    fn through_one_byte_charsets(text in western(), seed in seed(), transfer in transfer()) {
        for label in ["iso-8859-1", "windows-1252"] {
            let encoding = charset::find(label).ok_or(TestCaseError::fail(label))?;
            let encoded = in_charset(&text, encoding).ok_or(TestCaseError::fail(label))?;
            let encoded = transferred(encoded, transfer, &mut Dice::new(&seed));
            check(&decode(&encoded.bytes, transfer, label), &text, &encoded, 0)?;
        }
    }

    #[test]
    fn through_html_charset_and_transfer(text in words(), seed in seed(), transfer in transfer()) {
        let mut dice = Dice::new(&seed);
        let encoded = transferred(in_html(&text, &mut dice), transfer, &mut dice);
        let markup = decode(&encoded.bytes, transfer, "utf-8");
        let page = html::read(&markup.text);
        let decoded = Decoded { map: page.decoded.map.compose(&markup.map), text: page.decoded.text };
        check(&decoded, &text, &encoded, 0)?;
    }

    #[test]
    fn through_a_whole_mail(text in words(), seed in seed(), transfer in transfer(), rich in any::<bool>()) {
        let mut dice = Dice::new(&seed);
        let inner = if rich { in_html(&text, &mut dice) } else { in_charset(&text, encoding_rs::UTF_8).unwrap_or_default() };
        let encoded = transferred(inner, transfer, &mut dice);
        let name = match transfer {
            Transfer::Identity => "8bit",
            Transfer::QuotedPrintable => "quoted-printable",
            Transfer::Base64 => "base64",
        };
        let subtype = if rich { "html" } else { "plain" };
        let head = format!("From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"+_b_+\"\r\n\r\n--+_b_+\r\nContent-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {name}\r\n\r\n");
        let raw = [head.as_bytes(), &encoded.bytes, b"\r\n--+_b_+--\r\n"].concat();
        let message = Message::read(&raw, Kind::Eml).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let body = &message.bodies[0];
        prop_assert!(body.exact, "{:?}", String::from_utf8_lossy(&raw));
        check(&Decoded { text: body.text.clone(), map: body.map.clone() }, &text, &encoded, head.len())?;
    }

    #[test]
    fn encoded_words_lead_to_themselves(texts in proptest::collection::vec(words(), 1..4), seed in seed()) {
        let mut dice = Dice::new(&seed);
        let mut raw = b" Re:".to_vec();
        let mut expected = vec![("Re: ".to_owned(), Span::new(1, 4))];
        for text in &texts {
            raw.extend_from_slice(if expected.len() > 1 { b"\r\n " } else { b" " });
            let start = raw.len();
            raw.extend_from_slice(b"=?utf-8?B?");
            let mut body = base64(text.as_bytes(), &mut dice).bytes;
            body.retain(|b| !b.is_ascii_whitespace());
            raw.extend_from_slice(&body);
            raw.extend_from_slice(b"?=");
            expected.push((text.clone(), Span::new(start, raw.len())));
        }
        let decoded = encoded_word::decode(&raw);
        let whole: String = expected.iter().map(|(text, _)| text.as_str()).collect();
        prop_assert_eq!(&decoded.text, &whole);
        let mut at = 4;
        for (text, place) in &expected[1..] {
            prop_assert_eq!(decoded.map.to_source(Span::new(at, at + 1)), *place);
            at += text.len();
        }
        monotone(&decoded.map, raw.len())?;
    }

    #[test]
    fn drafts_in_any_encoding_are_found_out(text in western(), wide in any::<bool>(), marked in any::<bool>()) {
        // Without a mark, UTF-16 shows by its zero bytes: long enough and mostly ASCII.
        let text = format!("The parcel left our depot today and will arrive soon. {text}");
        let encoding = if wide { encoding_rs::UTF_16LE } else { encoding_rs::UTF_8 };
        let encoded = in_charset(&text, encoding).unwrap_or_default();
        let mark: &[u8] = match (marked, wide) {
            (false, _) => b"",
            (true, true) => b"\xff\xfe",
            (true, false) => b"\xef\xbb\xbf",
        };
        let raw = [mark, &encoded.bytes].concat();
        let message = Message::read(&raw, Kind::Text).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let body = &message.bodies[0];
        check(&Decoded { text: body.text.clone(), map: body.map.clone() }, &text, &encoded, mark.len())?;
    }

    #[test]
    fn hostile_bytes_are_read_without_a_panic(raw in proptest::collection::vec(any::<u8>(), 0..300)) {
        for kind in [Kind::Eml, Kind::Html, Kind::Markdown, Kind::Text] {
            if let Ok(message) = Message::read(&raw, kind) {
                for passage in message.bodies.iter().chain(&message.subject) {
                    prop_assert_eq!(passage.map.len(), passage.text.len());
                    bounded(&passage.map, raw.len())?;
                }
            }
        }
    }

    #[test]
    fn hostile_mails_are_read_without_a_panic(pieces in proptest::collection::vec(piece(), 0..40)) {
        let raw = pieces.concat();
        if let Ok(message) = Message::read(raw.as_bytes(), Kind::Eml) {
            for passage in message.bodies.iter().chain(&message.subject) {
                prop_assert_eq!(passage.map.len(), passage.text.len());
                bounded(&passage.map, raw.len())?;
            }
        }
        let page = html::read(&raw);
        prop_assert_eq!(page.decoded.map.len(), page.decoded.text.len());
        for region in &page.regions {
            prop_assert!(page.decoded.text.get(region.span.range()).is_some());
        }
        bounded(&page.decoded.map, raw.len())?;
    }
}

/// What mails are made of.
fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "From: a@b.example\n",
        "Subject: =?utf-8?Q?=E2=80=99?=\r\n",
        "\n",
        "\r\n",
        "Content-Type: multipart/mixed; boundary=x\n",
        "Content-Type: multipart/alternative; boundary=y\n",
        "Content-Type: message/rfc822\n",
        "--x\n",
        "--x--\n",
        "--y\r\n",
        "--y--\r\n",
        "Content-Type: text/html; charset=utf-16\n",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: quoted-printable\n",
        "=E2=80",
        "=\n",
        "==",
        "eW91",
        "<p>",
        "</p>",
        "<pre>\n",
        "<ol><li>",
        "<blockquote>",
        "</blockquote>",
        "<div id=appendonsend>",
        "</div>",
        "&amp;",
        "&#0;",
        "&notit;",
        "&",
        "\0",
        "word ",
        "é",
        "<!--",
        "-->",
        "<style>",
        "</style>",
        "<textarea>",
        "<s>",
        "</s>",
        "=?x?q?",
        "?=",
        "\u{feff}",
        "Content-Type: text/plain; format=flowed; delsp=yes\n",
        "> quoted \n",
        ">> ",
        " ",
    ])
}

/// Asserts that no place lies outside the file.
fn bounded(map: &SourceMap, raw_len: usize) -> Result<(), TestCaseError> {
    let mut last = 0;
    for at in 0..map.len() {
        let place = map.to_source(Span::new(at, at + 1));
        prop_assert!(place.start <= place.end && place.end as usize <= raw_len);
        prop_assert!(place.start >= last, "places go back");
        last = place.start;
    }
    Ok(())
}
