//! Everything about a rule, as Markdown: for `explain` and for the rule reference in `docs/`.

use super::level;
use crate::rules::RuleSet;
use crate::rules::dictionary::{Role, Rule, RuleZone, Sense};
use crate::rules::prose::{Prose, SenseProse};
use std::fmt::Write;

/// The page of rule number `number`.
#[must_use]
pub fn rule(rules: &RuleSet, number: u32) -> String {
    let rule = &rules.dictionary.rules[number as usize];
    let prose = rules.prose(number);
    let mut out = format!("### {}\n\n{}\n\n", rule.id, prose.summary);
    let _ = writeln!(out, "{}\n", prose.why);
    if let Some(instead) = &prose.instead {
        let _ = writeln!(out, "**Instead:** {instead}\n");
    }
    let _ = writeln!(out, "{}\n", standing(rule));
    for (sense, words) in rule.senses.iter().zip(&prose.senses) {
        describe(&mut out, rule, sense, words, prose);
    }
    silent_examples(&mut out, prose);
    let _ = writeln!(out, "Source: {}", prose.source.join("; "));
    out
}

/// One page on all rules: a table of categories, then every rule.
#[must_use]
pub fn all(rules: &RuleSet) -> String {
    let mut out = String::from(
        "# Rules\n\nWritten from the rule files; `tonelint explain RULE` shows one of them, `tonelint try \"TEXT\"` \
         which sense a sentence holds.\n\n",
    );
    let count = rules.dictionary.rules.len();
    let _ = writeln!(out, "{count} rules. Findings point at words; credits and signals weigh in the verdict.\n");
    let _ = writeln!(out, "| rule | what it sees |\n| --- | --- |");
    for (rule, number) in rules.dictionary.rules.iter().zip(0..) {
        let anchor = rule.id.replace('/', "");
        let _ = writeln!(out, "| [{}](#{anchor}) | {} |", rule.id, rules.prose(number).summary);
    }
    let mut category = "";
    for (entry, number) in rules.dictionary.rules.iter().zip(0..) {
        let own = entry.id.split_once('/').map_or("", |(category, _)| category);
        if own != category {
            category = own;
            let _ = write!(out, "\n## {category}\n");
        }
        let _ = write!(out, "\n{}", rule(rules, number));
    }
    out
}

/// Role, zone and whether it is on, in a line.
fn standing(rule: &Rule) -> String {
    let role = match rule.role {
        Role::Finding => "Points at words",
        Role::Credit => "Counts in favour",
        Role::Signal => "Weighs in the verdict",
    };
    let zone = match rule.zone {
        RuleZone::Own => "in your own words",
        RuleZone::Quoted => "in the customer's words",
        RuleZone::Both => "in anybody's words",
    };
    let off = if rule.on { "" } else { " Off until the configuration switches it on." };
    format!("{role} {zone}.{off}")
}

fn describe(out: &mut String, rule: &Rule, sense: &Sense, words: &SenseProse, prose: &Prose) {
    let what = match rule.role {
        Role::Finding => level(sense.severity).to_owned(),
        Role::Credit | Role::Signal => sense.kind.clone().unwrap_or_default(),
    };
    let _ = write!(out, "- **{}** ({what})", sense.name);
    if let Some(message) = &words.message {
        let _ = write!(out, ": {message}");
    }
    out.push('\n');
    if let Some(instead) = &words.instead {
        let _ = writeln!(out, "  - instead: {instead}");
    }
    for pattern in &words.patterns {
        let _ = writeln!(out, "  - `{}`", pattern.replace('`', "'"));
    }
    for example in prose.examples.iter().filter(|example| example.sense.as_deref() == Some(&sense.name)) {
        let _ = writeln!(out, "  - “{}”", marked(&example.text));
    }
    out.push('\n');
}

fn silent_examples(out: &mut String, prose: &Prose) {
    let mut examples = prose.examples.iter().filter(|example| example.sense.is_none()).peekable();
    if examples.peek().is_some() {
        let _ = writeln!(out, "Lets pass:\n");
        for example in examples {
            let _ = writeln!(out, "- “{}”", marked(&example.text));
        }
        out.push('\n');
    }
}

/// Marked words in bold; line ends as blanks.
fn marked(text: &str) -> String {
    text.replace("[[", "**").replace("]]", "**").split_whitespace().collect::<Vec<_>>().join(" ")
}
