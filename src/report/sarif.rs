//! `sarif`: SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for.
//!
//! Withheld findings are left out: GitHub takes no notice of `suppressions` and would show them. Fingerprints
//! stand under a key of our own; the one GitHub uses is made by its upload action from the file itself.

use super::remark::{Remark, remarks};
use super::{Checked, Failure, Report, Root, Tally, escape, level, reference};
use crate::rules::RuleSet;
use crate::rules::dictionary::Severity;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The `sarif` format.
#[derive(Default)]
pub struct Sarif {
    root: Root,
    /// The rules that had something to say, by name: one run can have rules of several projects.
    rules: Mutex<BTreeMap<String, Descriptor>>,
}

/// Longest description that GitHub takes, in characters.
const LONGEST: usize = 1024;
/// Where the schema is.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A rule (`reportingDescriptor`).
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
    properties: Value,
}

#[derive(Clone, Serialize)]
struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Clone, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultObject<'a> {
    rule_id: &'a str,
    level: &'static str,
    message: Text,
    locations: [Value; 1],
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
}

impl Sarif {
    /// A report on files whose repository begins at `root`.
    #[must_use]
    pub fn new(root: Root) -> Self {
        Self { root, rules: Mutex::default() }
    }

    fn note_rule(&self, rules: &RuleSet, remark: &Remark<'_>) {
        let mut noted = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        if !noted.contains_key(remark.rule) {
            noted.insert(remark.rule.to_owned(), descriptor(rules, remark));
        }
    }
}

impl Report for Sarif {
    fn start(&self) -> String {
        format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
        )
    }

    fn message(&self, checked: &Checked<'_>) -> String {
        let uri = self.root.uri(checked.path);
        let results = remarks(checked, &self.root.path(checked.path)).into_iter().map(|remark| {
            self.note_rule(checked.rules, &remark);
            let (start, end) = (remark.start, remark.end);
            let region = json!({
                "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
            });
            let result = ResultObject {
                rule_id: remark.rule,
                level: level(remark.severity),
                message: plain(&match remark.instead {
                    Some(instead) => format!("{} Instead: {instead}", remark.message),
                    None => remark.message.clone(),
                }),
                locations: [json!({"physicalLocation": {"artifactLocation": artifact(&uri), "region": region}})],
                partial_fingerprints: BTreeMap::from([("tonelint/v1", &*remark.fingerprint)]),
            };
            escape::json(serde_json::to_string(&result).expect("strings and numbers are always JSON"))
        });
        results.collect::<Vec<_>>().join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn finish(&self, _: &Tally, failures: &[Failure]) -> String {
        let notifications: Vec<Value> = failures
            .iter()
            .map(|failure| {
                let artifact = artifact(&self.root.uri(&failure.path));
                json!({
                    "level": "error", "message": plain(&failure.message),
                    "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
                })
            })
            .collect();
        let invocation =
            json!({"executionSuccessful": failures.is_empty(), "toolExecutionNotifications": notifications});
        let rules: Vec<Descriptor> =
            self.rules.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        let version = env!("CARGO_PKG_VERSION");
        let driver = json!({"name": "tonelint", "version": version, "semanticVersion": version, "rules": rules});
        escape::json(format!("\n],\"invocations\":[{invocation}],\"tool\":{{\"driver\":{driver}}}}}]}}\n"))
    }
}

fn artifact(uri: &str) -> Value {
    if uri.starts_with("file:") { json!({"uri": uri}) } else { json!({"uri": uri, "uriBaseId": "%SRCROOT%"}) }
}

fn descriptor(rules: &RuleSet, remark: &Remark<'_>) -> Descriptor {
    let Some(number) = remark.number else { return verdict(remark) };
    let rule = &rules.dictionary.rules[number as usize];
    let prose = rules.prose(number);
    let loudest = rule.senses.iter().map(|sense| sense.severity).max().unwrap_or(Severity::Note);
    let instead = prose.instead.as_ref().map_or(String::new(), |instead| format!(" Instead: {instead}"));
    let category = rule.id.split('/').next().unwrap_or_default();
    Descriptor {
        id: rule.id.clone(),
        short_description: plain(&prose.summary),
        full_description: plain(&prose.why),
        help: Text { markdown: Some(reference::rule(rules, number)), ..plain(&format!("{}{instead}", prose.why)) },
        default_configuration: Configuration { level: level(loudest) },
        properties: json!({"tags": ["tone", category], "precision": "high", "problem.severity": severity(loudest)}),
    }
}

/// The verdict as a rule.
fn verdict(remark: &Remark<'_>) -> Descriptor {
    let told = "What is at stake here is told better by voice first; the mail then stands as the record.";
    Descriptor {
        id: remark.rule.to_owned(),
        short_description: plain("Speak first, then send this as the record."),
        full_description: plain(told),
        help: plain(&format!("{told} `tonelint brief FILE` prints a page to ring up with.")),
        default_configuration: Configuration { level: level(remark.severity) },
        properties: json!({"tags": ["tone"], "precision": "high", "problem.severity": severity(remark.severity)}),
    }
}

/// How GitHub calls severities of rules.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Silent | Severity::Note => "recommendation",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Plain text, in which brackets before a parenthesis would make a link (section 3.11.6).
fn plain(text: &str) -> Text {
    let text: String = text.chars().take(LONGEST).collect();
    let link = text.contains("](");
    Text { text: if link { text.replace('[', "\\[").replace(']', "\\]") } else { text }, markdown: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_mail_makes_no_link() {
        assert_eq!(plain("see [here](https://a.example)").text, "see \\[here\\](https://a.example)");
        assert_eq!(plain("[Name], hello").text, "[Name], hello");
        assert_eq!(plain(&"é".repeat(2000)).text.chars().count(), LONGEST);
    }
}
