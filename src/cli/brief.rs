//! `tonelint brief`

use super::rewording::known;
use super::session::Session;
use super::single::{Single, locate};
use super::thread::Thread;
use super::{Common, NOT_CHECKED, output};
use clap::ValueEnum;
use std::path::PathBuf;
use tonelint::advice::brief::{brief, render};
use tonelint::advice::{Context, RewordingSummary};
use tonelint::report::escape;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    draft: Single,
    /// Earlier mails of the thread, or a folder of them
    #[arg(long, value_name = "PATH")]
    thread: Vec<PathBuf>,
    /// Earlier drafts of this message, oldest first; name the newest before this option
    #[arg(long, value_name = "FILE", num_args = 1..)]
    previous: Vec<PathBuf>,
    /// How to write the page
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    #[default]
    Human,
    /// Markdown
    Md,
    /// For machines
    Json,
    /// A page of HTML that loads nothing
    Html,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let (document, message) = arguments.draft.open(common)?;
    let path = document.path.display().to_string();
    let thread = Thread::read(&arguments.thread)?;
    let session = Session::load(common, std::iter::once(&*document.path))?;
    let linter = session.linter(0);
    let linted = linter.lint(&path, &message);
    let mut failures = Vec::new();
    let rewording = known(&arguments.previous, &document, &message, &linted, &linter, &mut failures);
    output::complain_of(thread.failures.iter().chain(&failures));
    let rewording = rewording.as_ref().map(RewordingSummary::from);
    let context = session.context(0, &linter, &message, &linted, &thread.messages);
    let page = brief(&Context { rewording: rewording.as_ref(), ..context });
    let locate = locate(&document, &message, &thread);
    output::write(&match arguments.format {
        Format::Human => render::terminal(&page, locate, escape::line),
        Format::Md => render::markdown(&page, locate, escape::line),
        Format::Json => escape::json(render::json(&page, locate).to_string()) + "\n",
        Format::Html => render::html(&page, locate, escape::line),
    })?;
    Ok(if thread.failures.is_empty() && failures.is_empty() { 0 } else { NOT_CHECKED })
}
