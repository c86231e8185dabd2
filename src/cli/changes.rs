//! `check --staged` and `check --since`: the files that a change brings, and of those only what it brings.

use super::accepted::without_call;
use super::session::Session;
use anyhow::bail;
use std::path::PathBuf;
use tonelint::advice::{Action, Advice, Context, advise};
use tonelint::lint::{Linted, Linter, Listed, withhold_known};
use tonelint::message::Message;
use tonelint::source::{Change, Input, Named, Plan, SourceError};

#[derive(clap::Args)]
#[group(id = "change")]
pub struct Arguments {
    /// Check what is staged in git, as it is staged, at or below the paths
    #[arg(long, conflicts_with_all = ["since", "stdin_name"])]
    staged: bool,
    /// Check the files that differ from this commit (or branch, from where it parted), at or below the paths
    #[arg(long, value_name = "REV", conflicts_with = "stdin_name")]
    since: Option<String>,
    /// Of a change, show only what it brings: a sentence that stood in the file before is left alone
    #[arg(long)]
    pub new_only: bool,
}

impl Arguments {
    /// What is to be checked of the change; `None` when files are named instead.
    ///
    /// # Errors
    /// When git does not say what changed.
    pub fn plan(&self, paths: &[PathBuf], named: Named<'_>) -> anyhow::Result<Option<Plan>> {
        let change = match &self.since {
            _ if self.staged => Change::Staged,
            Some(revision) => Change::Since(revision),
            None if self.new_only => bail!("--new-only goes with --staged or --since REV"),
            None => return Ok(None),
        };
        Ok(Some(Plan::of_change(change, paths, self.new_only, named)?))
    }
}

/// What a file gave before the change.
pub struct Before {
    message: Message,
    linted: Linted,
}

impl Before {
    /// Lints what `input` held before; `None` when it was not there, or nobody could read it.
    ///
    /// # Errors
    /// When git does not give it.
    pub fn read(input: &Input, path: &str, linter: &Linter<'_>) -> Result<Option<Self>, SourceError> {
        let Some(document) = input.read_before()? else { return Ok(None) };
        let message = Message::read(&document.bytes, document.kind).ok();
        Ok(message.map(|message| Self::of(message, path, linter)))
    }

    /// Lints what `message`, of the file at `path`, was before.
    pub fn of(message: Message, path: &str, linter: &Linter<'_>) -> Self {
        Self { linted: linter.lint(path, &message), message }
    }

    /// Withholds what `listed` has of it, so that it counts neither as new nor as known.
    pub fn accept(&mut self, listed: &mut Listed, linter: &Linter<'_>) {
        listed.withhold(linter.rules(), &self.message, &mut self.linted);
    }

    /// Withholds the findings of `linted` that were there before.
    pub fn withhold(&self, message: &Message, linted: &mut Linted) {
        withhold_known(message, linted, (&self.message, &self.linted));
    }

    /// The advice on what `context` shows, which asks to speak only if that is new. The file has configuration
    /// `number`.
    pub fn advise<'s>(
        &'s self,
        context: &Context<'_>,
        session: &'s Session,
        number: usize,
        linter: &'s Linter<'s>,
    ) -> Advice {
        let advice = advise(context);
        if advice.action < Action::Call {
            return advice;
        }
        let before = advise(&session.context(number, linter, &self.message, &self.linted, context.thread));
        if before.action < advice.action {
            return advice;
        }
        without_call(context)
    }
}
