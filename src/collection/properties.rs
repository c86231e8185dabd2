//! Java's `.properties`: names and texts, as `java.util.Properties` reads them.

use super::json;
use super::node::{Node, Pen, Scalar, Style};
use crate::decode::Decoded;
use crate::span::Span;

/// Reads a file: every file is sound.
pub(super) fn read(text: &str) -> Node {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = logical_end(text, at);
        let line = &text[at..end];
        let start = at + (line.len() - line.trim_start_matches(is_blank).len());
        let content = text[start..end].trim_end_matches(['\r', '\n']);
        if !content.is_empty() && !content.starts_with(['#', '!']) {
            let key = find_unescaped(content, |c| is_blank(c) || matches!(c, '=' | ':'));
            let after = content[key..].trim_start_matches(is_blank);
            let after = after.strip_prefix(['=', ':']).unwrap_or(after).trim_start_matches(is_blank);
            let stop = start + content.len();
            let written = |start, end| Scalar::Written { place: Span::new(start, end), style: Style::Properties };
            entries.push((written(start, start + key), Node::Text(written(stop - after.len(), stop))));
        }
        at = end;
    }
    Node::Map(entries)
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{c}')
}

/// The end of the line that begins at `start`, with those that go on with it. Comments do not go on.
fn logical_end(text: &str, start: usize) -> usize {
    let comment = text[start..].trim_start_matches(is_blank).starts_with(['#', '!']);
    let mut at = start;
    loop {
        let Some(length) = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]) else { return text.len() };
        let end = at + length;
        at = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
        let slashes = text.as_bytes()[start..end].iter().rev().take_while(|byte| **byte == b'\\').count();
        if comment || slashes % 2 == 0 {
            return at;
        }
    }
}

/// Where the first character that `ends` and is not escaped stands.
fn find_unescaped(text: &str, ends: impl Fn(char) -> bool) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if ends(character) => return at,
            _ => {}
        }
    }
    text.len()
}

/// Decodes what stands at `place`.
pub(super) fn value(text: &str, place: Span) -> Decoded {
    let mut pen = Pen::default();
    let (mut at, end) = (place.range().start, place.range().end);
    while at < end {
        let plain = memchr::memchr(b'\\', &text.as_bytes()[at..end]).unwrap_or(end - at);
        pen.copy(text, Span::new(at, at + plain));
        at += plain;
        let rest = &text[at..end];
        let Some(next) = rest.chars().nth(1) else { break };
        if matches!(next, '\n' | '\r') {
            let line = if rest[1..].starts_with("\r\n") { 3 } else { 2 };
            at += line + (rest[line..].len() - rest[line..].trim_start_matches(is_blank).len());
            continue;
        }
        // `\b` is no escape here.
        let (character, length) = if next == 'b' { ('b', 2) } else { json::escape(rest) };
        pen.character(character, Span::new(at, at + length.min(rest.len())));
        at += length;
    }
    pen.decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_are_read_as_java_does() {
        let file =
            "# c \\\na=b\n\n! c\n  key\\ one : It\\u2019s \\\r\n   late\\n\\b\nempty\nlast=x\\\n\ny = z\\\\\nw=\\";
        let Node::Map(entries) = read(file) else { panic!("a map") };
        let said: Vec<String> = entries
            .iter()
            .map(|(name, value)| match value {
                Node::Text(text) => format!("{}={}", name.text(file), text.text(file)),
                _ => panic!("a text"),
            })
            .collect();
        assert_eq!(said, ["a=b", "key one=It’s late\nb", "empty=", "last=x", "y=z\\", "w="]);
    }
}
