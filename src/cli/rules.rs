//! `tonelint rules`

use super::session::Session;
use super::{Common, FOUND, output};
use clap::Subcommand;
use std::fmt::Write;
use std::path::PathBuf;
use tonelint::report::{counted, escape, reference, style};
use tonelint::rules::dictionary::{Role, Severity};
use tonelint::rules::{Outcome, RuleSet, run_examples};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// List the rules in force
    List,
    /// Run the examples of the rules in force, or of those in a folder
    Test {
        /// A folder of rules of your own
        path: Option<PathBuf>,
    },
    /// Write the reference of all rules, in Markdown
    Reference,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    match &arguments.action {
        None | Some(Action::List) => list(Session::here(common)?.first().1),
        Some(Action::Reference) => {
            output::write(&reference::all(Session::here(common)?.first().1))?;
            Ok(0)
        }
        Some(Action::Test { path: None }) => test(Session::here(common)?.first().1, 0),
        Some(Action::Test { path: Some(folder) }) => {
            let shipped = RuleSet::embedded().dictionary.rules.len();
            test(&RuleSet::with_folder(folder)?, shipped)
        }
    }
}

fn list(rules: &RuleSet) -> anyhow::Result<u8> {
    let mut out = String::new();
    let width = rules.dictionary.rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for (rule, number) in rules.dictionary.rules.iter().zip(0..) {
        let loudest = rule.senses.iter().map(|sense| sense.severity).max().unwrap_or(Severity::Silent);
        let what = match rule.role {
            Role::Finding => format!("{loudest:?}").to_lowercase(),
            Role::Credit => "credit".into(),
            Role::Signal => "signal".into(),
        };
        let what = if rule.on { what } else { what + ", off" };
        writeln!(out, "{:width$}  {what:12}  {}", rule.id, escape::line(&rules.prose(number).summary))?;
    }
    output::write(&out)?;
    Ok(0)
}

/// Runs the examples of the rules from number `from` on.
fn test(rules: &RuleSet, from: usize) -> anyhow::Result<u8> {
    let own: Vec<&str> = rules.dictionary.rules[from..].iter().map(|rule| rule.id.as_str()).collect();
    let tried = run_examples(rules, |id| own.contains(&id));
    let mut out = String::new();
    let mut open = 0;
    for one in tried.iter().filter(|one| !one.outcome.holds()) {
        open += 1;
        let place = format!("{}:{}", escape::path(&rules.prose(one.rule).path), one.example.line);
        let what = match &one.outcome {
            Outcome::Missing => "missing: nothing is marked as the example says".to_owned(),
            Outcome::Noisy(words) => format!("noisy: “{words}” is marked and the example says nothing of it"),
            Outcome::Wrong(sense) => format!("another sense: `{sense}` marks these words"),
            Outcome::Reported | Outcome::Validated => continue,
        };
        writeln!(out, "{}: {}\n  {}", style::strong(&place), escape::line(&what), escape::line(&one.example.text))?;
    }
    let rules = counted(own.len(), "rule");
    writeln!(out, "{rules}, {} examples: {} hold, {open} do not.", tried.len(), tried.len() - open)?;
    output::write(&out)?;
    Ok(if open > 0 { FOUND } else { 0 })
}
