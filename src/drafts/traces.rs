//! The signs inside one message, with their places in its file.

use super::signs::{SignKind, signs};
use crate::message::Message;
use crate::span::Span;
use serde::Serialize;

/// A sign inside a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// What was seen.
    pub kind: SignKind,
    /// The words.
    pub text: String,
    /// Where, in the file, in bytes.
    pub source: Span,
    /// The other wording of a left-over variant, and where it stands.
    pub other: Option<(String, Span)>,
}

/// The signs in the writer's own words of `message`, in order.
#[must_use]
pub fn traces(message: &Message) -> Vec<Trace> {
    let mut out = Vec::new();
    for passage in message.subject.iter().chain(&message.bodies) {
        let own: Vec<Span> = passage.own().collect();
        let found = |span: Span| (span.of(&passage.text).to_owned(), passage.map.to_source(span));
        for sign in signs(&passage.text, &own, &passage.regions) {
            let (text, source) = found(sign.span);
            out.push(Trace { kind: sign.kind, text, source, other: sign.other.map(found) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Kind;

    #[test]
    fn tracked_changes_of_html_are_found_in_the_file() {
        let html = "<p>We <del>must</del><ins>will</ins> call &amp; ask.</p><blockquote><del>x</del> y</blockquote>";
        let message = Message::read(html.as_bytes(), Kind::Html).unwrap();
        let found: Vec<_> = traces(&message)
            .into_iter()
            .map(|trace| (trace.kind, trace.text, trace.source.of(html).to_owned()))
            .collect();
        let tracked = |word: &str| (SignKind::TrackedChange, word.to_owned(), word.to_owned());
        assert_eq!(found, [tracked("must"), tracked("will")]);
    }
}
