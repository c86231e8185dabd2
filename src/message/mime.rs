//! The parts of a mail (RFC 2045–2049): which of them a reader sees, and which are evidence.

use super::parse::EncodedMessage;
use super::{Message, Passage, ReadError, alternative, headers, parse, part};
use crate::decode::SourceMap;
use crate::decode::transfer::Transfer;
use mail_parser::{HeaderName, MessagePart, MimeHeaders, PartType};

/// Attached messages inside each other beyond this many are not read.
const DEEPEST_MESSAGE: usize = 10;
/// Multiparts inside each other beyond this many are not read.
const DEEPEST_PART: usize = 50;

/// Reads a mail; `None` when the file has no header fields of a mail.
///
/// # Errors
/// When the mail is encrypted or has no part with words.
pub(super) fn read(raw: &[u8]) -> Result<Option<Message>, ReadError> {
    read_at(raw, 0)
}

fn read_at(raw: &[u8], depth: usize) -> Result<Option<Message>, ReadError> {
    let start = preamble(raw);
    let mail = &raw[start..];
    let read = parse::parse(mail, |parsed, encoded| {
        let source = Source { raw: mail, encoded, depth };
        is_mail(parsed).then(|| read_parsed(parsed, source))
    });
    let Some(mut message) = read.flatten().transpose()? else { return Ok(None) };
    if start > 0 {
        message.relocate(&SourceMap::slice(start, mail.len()));
    }
    Ok(Some(message))
}

/// The length of what may stand before the first header: a byte-order mark, the separator line of
/// an mbox.
fn preamble(raw: &[u8]) -> usize {
    let mark = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let rest = &raw[mark..];
    if rest.starts_with(b"From ") || rest.starts_with(b">From ") {
        mark + memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1)
    } else {
        mark
    }
}

/// Whether a header names something: mail-parser takes any line with a colon for one.
fn is_mail(parsed: &mail_parser::Message<'_>) -> bool {
    parsed.headers().iter().any(|h| !matches!(h.name, HeaderName::Other(_)))
}

/// What the parts of a message are read from.
#[derive(Clone, Copy)]
struct Source<'a> {
    raw: &'a [u8],
    encoded: &'a [EncodedMessage],
    /// How many messages this one is attached to.
    depth: usize,
}

fn read_parsed(parsed: &mail_parser::Message<'_>, source: Source<'_>) -> Result<Message, ReadError> {
    let raw = source.raw;
    let mut reader = Reader { parsed, source, out: Message::default(), unread: Vec::new() };
    reader.out.headers = headers::read(parsed, raw);
    reader.out.subject = headers::subject(parsed, raw);
    reader.out.headers.subject = reader.out.subject.as_ref().map(|s| s.text.clone());
    let bodies = if parsed.parts.is_empty() { Vec::new() } else { reader.part(0, 0)? };
    let Reader { mut out, unread, .. } = reader;
    if bodies.is_empty() && !unread.is_empty() && out.attached.is_empty() {
        return Err(ReadError::NoText(unread.join(", ")));
    }
    if bodies.iter().any(|p| is_armoured(&p.text)) {
        return Err(ReadError::Encrypted("PGP"));
    }
    out.bodies = bodies;
    Ok(out)
}

/// Whether the words are an inline PGP message (RFC 9580, section 6.2).
fn is_armoured(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "-----BEGIN PGP MESSAGE-----")
}

/// Walks the parts of one message.
struct Reader<'p, 'x> {
    parsed: &'p mail_parser::Message<'x>,
    source: Source<'p>,
    out: Message,
    /// Media types of the parts that are no words.
    unread: Vec<String>,
}

impl Reader<'_, '_> {
    /// The passages a reader would see of the part `id`.
    fn part(&mut self, id: u32, depth: usize) -> Result<Vec<Passage>, ReadError> {
        let parsed = self.parsed;
        let Some(part) = parsed.parts.get(id as usize) else { return Ok(Vec::new()) };
        let media = part::media_type(part);
        if let Some(scheme) = encryption(part, &media) {
            return Err(ReadError::Encrypted(scheme));
        }
        let encoded = self.source.encoded;
        if let Ok(index) = encoded.binary_search_by_key(&part.offset_body, |e| e.body) {
            self.attach_encoded(part, encoded[index].transfer);
            return Ok(Vec::new());
        }
        match &part.body {
            PartType::Multipart(_) if depth >= DEEPEST_PART => Err(ReadError::TooDeep(DEEPEST_PART)),
            PartType::Multipart(children) if media == "multipart/related" => {
                self.part(root_of_related(parsed, part, children), depth + 1)
            }
            PartType::Multipart(children) => self.multipart(&media, children, depth + 1),
            PartType::Message(inner) => {
                self.attach(inner);
                Ok(Vec::new())
            }
            PartType::Text(_) | PartType::Html(_) => self.text(part, &media),
            PartType::Binary(_) | PartType::InlineBinary(_) => {
                self.unread.push(media);
                Ok(Vec::new())
            }
        }
    }

    fn multipart(&mut self, media: &str, children: &[u32], depth: usize) -> Result<Vec<Passage>, ReadError> {
        let mut versions = Vec::with_capacity(children.len());
        // Of a signed part only the first holds words; the other is the signature.
        let shown = match media {
            "multipart/signed" => &children[..children.len().min(1)],
            _ => children,
        };
        for child in shown {
            versions.push(self.part(*child, depth)?);
        }
        Ok(match media {
            "multipart/alternative" => alternative::choose(versions),
            _ => versions.into_iter().flatten().collect(),
        })
    }

    fn text(&mut self, part: &MessagePart<'_>, media: &str) -> Result<Vec<Passage>, ReadError> {
        let unbounded = media.starts_with("multipart/");
        let readable = matches!(media, "text/plain" | "text/html" | "text/markdown" | "text/enriched" | "text");
        if !(readable || unbounded) || is_attachment(part) {
            if !is_attachment(part) {
                self.notice(&format!("a {media} part was not read"));
            }
            self.unread.push(media.to_owned());
            return Ok(Vec::new());
        }
        if unbounded {
            self.notice("the boundary of the mail's parts is missing; read as one text");
        } else if part.is_encoding_problem {
            self.notice("a part is cut off or wrongly encoded; read as far as it goes");
        }
        let mut notices = std::mem::take(&mut self.out.notices);
        let passage = part::read(self.source.raw, part, &mut notices);
        self.out.notices = notices;
        Ok(vec![passage?])
    }

    /// Reads an attached message: evidence, so what cannot be read of it is only noted.
    fn attach(&mut self, inner: &mail_parser::Message<'_>) {
        if self.source.depth >= DEEPEST_MESSAGE {
            self.notice("messages attached too deeply were not read");
            return;
        }
        let source = Source { depth: self.source.depth + 1, ..self.source };
        let read = read_parsed(inner, source);
        self.keep(read.map(Some));
    }

    /// Reads an attached message that is encoded.
    fn attach_encoded(&mut self, part: &MessagePart<'_>, transfer: Transfer) {
        if self.source.depth >= DEEPEST_MESSAGE {
            self.notice("messages attached too deeply were not read");
            return;
        }
        let place = part::place(self.source.raw, part);
        let (bytes, map) = transfer.decode(&self.source.raw[place.range()]);
        let mut read = read_at(&bytes, self.source.depth + 1);
        if let Ok(Some(message)) = &mut read {
            message.relocate(&map.compose(&SourceMap::slice(place.start as usize, place.len())));
        }
        self.keep(read);
    }

    fn keep(&mut self, read: Result<Option<Message>, ReadError>) {
        match read {
            Ok(Some(message)) => self.out.attached.push(message),
            Ok(None) => self.notice("an attached message without headers was not read"),
            Err(error) => self.notice(&format!("an attached message was not read: {error}")),
        }
    }

    fn notice(&mut self, text: &str) {
        if !self.out.notices.iter().any(|n| n == text) {
            self.out.notices.push(text.to_owned());
        }
    }
}

/// Whether a text part is a file rather than words of the mail: by its disposition (RFC 2183, section 2.8: any but
/// `inline` is an attachment), not by a name, for mail clients show a part that is only named.
fn is_attachment(part: &MessagePart<'_>) -> bool {
    part.content_disposition().is_some_and(|d| !d.ctype().eq_ignore_ascii_case("inline"))
}

/// The one part of a multipart/related that is shown, the others being shown inside it: the one that `start` names
/// by its Content-ID, else the first (RFC 2387, section 3.2).
fn root_of_related(parsed: &mail_parser::Message<'_>, related: &MessagePart<'_>, children: &[u32]) -> u32 {
    let start = related.content_type().and_then(|ct| ct.attribute("start")).map(bare);
    let named = |id: &&u32| {
        let id = parsed.parts.get(**id as usize).and_then(|part| part.content_id()).map(bare);
        id.is_some() && id == start
    };
    children.iter().find(named).or(children.first()).copied().unwrap_or(u32::MAX)
}

/// A Content-ID without its angle brackets.
fn bare(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

/// The scheme by which a part is encrypted, or sealed so that its words are not in the open.
fn encryption(part: &MessagePart<'_>, media: &str) -> Option<&'static str> {
    match media {
        "multipart/encrypted" | "application/pgp-encrypted" => Some("PGP"),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => Some("S/MIME"),
        "application/octet-stream" if part.attachment_name() == Some("smime.p7m") => Some("S/MIME"),
        _ => None,
    }
}
