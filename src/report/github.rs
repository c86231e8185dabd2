//! `github`: workflow commands, which GitHub Actions shows as annotations.
//!
//! The runner obeys every line of a log that begins with `::`, so nothing of a mail, a name or a rule stands in
//! a line unescaped. GitHub shows ten annotations of each level a step; `sarif` has no such limit.

use super::remark::{Remark, remarks};
use super::{Checked, Failure, Report, Root, Tally, escape};
use crate::rules::dictionary::Severity;
use std::fmt::Write;

/// The `github` format.
pub struct GitHub {
    /// Where the repository begins.
    pub root: Root,
}

impl Report for GitHub {
    fn message(&self, checked: &Checked<'_>) -> String {
        let path = self.root.path(checked.path);
        let mut out = String::new();
        for remark in remarks(checked, &path) {
            annotate(&mut out, &path, &remark);
        }
        out
    }

    fn finish(&self, _: &Tally, failures: &[Failure]) -> String {
        let mut out = String::new();
        for failure in failures {
            let path = property(&self.root.path(&failure.path));
            let _ = writeln!(out, "::error file={path},title=not checked::{}", data(&failure.message));
        }
        out
    }
}

fn annotate(out: &mut String, path: &str, remark: &Remark<'_>) {
    let command = match remark.severity {
        Severity::Silent | Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let (start, end) = (remark.start, remark.end);
    let _ = write!(out, "::{command} file={},line={},endLine={}", property(path), start.line, end.line);
    // GitHub takes columns only where they are of one line.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
    }
    let _ = write!(out, ",title={}::{}", property(remark.rule), data(&remark.message));
    if let Some(instead) = remark.instead {
        let _ = write!(out, "%0A→ {}", data(instead));
    }
    out.push('\n');
}

/// The text of a command.
fn data(text: &str) -> String {
    escape::lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_begins_another() {
        assert_eq!(data("50% off\r\n::set-env name=A::b"), "50%25 off%0D%0A::set-env name=A::b");
        assert_eq!(data("\u{1b}[2J\u{9b}\u{202e}##[error]"), "\\u{1b}[2J\\u{9b}\\u{202e}##\\u{5b}error]");
        assert_eq!(property("a,line=1::b\n%0A"), "a%2Cline=1%3A%3Ab%0A%250A");
    }
}
