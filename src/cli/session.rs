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
    folders: Vec<Folders>,
    by_folder: HashMap<PathBuf, usize>,
}

/// Folders with the same configuration files.
struct Folders {
    /// What is in force, but for overrides.
    config: Config,
    /// Its rules in [`Session::rules`].
    rules: usize,
    /// What is in force under each set of overrides, in [`Session::configs`].
    under: HashMap<Vec<usize>, usize>,
}

impl Session {
    /// Loads what the files at `paths` need. The first of them has configuration number 0.
    ///
    /// # Errors
    /// When a configuration or a rule cannot stand.
    pub fn load<'p>(common: &Common, paths: impl Iterator<Item = &'p Path>) -> anyhow::Result<Self> {
        let mut session = Self {
            configs: Vec::new(),
            rules_of: Vec::new(),
            rules: vec![common.rules()?],
            folders: Vec::new(),
            by_folder: HashMap::new(),
        };
        let mut by_files: HashMap<(Vec<PathBuf>, PathBuf), usize> = HashMap::new();
        for path in paths {
            let folder = folder_of(path);
            let number = match session.by_folder.get(folder) {
                Some(&number) => number,
                None => {
                    let config = Config::load(folder, common.config.as_deref())?;
                    let files = (config.files.clone(), config.baseline.clone());
                    let number = match by_files.get(&files) {
                        Some(&number) => number,
                        None => session.add(config)?,
                    };
                    by_files.insert(files, number);
                    session.by_folder.insert(folder.to_owned(), number);
                    number
                }
            };
            let overrides = session.folders[number].config.overrides_for(path);
            if !session.folders[number].under.contains_key(&overrides) {
                let folders = &mut session.folders[number];
                session.configs.push(folders.config.under(&overrides)?);
                session.rules_of.push(folders.rules);
                folders.under.insert(overrides, session.configs.len() - 1);
            }
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
        let file = || config.files.last().map_or(String::new(), |path| path.display().to_string());
        config.policy.check(&self.rules[rules]).with_context(file)?;
        // One that no file of this run matches is to be right, too.
        for number in 0..config.overrides.len() {
            config.under(&[number])?.policy.check(&self.rules[rules]).with_context(file)?;
        }
        self.folders.push(Folders { config, rules, under: HashMap::new() });
        Ok(self.folders.len() - 1)
    }

    /// The configuration of number `number`.
    pub fn config(&self, number: usize) -> &Config {
        &self.configs[number]
    }

    /// All configurations, each with its rules.
    pub fn all(&self) -> impl Iterator<Item = (&Config, &RuleSet)> {
        self.configs.iter().zip(self.rules_of.iter().map(|&rules| &self.rules[rules]))
    }

    /// The configuration files read, and the baselines.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.configs.iter().flat_map(|config| config.files.iter().chain([&config.baseline]).map(|path| &**path))
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
        let folders = self.by_folder.get(folder_of(path)).map(|&number| &self.folders[number]);
        folders.and_then(|folders| folders.under.get(&folders.config.overrides_for(path))).copied().unwrap_or(0)
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}
