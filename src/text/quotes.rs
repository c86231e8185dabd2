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
    // Marks that close nothing from here on: each is looked for in vain only once, however often it opens.
    let mut unclosed = Vec::new();
    for (at, c) in body.char_indices() {
        if at >= resume && !unclosed.contains(&c) && opens(body, at, c, before) {
            let start = at + c.len_utf8();
            match closing(&body[start..], c) {
                Some(len) => {
                    out.push(Span::new(base + start, base + start + len));
                    resume = start + len + 1;
                }
                None => unclosed.push(c),
            }
        }
        before = c;
    }
    out
}

/// Whether `c` at `at` may open a quotation.
fn opens(body: &str, at: usize, c: char, before: char) -> bool {
    match c {
        '“' | '„' | '«' => true,
        // Backticks: code in Markdown, a command or a name, never a judgement.
        '"' | '`' => !before.is_alphanumeric(),
        // A single mark is also an apostrophe: it opens before a letter and closes after one.
        '‘' | '\'' => !before.is_alphanumeric() && body[at + c.len_utf8()..].starts_with(char::is_alphanumeric),
        _ => false,
    }
}

/// How far into `rest` the quotation that `opening` opens goes, if it is closed.
fn closing(rest: &str, opening: char) -> Option<usize> {
    match opening {
        '“' | '„' => rest.find(['”', '“', '"']),
        '«' => rest.find('»'),
        '‘' | '\'' => {
            let close = if opening == '‘' { '’' } else { '\'' };
            rest.match_indices(close).map(|(n, _)| n).find(|&n| {
                !rest[n + close.len_utf8()..].starts_with(char::is_alphanumeric)
                    && !rest[..n].ends_with(char::is_whitespace)
            })
        }
        same => rest.find(same),
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
        assert_eq!(inside("'a \"b\" 'c «d» “e"), ["b", "d"], "one that stays open hides no other");
    }
}
