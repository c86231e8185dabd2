//! What a project wants of the rules: which are on, how loud, and what is allowed for a reason.

use super::allow::Allow;
use crate::rules::RuleSet;
use crate::rules::dictionary::{Rule, Sense, Severity};
use std::collections::HashMap;

/// Decisions about rules. The default keeps every rule as its file says.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    on: HashMap<String, bool>,
    severity: HashMap<String, Severity>,
    /// Allowed exceptions, in the order of the configuration.
    pub allows: Vec<Allow>,
}

/// A decision about a rule that there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule or category `{name}`{}", hint.as_ref().map(|h| format!("; did you mean `{h}`?")).unwrap_or_default())]
pub struct PolicyError {
    /// What was named.
    pub name: String,
    /// What may have been meant.
    pub hint: Option<String>,
}

impl Policy {
    /// Switches a rule or a whole category on or off.
    pub fn set_on(&mut self, name: impl Into<String>, on: bool) {
        self.on.insert(name.into(), on);
    }

    /// Gives the loud senses of a rule or category this severity.
    pub fn set_severity(&mut self, name: impl Into<String>, severity: Severity) {
        self.severity.insert(name.into(), severity);
    }

    /// Rules and categories that are given a severity, by name.
    #[must_use]
    pub fn severities(&self) -> Vec<(&str, Severity)> {
        let mut all: Vec<_> = self.severity.iter().map(|(name, &severity)| (name.as_str(), severity)).collect();
        all.sort_unstable();
        all
    }

    /// Makes sure that everything named is there.
    ///
    /// # Errors
    /// For the first name that is neither a rule nor a category of `rules`.
    pub fn check(&self, rules: &RuleSet) -> Result<(), PolicyError> {
        let allowed = self.allows.iter().map(|allow| &allow.rule);
        for name in self.on.keys().chain(self.severity.keys()).chain(allowed) {
            check_name(name, rules)?;
        }
        Ok(())
    }

    /// Whether any of `rules` that `name` (a rule or a category) covers is on.
    #[must_use]
    pub fn is_any_on(&self, name: &str, rules: &RuleSet) -> bool {
        rules.dictionary.rules.iter().any(|rule| covers(name, &rule.id) && self.is_on(rule))
    }

    /// Whether `rule` is on: by its own name, else by its category, else as its file says.
    #[must_use]
    pub fn is_on(&self, rule: &Rule) -> bool {
        by_name(&self.on, &rule.id).copied().unwrap_or(rule.on)
    }

    /// How loud `sense` of `rule` is. A silent sense stays silent.
    #[must_use]
    pub fn severity(&self, rule: &Rule, sense: &Sense) -> Severity {
        match sense.severity {
            Severity::Silent => Severity::Silent,
            severity => by_name(&self.severity, &rule.id).copied().unwrap_or(severity),
        }
    }
}

/// Makes sure that `name` is a rule or a category.
///
/// # Errors
/// With what may have been meant.
pub(super) fn check_name(name: &str, rules: &RuleSet) -> Result<(), PolicyError> {
    let ids = || rules.dictionary.rules.iter().map(|rule| rule.id.as_str());
    let categories = || ids().filter_map(|id| id.split_once('/')).map(|(category, _)| category);
    if ids().chain(categories()).any(|known| known == name) {
        return Ok(());
    }
    let near = |known: &&str| strsim::jaro_winkler(known, name);
    let hint = ids().chain(categories()).max_by(|a, b| near(a).total_cmp(&near(b)));
    Err(PolicyError { name: name.into(), hint: hint.filter(|known| near(known) > 0.7).map(str::to_owned) })
}

/// Whether `name` (a rule or a category) covers the rule `id`.
pub(super) fn covers(name: &str, id: &str) -> bool {
    id == name || id.split_once('/').is_some_and(|(category, _)| category == name)
}

fn by_name<'m, T>(map: &'m HashMap<String, T>, id: &str) -> Option<&'m T> {
    map.get(id).or_else(|| map.get(id.split_once('/')?.0))
}
