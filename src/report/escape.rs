//! Mail text made safe for a terminal.

use std::fmt::Write;

/// `text` on one line: line ends and tabs as blanks, and everything that could move the cursor, change
/// colours or turn the direction of reading written out, as `\u{1b}`.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_unsafe(c) => write!(out, "\\u{{{:x}}}", c as u32).unwrap_or_default(),
            c => out.push(c),
        }
    }
    out
}

/// Control characters, and characters that reorder what is read.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_as_a_command() {
        assert_eq!(line("a\u{1b}[31mb\u{7}\u{9b}c\r\n\td"), "a\\u{1b}[31mb\\u{7}\\u{9b}c d");
        assert_eq!(line("\u{202e}evil\u{2066}"), "\\u{202e}evil\\u{2066}");
        assert_eq!(line("café – ok 👍"), "café – ok 👍");
    }
}
