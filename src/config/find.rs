//! Where configuration files are.

use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The nearest file called `name` in `folder` or above it.
#[must_use]
pub fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // Upward from a relative folder leads through the folders it is relative to; the names shown stay short.
    if let Some(path) = folder.ancestors().map(|up| up.join(name)).find(|path| is_there(path)) {
        return Some(path);
    }
    let absolute = std::path::absolute(folder).ok()?;
    absolute.ancestors().map(|up| up.join(name)).find(|path| is_there(path))
}

/// Whether anything goes by this name; when it is no file, reading it says so. A link to nowhere, passed over,
/// would leave the rules of the project out without a word.
pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The user's own file: `$XDG_CONFIG_HOME/tonelint/config.toml`, whether it is there or not.
#[must_use]
pub fn user_path() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("tonelint").join("config.toml"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::config::PROJECT_FILE;

    #[test]
    fn a_configuration_that_cannot_be_read_is_found_all_the_same() {
        for target in ["/no/such", "/dev/zero", "/"] {
            let folder = tempfile::tempdir().unwrap();
            let link = folder.path().join(PROJECT_FILE);
            std::os::unix::fs::symlink(target, &link).unwrap();
            assert_eq!(nearest(&folder.path().join("replies"), PROJECT_FILE), Some(link), "{target}");
            assert!(crate::config::Config::load(folder.path(), None).is_err(), "{target}");
        }
    }
}
