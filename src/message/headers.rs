//! Header fields, decoded.

use super::{Date, Headers, Mailbox, Passage, zones};
use crate::decode::{SourceMap, encoded_word};
use mail_parser::{Address, DateTime, HeaderName, HeaderValue};

/// Reads the header fields of a parsed message whose offsets lead into `raw`.
pub(super) fn read(message: &mail_parser::Message<'_>, raw: &[u8]) -> Headers {
    Headers {
        from: mailboxes(message.from()),
        to: message.all_to().chain(message.all_cc()).flat_map(|a| mailboxes(Some(a))).collect(),
        date: message.date().and_then(date),
        subject: None,
        message_id: message.message_id().map(str::to_owned),
        in_reply_to: ids(message.in_reply_to()).into_iter().next(),
        references: ids(message.references()),
        all: message
            .headers()
            .iter()
            .map(|h| {
                let value = value_of(h, raw);
                (h.name().to_owned(), encoded_word::decode(value).text)
            })
            .collect(),
    }
}

/// The one-based number of the first line in the header of `mail` that is neither a field nor a fold of one
/// (RFC 5322, section 2.2), if there is any.
pub(super) fn stray_line(message: &mail_parser::Message<'_>, mail: &[u8]) -> Option<usize> {
    let end = message.parts.first().map_or(mail.len(), |part| (part.offset_body as usize).min(mail.len()));
    let lines = mail[..end].split(|&b| b == b'\n');
    (1..)
        .zip(lines)
        .find(|(_, line)| !line.trim_ascii_end().is_empty() && !is_of_header(line))
        .map(|(number, _)| number)
}

fn is_of_header(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let is_field = memchr::memchr(b':', line).is_some_and(|colon| {
        let name = line[..colon].trim_ascii_end();
        !name.is_empty() && name.iter().all(u8::is_ascii_graphic)
    });
    // Line ends of old Macs make one line of a whole mail. A spool file may leave its separator line inside.
    !line.contains(&b'\r')
        && (is_field || line.starts_with(b" ") || line.starts_with(b"\t") || line.starts_with(b">From "))
}

/// The subject as a passage, its map leading into `raw`.
///
/// Of several fields the last counts. When it reads differently to mail-parser, mail-parser's text is
/// kept and placed on the whole field.
pub(super) fn subject(message: &mail_parser::Message<'_>, raw: &[u8]) -> Option<Passage> {
    let field = message.headers().iter().rev().find(|h| h.name == HeaderName::Subject)?;
    let value = value_of(field, raw);
    let start = field.offset_start as usize;
    let decoded = encoded_word::decode(value);
    let theirs = field.value.as_text().unwrap_or_default();
    // It loses a value that ends with the file, and characters cut between two encoded words.
    let lossy = theirs.is_empty() || theirs.contains('\u{fffd}');
    let agree = lossy || same_words(&decoded.text, theirs);
    let (text, map) = if agree {
        (decoded.text, decoded.map.compose(&SourceMap::slice(start, value.len())))
    } else {
        let mut map = SourceMap::default();
        map.push_atomic(theirs.len(), crate::span::Span::new(start, start + value.len()));
        (theirs.to_owned(), map)
    };
    Some(passage(text, map, agree))
}

/// A subject's words as a passage.
pub(super) fn passage(text: String, map: SourceMap, exact: bool) -> Passage {
    let zones = zones::divide(&text, &[]);
    Passage { text, map, exact, zones, ..Passage::default() }
}

/// The raw value of a field, without the line end.
fn value_of<'r>(field: &mail_parser::Header<'_>, raw: &'r [u8]) -> &'r [u8] {
    raw.get(field.offset_start as usize..field.offset_end as usize).unwrap_or_default().trim_ascii_end()
}

fn mailboxes(address: Option<&Address<'_>>) -> Vec<Mailbox> {
    let Some(address) = address else { return Vec::new() };
    address
        .iter()
        .map(|a| Mailbox {
            name: a.name.as_deref().map(str::to_owned),
            address: a.address.as_deref().map(str::to_owned),
        })
        .collect()
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(id) => vec![id.clone().into_owned()],
        HeaderValue::TextList(ids) => ids.iter().map(|id| id.clone().into_owned()).collect(),
        _ => Vec::new(),
    }
}

fn date(date: &DateTime) -> Option<Date> {
    if !date.is_valid() {
        return None;
    }
    let offset = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    Some(Date { timestamp: date.to_timestamp(), offset_minutes: if date.tz_before_gmt { -offset } else { offset } })
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
