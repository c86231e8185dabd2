//! Mail text made safe for a terminal, and for the log of a CI job that reads commands in it.
//!
//! The runner of GitHub Actions obeys a line that begins with `::`, after blanks, and `##[` anywhere in a line;
//! it compares as people read, past characters that have no width.

use std::fmt::Write;

/// `text` on one line: line ends and tabs as blanks, and everything that could move the cursor, change
/// colours, turn the direction of reading or command a CI job written out, as `\u{1b}`.
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
            '[' if out.chars().rev().find(|&c| has_width(c)) == Some('#') => out.push_str("\\u{5b}"),
            c if is_unsafe(c) => write!(out, "\\u{{{:x}}}", c as u32).unwrap_or_default(),
            c => out.push(c),
        }
    }
    out
}

/// `path` on one line, as one that may begin it.
#[must_use]
pub fn path(path: &str) -> String {
    let path = line(path);
    let commands = path.chars().find(|&c| has_width(c) && c != ' ') == Some(':');
    if commands { format!("./{path}") } else { path }
}

/// Whether the runner of a CI job sees `c` when it compares.
fn has_width(c: char) -> bool {
    c.is_ascii() || c.is_alphanumeric()
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

    #[test]
    fn nothing_reaches_a_ci_job_as_a_command() {
        assert_eq!(line("##[stop-commands]x"), "##\\u{5b}stop-commands]x");
        assert_eq!(line("#\u{ad}#\u{200b}[error]"), "#\u{ad}#\u{200b}\\u{5b}error]");
        assert_eq!(line("# Re: [4711] ## b"), "# Re: [4711] ## b");
        assert_eq!(path("::error::x.md"), "./::error::x.md");
        assert_eq!(path("\t\u{200b}::x"), "./ \u{200b}::x");
        assert_eq!(path("a::b.md"), "a::b.md");
    }
}
