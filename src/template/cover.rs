//! Texts as long as a template, with its tags out of the way of those who look for markup or for zones.

use super::Role;
use super::lexer::tags_of_template;
use crate::text::PLACEHOLDER;

/// `text` with every tag as a placeholder of its length, so that markup is told from code: `<% if a > b %>`.
/// `None` for a text without template syntax.
#[must_use]
pub fn covered(text: &str) -> Option<String> {
    let tags = tags_of_template(text)?;
    let mut out = text.as_bytes().to_vec();
    tags.iter().for_each(|tag| out[tag.span.range()].fill(PLACEHOLDER as u8));
    String::from_utf8(out).ok()
}

/// The lines of `text` as a reader may get to see them, byte for byte in their places: a line that only steers
/// or only comments is blank, and any other tag is a word of letters. Every arm stands. `None` for a text without
/// template syntax.
#[must_use]
pub fn lines(text: &str) -> Option<String> {
    let tags = tags_of_template(text)?;
    let mut out = text.as_bytes().to_vec();
    for tag in &tags {
        let mark = if tag.role == Role::Output { b'x' } else { PLACEHOLDER as u8 };
        out[tag.span.range()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = mark);
    }
    for line in out.split_mut(|byte| *byte == b'\n') {
        let unseen = |byte: &u8| *byte == PLACEHOLDER as u8;
        let letter = if line.iter().all(|byte| unseen(byte) || byte.is_ascii_whitespace()) { b' ' } else { b'x' };
        line.iter_mut().filter(|byte| unseen(byte)).for_each(|byte| *byte = letter);
    }
    String::from_utf8(out).ok()
}
