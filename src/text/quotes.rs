//! Which words stand between quotation marks, and so are somebody else's or a title.

use crate::span::Span;

/// The spans between quotation marks inside `sentence`, marks excluded. A mark that is never closed
/// opens nothing.
pub(super) fn quoted(text: &str, sentence: Span) -> Vec<Span> {
    let body = sentence.of(text);
    if !body.contains(['"', '“', '„', '«', '‘', '\'', '`']) {
        return Vec::new();
    }
    let base = sentence.start as usize;
    let mut out = Vec::new();
    let mut before = ' ';
    let mut resume = 0;
    for (at, c) in body.char_indices() {
        if at >= resume
            && let Some(end) = closing(body, at, c, before)
        {
            let start = at + c.len_utf8();
            out.push(Span::new(base + start, base + end));
            resume = end + 1;
        }
        before = c;
    }
    out
}

/// Where the quotation opened by `c` at `at` closes, if it opens one.
fn closing(body: &str, at: usize, c: char, before: char) -> Option<usize> {
    let rest = at + c.len_utf8();
    let find = |marks: &[char]| body[rest..].find(marks).map(|n| rest + n);
    match c {
        '"' if !before.is_alphanumeric() => find(&['"']),
        '“' | '„' => find(&['”', '“', '"']),
        '«' => find(&['»']),
        // Code in Markdown: a command or a name, never a judgement.
        '`' if !before.is_alphanumeric() => find(&['`']),
        // A single mark is also an apostrophe: it opens before a letter and closes after one.
        '‘' | '\'' if !before.is_alphanumeric() && body[rest..].starts_with(char::is_alphanumeric) => {
            let close = if c == '‘' { '’' } else { '\'' };
            body[rest..].match_indices(close).map(|(n, _)| rest + n).find(|&n| {
                !body[n + close.len_utf8()..].starts_with(char::is_alphanumeric)
                    && !body[..n].ends_with(char::is_whitespace)
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(text: &str) -> Vec<&str> {
        quoted(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn pairs_are_found_and_apostrophes_are_not() {
        assert_eq!(inside("Press \"Don't send\" or ‘Right to left’ now"), ["Don't send", "Right to left"]);
        assert_eq!(inside("You wrote 'this is wrong' to us"), ["this is wrong"]);
        assert!(inside("The customers' orders and the driver's van aren't here").is_empty());
        assert!(inside("An inch is 2.5\" and open \"quotes").is_empty());
    }
}
