//! Selections of ICU and Fluent, whose arms stand inside the braces of one placeholder.

use super::{Role, Tag};
use crate::span::Span;

/// No selection is longer than this many bytes, so that one which is never closed costs no more.
const LONGEST: usize = 4_096;

/// The marks of the selection that begins with the brace at `at`: what stands before its first arm, between
/// two arms, and behind the last.
pub(super) fn selection(text: &str, at: usize) -> Option<Vec<Tag<'_>>> {
    let whole = &text[at..at + text[at..].floor_char_boundary(LONGEST)];
    let icu = icu_head(whole);
    let head = icu.or_else(|| fluent_head(whole))?;
    let mut marks = Vec::new();
    let mut from = 0;
    let mut cursor = head;
    loop {
        let arm = if icu.is_some() { icu_arm(whole, cursor) } else { fluent_arm(whole, cursor) };
        let Some((start, end, next)) = arm else { break };
        let role = if marks.is_empty() { Role::Open("") } else { Role::Middle };
        marks.push(Tag { span: Span::new(at + from, at + start), role });
        (from, cursor) = (end, next);
    }
    let close = blank_len(whole, cursor);
    if marks.is_empty() || !whole[close..].starts_with('}') {
        return None;
    }
    marks.push(Tag { span: Span::new(at + from, at + close + 1), role: Role::Close("") });
    Some(marks)
}

/// Where the head of an ICU selection ends: `{n, plural,`.
fn icu_head(text: &str) -> Option<usize> {
    let (name, rest) = text.strip_prefix('{')?.split_once(',')?;
    let (kind, rest) = rest.split_once(',')?;
    let sound = is_name(name.trim()) && matches!(kind.trim(), "plural" | "select" | "selectordinal");
    sound.then_some(text.len() - rest.len())
}

/// The arm behind `cursor`, as (start, end, where to go on): `one {…}`.
fn icu_arm(text: &str, cursor: usize) -> Option<(usize, usize, usize)> {
    let open = cursor + text[cursor..].find('{')?;
    let named =
        text[cursor..open].chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '=' | '_' | ':'));
    let end = closing(text, open)?;
    (named && !text[cursor..open].trim().is_empty()).then_some((open + 1, end, end + 1))
}

/// Where the head of a Fluent selection ends: `{ $n ->`.
fn fluent_head(text: &str) -> Option<usize> {
    let (name, rest) = text.strip_prefix('{')?.split_once("->")?;
    name.trim().strip_prefix('$').is_some_and(is_name).then_some(text.len() - rest.len())
}

/// The arm behind `cursor`: `[one] …` or `*[other] …`, up to the next of them or the closing brace.
fn fluent_arm(text: &str, cursor: usize) -> Option<(usize, usize, usize)> {
    let key = blank_len(text, cursor);
    let rest = text[key..].trim_start_matches('*').strip_prefix('[')?;
    let start = text.len() - rest.len() + rest.find(']')? + 1;
    let mut depth = 0_u32;
    for (n, c) in text[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some((start, start + n, start + n)),
            '}' => depth -= 1,
            '\n' if depth == 0 && text[start + n..].trim_start().starts_with(['[', '*']) => {
                return Some((start, start + n, start + n));
            }
            _ => {}
        }
    }
    None
}

/// Where the brace at `open` is closed.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for (n, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(n),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn blank_len(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
