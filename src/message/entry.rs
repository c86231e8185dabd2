//! One reply of a collection → a message.

use super::{Message, draft, headers};
use crate::collection::{Entry, Words};

impl Message {
    /// The message that a reply of a collection is: a template, without addressee and thread.
    #[must_use]
    pub fn of_entry(entry: Entry) -> Message {
        let mut message = Message { name: Some(entry.name), index: entry.index, ..Message::default() };
        if let Some(Words { decoded, exact, .. }) = entry.subject {
            message.headers.subject = Some(decoded.text.clone());
            message.subject = Some(headers::passage(decoded.text, decoded.map, exact));
        }
        for Words { decoded, kind, exact } in entry.bodies {
            let mut passage = draft::passage(decoded.text, 0, decoded.map, kind);
            passage.exact = exact;
            message.bodies.push(passage);
        }
        message.notices.extend(entry.notice);
        message
    }
}
