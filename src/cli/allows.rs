//! The `[[allow]]`s of a run: which were needed, which were not, and which have had their last day.

use super::format::shown;
use super::output;
use super::session::Session;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tonelint::config::Config;
use tonelint::lint::{Allow, Linted};

/// An allowance that some words met: by the file and number it comes from, and whether its last day is over.
pub struct Met {
    origin: (PathBuf, usize),
    over: bool,
}

/// The allowances of `config` that `linted` met.
pub fn met(linted: &Linted, config: &Config) -> Vec<Met> {
    let allows = |numbers: &[usize], over: bool| {
        let allows = numbers.iter().filter_map(|&number| config.policy.allows.get(number));
        allows.map(|allow| Met { origin: allow.origin.clone(), over }).collect::<Vec<_>>()
    };
    let mut met = allows(&linted.used_allows, false);
    met.extend(allows(&linted.ended_allows, true));
    met
}

/// What a run met.
#[derive(Default)]
pub struct Used(BTreeMap<(PathBuf, usize), bool>);

impl Used {
    /// Adds what a message met.
    pub fn add(&mut self, met: Vec<Met>) {
        self.0.extend(met.into_iter().map(|Met { origin, over }| (origin, over)));
    }

    /// Says which allowances of `session` have ended; and which ones nothing asked for, when the whole folder of
    /// their configuration lies in `read`. A run over less cannot know that.
    pub fn complain(&self, session: &Session, read: &[PathBuf]) {
        let read: Vec<PathBuf> = read.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
        let mut told = Vec::new();
        for (config, rules) in session.all() {
            for allow in config.policy.allows.iter().filter(|allow| config.policy.is_any_on(&allow.rule, rules)) {
                let line = match (self.0.get(&allow.origin), &allow.until) {
                    (Some(true), Some(until)) => {
                        format!("ended on {until}; its words are marked again. Give it a new day, or take it out")
                    }
                    (None, _) if lies_in(&allow.origin.0, &read) => "is no longer needed".to_owned(),
                    _ => continue,
                };
                let line = format!("{} {line}", named(allow));
                if !told.contains(&line) {
                    output::complain(&line);
                    told.push(line);
                }
            }
        }
    }
}

/// Whether all that the configuration at `file` concerns lies in one of `folders`.
fn lies_in(file: &Path, folders: &[PathBuf]) -> bool {
    let Ok(file) = file.canonicalize() else { return false };
    file.parent().is_some_and(|home| folders.iter().any(|folder| home.starts_with(folder)))
}

/// `tonelint.toml: [[allow]] 2 (judgement/should “told us”)`
fn named(allow: &Allow) -> String {
    let (file, number): (&Path, usize) = (&allow.origin.0, allow.origin.1);
    let phrase = allow.phrase.as_ref().map_or(String::new(), |phrase| format!(" “{phrase}”"));
    format!("{}: [[allow]] {number} ({}{phrase})", shown(file), allow.rule)
}
