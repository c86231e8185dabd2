//! Arguments, one file per command, exit codes: the only place that prints or exits.
//!
//! Exit code 0: nothing at or above `--fail-on`. 1: something. 2: something could not be checked.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod accepted;
mod allows;
mod baseline;
mod brief;
mod changes;
mod check;
mod collections;
mod completions;
mod config;
mod drafts;
mod explain;
mod format;
mod handover;
mod hook;
mod init;
mod notify;
mod output;
mod outputs;
mod parallel;
mod progress;
mod rewording;
mod rules;
mod sendmail;
mod session;
mod show;
mod single;
mod thread;
mod try_text;
mod watch;

use clap::{Parser, Subcommand};
use output::is_broken_pipe;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use tonelint::report::escape;
use tonelint::report::style::{self, Colour};
use tonelint::rules::RuleSet;

/// Something was found.
const FOUND: u8 = 1;
/// Something could not be checked.
const NOT_CHECKED: u8 = 2;

/// Reads the reply you are about to send to a customer: marks the words that judge or blame, and says
/// when to call instead. Nothing leaves this machine.
#[derive(Parser)]
#[command(name = "tonelint", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 nothing at or above --fail-on, 1 something, 2 something could not be checked.\n\
    Start with: tonelint check reply.eml")]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Over what every command takes, in its help.
const EVERYWHERE: &str = "Everywhere";

/// What every command takes.
#[derive(clap::Args)]
struct Common {
    /// Colour the output: auto (on a terminal, unless NO_COLOR is set), always, never
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN", help_heading = EVERYWHERE)]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    color: Colour,
    /// Use this configuration in place of the project's tonelint.toml
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    config: Option<PathBuf>,
    /// Use the rules of this folder in place of the ones that ship (for work on those)
    #[arg(long, global = true, value_name = "DIR", hide = true)]
    dictionary: Option<PathBuf>,
}

impl Common {
    /// The rules that ship, or the ones that stand in for them.
    fn rules(&self) -> anyhow::Result<RuleSet> {
        Ok(self
            .dictionary
            .as_ref()
            .map(|folder| RuleSet::from_folder(folder))
            .transpose()?
            .unwrap_or_else(RuleSet::embedded))
    }
}

#[derive(Subcommand)]
enum Command {
    /// Check drafts, mails and folders of them
    Check(check::Arguments),
    /// One page to ring up with: their words, the gap, questions, promises, an opening line
    Brief(brief::Arguments),
    /// Show which senses a sentence holds, and which it nearly does
    Try(try_text::Arguments),
    /// Show how a message is read: whose words are whose, and its sentences
    Show(show::Arguments),
    /// Tell how a message changed from draft to draft, and whether its words keep changing
    ///
    /// Name the drafts, oldest first; or name one file, and the earlier saves that Emacs or vim left beside
    /// it are read; or name a mailbox, or a file that git knows. Only your own words are compared, never the
    /// quoted mail. Edits that mend a finding, put letters right or bring new facts are no rewording.
    Drafts(drafts::Arguments),
    /// Follow a draft while an editor saves it, and speak up once when it keeps being reworded
    ///
    /// Every save is compared with those before it, in memory alone: nothing is kept on disk. Ctrl-C ends.
    Watch(watch::Arguments),
    /// Explain a rule: what it sees, how that lands, what to offer, its examples
    Explain(explain::Arguments),
    /// List the rules, or run their examples
    Rules(rules::Arguments),
    /// Stand in for sendmail: send a mail on, or hold it once with the reason
    Sendmail(sendmail::Arguments),
    /// Check what is staged before each commit: put in a git hook, or take it out
    Hook(hook::Arguments),
    /// Look at this folder, and propose a configuration for it
    Init(init::Arguments),
    /// List what stands in files now, so that `check` speaks only of what comes after
    ///
    /// Writes `tonelint-baseline.json` beside the project's tonelint.toml, or where `baseline` in it says. Commit it.
    Baseline(baseline::Arguments),
    /// Show which configuration is in force
    Config(config::Arguments),
    /// Write completions for a shell
    Completions(completions::Arguments),
    /// Write the manual page
    Man,
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let vector: Vec<OsString> = std::env::args_os().collect();
    if let Some(arguments) = sendmail::arguments(&vector) {
        return ExitCode::from(sendmail::run(arguments));
    }
    let arguments = match Arguments::try_parse_from(&vector) {
        Ok(arguments) => arguments,
        Err(error) => return misread(&error, &vector),
    };
    style::decide(arguments.common.color, std::io::stdout().is_terminal());
    let common = &arguments.common;
    let done = match &arguments.command {
        Command::Check(arguments) => check::run(common, arguments),
        Command::Brief(arguments) => brief::run(common, arguments),
        Command::Try(arguments) => try_text::run(common, arguments),
        Command::Show(arguments) => show::run(common, arguments),
        Command::Drafts(arguments) => drafts::run(common, arguments),
        Command::Watch(arguments) => watch::run(common, arguments),
        Command::Explain(arguments) => explain::run(common, arguments),
        Command::Rules(arguments) => rules::run(common, arguments),
        Command::Sendmail(arguments) => sendmail::misplaced(arguments),
        Command::Hook(arguments) => hook::run(arguments),
        Command::Init(arguments) => init::run(common, arguments),
        Command::Baseline(arguments) => baseline::run(common, arguments),
        Command::Config(arguments) => config::run(common, arguments),
        Command::Completions(arguments) => completions::shell(arguments),
        Command::Man => completions::man(),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&output::with_causes(&error));
            ExitCode::from(NOT_CHECKED)
        }
    }
}

/// Says what is wrong with the argument vector, or shows the help that was asked for.
fn misread(error: &clap::Error, vector: &[OsString]) -> ExitCode {
    // clap quotes arguments as they are, and names of files are arguments.
    let is_safe = |argument: &OsString| argument.to_str().is_some_and(|text| escape::line(text) == text);
    if vector.iter().all(is_safe) || !error.use_stderr() {
        let _ = error.print();
    } else {
        for line in error.render().to_string().lines() {
            // The indent is clap's own.
            let text = line.trim_start_matches(' ');
            eprintln!("{}{}", &line[..line.len() - text.len()], escape::line(text));
        }
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(NOT_CHECKED))
}
