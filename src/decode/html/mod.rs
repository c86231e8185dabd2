//! HTML → the text a reader sees, with its regions and the way back to the markup.
//!
//! `mod.rs` listens to the tokenizer, `tree` keeps the open elements, `marks` knows what the
//! mail clients' class names mean, `entity` finds the places of character references and
//! `page` lays out lines.

mod entity;
mod marks;
mod page;
mod tag;
mod tree;

use super::{Comment, Decoded, Region};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::borrow::Cow;
use std::convert::Infallible;
use tree::{Attributes, Tree};

/// Readable text and what the markup says about it.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The text; the map leads to offsets in the markup.
    pub decoded: Decoded,
    /// Stretches of the text, ordered by start; an enclosing one comes before what it holds.
    pub regions: Vec<Region>,
    /// Comments of the markup, at the place in the text where they stand.
    pub comments: Vec<Comment>,
}

/// Reads a page the way a mail client shows it, without pictures and styles.
///
/// Block elements end a line, paragraphs are set off by a blank line, items of a list begin with
/// `- ` or their number; white space collapses; scripts, comments and hidden elements vanish.
/// Takes time linear in the length of `html`, however the markup is nested.
#[must_use]
pub fn read(html: &str) -> Page {
    let mut tree = Tree::new(html);
    let mut open: Option<(Vec<u8>, usize)> = None;
    let mut attributes = Attributes::default();
    let mut attribute: Vec<u8> = Vec::new();
    let listener = |event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                open = Some((name.to_vec(), span.start));
                attributes = Attributes::default();
                attribute.clear();
            }
            CallbackEvent::AttributeName { name } => {
                attribute = name.to_vec();
                attributes.set(name, b"");
            }
            CallbackEvent::AttributeValue { value } => attributes.set(&attribute, value),
            CallbackEvent::CloseStartTag { .. } => {
                if let Some((name, start)) = open.take() {
                    tree.start(&name, &attributes, start..span.end);
                }
            }
            CallbackEvent::EndTag { name } => tree.end(name, span.start..span.end),
            CallbackEvent::String { value } => tree.text(value, span.start..span.end),
            CallbackEvent::Comment { value } => tree.comment(value),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::new(listener);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(&*without_scripts(html), emitter).finish();
    tree.finish()
}

/// The page with another name, just as long, for `noscript`. Mail clients run no scripts and show what is in it; the
/// tokenizer takes it for raw text, as browsers do.
fn without_scripts(html: &str) -> Cow<'_, str> {
    const NAME: &[u8] = b"noscript";
    let mut page = Cow::Borrowed(html);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let rest = &html.as_bytes()[at + 1..];
        let name = at + 1 + usize::from(rest.first() == Some(&b'/'));
        if html.as_bytes()[name..].get(..NAME.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(NAME)) {
            page.to_mut().replace_range(name..name + NAME.len(), "nxscript");
        }
    }
    page
}

#[cfg(test)]
mod tests;
