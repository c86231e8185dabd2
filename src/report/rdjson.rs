//! `rdjsonl`: the Diagnostic Format of reviewdog, an object a line.

use super::remark::remarks;
use super::{Checked, Failure, Position, Report, Root, Tally, escape};
use crate::rules::dictionary::Severity;
use serde::Serialize;

/// The `rdjsonl` format. Paths lead from the folder of the run, as reviewdog is run there, too.
pub struct RdJsonLines;

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    source: Source,
    code: Code<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

/// One-based; columns in bytes.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

impl Report for RdJsonLines {
    fn message(&self, checked: &Checked<'_>) -> String {
        let path = Root::default().path(checked.path);
        let place = |position: Position| Place { line: position.line, column: checked.lines.byte_column(position) };
        let diagnostics = remarks(checked, &path).into_iter().map(|remark| {
            let instead = remark.instead.map_or(String::new(), |instead| format!(" → {instead}"));
            line(&Diagnostic {
                message: format!("{}{instead}", remark.message),
                location: Location {
                    path: &path,
                    range: Some(Range { start: place(remark.start), end: place(remark.end) }),
                },
                severity: match remark.severity {
                    Severity::Silent | Severity::Note => "INFO",
                    Severity::Warning => "WARNING",
                    Severity::Error => "ERROR",
                },
                source: Source { name: "tonelint" },
                code: Code { value: remark.rule },
            })
        });
        diagnostics.collect()
    }

    fn finish(&self, _: &Tally, failures: &[Failure]) -> String {
        let diagnostics = failures.iter().map(|failure| {
            line(&Diagnostic {
                message: failure.message.clone(),
                location: Location { path: &failure.path, range: None },
                severity: "ERROR",
                source: Source { name: "tonelint" },
                code: Code { value: "not-checked" },
            })
        });
        diagnostics.collect()
    }
}

fn line(diagnostic: &Diagnostic<'_>) -> String {
    escape::json(serde_json::to_string(diagnostic).expect("strings and numbers are always JSON")) + "\n"
}
