//! `tonelint config`

use super::session::Session;
use super::{Common, output};
use clap::Subcommand;
use std::fmt::Write;
use tonelint::config::user_path;

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
    if let Some(path) = user_path() {
        let there = if path.is_file() { "" } else { " (not there)" };
        writeln!(out, "your own:  {}{there}", path.display())?;
    }
    let own = user_path();
    let project = config.files.iter().find(|path| Some(*path) != own.as_ref());
    writeln!(out, "project:   {}", project.map_or("none found".into(), |path| path.display().to_string()))?;
    writeln!(out, "fail-on:   {}", format!("{:?}", config.fail_on.unwrap_or_default()).to_lowercase())?;
    writeln!(out, "notes:     {}", if config.notes == Some(true) { "shown" } else { "kept back" })?;
    let remembers = if config.remember == Some(true) { "drafts that are checked" } else { "nothing" };
    writeln!(out, "remembers: {remembers}")?;
    if let Ok(journal) = super::rewording::journal() {
        let there = if journal.path().is_file() { "" } else { " (not there)" };
        writeln!(out, "journal:   {}{there}", journal.path().display())?;
    }
    if let Some(folder) = &config.rules_folder {
        writeln!(out, "own rules: {}", folder.display())?;
    }
    let on = rules.dictionary.rules.iter().filter(|rule| config.policy.is_on(rule)).count();
    writeln!(out, "rules:     {on} of {} on", rules.dictionary.rules.len())?;
    for allow in &config.policy.allows {
        let phrase = allow.phrase.as_ref().map_or(String::new(), |phrase| format!(" “{phrase}”"));
        writeln!(out, "allowed:   {}{phrase}: {}", allow.rule, allow.reason)?;
    }
    writeln!(out, "key accounts: {}", config.key_accounts.len())?;
    output::write(&out)?;
    Ok(0)
}
