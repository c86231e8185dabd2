//! `path:line:column: level[rule] message`, a line a finding: for editors and scripts.

use super::{Checked, Failure, Report, Tally, Wording, escape, level};
use std::fmt::Write;

/// The `short` format.
pub struct Short;

impl Report for Short {
    fn message(&self, checked: &Checked<'_>) -> String {
        let mut out = String::new();
        for finding in checked.live() {
            let (start, ..) = checked.locate(finding.place);
            let wording = Wording::of(checked.rules, finding.rule, finding.sense);
            let mark = finding.place.mark.of(checked.text(finding.place.passage));
            let _ = writeln!(
                out,
                "{}:{}:{}: {}[{}] {} ({})",
                escape::path(checked.path),
                start.line,
                start.column,
                level(finding.severity),
                wording.rule,
                escape::line(wording.message),
                escape::line(mark),
            );
        }
        out
    }

    fn finish(&self, _: &Tally, _: &[Failure]) -> String {
        String::new()
    }
}
