//! Code among the writer's words: fenced blocks, logs, stack traces, shell lines, diffs, indented code.

use super::Sort;
use super::lines::Line;

/// Tells the lines that stand in fenced blocks (three or more backticks or tildes), fences included.
/// A fence that is never closed is no fence; neither is one in a quote.
pub(super) fn fences(text: &str, lines: &[Line]) -> Vec<bool> {
    let mut fenced = vec![false; lines.len()];
    let mut open: Option<(usize, char, usize)> = None;
    for (i, line) in lines.iter().enumerate() {
        let Some((mark, count, info)) = fence(&text[line.start..line.end]).filter(|_| line.markup == 0) else {
            continue;
        };
        match open {
            Some((from, with, least)) if with == mark && count >= least && info.is_empty() => {
                fenced[from..=i].fill(true);
                open = None;
            }
            Some(_) => {}
            None if !info.contains('`') => open = Some((i, mark, count)),
            None => {}
        }
    }
    fenced
}

/// Marks the unfenced code among `sorts`.
pub(super) fn mark(lines: &[&str], sorts: &mut [Sort]) {
    let mut at = 0;
    while at < lines.len() {
        let end = if sorts[at] == Sort::Own { block(lines, at) } else { at };
        sorts[at..end].fill(Sort::Code);
        at = end.max(at + 1);
    }
}

fn fence(line: &str) -> Option<(char, usize, &str)> {
    let line =
        line.strip_prefix("   ").or_else(|| line.strip_prefix("  ")).or_else(|| line.strip_prefix(' ')).unwrap_or(line);
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let count = line.len() - rest.len();
    (count >= 3).then(|| (mark, count, rest.trim()))
}

/// One past the last line of the code block that begins at `at`; `at` when none does.
fn block(lines: &[&str], at: usize) -> usize {
    let line = lines[at].trim();
    let run = |from: usize, goes_on: &dyn Fn(&str) -> bool| {
        (from..lines.len()).find(|&i| !goes_on(lines[i])).unwrap_or(lines.len())
    };
    if begins_trace(line, lines.get(at + 1).copied().unwrap_or("")) {
        return run(at + 1, &in_trace);
    }
    if line.starts_with("diff --git ") || line.starts_with("@@ -") || line.starts_with("--- a/") {
        return run(at + 1, &|l| {
            l.starts_with(['+', '-', ' ', '@', '\t', '\\']) || l.starts_with("index ") || l.starts_with("diff ")
        });
    }
    if is_prompt(line) {
        return at + 1;
    }
    if is_log(line) {
        return run(at + 1, &|l| is_log(l) || l.starts_with('\t') && !l.trim().is_empty());
    }
    let after_blank = at == 0 || lines[at - 1].trim().is_empty();
    if after_blank && is_indented(lines[at]) {
        let end = run(at, &is_indented);
        let closed = lines.get(end).is_none_or(|l| l.trim().is_empty());
        let codes = lines[at..end].iter().filter(|l| looks_like_code(l.trim())).count();
        if closed && codes * 2 >= end - at {
            return end;
        }
    }
    at
}

fn begins_trace(line: &str, next: &str) -> bool {
    line.starts_with("Traceback (most recent call last)")
        || line.starts_with("Exception in thread ")
        || line.starts_with("thread '") && line.contains("panicked at")
        || (line.contains("Exception") || line.contains("Error") || line.starts_with("Caused by:"))
            && next.starts_with([' ', '\t'])
            && next.trim().starts_with("at ")
            && next.contains(['(', ':'])
}

fn in_trace(line: &str) -> bool {
    let words = line.trim();
    !words.is_empty()
        && (line.starts_with([' ', '\t'])
            || words.starts_with("at ") && words.contains('(')
            || words.starts_with("Caused by:")
            || words.starts_with("File \"")
            || error_name(words))
}

/// "ValueError: …", "java.io.IOException: …".
fn error_name(words: &str) -> bool {
    let name = words.split(':').next().unwrap_or("");
    (name.ends_with("Error") || name.ends_with("Exception")) && !name.contains(' ')
}

fn is_prompt(line: &str) -> bool {
    let command = |rest: &str| rest.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '.' | '/' | '~'));
    if let Some(rest) = line.strip_prefix("$ ") {
        return command(rest);
    }
    if line.starts_with("PS ") && line.contains(":\\") && line.contains('>') {
        return true;
    }
    if line.len() > 3
        && line.as_bytes()[0].is_ascii_uppercase()
        && line.is_char_boundary(3)
        && &line[1..3] == ":\\"
        && line.contains('>')
    {
        return true;
    }
    // ann@host:~/shop$ make
    line.split_once(['$', '#']).is_some_and(|(head, rest)| {
        head.contains('@')
            && head.contains(':')
            && !head.contains(' ')
            && rest.starts_with(' ')
            && command(rest.trim_start())
    })
}

/// A date and a clock with seconds, or a level, at the head of the line.
fn is_log(line: &str) -> bool {
    const LEVELS: [&str; 10] =
        ["ERROR", "WARN", "WARNING", "INFO", "DEBUG", "TRACE", "FATAL", "CRITICAL", "NOTICE", "SEVERE"];
    if line.starts_with('[') && !line.contains("] ") {
        return false;
    }
    let mut heads = line.split([' ', '[', ']', '|', '\t', 'T', ',']).filter(|w| !w.is_empty()).take(5);
    let digits = |w: &str| w.bytes().filter(u8::is_ascii_digit).count();
    let clock = |w: &str| {
        digits(w) >= 6
            && w.bytes().filter(|b| *b == b':').count() >= 2
            && w.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+' | b'-'))
    };
    let level = |w: &str| LEVELS.contains(&w.trim_end_matches(':'));
    let first = heads.next().unwrap_or("");
    let numbered = first.starts_with(|c: char| c.is_ascii_digit())
        || first.len() == 3 && super::wording::month(&first.to_lowercase()).is_some();
    let rest: Vec<&str> = heads.collect();
    clock(first) && !rest.is_empty()
        || numbered && rest.iter().take(3).any(|w| clock(w))
        || numbered && digits(first) >= 4 && rest.iter().any(|w| level(w))
        || level(first)
            && line.starts_with(['[', 'E', 'W', 'I', 'D', 'T', 'F', 'C', 'N', 'S'])
            && (line.starts_with('[') || first.ends_with(':') && line.contains('.'))
}

fn is_indented(line: &str) -> bool {
    (line.starts_with("    ") || line.starts_with('\t')) && !line.trim().is_empty()
}

/// Whether a line has the signs of a programming language, a shell or a data format, which prose and lists lack.
fn looks_like_code(words: &str) -> bool {
    const HEADS: [&str; 18] = [
        "def ",
        "import ",
        "#include",
        "curl ",
        "npm ",
        "sudo ",
        "git ",
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "function ",
        "return ",
        "const ",
        "let ",
        "var ",
        "if (",
        "for (",
        "$ ",
    ];
    const SIGNS: [&str; 11] = ["()", " = ", "=>", "->", "::", "</", " --", "&&", "==", "();", "\":"];
    words.ends_with([';', '{', '}', '>'])
        || words.starts_with(['<', '{', '}', '#', '/'])
        || HEADS.iter().any(|h| words.starts_with(h))
        || SIGNS.iter().any(|s| words.contains(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Vec<&str> {
        let lines: Vec<&str> = text.lines().collect();
        let mut sorts = vec![Sort::Own; lines.len()];
        mark(&lines, &mut sorts);
        lines.iter().zip(sorts).filter(|(_, s)| *s == Sort::Code).map(|(l, _)| *l).collect()
    }

    #[test]
    fn machines_words_are_code() {
        for text in [
            "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nValueError: no price",
            "java.lang.IllegalStateException: no price\n\tat com.example.Shop.total(Shop.java:12)\nCaused by: java.io.IOException",
            "2025-03-11 18:03:22 ERROR no price\n2025-03-11 18:03:23 INFO retry",
            "[2025-03-11T18:03:22Z] no price",
            "$ make install",
            "ann@desk:~/shop$ ls",
            "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b",
            "    let price = total();\n    return price;",
        ] {
            assert_eq!(code(text).join("\n"), text);
        }
    }

    #[test]
    fn peoples_words_are_not() {
        for text in [
            "    Dear Ann, this is how I always indent the first line.",
            "Error: we sent you the wrong hinge.",
            "10:30 is fine.",
            "2025-03-11 10:30 your parcel left Leeds",
            "$ 45 is what you paid.",
            "Information for you",
            "- one\n- two\n    - two and a half",
        ] {
            assert!(code(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_fence_must_be_closed() {
        let text = "```\nmake\n```\n~~~\nfree\n";
        let lines = super::super::lines::split(text, &[]);
        assert_eq!(fences(text, &lines)[..5], [true, true, true, false, false]);
    }
}
