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
    let rest = behind_name(text.strip_prefix('{')?)?.strip_prefix(',')?.trim_start();
    let kind = rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
    let rest = rest[kind.len()..].trim_start().strip_prefix(',')?;
    matches!(kind, "plural" | "select" | "selectordinal").then_some(text.len() - rest.len())
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
    let rest = behind_name(text.strip_prefix('{')?.trim_start().strip_prefix('$')?)?.strip_prefix("->")?;
    Some(text.len() - rest.len())
}

/// The arm behind `cursor`: `[one] …` or `*[other] …`, up to the next of them or the closing brace.
fn fluent_arm(text: &str, cursor: usize) -> Option<(usize, usize, usize)> {
    let key = blank_len(text, cursor);
    let rest = text[key..].trim_start_matches('*').strip_prefix('[')?;
    let name = rest.find(']').filter(|end| !rest[..*end].contains(['{', '}', '\n']))?;
    let start = text.len() - rest.len() + name + 1;
    let mut depth = 0_u32;
    // Where the line ended, while nothing but blanks has followed.
    let mut line_end = None;
    for (n, c) in text[start..].char_indices() {
        match (c, line_end) {
            ('[' | '*', Some(end)) if depth == 0 => return Some((start, end, end)),
            ('\n', None) if depth == 0 => line_end = Some(start + n),
            (blank, _) if blank.is_whitespace() => {}
            _ => line_end = None,
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some((start, start + n, start + n)),
            '}' => depth -= 1,
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

/// What follows a name and the blanks around it. A dash that ends the name begins an arrow.
fn behind_name(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let len = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    let len = if text[len..].starts_with('>') { len.saturating_sub(1) } else { len };
    (len > 0).then(|| text[len..].trim_start())
}
