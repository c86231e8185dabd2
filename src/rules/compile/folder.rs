//! A folder of rules: `words/*.toml`, and a rule a file everywhere else.

use super::file::Source;
use crate::bounded::{WRITTEN, read_text};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file of a rules folder.
pub struct File {
    /// How it is named to people.
    pub path: String,
    /// What it holds.
    pub kind: FileKind,
    /// Its whole text.
    pub text: String,
}

/// What a file of a rules folder holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// `words/irregular.toml`: forms of irregular verbs.
    Irregular,
    /// `words/*.toml`: word classes.
    Words,
    /// `<category>/<name>.toml`: a rule.
    Rule {
        /// Its folder; `project` for a file that lies in no folder.
        category: String,
        /// Its name without `.toml`.
        stem: String,
    },
}

impl File {
    /// The file as the compiler reads it.
    #[must_use]
    pub fn source(&self) -> Source<'_> {
        Source { path: &self.path, text: &self.text }
    }
}

/// Reads all rule and word files of `folder`, words first, in a stable order.
///
/// # Errors
/// With the path that cannot be read; for a folder without any such file, too.
pub fn read(folder: &Path) -> Result<Vec<File>, (PathBuf, io::Error)> {
    let mut files = Vec::new();
    for entry in entries(folder)? {
        if entry.is_dir() {
            let name = name_of(&entry);
            for path in entries(&entry)?.into_iter().filter(|path| is_toml(path)) {
                files.push(file(&path, &name)?);
            }
        } else if is_toml(&entry) {
            files.push(file(&entry, "project")?);
        }
    }
    if files.is_empty() {
        let none = io::Error::new(io::ErrorKind::NotFound, "no .toml file in this folder or the ones in it");
        return Err((folder.to_owned(), none));
    }
    files.sort_by(|a, b| (&a.kind, &a.path).cmp(&(&b.kind, &b.path)));
    Ok(files)
}

fn file(path: &Path, folder: &str) -> Result<File, (PathBuf, io::Error)> {
    let text = read_text(path, WRITTEN).map_err(|error| (path.to_owned(), error))?;
    let stem = path.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
    let kind = match (folder, stem.as_str()) {
        ("words", "irregular") => FileKind::Irregular,
        ("words", _) => FileKind::Words,
        _ => FileKind::Rule { category: folder.into(), stem },
    };
    Ok(File { path: path.display().to_string(), kind, text })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let at = |error| (folder.to_owned(), error);
    let mut paths = fs::read_dir(folder)
        .map_err(at)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(at)?;
    paths.retain(|path| !name_of(path).starts_with('.'));
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned())
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ext == "toml") && !path.is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_an_error_and_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).is_err_and(|(path, _)| path == folder.path()), "there are no rules in it");
        fs::write(folder.path().join("a.toml"), "").unwrap();
        assert_eq!(read(folder.path()).unwrap().len(), 1);
        #[cfg(unix)]
        for target in ["/no/such", "/dev/zero"] {
            let link = folder.path().join("b.toml");
            std::os::unix::fs::symlink(target, &link).unwrap();
            assert!(read(folder.path()).is_err_and(|(path, _)| path == link), "{target}");
            fs::remove_file(link).unwrap();
        }
    }
}
