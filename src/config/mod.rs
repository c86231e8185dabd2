//! Configuration: the user's own, the project's, and what follows from them.
//!
//! The user's own lives at `tonelint/config.toml` under the XDG configuration directory; the project's
//! is the nearest `tonelint.toml` upward from the file that is checked. The project's word counts over
//! the user's, and `--config FILE` stands in for the project's.

mod baseline;
mod collection;
mod file;
mod find;
mod overrides;
mod parse;

pub use baseline::{BASELINE_FILE, BaselineFile};
pub use collection::Collections;
pub use file::{AllowEntry, ConfigFile, FailOn, HoldOn, Level, OnTrouble};
pub use find::{nearest, user_path};
pub use overrides::Override;

use crate::advice::{Thresholds, calendar};
use crate::lint::{Allow, Policy};
use crate::rules::compile::folder::read_text;
use crate::rules::dictionary::Severity;
use file::AdviceEntry;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Name of a project's configuration file.
pub const PROJECT_FILE: &str = "tonelint.toml";

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It says something that cannot stand.
    #[error("{0}")]
    File(#[from] crate::rules::compile::file::FileError),
    /// A baseline that cannot be used.
    #[error("{}: {error}", path.display())]
    Baseline {
        /// The baseline's file.
        path: PathBuf,
        /// What stands in the way.
        error: crate::lint::BaselineError,
    },
    /// It weighs a signal that there is not.
    #[error("{}: [advice.points]: {reason}", path.display())]
    Signal {
        /// The configuration file.
        path: PathBuf,
        /// What stands in the way, with the signals there are.
        reason: String,
    },
    /// A `[[collection]]` cannot stand.
    #[error("{}: [[collection]] files = \"{files}\": {reason}", path.display())]
    Collection {
        /// The configuration file.
        path: PathBuf,
        /// Which.
        files: String,
        /// What stands in the way.
        reason: String,
    },
    /// A pattern of file names cannot be read.
    #[error("{}: {key} = \"{glob}\": {reason}", path.display())]
    Glob {
        /// The configuration file.
        path: PathBuf,
        /// What it is for.
        key: &'static str,
        /// The pattern.
        glob: String,
        /// What stands in the way.
        reason: String,
    },
}

/// What is in force.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The files it was read from, the user's first.
    pub files: Vec<PathBuf>,
    /// From which level on a run ends with exit code 1.
    pub fail_on: Option<FailOn>,
    /// Whether notes are shown to people.
    pub notes: Option<bool>,
    /// Whether `check` remembers drafts in the journal.
    pub remember: Option<bool>,
    /// Where the baseline lies, whether it is there or not.
    pub baseline: PathBuf,
    /// Folder of the project's own rules.
    pub rules_folder: Option<PathBuf>,
    /// Decisions about rules.
    pub policy: Policy,
    /// Files of many replies, and where in them the replies are.
    pub collections: Vec<Collections>,
    /// What holds for some files alone.
    pub overrides: Vec<Override>,
    /// Addresses (`anna@big.example`) and domains (`@big.example`) of key accounts.
    pub key_accounts: Vec<String>,
    /// What weighs how much in the verdict.
    pub thresholds: Thresholds,
    /// What happens to a mail on its way out.
    pub sending: Sending,
}

/// What happens to a mail on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// What holds it back.
    pub hold: HoldOn,
    /// What happens when it could not be checked.
    pub fail: OnTrouble,
    /// For how many minutes the same text, sent again, passes.
    pub window: u32,
    /// The program that sends, with its first arguments, when one is named.
    pub program: Option<Vec<String>>,
    /// What is run when a mail is held, with its arguments, when something is.
    pub notify: Option<Vec<String>>,
}

impl Default for Sending {
    fn default() -> Self {
        Self { hold: HoldOn::default(), fail: OnTrouble::default(), window: 15, program: None, notify: None }
    }
}

impl Config {
    /// What is in force for a file in `folder`; `explicit` stands in for the project's file.
    ///
    /// # Errors
    /// For a file that cannot be read or that says something that cannot stand.
    pub fn load(folder: &Path, explicit: Option<&Path>) -> Result<Config, ConfigError> {
        let project = explicit.map(Path::to_owned).or_else(|| nearest(folder, PROJECT_FILE));
        let mut config = Config::own()?;
        if let Some(path) = &project {
            config.add(path, explicit.is_some())?;
        }
        if config.baseline.as_os_str().is_empty() {
            config.baseline = match &project {
                Some(path) => path.with_file_name(BASELINE_FILE),
                None => nearest(folder, BASELINE_FILE).unwrap_or_else(|| BASELINE_FILE.into()),
            };
        }
        Ok(config)
    }

    /// The user's own configuration alone.
    ///
    /// # Errors
    /// As for [`load`](Self::load).
    pub fn own() -> Result<Config, ConfigError> {
        let mut config = Config::default();
        if let Some(path) = user_path().filter(|path| find::is_there(path)) {
            config.add(&path, true)?;
        }
        Ok(config)
    }

    /// What says where the replies of the file at `path` are; the project's word counts over the user's, and of one
    /// file's the later.
    #[must_use]
    pub fn collection(&self, path: &Path) -> Option<&Collections> {
        self.collections.iter().rev().find(|collections| collections.files.contain(path))
    }

    /// Lays the file at `path` over what is in force.
    fn add(&mut self, path: &Path, private: bool) -> Result<(), ConfigError> {
        let read = |source| ConfigError::Unreadable { path: path.to_owned(), source };
        let text = read_text(path).map_err(read)?;
        let file = ConfigFile::parse(path, &text, private)?;
        self.files.push(path.to_owned());
        self.fail_on = file.fail_on.or(self.fail_on);
        self.notes = file.notes.or(self.notes);
        self.remember = file.remember.or(self.remember);
        let folder = path.parent().unwrap_or(Path::new("."));
        if let Some(baseline) = file.baseline {
            self.baseline = folder.join(baseline);
        }
        self.rules_folder = file.rules_folder.map(|own| folder.join(own)).or(self.rules_folder.take());
        self.decide(file.rules);
        for (entry, number) in file.allow.into_iter().zip(1..) {
            self.policy.allows.push(allow((path, number), entry)?);
        }
        for entry in file.collection {
            self.collections.push(Collections::new(path, entry)?);
        }
        for entry in file.files {
            self.overrides.push(Override::new(path, entry)?);
        }
        self.key_accounts.extend(file.accounts.key);
        let (sending, entry) = (&mut self.sending, file.sending);
        sending.hold = entry.hold.unwrap_or(sending.hold);
        sending.fail = entry.fail.unwrap_or(sending.fail);
        sending.window = entry.window.unwrap_or(sending.window);
        sending.program = entry.program.or(sending.program.take());
        sending.notify = entry.notify.or(sending.notify.take());
        self.weigh(path, file.advice)
    }

    fn decide(&mut self, rules: BTreeMap<String, Level>) {
        for (name, level) in rules {
            match level {
                Level::Off => self.policy.set_on(name, false),
                Level::On => self.policy.set_on(name, true),
                level => {
                    self.policy.set_on(name.clone(), true);
                    self.policy.set_severity(name, level.severity().unwrap_or(Severity::Note));
                }
            }
        }
    }

    fn weigh(&mut self, path: &Path, advice: AdviceEntry) -> Result<(), ConfigError> {
        self.thresholds.call = advice.call.unwrap_or(self.thresholds.call);
        self.thresholds.rework = advice.rework.unwrap_or(self.thresholds.rework);
        for (signal, points) in advice.points {
            let at = |reason| ConfigError::Signal { path: path.to_owned(), reason };
            self.thresholds.set_points(&signal, points).map_err(at)?;
        }
        Ok(())
    }
}

fn allow((path, number): (&Path, usize), entry: AllowEntry) -> Result<Allow, ConfigError> {
    let files = entry.files.map(|glob| overrides::files(path, "files", &glob)).transpose()?;
    let until = entry.until.and_then(parse::day);
    // Days written year first sort as they follow each other.
    let over = until.as_ref().is_some_and(|until| *until < today());
    let AllowEntry { rule, phrase, reason, .. } = entry;
    Ok(Allow { rule, phrase, files, reason, until, over, origin: (path.to_owned(), number) })
}

/// The day it is, in UTC: the one look at the clock that can change what is found.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = calendar::civil(i64::try_from(seconds / 86_400).unwrap_or(i64::MAX));
    format!("{year:04}-{month:02}-{day:02}")
}
