//! Earlier saves that an editor keeps beside a file.
//!
//! Emacs numbers them (`reply.txt.~1~`), vim and Emacs keep the last (`reply.txt~`), and Emacs saves
//! what is not saved yet as `#reply.txt#`.

use super::save::{Save, SaveError};
use std::path::{Path, PathBuf};

/// The saves of the file at `path`, oldest first, itself among them.
///
/// # Errors
/// When the file, its folder or a backup cannot be read.
pub fn read(path: &Path) -> Result<Vec<Save>, SaveError> {
    let newest = Save::file(path)?;
    let mut saves = Vec::new();
    for backup in numbered(path)?.into_iter().chain(Some(beside(path, "", "~")).filter(|p| p.is_file())) {
        saves.push(Save { kind: newest.kind, ..Save::file(&backup)? });
    }
    let kind = newest.kind;
    let saved = newest.when;
    saves.push(newest);
    let unsaved = beside(path, "#", "#");
    if unsaved.is_file() {
        let unsaved = Save { kind, ..Save::file(&unsaved)? };
        // One older than the file is left from a crash that was recovered from.
        if unsaved.when >= saved {
            saves.push(unsaved);
        }
    }
    Ok(saves)
}

/// `f.~1~`, `f.~2~`, … in the order of their numbers.
fn numbered(path: &Path) -> Result<Vec<PathBuf>, SaveError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name() else { return Ok(Vec::new()) };
    let start = format!("{}.~", name.to_string_lossy());
    let mut found: Vec<(u64, PathBuf)> = Vec::new();
    for entry in folder.read_dir().map_err(SaveError::unreadable(folder))? {
        let entry = entry.map_err(SaveError::unreadable(folder))?;
        let other = entry.file_name().to_string_lossy().into_owned();
        let number = other.strip_prefix(&start).and_then(|rest| rest.strip_suffix('~')).map(str::parse);
        if let Some(Ok(number)) = number {
            found.push((number, entry.path()));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(before);
    name.push(path.file_name().unwrap_or_default());
    name.push(after);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn backups_come_in_the_order_they_were_made() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["r.txt.~10~", "r.txt.~9~", "r.txt~", "r.txt", "#r.txt#", "other.txt.~1~", "r.txt.~x~"] {
            fs::write(at(name), name).unwrap();
        }
        let now = std::time::SystemTime::now();
        let touch =
            |name: &str, when| fs::File::options().write(true).open(at(name)).unwrap().set_modified(when).unwrap();
        touch("r.txt", now);
        touch("#r.txt#", now);
        let order = || -> Vec<String> {
            let saves = read(&at("r.txt")).unwrap();
            saves.into_iter().map(|s| String::from_utf8(s.bytes).unwrap()).collect()
        };
        assert_eq!(order(), ["r.txt.~9~", "r.txt.~10~", "r.txt~", "r.txt", "#r.txt#"]);
        touch("#r.txt#", now - std::time::Duration::from_secs(60));
        assert_eq!(order().last().map(String::as_str), Some("r.txt"), "a stale autosave is left out");
    }
}
