//! The door: raw bytes of a known kind → a [`Message`].

use super::{Message, Passage, draft, mime};
use crate::decode::charset::{self, NotText};
use crate::decode::{Kind, SourceMap};
use thiserror::Error;

/// Why a message could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The bytes are no text.
    #[error("{0}; save the reply as text, Markdown, HTML or .eml")]
    NotText(#[from] NotText),
    /// S/MIME or PGP.
    #[error("the message is encrypted ({0}), so its words cannot be read; check the draft before it is encrypted")]
    Encrypted(&'static str),
    /// A line among the header fields is none of them. Programs that send end the header there, as a rule, and others
    /// pass over the line.
    #[error("line {0} stands in the header and is no field of it; put an empty line between the header and the text")]
    Header(usize),
    /// A file of many replies where one message is wanted.
    #[error("the file holds many replies, and one message is wanted here; check it with: tonelint check")]
    Collection,
    /// The words of a part are encoded for transport in a way that is not known (RFC 2045, section 6.4).
    #[error("a part of the message is encoded as `{0}`, which is not known, so its words cannot be read")]
    TransferEncoding(String),
    /// What a part says of its encodings cannot be so: read that way it is no text.
    #[error("a part of the message is no text when it is read as {0}; save the message anew, in UTF-8")]
    Garbled(String),
    /// Parts stand in parts, more than a mail client writes.
    #[error("parts of the message are nested too deeply (more than {0} levels), so their words were not read")]
    TooDeep(usize),
    /// Headers and attachments, but no part with words.
    #[error("the message has no text or HTML part, so there are no words to check (found: {0})")]
    NoText(String),
}

impl Message {
    /// Reads a document. An empty one is a message without words.
    ///
    /// # Errors
    /// When nothing of it can be read as the words of a person: see [`ReadError`]. What is merely
    /// damaged is read as far as it goes, and said in [`Message::notices`].
    pub fn read(raw: &[u8], kind: Kind) -> Result<Message, ReadError> {
        if let Kind::Collection(_) = kind {
            return Err(ReadError::Collection);
        }
        if kind != Kind::Eml {
            return draft::read(raw, kind);
        }
        match charset::utf16(raw) {
            // A mail saved by an editor in UTF-16.
            Some(encoding) => {
                let decoded = charset::decode_as(raw, encoding);
                let mut message = read_mail(decoded.text.as_bytes())?;
                message.relocate(&decoded.map);
                Ok(message)
            }
            None => read_mail(raw),
        }
    }

    /// Leads every passage on through `outer`, the map of the step before.
    pub(super) fn relocate(&mut self, outer: &SourceMap) {
        for passage in self.subject.iter_mut().chain(&mut self.bodies) {
            passage.map = passage.map.compose(outer);
        }
        for message in &mut self.attached {
            message.relocate(outer);
        }
    }
}

fn read_mail(raw: &[u8]) -> Result<Message, ReadError> {
    match mime::read(raw)? {
        Some(message) => Ok(message),
        None => {
            let mut message = draft::read(raw, Kind::Text)?;
            if message.bodies.iter().any(|p: &Passage| !p.text.trim().is_empty()) {
                message.notices.push("no mail headers found; read as a plain draft".to_owned());
            }
            Ok(message)
        }
    }
}
