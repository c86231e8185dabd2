//! One text part of a mail → a passage.

use super::{Passage, ReadError, page, zones};
use crate::decode::transfer::Transfer;
use crate::decode::{Decoded, SourceMap, charset, flowed};
use crate::span::Span;
use encoding_rs::WINDOWS_1252;
use mail_parser::{HeaderName, MessagePart, MimeHeaders, PartType};

/// One in so many bytes of a base64 body may be foreign to it.
const SCRATCHES: usize = 50;
/// One in so many characters of a part may be one that could not be read.
const UNREAD: usize = 10;
/// Characters shown of a name that a mail made up.
const LONGEST_NAME: usize = 40;

/// The media type of a part, lower case; `text/plain` when none is named.
pub(super) fn media_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(ct) => match ct.subtype() {
            Some(subtype) => format!("{}/{}", ct.ctype(), subtype).to_ascii_lowercase(),
            None => ct.ctype().to_ascii_lowercase(),
        },
        None => "text/plain".to_owned(),
    }
}

/// Decodes a text part of the file `raw`. What was not read exactly is added to `notices`.
///
/// # Errors
/// When its transfer encoding is not known.
pub(super) fn read(raw: &[u8], part: &MessagePart<'_>, notices: &mut Vec<String>) -> Result<Passage, ReadError> {
    let media = media_type(part);
    let place = place(raw, part);
    let transfer = transfer(part)?;
    let (decoded, exact) = decode(&raw[place.range()], part, transfer, notices);
    if (transfer == Transfer::Base64 && holds_more_than_base64(&raw[place.range()])) || is_garbled(&decoded.text) {
        let charset = part.content_type().and_then(|ct| ct.attribute("charset")).unwrap_or("utf-8");
        let label: String = charset.chars().take(LONGEST_NAME).collect();
        return Err(ReadError::Garbled(if transfer == Transfer::Base64 { format!("base64, {label}") } else { label }));
    }
    let mut map = decoded.map.compose(&SourceMap::slice(place.start as usize, place.len()));
    if !exact {
        map = SourceMap::default();
        map.push_atomic(decoded.text.len(), place);
        notices.push(format!("a {media} part is damaged: findings in it point to the whole part"));
    }
    let mut text = decoded.text;
    let (mut regions, mut comments) = (Vec::new(), Vec::new());
    let flowing = part
        .content_type()
        .filter(|ct| ct.attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")));
    if media == "text/html" {
        let page = page::read(&text);
        (regions, comments) = (page.regions, page.comments);
        map = page.decoded.map.compose(&map);
        text = page.decoded.text;
    } else if let Some(ct) = flowing {
        let delsp = ct.attribute("delsp").is_some_and(|v| v.eq_ignore_ascii_case("yes"));
        let joined = flowed::unflow(&text, delsp);
        map = joined.map.compose(&map);
        text = joined.text;
    }
    let zones = zones::divide(&text, &regions);
    let part = if media == "text/html" { media } else { "text/plain".to_owned() };
    Ok(Passage { text, map, exact, part, zones, regions, comments })
}

/// Whether words stand in a base64 body, such as a footer that a mailing list put below. Decoders pass over what is
/// not of their alphabet, and take the letters beside it for their own.
fn holds_more_than_base64(body: &[u8]) -> bool {
    // A stray character now and then is a scratch of transport.
    let foreign = |b: &&u8| !(b.is_ascii_alphanumeric() || b"+/=".contains(b) || b.is_ascii_whitespace());
    let ended = body.iter().position(|&b| b == b'=').unwrap_or(body.len());
    let after = body[ended..].iter().filter(|b| !b"=".contains(b) && !b.is_ascii_whitespace()).count();
    after > 0 || body.iter().filter(foreign).count() * SCRATCHES > body.len()
}

/// Whether `text` is what decoders make of bytes that are something else: with a NUL, which no mail may hold (RFC
/// 5322, section 4) and mail clients drop, or with many characters that could not be read.
fn is_garbled(text: &str) -> bool {
    let unread = text.matches('\u{fffd}').count();
    text.contains('\0') || unread * UNREAD > text.chars().count()
}

/// How a part is encoded. Of several fields each mail program believes another, so that they have to agree.
fn transfer(part: &MessagePart<'_>) -> Result<Transfer, ReadError> {
    let mut found = None;
    for field in part.headers.iter().filter(|h| h.name == HeaderName::ContentTransferEncoding) {
        let name = field.value.as_text().unwrap_or_default();
        match (Transfer::named(name), found) {
            (Some(transfer), None) => found = Some(transfer),
            (Some(transfer), Some(before)) if transfer == before => {}
            _ => return Err(ReadError::TransferEncoding(name.chars().take(LONGEST_NAME).collect())),
        }
    }
    Ok(found.unwrap_or(Transfer::Identity))
}

/// Where the part's body stands in the file.
pub(super) fn place(raw: &[u8], part: &MessagePart<'_>) -> Span {
    let start = (part.offset_body as usize).min(raw.len());
    Span::new(start, (part.offset_end as usize).clamp(start, raw.len()))
}

/// The text of a part, and whether its map is exact.
fn decode(body: &[u8], part: &MessagePart<'_>, transfer: Transfer, notices: &mut Vec<String>) -> (Decoded, bool) {
    let (bytes, transfer_map) = transfer.decode(body);
    let label = part.content_type().and_then(|ct| ct.attribute("charset"));
    let wide = charset::utf16(&bytes).filter(|_| label.is_none_or(|l| charset::find(l).is_some_and(charset::is_utf16)));
    let unlabelled = label.is_none() && (wide.is_some() || std::str::from_utf8(&bytes).is_err());
    let decoded = if unlabelled {
        let markup = part.is_content_type("text", "html");
        let declared = || if markup { charset::declared_in_html(&bytes) } else { None };
        let encoding = wide.or_else(declared).unwrap_or(WINDOWS_1252);
        notices.push(format!("a part does not name its charset; read as {}", encoding.name()));
        charset::decode_as(&bytes, encoding)
    } else {
        charset::decode(&bytes, label)
    };
    let map = decoded.map.compose(&transfer_map);
    let ours = Decoded { text: decoded.text, map };
    // Where mail-parser could not decode at all, or took the other byte order, ours is what a mail client shows.
    if unlabelled || wide.is_some() || part.is_encoding_problem {
        return (ours, true);
    }
    match &part.body {
        // A charset that mail-parser has no decoder for comes as one replacement character.
        PartType::Text(theirs) | PartType::Html(theirs)
            if !agree(&ours.text, theirs) && (!theirs.contains('\u{fffd}') || ours.text.contains('\u{fffd}')) =>
        {
            (Decoded { text: theirs.clone().into_owned(), map: SourceMap::default() }, false)
        }
        _ => (ours, true),
    }
}

/// Whether two readings are the same but for line ends and the part's end, where mail-parser
/// keeps or cuts a line end depending on the boundary.
fn agree(ours: &str, theirs: &str) -> bool {
    if ours == theirs {
        return true;
    }
    let theirs = theirs.strip_prefix('\u{feff}').unwrap_or(theirs).trim_end();
    let mut own = ours.bytes().filter(|b| *b != b'\r');
    let same = theirs.bytes().filter(|b| *b != b'\r').all(|b| own.next() == Some(b));
    same && own.filter(|b| !b.is_ascii_whitespace()).count() <= 2
}
