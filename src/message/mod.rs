//! The message: headers, parts, and whose words are whose.
//!
//! A [`Message`] is what every later room works on. Its words live in [`Passage`]s (the subject and
//! the body parts a reader would see); each passage is divided into [`Zone`]s, and only
//! [`ZoneKind::Own`] words are ever judged. The customer's words are evidence.

mod alternative;
mod draft;
mod entry;
mod headers;
mod mime;
mod parse;
mod part;
mod read;
pub mod zones;

pub use crate::decode::Kind;
pub use read::ReadError;

use crate::decode::{Comment, Region, SourceMap};
use crate::span::Span;

/// One message: a mail, a plain draft, or one reply of a collection.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The key of a canned reply in its collection, when it has one.
    pub name: Option<String>,
    /// Zero-based place among the messages of its file.
    pub index: usize,
    /// The headers the advice reads.
    pub headers: Headers,
    /// The subject, as words of the writer.
    pub subject: Option<Passage>,
    /// The body parts a reader would see, in order. Of alternatives only one is here.
    pub bodies: Vec<Passage>,
    /// Messages attached to this one (`message/rfc822`): evidence, never judged.
    pub attached: Vec<Message>,
    /// What was read less than exactly, said for people.
    pub notices: Vec<String>,
}

/// The header fields the advice reads, decoded (RFC 5322, RFC 2047).
#[derive(Clone, Debug, Default)]
pub struct Headers {
    /// `From`, each as (display name, address).
    pub from: Vec<Mailbox>,
    /// `To` and `Cc`.
    pub to: Vec<Mailbox>,
    /// `Date`.
    pub date: Option<Date>,
    /// `Subject`.
    pub subject: Option<String>,
    /// `Message-ID` without angle brackets.
    pub message_id: Option<String>,
    /// `In-Reply-To` without angle brackets.
    pub in_reply_to: Option<String>,
    /// `References`, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// Every field as (name, decoded value), in order.
    pub all: Vec<(String, String)>,
}

/// A mailbox of an address field (RFC 5322, section 3.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// Display name.
    pub name: Option<String>,
    /// `local@domain`.
    pub address: Option<String>,
}

/// A moment as a mail writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub timestamp: i64,
    /// Offset of the writer's clock from UTC, in minutes.
    pub offset_minutes: i32,
}

/// A run of decoded text: the subject or one body part.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Decoded text. Lines end in `\n` or `\r\n` as stored.
    pub text: String,
    /// From the text to the bytes of the file.
    pub map: SourceMap,
    /// Whether the map is exact; otherwise it leads to the whole part.
    pub exact: bool,
    /// Media type of the part, such as `text/plain`; empty for the subject.
    pub part: String,
    /// Whose words are whose: in order, without overlap.
    pub zones: Vec<Zone>,
    /// What the markup says of stretches of the text; empty for plain text.
    pub regions: Vec<Region>,
    /// Comments, which no reader sees.
    pub comments: Vec<Comment>,
}

impl Passage {
    /// The spans of the writer's own words.
    pub fn own(&self) -> impl Iterator<Item = Span> + '_ {
        self.zones.iter().filter(|z| z.kind == ZoneKind::Own).map(|z| z.span)
    }
}

/// A stretch of a passage whose words have one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Whose words.
    pub kind: ZoneKind,
    /// Where, in the passage's text.
    pub span: Span,
    /// Levels of quoting: 0 for own words, 1 for the mail answered, 2 for the one before.
    pub depth: u8,
    /// The attribution line or header block that introduces this quote ("On …, Anna wrote:").
    pub attribution: Option<Span>,
}

/// Whose words a zone holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ZoneKind {
    /// The writer's own words: the only ones judged.
    Own,
    /// Words of an earlier mail, quoted.
    Quoted,
    /// A mail handed on.
    Forwarded,
    /// The writer's signature, or a mail app's.
    Signature,
    /// Legal boilerplate.
    Disclaimer,
    /// Code, logs, commands.
    Code,
}
