//! `tonelint config`

use super::session::Session;
use super::{Common, output};
use clap::Subcommand;
use std::fmt::Write;
use std::path::Path;
use tonelint::advice::Thresholds;
use tonelint::config::{Config, Sending, user_path};
use tonelint::report::escape;
use tonelint::rules::RuleSet;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show the configuration in force in this folder, and where it comes from
    Show,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let Action::Show = arguments.action;
    let session = Session::here(common)?;
    let (config, rules) = session.first();
    let mut out = String::new();
    files(&mut out, config)?;
    decisions(&mut out, config, rules)?;
    advice(&mut out, config)?;
    writeln!(out, "key accounts: {}", config.key_accounts.len())?;
    let text: String = out.lines().map(|line| escape::line(line) + "\n").collect();
    output::write(&text)?;
    Ok(0)
}

/// Where it comes from, and what is kept where.
fn files(out: &mut String, config: &Config) -> std::fmt::Result {
    let there = |path: &Path| if path.is_file() { "" } else { " (not there)" };
    let own = user_path();
    if let Some(path) = &own {
        writeln!(out, "your own:  {}{}", path.display(), there(path))?;
    }
    let project = config.files.iter().find(|path| Some(*path) != own.as_ref());
    writeln!(out, "project:   {}", project.map_or("none found".into(), |path| path.display().to_string()))?;
    writeln!(out, "baseline:  {}{}", config.baseline.display(), there(&config.baseline))?;
    writeln!(out, "fail-on:   {}", config.fail_on.unwrap_or_default().name())?;
    writeln!(out, "notes:     {}", if config.notes == Some(true) { "shown" } else { "kept back" })?;
    let remembers = if config.remember == Some(true) { "drafts that are checked" } else { "nothing" };
    writeln!(out, "remembers: {remembers}")?;
    if let Ok(journal) = super::rewording::journal() {
        writeln!(out, "journal:   {}{}", journal.path().display(), there(&journal.path()))?;
    }
    Ok(())
}

/// What is decided about rules.
fn decisions(out: &mut String, config: &Config, rules: &RuleSet) -> std::fmt::Result {
    if let Some(folder) = &config.rules_folder {
        writeln!(out, "own rules: {}", folder.display())?;
    }
    let (on, off): (Vec<_>, Vec<_>) = rules.dictionary.rules.iter().partition(|rule| config.policy.is_on(rule));
    writeln!(out, "rules:     {} of {} on", on.len(), rules.dictionary.rules.len())?;
    for rule in off {
        writeln!(out, "off:       {}", rule.id)?;
    }
    for (name, severity) in config.policy.severities() {
        writeln!(out, "set:       {name} to {}", format!("{severity:?}").to_lowercase())?;
    }
    for allow in &config.policy.allows {
        let phrase = allow.phrase.as_ref().map_or(String::new(), |phrase| format!(" “{phrase}”"));
        let files = allow.files.as_ref().map_or(String::new(), |files| format!(" in {}", files.glob()));
        let until = allow.until.as_ref().map_or(String::new(), |until| {
            let verb = if allow.over { "ended on" } else { "until" };
            format!(" ({verb} {until})")
        });
        writeln!(out, "allowed:   {}{phrase}{files}{until}: {}", allow.rule, allow.reason)?;
    }
    for collection in &config.collections {
        writeln!(out, "replies:   {}, many to a file", collection.files.glob())?;
    }
    for file in &config.overrides {
        writeln!(out, "in {}: {}", file.globs().collect::<Vec<_>>().join(", "), file.summary())?;
    }
    Ok(())
}

/// What leads to which verdict, and what happens to a mail on its way out.
fn advice(out: &mut String, config: &Config) -> std::fmt::Result {
    let Thresholds { call, rework, .. } = &config.thresholds;
    writeln!(out, "advice:    call from {call} points, rework from {rework}")?;
    for (signal, points) in config.thresholds.changed() {
        writeln!(out, "points:    {signal} {points}")?;
    }
    let Sending { hold, fail, window, program, notify } = &config.sending;
    let (hold, fail) = (format!("{hold:?}").to_lowercase(), format!("{fail:?}").to_lowercase());
    writeln!(out, "sending:   hold {hold}, fail {fail}, the same text passes within {window} minutes")?;
    let program = program.as_ref().map_or("found by itself".to_owned(), |program| program.join(" "));
    writeln!(out, "program:   {program}")?;
    match notify {
        Some(notify) => writeln!(out, "notify:    {}", notify.join(" ")),
        None => Ok(()),
    }
}
