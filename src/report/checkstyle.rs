//! `checkstyle`: the XML of Checkstyle, which reviewdog, Jenkins and others read.

use super::remark::remarks;
use super::{Checked, Failure, Report, Root, Tally, xml};
use crate::rules::dictionary::Severity;
use std::fmt::Write;

/// The `checkstyle` format. Paths lead from the folder of the run.
pub struct Checkstyle;

impl Report for Checkstyle {
    fn start(&self) -> String {
        // The version is that of the format.
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n".to_owned()
    }

    fn message(&self, checked: &Checked<'_>) -> String {
        let path = Root::default().path(checked.path);
        let mut out = format!("  <file name=\"{}\">\n", xml::text(&path));
        for remark in remarks(checked, &path) {
            let severity = match remark.severity {
                Severity::Silent | Severity::Note => "info",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            let instead = remark.instead.map_or(String::new(), |instead| format!(" → {instead}"));
            let _ = writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"tonelint.{}\"/>",
                remark.start.line,
                remark.start.column,
                xml::text(&format!("{}{instead}", remark.message)),
                xml::text(remark.rule),
            );
        }
        out + "  </file>\n"
    }

    fn finish(&self, _: &Tally, failures: &[Failure]) -> String {
        let mut out = String::new();
        for failure in failures {
            let (path, message) = (xml::text(&failure.path), xml::text(&failure.message));
            let _ = writeln!(out, "  <file name=\"{path}\">");
            let _ =
                writeln!(out, "    <error severity=\"error\" message=\"{message}\" source=\"tonelint.not-checked\"/>");
            out.push_str("  </file>\n");
        }
        out + "</checkstyle>\n"
    }
}
