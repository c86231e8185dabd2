//! The formats of `check`, by name.

use clap::ValueEnum;
use std::path::{Path, PathBuf};
use tonelint::report::{
    Checkstyle, GitHub, GitLab, Human, JUnit, Json, JsonLines, RdJsonLines, Report, Root, Sarif, Short, Shown,
};

/// How to report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// A line a finding, for editors
    Short,
    /// One object, for machines
    Json,
    /// An object a line a message, for machines
    Jsonl,
    /// Annotations, in GitHub Actions
    #[value(name = "github")]
    GitHub,
    /// SARIF 2.1.0, for GitHub's code scanning and editors
    Sarif,
    /// A Code Quality report, for GitLab
    #[value(name = "gitlab")]
    GitLab,
    /// A test report, for most CI services
    #[value(name = "junit")]
    JUnit,
    /// Checkstyle's XML
    Checkstyle,
    /// Diagnostics for reviewdog, an object a line
    #[value(name = "rdjsonl")]
    RdJsonl,
}

impl Format {
    /// A report in this format; `shown` is how much people see.
    pub fn report(self, shown: Shown) -> Box<dyn Report> {
        match self {
            Self::Human => Box::new(Human { shown }),
            Self::Short => Box::new(Short),
            Self::Json => Box::new(Json),
            Self::Jsonl => Box::new(JsonLines),
            Self::GitHub => Box::new(GitHub { root: root() }),
            Self::Sarif => Box::new(Sarif::new(root())),
            Self::GitLab => Box::new(GitLab { root: root() }),
            Self::JUnit => Box::new(JUnit),
            Self::Checkstyle => Box::new(Checkstyle),
            Self::RdJsonl => Box::new(RdJsonLines),
        }
    }
}

/// Paths lead from this folder, and are looked for from the top of its repository.
fn root() -> Root {
    let Ok(here) = std::env::current_dir() else { return Root::default() };
    let top = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&here).to_owned();
    Root::new(here, top)
}

/// `path` as people are shown it: from this folder, where it lies in it.
pub fn shown(path: &Path) -> String {
    let below = || Some(path.strip_prefix(std::env::current_dir().ok()?).ok()?.to_owned());
    let path: PathBuf = Some(path).filter(|path| path.is_absolute()).and_then(|_| below()).unwrap_or(path.to_owned());
    path.display().to_string()
}
