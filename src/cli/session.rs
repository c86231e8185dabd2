//! The rules and the configuration for the files of a run.
//!
//! Files of one folder share a configuration, and configurations without rules of their own share the
//! rules that ship; both are loaded once.

use super::Common;
use anyhow::Context as _;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tonelint::advice::{Context, is_key_account};
use tonelint::config::Config;
use tonelint::lint::{Linted, Linter};
use tonelint::message::Message;
use tonelint::rules::RuleSet;

/// Configurations and rules, loaded.
pub struct Session {
    configs: Vec<Config>,
    /// For each configuration, its rules in `rules`.
    rules_of: Vec<usize>,
    rules: Vec<RuleSet>,
    by_folder: HashMap<PathBuf, usize>,
}

impl Session {
    /// Loads what the files at `paths` need.
    ///
    /// # Errors
    /// When a configuration or a rule cannot stand.
    pub fn load<'p>(common: &Common, paths: impl Iterator<Item = &'p Path>) -> anyhow::Result<Self> {
        let shipped = match &common.dictionary {
            Some(folder) => RuleSet::from_folder(folder)?,
            None => RuleSet::embedded(),
        };
        let mut session =
            Self { configs: Vec::new(), rules_of: Vec::new(), rules: vec![shipped], by_folder: HashMap::new() };
        let mut by_files: HashMap<Vec<PathBuf>, usize> = HashMap::new();
        for path in paths {
            let folder = folder_of(path);
            if session.by_folder.contains_key(folder) {
                continue;
            }
            let config = Config::load(folder, common.config.as_deref())?;
            let number = match by_files.get(&config.files) {
                Some(&number) => number,
                None => {
                    by_files.insert(config.files.clone(), session.configs.len());
                    session.add(config)?
                }
            };
            session.by_folder.insert(folder.to_owned(), number);
        }
        Ok(session)
    }

    /// Loads what applies in the current folder.
    ///
    /// # Errors
    /// When a configuration or a rule cannot stand.
    pub fn here(common: &Common) -> anyhow::Result<Self> {
        Self::load(common, std::iter::once(Path::new("")))
    }

    fn add(&mut self, config: Config) -> anyhow::Result<usize> {
        let rules = match &config.rules_folder {
            None => 0,
            Some(folder) => {
                self.rules.push(RuleSet::with_folder(folder)?);
                self.rules.len() - 1
            }
        };
        let file = config.files.last().map_or(String::new(), |path| path.display().to_string());
        config.policy.check(&self.rules[rules]).context(file)?;
        self.configs.push(config);
        self.rules_of.push(rules);
        Ok(self.configs.len() - 1)
    }

    /// Configuration `number`.
    pub fn config(&self, number: usize) -> &Config {
        &self.configs[number]
    }

    /// All configurations, each with its rules.
    pub fn all(&self) -> impl Iterator<Item = (&Config, &RuleSet)> {
        self.configs.iter().zip(self.rules_of.iter().map(|&rules| &self.rules[rules]))
    }

    /// The configuration files read.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.configs.iter().flat_map(|config| config.files.iter().map(|path| &**path))
    }

    /// The configuration and the rules of the current folder.
    pub fn first(&self) -> (&Config, &RuleSet) {
        (&self.configs[0], &self.rules[self.rules_of[0]])
    }

    /// A linter under configuration `number`.
    pub fn linter(&self, number: usize) -> Linter<'_> {
        Linter::new(&self.rules[self.rules_of[number]], &self.configs[number].policy)
    }

    /// A linter for each configuration.
    pub fn linters(&self) -> Vec<Linter<'_>> {
        (0..self.configs.len()).map(|number| self.linter(number)).collect()
    }

    /// What the advice looks at for a draft that the linter of configuration `number` read, with the earlier
    /// mails of its thread.
    pub fn context<'a>(
        &'a self,
        number: usize,
        linter: &'a Linter<'a>,
        message: &'a Message,
        linted: &'a Linted,
        thread: &'a [Message],
    ) -> Context<'a> {
        let config = &self.configs[number];
        Context {
            thread,
            key_account: is_key_account(message, &config.key_accounts),
            thresholds: &config.thresholds,
            ..Context::of(message, linted, linter)
        }
    }

    /// Number of the configuration for the file at `path`.
    pub fn of(&self, path: &Path) -> usize {
        self.by_folder.get(folder_of(path)).copied().unwrap_or(0)
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}
