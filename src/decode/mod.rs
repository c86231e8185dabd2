//! Raw bytes → text, with a map back to the raw bytes.
//!
//! Every step (transfer encoding, charset, HTML) gives [`Decoded`] text whose [`SourceMap`] leads to
//! the bytes the step was given; composing the maps leads to the file. Nothing here knows what a
//! message or a rule is.

pub mod charset;
mod comment;
pub mod encoded_word;
pub mod flowed;
pub mod html;
mod kind;
mod map;
pub mod transfer;

pub use comment::{Comment, comments};
pub use kind::{Format, Kind, begins_like_a_mail, field_name};
pub use map::SourceMap;

/// Text with the way back to the bytes it was decoded from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// From the text to the bytes.
    pub map: SourceMap,
}

/// What the markup of an HTML body says about a stretch of its decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where, in the decoded text.
    pub span: crate::span::Span,
}

/// The kinds of [`Region`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionKind {
    /// `<blockquote>`, one for each level.
    Blockquote,
    /// A container by which a mail client wraps the whole answered mail (`gmail_quote`, Outlook's reply divider…).
    Quote,
    /// The line that introduces a quote (`moz-cite-prefix`, `gmail_attr`).
    Attribution,
    /// A signature container (`moz-signature`, `gmail_signature`).
    Signature,
    /// `<pre>`, `<code>`, `<kbd>`, `<samp>`.
    Code,
    /// `<ins>`: text added by change tracking.
    Inserted,
    /// `<del>`, `<s>`, `<strike>`: text struck out.
    Deleted,
}
