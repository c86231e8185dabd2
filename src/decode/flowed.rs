//! `format=flowed` (RFC 3676): paragraphs whose lines were broken for transport are joined again.

use super::{Decoded, SourceMap};

/// Joins the soft-broken lines of `text`. The map leads to offsets in `text`.
///
/// The line end and the quote marks of the next line vanish; with `delsp` so does the space that
/// marks the break. Quote marks at the start of a paragraph and the stuffing before a `>` stay, so
/// that a reader of lines still sees who quotes whom.
#[must_use]
pub fn unflow(text: &str, delsp: bool) -> Decoded {
    let mut out = Decoded { text: String::with_capacity(text.len()), map: SourceMap::default() };
    let mut joins_at: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n').trim_end_matches('\r');
        let depth = content.bytes().take_while(|b| *b == b'>').count();
        let body = &content[depth..];
        let stuffed = body.starts_with(' ');
        let words = body.strip_prefix(' ').unwrap_or(body);
        let signature = words == "-- ";
        // A break followed by another depth or by a signature was a slip of the sender.
        let joined = joins_at == Some(depth) && !signature;
        if joins_at.is_some() && !joined {
            let end = text[..start].len();
            let from = end - line_end_len(&text[..end]);
            copy(&mut out, text, from, end);
        }
        let keeps_stuffing = depth > 0 || words.starts_with('>');
        let from = if joined {
            start + depth + usize::from(stuffed)
        } else if stuffed && !keeps_stuffing {
            start + 1
        } else {
            start
        };
        let soft = content.len() < line.len() && content.ends_with(' ') && !signature;
        let end = match (soft, delsp) {
            (false, _) => start + line.len(),
            (true, false) => start + content.len(),
            (true, true) => (start + content.len() - 1).max(from),
        };
        copy(&mut out, text, from, end);
        joins_at = soft.then_some(depth);
        start += line.len();
    }
    out
}

fn copy(out: &mut Decoded, text: &str, from: usize, to: usize) {
    if from < to {
        out.text.push_str(&text[from..to]);
        out.map.push_linear(to - from, from);
    }
}

fn line_end_len(text: &str) -> usize {
    if text.ends_with("\r\n") { 2 } else { usize::from(text.ends_with('\n')) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn soft_broken_lines_become_one() {
        let text = "You should \r\nhave told us.\r\nBye\r\n-- \r\nAnna\r\n";
        let out = unflow(text, false);
        assert_eq!(out.text, "You should have told us.\r\nBye\r\n-- \r\nAnna\r\n");
        assert_eq!(out.map.to_source(Span::new(4, 15)), Span::new(4, 17));
    }

    #[test]
    fn delsp_drops_the_space_that_marks_the_break() {
        assert_eq!(unflow("long \nword \nhere\n", true).text, "longwordhere\n");
    }

    #[test]
    fn quotes_join_only_at_their_own_depth() {
        let text = ">> old \n>> words\n> newer \nmine\n >not quoted\n From me\n";
        let out = unflow(text, false);
        assert_eq!(out.text, ">> old words\n> newer \nmine\n >not quoted\nFrom me\n");
    }
}
