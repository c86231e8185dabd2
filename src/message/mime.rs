//! The parts of a mail (RFC 2045–2049): which of them a reader sees, and which are evidence.

use super::{Message, Passage, ReadError, alternative, headers, part};
use crate::decode::SourceMap;
use crate::span::Span;
use mail_parser::{HeaderName, MessageParser, MessagePart, MimeHeaders, PartType};
use std::sync::LazyLock;

/// Attached messages inside each other beyond this many are not read.
const DEEPEST_MESSAGE: usize = 10;
/// Multiparts inside each other beyond this many are not read.
const DEEPEST_PART: usize = 50;

static PARSER: LazyLock<MessageParser> = LazyLock::new(MessageParser::default);

/// Reads a mail; `None` when the file has no header fields of a mail.
///
/// # Errors
/// When the mail is encrypted or has no part with words.
pub(super) fn read(raw: &[u8]) -> Result<Option<Message>, ReadError> {
    let start = preamble(raw);
    let Some(parsed) = PARSER.parse(&raw[start..]) else { return Ok(None) };
    let result = if is_mail(&parsed) { read_parsed(&parsed, &raw[start..], 0).map(Some) } else { Ok(None) };
    dismantle(parsed);
    let mut result = result?;
    if start > 0
        && let Some(message) = &mut result
    {
        message.relocate(&SourceMap::slice(start, raw.len() - start));
    }
    Ok(result)
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

/// Takes a message apart level by level: dropping thousands of nested ones in one go would
/// overflow the stack.
fn dismantle(parsed: mail_parser::Message<'_>) {
    let mut pending = vec![parsed];
    while let Some(message) = pending.pop() {
        pending.extend(message.parts.into_iter().filter_map(|part| match part.body {
            PartType::Message(inner) => Some(inner),
            _ => None,
        }));
    }
}

fn read_parsed(parsed: &mail_parser::Message<'_>, raw: &[u8], depth: usize) -> Result<Message, ReadError> {
    let mut reader = Reader { parsed, raw, depth, out: Message::default(), unread: Vec::new() };
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
    raw: &'p [u8],
    depth: usize,
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
        match &part.body {
            PartType::Multipart(children) if depth < DEEPEST_PART => self.multipart(&media, children, depth + 1),
            PartType::Multipart(_) => {
                self.notice("parts nested too deeply were not read");
                Ok(Vec::new())
            }
            PartType::Message(inner) => {
                self.attach(part, inner);
                Ok(Vec::new())
            }
            PartType::Text(_) | PartType::Html(_) => Ok(self.text(part, &media)),
            PartType::Binary(_) | PartType::InlineBinary(_) => {
                self.unread.push(media);
                Ok(Vec::new())
            }
        }
    }

    fn multipart(&mut self, media: &str, children: &[u32], depth: usize) -> Result<Vec<Passage>, ReadError> {
        let mut versions = Vec::with_capacity(children.len());
        // Of a related or signed part only the first holds words; the others belong to it.
        let shown = match media {
            "multipart/related" | "multipart/signed" => &children[..children.len().min(1)],
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

    fn text(&mut self, part: &MessagePart<'_>, media: &str) -> Vec<Passage> {
        let unbounded = media.starts_with("multipart/");
        let readable = matches!(media, "text/plain" | "text/html" | "text/markdown" | "text/enriched" | "text");
        if !(readable || unbounded) || is_attachment(part) {
            self.unread.push(media.to_owned());
            return Vec::new();
        }
        if unbounded {
            self.notice("the boundary of the mail's parts is missing; read as one text");
        } else if part.is_encoding_problem {
            self.notice("a part is cut off or wrongly encoded; read as far as it goes");
        }
        let mut notices = std::mem::take(&mut self.out.notices);
        let passage = part::read(self.raw, part, &mut notices);
        self.out.notices = notices;
        vec![passage]
    }

    /// Reads an attached message: evidence, so what cannot be read of it is only noted.
    fn attach(&mut self, part: &MessagePart<'_>, inner: &mail_parser::Message<'_>) {
        if self.depth >= DEEPEST_MESSAGE {
            self.notice("messages attached too deeply were not read");
            return;
        }
        // mail-parser decodes an encoded message into bytes of their own.
        let own_bytes = part.encoding != mail_parser::Encoding::None;
        let raw = if own_bytes { &inner.raw_message } else { self.raw };
        match read_parsed(inner, raw, self.depth + 1) {
            Ok(mut message) => {
                if own_bytes {
                    let place = Span::new(part.offset_body as usize, part.offset_end as usize);
                    message.locate_to(place);
                }
                self.out.attached.push(message);
            }
            Err(error) => self.notice(&format!("an attached message was not read: {error}")),
        }
    }

    fn notice(&mut self, text: &str) {
        if !self.out.notices.iter().any(|n| n == text) {
            self.out.notices.push(text.to_owned());
        }
    }
}

impl Message {
    /// Places every passage on the whole of `place`.
    fn locate_to(&mut self, place: Span) {
        for passage in self.subject.iter_mut().chain(&mut self.bodies) {
            passage.exact = false;
            passage.map = SourceMap::default();
            passage.map.push_atomic(passage.text.len(), place);
        }
        for message in &mut self.attached {
            message.locate_to(place);
        }
    }
}

/// Whether a text part is a file rather than words of the mail.
fn is_attachment(part: &MessagePart<'_>) -> bool {
    part.content_disposition().is_some_and(|d| d.ctype().eq_ignore_ascii_case("attachment"))
        || part.attachment_name().is_some()
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
