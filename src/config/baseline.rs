//! The baseline of a project: where it lies, and how files are called in it.

use super::ConfigError;
use crate::bounded::{DOCUMENT, read_text};
use crate::lint::{Baseline, from_folder};
use std::io;
use std::path::{Path, PathBuf};

/// Name of a baseline that the configuration does not name.
pub const BASELINE_FILE: &str = "tonelint-baseline.json";

/// A baseline and its file, which need not be there.
#[derive(Clone, Debug, Default)]
pub struct BaselineFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it lists.
    pub baseline: Baseline,
    /// Whether the file is there.
    pub there: bool,
}

impl BaselineFile {
    /// Reads the baseline at `path`; one that is not there lists nothing.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let (text, path) = (read_text(path, DOCUMENT), path.to_owned());
        match text {
            Ok(text) => match Baseline::parse(&text) {
                Ok(baseline) => Ok(Self { path, baseline, there: true }),
                Err(error) => Err(ConfigError::Baseline { path, error }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self { path, ..Self::default() }),
            Err(source) => Err(ConfigError::Unreadable { path, source }),
        }
    }

    /// How `file` is called in the baseline: from the baseline's folder, with `/` on every system.
    #[must_use]
    pub fn name(&self, file: &Path) -> String {
        from_folder(self.folder(), file)
    }

    /// The path of a file that the baseline calls `name`.
    #[must_use]
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}
