//! What the projects of a run let stand: their baselines.

use super::format::shown;
use super::output;
use super::session::Session;
use std::path::Path;
use tonelint::advice::{Advice, Context, advise};
use tonelint::config::BaselineFile;
use tonelint::config::{Config, ConfigError};
use tonelint::lint::Listed;

/// The baselines of a run.
pub struct Accepted {
    files: Vec<BaselineFile>,
    /// For each configuration, its baseline in `files`.
    of: Vec<usize>,
}

impl Accepted {
    /// Reads the baselines of all configurations of `session`.
    ///
    /// # Errors
    /// For a baseline that cannot be used.
    pub fn open(session: &Session) -> Result<Self, ConfigError> {
        let mut accepted = Self { files: Vec::new(), of: Vec::new() };
        for (Config { baseline: path, .. }, _) in session.all() {
            let known = accepted.files.iter().position(|file| file.path == *path);
            accepted.of.push(known.unwrap_or(accepted.files.len()));
            if known.is_none() {
                accepted.files.push(BaselineFile::read(path)?);
            }
        }
        Ok(accepted)
    }

    /// The baselines, each once.
    pub fn files(&self) -> &[BaselineFile] {
        &self.files
    }

    /// Which of them counts under configuration `number`.
    pub fn number(&self, number: usize) -> usize {
        self.of[number]
    }

    /// What is listed of the file at `path`, which has configuration `number`.
    pub fn listed(&self, number: usize, path: &Path) -> Listed {
        let file = &self.files[self.of[number]];
        if file.there { file.baseline.of(&file.name(path)) } else { Listed::default() }
    }

    /// Says what is listed and no longer there. `left` is what the files of a run left over, by baseline; with
    /// `whole_folders`, files that are gone count, too.
    pub fn complain_of_stale(&self, left: &[usize], whole_folders: bool) {
        for (file, left) in self.files.iter().zip(left) {
            let is_gone = |name: &&str| file.path_of(name).is_some_and(|path| !path.exists());
            let gone = file.baseline.files().filter(|name| whole_folders && is_gone(name));
            let stale = left + gone.map(|name| file.baseline.of(name).count()).sum::<usize>();
            if stale > 0 {
                let (path, entries) = (shown(&file.path), if stale == 1 { "entry is" } else { "entries are" });
                output::complain(&format!(
                    "{path}: {stale} {entries} no longer needed; to drop what is: tonelint baseline --prune"
                ));
            }
        }
    }
}

/// What is listed of a file, crossed off message by message: of the file now, and of it before a change.
pub struct Ledger {
    /// What is left for the file now.
    pub now: Listed,
    /// What is left for the file before the change.
    pub before: Listed,
    baseline: usize,
}

impl Ledger {
    /// What is listed of the file at `path`, which has configuration `number`.
    pub fn of(accepted: &Accepted, number: usize, path: &Path) -> Self {
        let now = accepted.listed(number, path);
        Self { before: now.clone(), now, baseline: accepted.number(number) }
    }

    /// The number of the baseline, and how much of it the file no longer has.
    pub fn left_over(&self) -> (usize, usize) {
        (self.baseline, self.now.count())
    }
}

/// A verdict that asks to speak first, as a baseline lists it: its name, and the signals it rests on.
pub fn verdict(advice: &Advice) -> Option<(&'static str, String)> {
    let name = advice.action.rule()?;
    let mut signals: Vec<&str> = advice.reasons.iter().filter(|r| r.points > 0.0).map(|r| r.signal).collect();
    signals.sort_unstable();
    signals.dedup();
    Some((name, signals.join(", ")))
}

/// `advice` on what `context` shows, which asks to speak only if `listed` does not have that verdict already.
pub fn unless_listed(advice: Advice, listed: &mut Listed, context: &Context<'_>) -> Advice {
    match verdict(&advice) {
        Some((name, signals)) if listed.withhold_verdict(name, &signals) => without_call(context),
        _ => advice,
    }
}

/// The advice on what `context` shows, which never asks to speak first.
pub fn without_call(context: &Context<'_>) -> Advice {
    let mut thresholds = context.thresholds.clone();
    thresholds.call = f32::INFINITY;
    advise(&Context { thresholds: &thresholds, ..*context })
}
