//! `gitlab`: the Code Quality report of GitLab, an array of issues.

use super::remark::{Remark, remarks};
use super::{Checked, Failure, Report, Root, Tally, escape};
use crate::rules::dictionary::Severity;
use serde::Serialize;

/// The `gitlab` format.
pub struct GitLab {
    /// Where the repository begins.
    pub root: Root,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    /// GitLab shows one of several issues with the same; it is to last when lines move.
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: IssueLines,
}

#[derive(Serialize)]
struct IssueLines {
    begin: usize,
    end: usize,
}

impl Report for GitLab {
    fn start(&self) -> String {
        "[\n".to_owned()
    }

    fn message(&self, checked: &Checked<'_>) -> String {
        let path = self.root.path(checked.path);
        let issues: Vec<String> = remarks(checked, &path).iter().map(|remark| json(&issue(remark, &path))).collect();
        issues.join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn finish(&self, tally: &Tally, failures: &[Failure]) -> String {
        let mut out = String::new();
        let mut first = tally.notes + tally.loud + tally.to_speak() == 0;
        for failure in failures {
            let path = self.root.path(&failure.path);
            if !first {
                out.push_str(",\n");
            }
            first = false;
            out += &json(&Issue {
                description: failure.message.clone(),
                check_name: "not-checked",
                fingerprint: &format!("not-checked {path}"),
                severity: "blocker",
                location: Location { path: &path, lines: IssueLines { begin: 1, end: 1 } },
            });
        }
        out + "\n]\n"
    }
}

fn issue<'a>(remark: &'a Remark<'_>, path: &'a str) -> Issue<'a> {
    let instead = remark.instead.map_or(String::new(), |instead| format!(" → {instead}"));
    Issue {
        description: format!("{}{instead}", remark.message),
        check_name: remark.rule,
        fingerprint: &remark.fingerprint,
        severity: match (remark.number, remark.severity) {
            (None, _) => "critical",
            (_, Severity::Error) => "major",
            (_, Severity::Warning) => "minor",
            (_, Severity::Note | Severity::Silent) => "info",
        },
        location: Location { path, lines: IssueLines { begin: remark.start.line, end: remark.end.line } },
    }
}

fn json(issue: &Issue<'_>) -> String {
    escape::json(serde_json::to_string(issue).expect("strings and numbers are always JSON"))
}
