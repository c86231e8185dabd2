//! The baseline of a project: where it lies, and how files are called in it.

use super::ConfigError;
use crate::lint::Baseline;
use std::io;
use std::path::{Component, Path, PathBuf, absolute};

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
        let (text, path) = (std::fs::read_to_string(path), path.to_owned());
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
    ///
    /// Works on the names alone: a link is called as it is named, wherever it leads.
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

/// `file` as it is told from `folder`, with `/` on every system.
pub(super) fn from_folder(folder: &Path, file: &Path) -> String {
    let folder = plain(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let file = plain(file);
    let shared = folder.iter().zip(&file).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".into(), folder.len() - shared);
    let names: Vec<String> = up.chain(file.into_iter().skip(shared)).collect();
    names.join("/")
}

/// The names on the way to `path` from the root, without `.` and `..`.
fn plain(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for component in absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::CurDir | Component::RootDir => {}
            Component::ParentDir => drop(names.pop()),
            Component::Prefix(_) | Component::Normal(_) => {
                names.push(component.as_os_str().to_string_lossy().into_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_from_the_folder_of_the_baseline() {
        let name = |folder: &str, file: &str| from_folder(Path::new(folder), Path::new(file));
        assert_eq!(name("", "replies/late.md"), "replies/late.md");
        assert_eq!(name("../shop", "../shop/./a/../late.md"), "late.md");
        assert_eq!(name("shop/tone", "shop/replies/late.md"), "../replies/late.md");
        let here = std::env::current_dir().unwrap();
        assert_eq!(name("", here.join("late.md").to_str().unwrap()), "late.md");
    }
}
