//! `junit`: test reports as most CI services show them, a suite a message.
//!
//! The shape is one that the schemas of Ant and of Jenkins' xunit both accept. Notes fail nothing: they stand in
//! `system-out`. The time of the run is left out (the schemas want one, and get the epoch): the same files give
//! the same report.

use super::remark::{Remark, remarks};
use super::{Checked, Failure, Report, Root, Tally, level, xml};
use crate::rules::dictionary::Severity;
use siphasher::sip::SipHasher13;
use std::fmt::Write;

/// The `junit` format. Paths lead from the folder of the run.
pub struct JUnit;

impl Report for JUnit {
    fn start(&self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned()
    }

    fn message(&self, checked: &Checked<'_>) -> String {
        let path = Root::default().path(checked.path);
        let remarks = remarks(checked, &path);
        let (failing, notes): (Vec<_>, Vec<_>) = remarks.iter().partition(|r| r.severity > Severity::Note);
        let mut suite = Suite::new(&path, checked.message.name.as_deref());
        for remark in &failing {
            suite.case(
                &format!("{} (line {}, column {})", remark.rule, remark.start.line, remark.start.column),
                |out| {
                    let (message, rule) = (xml::text(&remark.message), xml::text(remark.rule));
                    let text = xml::text(&told(&path, remark));
                    let _ = write!(out, "<failure type=\"{rule}\" message=\"{message}\">{text}</failure>");
                },
            );
        }
        if failing.is_empty() {
            suite.case("tone", |_| ());
        }
        let notes: Vec<String> = notes.iter().map(|remark| told(&path, remark)).collect();
        suite.written((failing.len(), 0), &notes.join("\n"))
    }

    fn finish(&self, _: &Tally, failures: &[Failure]) -> String {
        let mut out = String::new();
        for failure in failures {
            let mut suite = Suite::new(&failure.path, None);
            suite.case("not checked", |out| {
                let message = xml::text(&failure.message);
                let _ = write!(out, "<error type=\"not-checked\" message=\"{message}\">{message}</error>");
            });
            out += &suite.written((0, 1), "");
        }
        out + "</testsuites>\n"
    }
}

/// `path:line:column: level[rule] message → instead`
fn told(path: &str, remark: &Remark<'_>) -> String {
    let instead = remark.instead.map_or(String::new(), |instead| format!(" → {instead}"));
    let (line, column) = (remark.start.line, remark.start.column);
    format!("{path}:{line}:{column}: {}[{}] {}{instead}", level(remark.severity), remark.rule, remark.message)
}

/// The test cases of one message.
struct Suite {
    name: String,
    cases: String,
    count: usize,
    /// The schemas want a number; suites are written in any order, so it is made from the name.
    id: u64,
}

impl Suite {
    fn new(path: &str, name: Option<&str>) -> Self {
        let name = name.map_or(path.to_owned(), |name| format!("{path}: {name}"));
        let id = SipHasher13::new().hash(name.as_bytes()) & 0x7fff_ffff;
        Self { name: xml::text(&name), cases: String::new(), count: 0, id }
    }

    /// Adds a case; `outcome` writes what came of it, nothing when all is well.
    fn case(&mut self, name: &str, outcome: impl FnOnce(&mut String)) {
        self.count += 1;
        let name = xml::text(name);
        let _ = write!(self.cases, "    <testcase classname=\"{}\" name=\"{name}\" time=\"0\">", self.name);
        outcome(&mut self.cases);
        self.cases.push_str("</testcase>\n");
    }

    /// The suite with so many (`failures`, `errors`), and `notes` beside them.
    fn written(self, (failures, errors): (usize, usize), notes: &str) -> String {
        let Self { name, cases, count, id } = self;
        format!(
            "  <testsuite id=\"{id}\" name=\"{name}\" package=\"tonelint\" hostname=\"localhost\" \
             timestamp=\"1970-01-01T00:00:00\" tests=\"{count}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\">\n    \
             <properties><property name=\"tonelint\" value=\"{}\"/></properties>\n{cases}    \
             <system-out>{}</system-out>\n    <system-err/>\n  </testsuite>\n",
            env!("CARGO_PKG_VERSION"),
            xml::text(notes),
        )
    }
}
