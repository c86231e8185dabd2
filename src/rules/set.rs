//! A set of rules in force: the ones that ship, alone or with a project's own.

use super::compile::file::FileErrors;
use super::compile::{Compiler, Groundwork};
use super::dictionary::Dictionary;
use super::packed::Packed;
use super::prose::Prose;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

static DICTIONARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));
static PROSE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prose.bin"));
static GROUNDWORK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/groundwork.bin"));

const BUILT: &str = "written by the build script of this very crate";

/// Rules in force.
pub struct RuleSet {
    /// What is matched.
    pub dictionary: Dictionary,
    prose: OnceLock<Vec<Packed<Prose>>>,
}

/// Why a folder of rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file or folder cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Files cannot stand as they are.
    #[error(transparent)]
    Files(#[from] FileErrors),
    /// Something about the set as a whole.
    #[error("{0}")]
    Set(String),
}

impl RuleSet {
    /// The rules that ship.
    #[must_use]
    pub fn embedded() -> Self {
        Self { dictionary: postcard::from_bytes(DICTIONARY).expect(BUILT), prose: OnceLock::new() }
    }

    /// The rules of `folder` alone, with their own words: for those who work on the rules that ship.
    ///
    /// # Errors
    /// When a file cannot be read or cannot stand.
    pub fn from_folder(folder: &Path) -> Result<Self, LoadError> {
        Self::build(Compiler::default(), folder)
    }

    /// The rules that ship and those of `folder`, which may use all their word classes and add more.
    ///
    /// # Errors
    /// When a file cannot be read or cannot stand.
    pub fn with_folder(folder: &Path) -> Result<Self, LoadError> {
        let groundwork: Groundwork = postcard::from_bytes(GROUNDWORK).expect(BUILT);
        let embedded = Self::embedded();
        let prose = embedded.all_prose().iter().map(|prose| Prose::clone(prose)).collect();
        Self::build(Compiler::resume(embedded.dictionary, prose, groundwork), folder)
    }

    fn build(mut compiler: Compiler, folder: &Path) -> Result<Self, LoadError> {
        let files =
            super::compile::folder::read(folder).map_err(|(path, source)| LoadError::Unreadable { path, source })?;
        compiler.files(&files)?;
        let (dictionary, prose, _) = compiler.finish().map_err(LoadError::Set)?;
        let prose = prose.into_iter().map(Packed::from).collect::<Vec<_>>();
        Ok(Self { dictionary, prose: OnceLock::from(prose) })
    }

    /// What rule number `rule` says to people.
    #[must_use]
    pub fn prose(&self, rule: u32) -> &Prose {
        &self.all_prose()[rule as usize]
    }

    /// Number of the rule called `id` (`category/name`).
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        let at = self.dictionary.rules.iter().position(|rule| rule.id == id)?;
        u32::try_from(at).ok()
    }

    fn all_prose(&self) -> &[Packed<Prose>] {
        self.prose.get_or_init(|| postcard::from_bytes(PROSE).expect(BUILT))
    }
}
