//! Comments of HTML and Markdown: words to a colleague or a tool, never to the reader.

use crate::span::Span;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands in the text; an empty place in a text it does not show in.
    pub span: Span,
    /// What it says, without `<!--` and `-->`.
    pub text: String,
    /// Whether no words stand before it on its line.
    pub alone: bool,
}

/// The comments in Markdown or a plain draft, where they are part of the text.
#[must_use]
pub fn comments(text: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("<!--").map(|n| at + n) {
        let inside = start + "<!--".len();
        let Some(end) = text[inside..].find("-->").map(|n| inside + n) else { break };
        let line_start = text[..start].rfind('\n').map_or(0, |n| n + 1);
        found.push(Comment {
            span: Span::new(start, end + "-->".len()),
            text: text[inside..end].to_owned(),
            alone: !text[line_start..start].contains(char::is_alphanumeric),
        });
        at = end + "-->".len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_where_they_are_closed() {
        let text = "a <!-- b -->\n<!-- c\nd --> e <!-- open";
        let found: Vec<_> = comments(text).into_iter().map(|c| (c.span.of(text).to_owned(), c.alone)).collect();
        assert_eq!(found, [("<!-- b -->".to_owned(), false), ("<!-- c\nd -->".to_owned(), true)]);
    }
}
