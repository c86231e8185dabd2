//! Template syntax: what of a text is a tag, and what a reader may get to see.
//!
//! No template engine is asked: one lexer knows the marks of Liquid, Jinja, Twig, Nunjucks, Handlebars,
//! Mustache, Go, ERB, EJS, Help Scout, Gorgias, Salesforce, Rails, printf, gettext, ICU, Fluent and
//! Mailchimp. A text with tags is given as **readings**: texts of the same length, so that every span of a
//! reading is a span of the text, in which
//!
//! - what a tag puts out is one opaque word ([`crate::text::PLACEHOLDER`]),
//! - what steers, and every comment, is blank,
//! - of each conditional only one arm stands; between them the readings show every arm, among its true
//!   neighbours.
//!
//! ```
//! let text = "You {% if late %}should{% else %}can{% endif %} wait.";
//! let readings = tonelint::template::readings(text).expect("it is a template");
//! let plain = |reading: &String| reading.split_whitespace().collect::<Vec<_>>().join(" ");
//! assert_eq!(readings.iter().map(plain).collect::<Vec<_>>(), ["You should wait.", "You can wait."]);
//! ```

mod arms;
mod code;
mod cover;
mod lexer;
mod select;
mod visible;

pub use arms::readings;
pub use cover::{covered, lines};
pub use visible::{visible, written};

use crate::span::Span;

/// A tag of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tag<'t> {
    span: Span,
    role: Role<'t>,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role<'t> {
    /// Puts out words that are not known here.
    Output,
    /// Steers, or is a comment: nobody sees it.
    Hidden,
    /// Begins a block, such as a conditional or a loop.
    Open(&'t str),
    /// Begins the next arm of the block.
    Middle,
    /// Begins a block of Mustache that stands when the one before it does not.
    Inverted(&'t str),
    /// Ends the block of that name, or without a name the innermost.
    Close(&'t str),
}
