//! Mail text made safe for a terminal, and for the log of a CI job that reads commands in it.
//!
//! The runner of GitHub Actions obeys a line that begins with `::`, after blanks, and `##[` anywhere in a line;
//! it compares as people read, past characters that have no width.

use std::fmt::Write;

/// `text` on one line: line ends and tabs as blanks, and everything that could move the cursor, change
/// colours, turn the direction of reading or command a CI job written out, as `\u{1b}`.
///
/// It may begin a line, stand in one, or be put beside other such text.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = folded(text);
    let mut visible = out.char_indices().filter(|&(_, c)| has_width(c) && c != ' ');
    if let (Some((at, ':')), Some((_, ':'))) = (visible.next(), visible.next()) {
        out.replace_range(at..=at, "\\u{3a}");
    }
    // What is written next may begin with a bracket.
    let mut visible = out.char_indices().rev().filter(|&(_, c)| has_width(c));
    if let (Some((at, '#')), Some((_, '#'))) = (visible.next(), visible.next()) {
        out.replace_range(at..=at, "\\u{23}");
    }
    out
}

/// `path` on one line, as one that may begin it.
#[must_use]
pub fn path(path: &str) -> String {
    let path = folded(path);
    let commands = path.chars().find(|&c| has_width(c) && c != ' ') == Some(':');
    if commands { format!("./{path}") } else { path }
}

/// JSON as written by a serialiser, with what [`line()`] writes out as `\u001b`: the same value, and safe to look at.
#[must_use]
pub fn json(written: String) -> String {
    let is_safe = |c: char| !is_unsafe(c) || c == '\n';
    if !written.contains('#') && written.chars().all(is_safe) {
        return written;
    }
    let mut out = String::with_capacity(written.len() + written.len() / 16);
    let mut units = [0; 2];
    for c in written.chars() {
        // Outside of strings no bracket follows a hash, and no control character but line feeds is written.
        if !is_safe(c) || (c == '[' && is_after_hash(&out)) {
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}").unwrap_or_default();
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// `text` with its line ends, and everything else that is not safe to look at written out.
pub(super) fn lines(text: &str) -> String {
    written_out(text, |c| matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a bracket that is written next would command a CI job.
pub(super) fn is_after_hash(out: &str) -> bool {
    out.chars().rev().find(|&c| has_width(c)) == Some('#')
}

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' if folded.ends_with(' ') => {}
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => folded.push(' '),
            c => folded.push(c),
        }
    }
    written_out(&folded, |_| false)
}

fn written_out(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if (is_unsafe(c) && !keep(c)) || (c == '[' && is_after_hash(&out)) {
            write!(out, "\\u{{{:x}}}", c as u32).unwrap_or_default();
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether the runner of a CI job sees `c` when it compares.
fn has_width(c: char) -> bool {
    c.is_ascii() || c.is_alphanumeric()
}

/// Control characters, line ends, and characters that reorder what is read or are tags no one sees.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}')
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
        assert_eq!(line("##") + &line("[error]x"), "#\\u{23}[error]x");
        assert_eq!(line("::error::x"), "\\u{3a}:error::x");
        assert_eq!(line(" \t\u{200b}::add-mask::x"), " \u{200b}\\u{3a}:add-mask::x");
        assert_eq!(line("\n\r::x"), " \\u{3a}:x");
        assert_eq!(line("Std::fs, : a"), "Std::fs, : a");
        assert_eq!(lines("a\r\n\u{9b}##[x]"), "a\r\n\\u{9b}##\\u{5b}x]");
        assert_eq!(path("::error::x.md"), "./::error::x.md");
        assert_eq!(path("\t\u{200b}::x"), "./ \u{200b}::x");
        assert_eq!(path("a::b.md"), "a::b.md");
    }

    #[test]
    fn json_keeps_its_value_and_holds_nothing_unsafe() {
        let value =
            serde_json::json!({"a": ["\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{e0041}\u{2028}", "#", "##[error]\n", "é 👍"]});
        let written = json(value.to_string());
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
        assert!(!written.chars().any(is_unsafe) && !written.contains("##["), "{written}");
        assert!(written.contains("é 👍") && written.contains("\\udb40\\udc41"), "{written}");
        assert_eq!(json("{\"a\":[\n]}\n".to_owned()), "{\"a\":[\n]}\n");
    }

    proptest::proptest! {
        #[test]
        fn no_text_commands_in_any_order(a in "[ :#\\[\u{200b}x\u{9b}\n]{0,8}", b in "[ :#\\[\u{202e}x]{0,8}") {
            let shown = line(&a) + &line(&b);
            proptest::prop_assert!(!shown.chars().any(is_unsafe));
            let bare: String = shown.chars().filter(|&c| has_width(c)).collect();
            proptest::prop_assert!(!bare.contains("##["), "{}", bare);
            // What begins a line is one text; the next may begin with a colon after one.
            let first: String = line(&a).chars().filter(|&c| has_width(c)).collect();
            proptest::prop_assert!(!first.trim_start().starts_with("::"), "{}", first);
        }
    }
}
