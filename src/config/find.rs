//! Where configuration files are.

use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The nearest file called `name` in `folder` or above it.
#[must_use]
pub fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // Upward from a relative folder leads through the folders it is relative to; the names shown stay short.
    if let Some(path) = folder.ancestors().map(|up| up.join(name)).find(|path| path.is_file()) {
        return Some(path);
    }
    let absolute = std::path::absolute(folder).ok()?;
    absolute.ancestors().map(|up| up.join(name)).find(|path| path.is_file())
}

/// The user's own file: `$XDG_CONFIG_HOME/tonelint/config.toml`, whether it is there or not.
#[must_use]
pub fn user_path() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("tonelint").join("config.toml"))
}
