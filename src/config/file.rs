//! A configuration file as written.

use crate::collection::Format;
use crate::rules::dictionary::Severity;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::value::Datetime;

/// `tonelint.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// From which level on a run ends with exit code 1.
    pub fail_on: Option<FailOn>,
    /// Whether notes are shown to people.
    pub notes: Option<bool>,
    /// Whether `check` remembers drafts in the journal.
    pub remember: Option<bool>,
    /// The baseline, from this file on.
    pub baseline: Option<PathBuf>,
    /// Folder of own rules, from this file on.
    pub rules_folder: Option<PathBuf>,
    /// Rules and categories: `"judgement/good" = "off"`.
    pub rules: BTreeMap<String, Level>,
    /// Exceptions.
    pub allow: Vec<AllowEntry>,
    /// What holds for some files alone.
    pub files: Vec<FilesEntry>,
    /// Files of many replies.
    pub collection: Vec<CollectionEntry>,
    /// Accounts, in the user's own file only.
    pub accounts: Accounts,
    /// What weighs how much in the verdict.
    pub advice: AdviceEntry,
    /// What happens to a mail on its way out.
    pub sending: SendingEntry,
}

/// `[accounts]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Accounts {
    /// Addresses and domains of key accounts.
    pub key: Vec<String>,
}

/// `[advice]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdviceEntry {
    /// Points from which on to call first.
    pub call: Option<f32>,
    /// Weight of findings from which on to rework.
    pub rework: Option<f32>,
    /// Points of single signals: `news-refusal = 2.0`.
    pub points: BTreeMap<String, f32>,
}

/// `[sending]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SendingEntry {
    /// What holds a mail back.
    pub hold: Option<HoldOn>,
    /// What happens to a mail that could not be checked.
    pub fail: Option<OnTrouble>,
    /// For how many minutes the same text, sent again, passes.
    pub window: Option<u32>,
    /// The program that sends, with its first arguments; in the user's own file only.
    pub program: Option<Vec<String>>,
    /// What is run when a mail is held, with its arguments; in the user's own file only.
    pub notify: Option<Vec<String>>,
}

/// What holds a mail back; each level holds for the ones before it, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HoldOn {
    /// Nothing.
    Never,
    /// An error.
    Error,
    /// Advice to call or visit.
    #[default]
    Call,
    /// A warning.
    Warning,
}

/// What happens to a mail that could not be checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnTrouble {
    /// It is sent, and the reason is written down.
    #[default]
    Open,
    /// It is held.
    Closed,
}

/// An `[[allow]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllowEntry {
    /// A rule or category.
    pub rule: String,
    /// Only where the marked words touch these.
    pub phrase: Option<String>,
    /// Only in files that match this glob.
    pub files: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Datetime>,
}

/// A `[[files]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FilesEntry {
    /// Globs, from the configuration's folder on.
    #[serde(rename = "match")]
    pub matches: OneOrMore,
    /// From which level on a run ends with exit code 1 for these files.
    pub fail_on: Option<FailOn>,
    /// Whether notes of these files are shown to people.
    pub notes: Option<bool>,
    /// Rules and categories in these files.
    #[serde(default)]
    pub rules: BTreeMap<String, Level>,
    /// What weighs how much in the verdict on these files.
    #[serde(default)]
    pub advice: AdviceEntry,
}

/// A string, or a list of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a glob, or a list of globs")]
pub enum OneOrMore {
    /// One.
    One(String),
    /// A list.
    More(Vec<String>),
}

/// A `[[collection]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionEntry {
    /// The files: a glob, from the folder of the configuration on.
    pub files: String,
    /// What they are, when their names do not tell.
    pub format: Option<Format>,
    /// Path of single replies, such as `$.macros[*]`; the other paths begin there.
    pub each: Option<String>,
    /// Paths of the words to check.
    pub select: Vec<String>,
    /// Path of a reply's subject.
    pub subject: Option<String>,
    /// Path of a reply's name.
    pub name: Option<String>,
    /// Whether the words are HTML; by how they look, when nothing is said.
    pub html: Option<bool>,
}

/// What a configuration can say of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not used.
    Off,
    /// Used as it is.
    On,
    /// Used, and this loud.
    Note,
    /// Used, and this loud.
    Warning,
    /// Used, and this loud.
    Error,
}

impl Level {
    /// The severity it sets, if any.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off | Self::On => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// From which level on a run ends with exit code 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Any finding at all.
    Note,
    /// A warning, or more.
    #[default]
    Warning,
    /// An error, or advice to call or visit.
    Error,
    /// Only advice to call or visit.
    Call,
    /// Never.
    Never,
}

impl FailOn {
    /// Its name in a configuration.
    #[must_use]
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}
