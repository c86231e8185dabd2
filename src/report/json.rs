//! `json` and `jsonl`: the stable, versioned contract for machines.

use super::{Checked, Failure, Position, Report, Tally, Wording, escape, level};
use crate::lint::{Finding, Origin, PassageId};
use serde::Serialize;

/// One object for the whole run.
pub struct Json;

/// One message object a line.
pub struct JsonLines;

impl Report for Json {
    fn start(&self) -> String {
        let tool = serde_json::json!({"name": "tonelint", "version": env!("CARGO_PKG_VERSION")});
        format!("{{\"version\":1,\"tool\":{tool},\"messages\":[\n")
    }

    fn message(&self, checked: &Checked<'_>) -> String {
        object(checked)
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn finish(&self, tally: &Tally, failures: &[Failure]) -> String {
        let errors = escape::json(serde_json::json!(failures).to_string());
        let passed_over = tally.passed_over + tally.tables.len();
        format!("\n],\"errors\":{errors},\"passed_over\":{passed_over}}}\n")
    }
}

impl Report for JsonLines {
    fn message(&self, checked: &Checked<'_>) -> String {
        object(checked) + "\n"
    }

    fn finish(&self, _: &Tally, _: &[Failure]) -> String {
        String::new()
    }
}

#[derive(Serialize)]
struct MessageObject<'a> {
    path: &'a str,
    index: usize,
    subject: Option<&'a str>,
    language: &'static str,
    name: Option<&'a str>,
    verdict: VerdictObject<'a>,
    credits: Vec<CreditObject<'a>>,
    rewording: Option<&'a crate::drafts::Rewording>,
    findings: Vec<FindingObject<'a>>,
}

#[derive(Serialize)]
struct VerdictObject<'a> {
    action: crate::advice::Action,
    points: f32,
    reasons: Vec<ReasonObject<'a>>,
}

#[derive(Serialize)]
struct ReasonObject<'a> {
    signal: &'a str,
    points: f32,
    text: &'a str,
    evidence: &'a str,
    /// What we wrote before, where the draft goes back on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
}

#[derive(Serialize)]
struct CreditObject<'a> {
    kind: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct FindingObject<'a> {
    rule: &'a str,
    sense: &'a str,
    severity: &'static str,
    message: &'a str,
    instead: Option<&'a str>,
    text: &'a str,
    sentence: &'a str,
    zone: &'static str,
    part: &'a str,
    start: Position,
    end: Position,
    exact: bool,
    related: Vec<String>,
    suppressed: Option<SuppressionObject<'a>>,
}

#[derive(Serialize)]
struct SuppressionObject<'a> {
    by: &'static str,
    reason: &'a str,
}

fn object(checked: &Checked<'_>) -> String {
    let advice = checked.advice;
    let reasons = advice.reasons.iter().map(|reason| ReasonObject {
        signal: reason.signal,
        points: reason.points,
        text: &reason.text,
        evidence: &reason.evidence,
        before: reason.before.as_ref().map(|before| &*before.evidence),
    });
    let credits = checked.linted.credits.iter().map(|credit| CreditObject {
        kind: &credit.kind,
        text: credit.place.mark.of(checked.text(credit.place.passage)),
    });
    let foreign = checked.linted.foreign_paragraphs > 0 && checked.linted.own_words == 0;
    let object = MessageObject {
        path: checked.path,
        index: checked.message.index,
        subject: checked.message.headers.subject.as_deref(),
        // Undetermined (BCP 47) when nothing of it is English.
        language: if foreign { "und" } else { "en" },
        name: checked.message.name.as_deref(),
        verdict: VerdictObject { action: advice.action, points: advice.points, reasons: reasons.collect() },
        credits: credits.collect(),
        rewording: checked.rewording,
        findings: checked.linted.findings.iter().map(|finding| finding_object(checked, finding)).collect(),
    };
    escape::json(serde_json::to_string(&object).expect("strings, numbers and lists are always JSON"))
}

fn finding_object<'a>(checked: &'a Checked<'_>, finding: &'a Finding) -> FindingObject<'a> {
    let wording = Wording::of(checked.rules, finding.rule, finding.sense);
    let text = checked.text(finding.place.passage);
    let (start, end, exact) = checked.locate(finding.place);
    let related = finding.related.iter().map(|&(rule, sense)| {
        let wording = Wording::of(checked.rules, rule, sense);
        format!("{}/{}", wording.rule, wording.sense)
    });
    FindingObject {
        rule: wording.rule,
        sense: wording.sense,
        severity: level(finding.severity),
        message: wording.message,
        instead: wording.instead,
        text: finding.place.mark.of(text),
        sentence: finding.place.sentence.of(text),
        zone: if finding.place.passage == PassageId::Subject { "subject" } else { "body" },
        part: finding.place.passage.of(checked.message).map_or("", |passage| &passage.part),
        start,
        end,
        exact,
        related: related.collect(),
        suppressed: finding.suppressed.as_ref().map(|suppression| SuppressionObject {
            by: match suppression.origin {
                Origin::Configuration => "configuration",
                Origin::Text => "text",
                Origin::Header => "header",
                Origin::Before => "before",
                Origin::Baseline => "baseline",
            },
            reason: &suppression.reason,
        }),
    }
}
