//! Blocks: runs of lines that read as one flow of sentences.
//!
//! Mail is often hard-wrapped, so a line end alone ends nothing. A block ends at a blank line, at a
//! bullet or numbered item, and at a line that stopped although the next word would have fitted.

use crate::span::Span;

/// A paragraph, a list item or a line that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where, without the bullet and without surrounding white space.
    pub span: Span,
    /// Whether it began with a bullet or a number.
    pub item: bool,
}

/// A line narrower than this is never taken for a wrapped one on its width alone.
const NARROWEST_WRAP: usize = 50;

/// Divides `within` into blocks.
#[must_use]
pub fn blocks(text: &str, within: Span) -> Vec<Block> {
    let lines = lines(text, within);
    let mut out: Vec<Block> = Vec::new();
    let mut widest = 0;
    let mut open = false;
    for (index, line) in lines.iter().enumerate() {
        if line.body.is_empty() {
            open = false;
            continue;
        }
        if !open {
            widest = lines[index..].iter().take_while(|l| !l.body.is_empty()).map(|l| l.width).max().unwrap_or(0);
        }
        let joins = open && !line.item && flows(text, &lines[index - 1], line, widest);
        match out.last_mut() {
            Some(last) if joins => last.span.end = line.body.end,
            _ => out.push(Block { span: line.body, item: line.item }),
        }
        open = true;
    }
    out
}

/// A line without its bullet and surrounding white space.
struct Line {
    body: Span,
    item: bool,
    /// Width in characters, indentation included.
    width: usize,
}

fn lines(text: &str, within: Span) -> Vec<Line> {
    let mut out = Vec::new();
    let mut at = within.start as usize;
    for raw in within.of(text).split_inclusive('\n') {
        let trimmed = raw.trim_end();
        let indent = trimmed.len() - trimmed.trim_start().len();
        let bullet = bullet_len(&trimmed[indent..]);
        let body = Span::new(at + indent + bullet, at + trimmed.len().max(indent + bullet));
        out.push(Line { body, item: bullet > 0, width: trimmed.chars().count() });
        at += raw.len();
    }
    out
}

/// Length of a bullet (`- `, `* `, `• `, `1. `, `2) `, `(a) `, `# `) and its blanks; 0 when there is none.
fn bullet_len(line: &str) -> usize {
    let marker = match line.chars().next() {
        Some('-' | '*' | '+' | '•' | '·' | '–' | '—' | '◦' | '▪' | '►' | '→') => {
            line.chars().next().map_or(0, char::len_utf8)
        }
        Some('#') => line.len() - line.trim_start_matches('#').len(),
        Some(c) if c.is_ascii_alphanumeric() || c == '(' => numbered_len(line),
        _ => 0,
    };
    let rest = &line[marker..];
    let blanks = rest.len() - rest.trim_start().len();
    if marker > 0 && (blanks > 0 || rest.is_empty()) { marker + blanks } else { 0 }
}

fn numbered_len(line: &str) -> usize {
    let open = usize::from(line.starts_with('('));
    let label = line[open..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let digits = line[open..].bytes().take(label).all(|b| b.is_ascii_digit());
    let closed = match line.as_bytes().get(open + label) {
        Some(b')') => true,
        Some(b'.') => open == 0 && digits,
        _ => false,
    };
    let short = label > 0 && (if digits { label <= 3 } else { label == 1 });
    if closed && short { open + label + 1 } else { 0 }
}

/// Whether `next` carries on the flow of `line`.
fn flows(text: &str, line: &Line, next: &Line, widest: usize) -> bool {
    let first = next.body.of(text).split_whitespace().next().unwrap_or("");
    if first.chars().next().is_some_and(char::is_lowercase) {
        // "Hi Anna,\n\nthanks": a greeting stands alone, whatever follows it.
        return !is_greeting(line.body.of(text));
    }
    let wrap = widest.max(NARROWEST_WRAP);
    line.width + 1 + first.chars().count() > wrap
}

fn is_greeting(line: &str) -> bool {
    line.ends_with(',')
        && line.split_whitespace().count() <= 4
        && line.chars().next().is_some_and(char::is_uppercase)
        && {
            let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
            matches!(first.as_str(), "hi" | "hello" | "hey" | "dear" | "good" | "morning" | "greetings")
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        blocks(text, Span::new(0, text.len())).iter().map(|b| b.span.of(text)).collect()
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let text = "We looked at the order again this morning and found that you\nShould see it tomorrow.\n\nThanks";
        assert_eq!(
            cut(text),
            ["We looked at the order again this morning and found that you\nShould see it tomorrow.", "Thanks"]
        );
    }

    #[test]
    fn items_and_short_lines_stand_alone() {
        let text = "Hi Anna,\nthe facts:\n- one\n  and a half\n2) two\n(c) three\nKind regards\nBo";
        assert_eq!(cut(text), ["Hi Anna,", "the facts:", "one\n  and a half", "two", "three", "Kind regards", "Bo"]);
    }

    #[test]
    fn a_year_or_an_aside_is_no_bullet() {
        assert_eq!(cut("2024. That was it.\n(see below) it is fine"), ["2024. That was it.", "(see below) it is fine"]);
    }
}
