//! The baseline of a project: where it lies, and how files are called in it.

use super::ConfigError;
use crate::bounded::{DOCUMENT, read_text};
use crate::lint::{Baseline, from_folder};
use std::io;
use std::path::{Component, Path, PathBuf};

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
    /// When it cannot be read, is none, or is a link that leads nowhere.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let (text, path) = (read_text(path, DOCUMENT), path.to_owned());
        match text {
            Ok(text) => match Baseline::parse(&text) {
                Ok(baseline) => Ok(Self { path, baseline, there: true }),
                Err(error) => Err(ConfigError::Baseline { path, error }),
            },
            // A link that leads nowhere is there: written through, it would make a file wherever it leads.
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => {
                Ok(Self { path, ..Self::default() })
            }
            Err(source) => Err(ConfigError::Unreadable { path, source }),
        }
    }

    /// How `file` is called in the baseline: from the baseline's folder, with `/` on every system.
    #[must_use]
    pub fn name(&self, file: &Path) -> String {
        from_folder(self.folder(), file)
    }

    /// The path of a file that the baseline calls `name`; `None` for one that is not in the baseline's folder. A
    /// baseline may come with a repository, and so from anyone.
    #[must_use]
    pub fn path_of(&self, name: &str) -> Option<PathBuf> {
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        Path::new(name).components().all(inside).then(|| self.folder().join(name))
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_name_leads_into_the_folder_of_the_baseline_alone() {
        let file = BaselineFile { path: "tone/accepted.json".into(), ..BaselineFile::default() };
        assert_eq!(file.path_of("replies/late.md"), Some("tone/replies/late.md".into()));
        for name in ["/etc/passwd", "../late.md", "replies/../../late.md", ".."] {
            assert_eq!(file.path_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_link_is_read_where_it_leads_to_a_baseline_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(BASELINE_FILE);
        assert!(!BaselineFile::read(&path).unwrap().there);
        for target in ["nowhere", "/dev/zero", BASELINE_FILE] {
            symlink(target, &path).unwrap();
            assert!(BaselineFile::read(&path).is_err(), "{target}");
            std::fs::remove_file(&path).unwrap();
        }
        std::fs::write(folder.path().join("all.json"), Baseline::default().render()).unwrap();
        symlink("all.json", &path).unwrap();
        assert!(BaselineFile::read(&path).unwrap().there);
    }
}
