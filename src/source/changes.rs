//! What a change brings: the files that git has staged, or that differ from an earlier commit.
//!
//! git itself is run, with the environment it hands to its hooks: that is how the index of `git commit -a` or of
//! another work tree is found. Names are asked for with `-z` and contents by blob id, so no name is ever quoted,
//! and what is staged is read, not what lies in the folder.

use super::blob::Store;
use super::{Format, Input, Kind, Named, Plan, Problem, SourceError, read_file, walk};
use crate::decode::begins_like_a_mail;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use thiserror::Error;

/// Which change to look at.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// What is staged for the next commit.
    Staged,
    /// What the files of the work tree have that the last commit shared with this revision had not.
    Since(&'a str),
}

/// Why git did not say what changed.
#[derive(Debug, Error)]
pub enum GitError {
    /// git could not be started.
    #[error("git cannot be run: {0}; is it installed?")]
    NotRun(#[source] io::Error),
    /// git refused.
    #[error("git: {0}")]
    Refused(String),
    /// A revision that is not there.
    #[error("`{0}` is no commit here; in CI, fetch more of the history (fetch-depth: 0, or GIT_DEPTH: 0)")]
    NoRevision(String),
}

impl Plan {
    /// The documents that `change` adds or changes, of the types tonelint reads and at or below `paths` (all of
    /// them when none is given), in git's order. With `renames`, what a renamed file was before is known, too.
    ///
    /// Symbolic links and submodules are passed over. A path that is neither in the folder nor known to git is an
    /// error of its own.
    ///
    /// # Errors
    /// When git cannot be run, this is no work tree, or there is no such revision.
    pub fn of_change<P: AsRef<Path>>(
        change: Change<'_>,
        paths: &[P],
        renames: bool,
        named: Named<'_>,
    ) -> Result<Plan, GitError> {
        let paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
        let mut arguments = vec!["--literal-pathspecs", "diff", "--raw", "-z", "--no-abbrev", "--diff-filter=ACMRT"];
        arguments.extend(["--no-ext-diff", "--no-relative", if renames { "--find-renames" } else { "--no-renames" }]);
        let commit;
        match change {
            Change::Staged => arguments.push("--cached"),
            Change::Since(revision) => {
                let wanted = format!("{revision}^{{commit}}");
                let verified = git(["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]);
                commit = verified.map_err(|error| error.or(GitError::NoRevision(revision.to_owned())))?;
                arguments.extend(["--merge-base", one_line(&commit)]);
            }
        }
        arguments.push("--");
        let listed = git(arguments.iter().map(OsStr::new).chain(paths.iter().map(|path| path.as_os_str())))?;
        let here = Here::find()?;
        let store = Arc::new(Store::default());
        let mut plan = Plan::default();
        for entry in entries(&listed) {
            let path = here.path(entry.path);
            let staged = matches!(change, Change::Staged).then(|| store.blob(entry.new));
            let before = entry.old.map(|id| store.blob(id));
            let input = Input { blob: staged, before, ..Input::new(&path, false, named) };
            match input.is_document() {
                Ok(true) => plan.inputs.push(input),
                Ok(false) if Format::named(&input.path) == Some(Format::Csv) => plan.tables.push(input.path),
                Ok(false) => {}
                Err(problem) => plan.errors.push(SourceError::new(&input.path, problem)),
            }
        }
        let missing: Vec<SourceError> = paths.iter().filter_map(|path| missing(path, &plan)).collect();
        plan.errors.extend(missing);
        Ok(plan)
    }
}

impl Input {
    /// Whether it is of a type tonelint reads; files without an extension have to begin like a mail, and files of
    /// many replies have to be named by the configuration or of a known shape.
    fn is_document(&self) -> Result<bool, Problem> {
        let read = || match &self.blob {
            Some(blob) => blob.read(),
            None => read_file(&self.path),
        };
        match Kind::named(&self.path) {
            _ if self.format.is_some() => Ok(true),
            Ok(Some(_)) => Ok(true),
            Err(_) => match Format::named(&self.path) {
                Some(format) => walk::holds_replies(&self.path, format, read),
                None => Ok(false),
            },
            Ok(None) => {
                match read() {
                    Ok(bytes) => Ok(begins_like_a_mail(&bytes)),
                    // Some other thing that a repository keeps.
                    Err(Problem::TooLarge) => Ok(false),
                    Err(problem) => Err(problem),
                }
            }
        }
    }
}

/// The error of a path that leads nowhere. One that the last commit still had is being deleted.
fn missing(path: &Path, plan: &Plan) -> Option<SourceError> {
    let error = path.symlink_metadata().err()?;
    if plan.inputs.iter().any(|input| input.path.starts_with(path)) {
        return None;
    }
    let mut before = std::ffi::OsString::from("HEAD:./");
    before.push(path);
    let was_there = git([OsStr::new("rev-parse"), OsStr::new("--verify"), OsStr::new("--quiet"), &before]).is_ok();
    (!was_there).then(|| SourceError::new(path, error.into()))
}

/// Where this folder is in its work tree.
struct Here {
    /// From the top to here: empty, or with a slash at its end.
    down: Vec<u8>,
    /// From here to the top: empty, or `../` as often as it takes.
    up: String,
}

impl Here {
    fn find() -> Result<Self, GitError> {
        let trimmed = |mut bytes: Vec<u8>| {
            bytes.pop_if(|last| *last == b'\n');
            bytes
        };
        let down = trimmed(git(["rev-parse", "--show-prefix"])?);
        let up = String::from_utf8_lossy(&trimmed(git(["rev-parse", "--show-cdup"])?)).into_owned();
        Ok(Self { down, up })
    }

    /// A path from the top, as it is told from here.
    fn path(&self, from_top: &[u8]) -> PathBuf {
        match from_top.strip_prefix(&*self.down) {
            Some(below) => native(below),
            None => Path::new(&self.up).join(native(from_top)),
        }
    }
}

#[cfg(unix)]
fn native(path: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(path).into()
}

#[cfg(not(unix))]
fn native(path: &[u8]) -> PathBuf {
    String::from_utf8_lossy(path).into_owned().into()
}

/// A file that is there after a change.
#[derive(Debug, PartialEq)]
struct Entry<'a> {
    path: &'a [u8],
    new: &'a str,
    /// What it was before, if it was a file.
    old: Option<&'a str>,
}

/// The files of a raw diff: `:100644 100755 <old> <new> M NUL path NUL`, with two paths for a rename.
fn entries(raw: &[u8]) -> Vec<Entry<'_>> {
    let mut fields = raw.split(|byte| *byte == 0);
    let mut found = Vec::new();
    while let (Some(head), Some(mut path)) = (fields.next(), fields.next()) {
        let head: Vec<&str> = std::str::from_utf8(head).unwrap_or("").split(' ').collect();
        let [old_mode, new_mode, old, new, status] = head[..] else { continue };
        if status.starts_with(['R', 'C']) {
            path = fields.next().unwrap_or(path);
        }
        // 120000 is a symbolic link, 160000 a submodule.
        if new_mode.starts_with("100") {
            found.push(Entry { path, new, old: old_mode.starts_with(":100").then_some(old) });
        }
    }
    found
}

fn git<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Vec<u8>, GitError> {
    let output = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "--no-optional-locks"])
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(GitError::NotRun)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().next().unwrap_or_default();
    let line = line.trim_start_matches("fatal: ").trim_start_matches("error: ");
    Err(GitError::Refused(if line.is_empty() { "it failed without a word".to_owned() } else { line.to_owned() }))
}

impl GitError {
    /// This error when git was not there to be asked, else `other`.
    fn or(self, other: GitError) -> GitError {
        if matches!(self, GitError::NotRun(_)) { self } else { other }
    }
}

fn one_line(output: &[u8]) -> &str {
    std::str::from_utf8(output).unwrap_or("").trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_diff_is_read_by_its_nuls() {
        let raw = b":000000 100644 0000 aaaa A\0new \"\n.md\0:100644 100644 bbbb cccc R090\0old.md\0-new.md\0\
                    :100644 120000 dddd eeee T\0link.md\0:120000 100644 ffff 1111 T\0file.md\0";
        let expected = [
            Entry { path: b"new \"\n.md", new: "aaaa", old: None },
            Entry { path: b"-new.md", new: "cccc", old: Some("bbbb") },
            Entry { path: b"file.md", new: "1111", old: None },
        ];
        assert_eq!(entries(raw), expected);
        assert_eq!(entries(b""), []);
    }

    #[test]
    fn paths_are_told_from_the_folder_of_the_run() {
        let here = Here { down: b"mails/en/".to_vec(), up: "../../".into() };
        assert_eq!(here.path(b"mails/en/a.md"), Path::new("a.md"));
        assert_eq!(here.path(b"mails/de/a.md"), Path::new("../../mails/de/a.md"));
    }
}
