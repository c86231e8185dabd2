//! mail-parser, called so that a hostile mail costs no more than its size.
//!
//! It keeps nested messages one inside the other, and copies an *encoded* one once for each level
//! inside it: a mail of some hundred kilobytes could take gigabytes and all of the stack. So encoded
//! messages are hidden from it and left to the caller, and messages are taken apart level by level.

use crate::decode::encoded_word;
use crate::decode::transfer::Transfer;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use mail_parser::{Header, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

static PARSER: LazyLock<MessageParser> = LazyLock::new(MessageParser::default);

/// Reads the structure alone: without transfer encodings nothing is decoded.
static STRUCTURE: LazyLock<MessageParser> =
    LazyLock::new(|| MessageParser::new().header_content_type(HeaderName::ContentType).default_header_ignore());

/// What a mail says that has a message attached: the subtypes of RFC 2046 and RFC 6532.
static NESTING: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::NoncontiguousNFA))
        .ascii_case_insensitive(true)
        .build(["rfc822", "digest", "global"])
        .ok()
});

/// An attached message that is base64 or quoted-printable, which RFC 2046 forbids and some gateways do.
#[derive(Clone, Copy, Debug)]
pub(super) struct EncodedMessage {
    /// Where its body starts in the mail.
    pub(super) body: u32,
    pub(super) transfer: Transfer,
}

/// Parses `raw` and hands the result to `then`, with the encoded messages that were left unread, in
/// order; `None` when there is not even a header field.
pub(super) fn parse<T>(raw: &[u8], then: impl FnOnce(&Message<'_>, &[EncodedMessage]) -> T) -> Option<T> {
    let (visible, encoded) = hide_encoded(raw);
    let parsed = PARSER.parse(&visible)?;
    let result = then(&parsed, &encoded);
    dismantle(parsed, |_| {});
    Some(result)
}

/// The mail with the transfer encoding of attached messages blanked out, every byte in its place.
fn hide_encoded(raw: &[u8]) -> (Cow<'_, [u8]>, Vec<EncodedMessage>) {
    let mut visible = Cow::Borrowed(raw);
    let mut encoded = Vec::new();
    if !NESTING.as_ref().is_none_or(|words| words.is_match(raw)) {
        return (visible, encoded);
    }
    let Some(structure) = STRUCTURE.parse(raw) else { return (visible, encoded) };
    dismantle(structure, |message| {
        let digests = message.parts.iter().filter(|p| p.is_content_type("multipart", "digest"));
        let in_digest: HashSet<u32> = digests.flat_map(|p| p.sub_parts().unwrap_or_default()).copied().collect();
        for (id, part) in (0..).zip(&message.parts) {
            let digested = in_digest.contains(&id) && part.content_type().is_none();
            if !digested && !is_message(part) {
                continue;
            }
            for field in part.headers.iter().filter(|h| h.name == HeaderName::ContentTransferEncoding) {
                let Some(value) = visible.to_mut().get_mut(range(field)) else { continue };
                let transfer = Transfer::named(&encoded_word::decode(value).text).unwrap_or(Transfer::Identity);
                value.iter_mut().filter(|b| !b.is_ascii_whitespace()).for_each(|b| *b = b' ');
                if transfer != Transfer::Identity {
                    encoded.push(EncodedMessage { body: part.offset_body, transfer });
                }
            }
        }
    });
    encoded.sort_by_key(|e| e.body);
    (visible, encoded)
}

fn is_message(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Message(_))
        || part.content_type().is_some_and(|ct| ct.ctype().eq_ignore_ascii_case("message"))
}

fn range(field: &Header<'_>) -> std::ops::Range<usize> {
    field.offset_start as usize..field.offset_end as usize
}

/// Visits a message and those inside it, dropping each before the next: to drop them in one go
/// would overflow the stack.
fn dismantle(parsed: Message<'_>, mut visit: impl FnMut(&Message<'_>)) {
    let mut pending = vec![parsed];
    while let Some(message) = pending.pop() {
        visit(&message);
        pending.extend(message.parts.into_iter().filter_map(|part| match part.body {
            PartType::Message(inner) => Some(inner),
            _ => None,
        }));
    }
}
