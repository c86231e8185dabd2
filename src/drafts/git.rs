//! The versions of a file that git knows: its commits, its index and the working tree.
//!
//! git itself is run; its output is asked for with `-z`, so no name can be mistaken for another.

use super::save::{SIZE_LIMIT, Save, SaveError};
use crate::bounded;
use crate::decode::Kind;
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Command;

/// At most this many commits are read, the newest.
const MOST_COMMITS: usize = 100;

/// The versions of the file at `path`, oldest first, followed across renames.
///
/// # Errors
/// When git cannot be run, or `path` lies in no work tree.
pub fn read(path: &Path) -> Result<Vec<Save>, SaveError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let git = Git { path, folder };
    let Some(name) = path.file_name() else { return Err(git.error("it has no file name")) };
    // Also the test that this is a work tree; a repository without a commit has no history and no fault.
    git.run(["rev-parse", "--is-inside-work-tree"])?;
    let mut saves = Vec::new();
    if git.run(["rev-parse", "--verify", "--quiet", "HEAD"]).is_ok() {
        saves = git.commits(name)?;
    }
    match git.run([OsStr::new("cat-file"), OsStr::new("blob"), &at_here(":0:./", name)]) {
        Ok(staged) => saves.push(git.save("staged".to_owned(), None, staged)),
        Err(error @ SaveError::TooLarge { .. }) => return Err(error),
        // It is not staged.
        Err(_) => {}
    }
    if path.is_file() {
        saves.push(Save::file(path)?);
    }
    // The working tree is mostly what is staged, and what is staged what was committed.
    saves.dedup_by(|later, earlier| later.bytes == earlier.bytes);
    Ok(saves)
}

/// `:0:./name`, the file relative to the folder git runs in.
fn at_here(before: &str, name: &OsStr) -> std::ffi::OsString {
    let mut spec = std::ffi::OsString::from(before);
    spec.push(name);
    spec
}

struct Git<'p> {
    path: &'p Path,
    folder: &'p Path,
}

impl Git<'_> {
    fn commits(&self, name: &OsStr) -> Result<Vec<Save>, SaveError> {
        let limit = format!("--max-count={MOST_COMMITS}");
        let args = ["log", "--follow", "--no-merges", "--name-only", "--format=%H%x00%ct", "-z", &limit, "--"];
        let log = self.run(args.iter().map(OsStr::new).chain([&*at_here("./", name)]))?;
        let mut saves = Vec::new();
        let mut left = SIZE_LIMIT;
        for (hash, when, file) in entries(&log) {
            let spec = format!("{hash}:{file}");
            match self.run_within(["cat-file", "blob", &spec], left) {
                Ok(bytes) => {
                    left = left.saturating_sub(bytes.len() as u64);
                    saves.push(self.save(hash[..hash.len().min(10)].to_owned(), when, bytes));
                }
                // The newest are what counts, as many as there is room for.
                Err(SaveError::TooLarge { .. }) if !saves.is_empty() => break,
                Err(error @ SaveError::TooLarge { .. }) => return Err(error),
                // The commit that deleted the file lists it too, and has no blob.
                Err(_) => {}
            }
        }
        saves.reverse();
        Ok(saves)
    }

    fn save(&self, name: String, when: Option<i64>, bytes: Vec<u8>) -> Save {
        Save { name, when, kind: Kind::of(self.path, &bytes), bytes }
    }

    fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<Vec<u8>, SaveError> {
        self.run_within(args, SIZE_LIMIT)
    }

    /// Runs git, which is to write no more than `limit` bytes.
    fn run_within<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>, limit: u64) -> Result<Vec<u8>, SaveError> {
        let mut command = Command::new("git");
        let command = command
            .args(["-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "--no-optional-locks", "-C"])
            .arg(self.folder)
            .args(args)
            // A hook's own settings are relative to the folder the hook runs in.
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .env("LC_ALL", "C");
        let output = bounded::output(command, limit).map_err(|cause| match cause.kind() {
            io::ErrorKind::FileTooLarge => SaveError::TooLarge { path: self.path.to_owned(), limit: SIZE_LIMIT },
            _ => self.error(&format!("{cause}; is git installed?")),
        })?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(self.error(said.lines().next().unwrap_or("it failed without a word")))
    }

    fn error(&self, message: &str) -> SaveError {
        SaveError::Git { path: self.path.to_owned(), message: message.trim_start_matches("fatal: ").to_owned() }
    }
}

/// The commits of a log in the form `hash NUL time NUL LF name NUL`: (hash, time, name from the root).
fn entries(log: &[u8]) -> Vec<(String, Option<i64>, String)> {
    let fields: Vec<&str> = log.split(|b| *b == 0).map(|f| std::str::from_utf8(f).unwrap_or("")).collect();
    let mut out = Vec::new();
    let mut rest = fields.as_slice();
    while let [hash, when, more @ ..] = rest {
        rest = more;
        if let [file, more @ ..] = rest
            && let Some(file) = file.strip_prefix('\n')
        {
            out.push(((*hash).to_owned(), when.parse().ok(), file.to_owned()));
            rest = more;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn git(folder: &Path, args: &[&str]) {
        let me = ["-c", "user.name=Ann", "-c", "user.email=ann@a.example", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").arg("-C").arg(folder).args(me).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    #[test]
    fn commits_renames_index_and_work_tree_are_read_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        git(root, &["init", "--quiet"]);
        fs::create_dir(root.join("drafts")).unwrap();
        let (old, new) = (root.join("drafts/ä reply.txt"), root.join("drafts/-final.txt"));
        let long = "We looked at the claim again and found the photo of the door.\n".repeat(5);
        fs::write(&old, format!("{long}one\n")).unwrap();
        git(root, &["add", "."]);
        git(root, &["commit", "--quiet", "-m", "one\n\nbody"]);
        fs::rename(&old, &new).unwrap();
        git(root, &["add", "--all"]);
        git(root, &["commit", "--quiet", "-m", "rename"]);
        fs::write(&new, format!("{long}two\n")).unwrap();
        git(root, &["commit", "--quiet", "--all", "-m", "two"]);
        fs::write(&new, format!("{long}three\n")).unwrap();
        git(root, &["add", "."]);
        fs::write(&new, format!("{long}four\n")).unwrap();
        let last = |save: &Save| String::from_utf8_lossy(&save.bytes).lines().last().unwrap().to_owned();
        let saves = read(&new).unwrap();
        assert_eq!(saves.iter().map(last).collect::<Vec<_>>(), ["one", "two", "three", "four"]);
        assert!(saves[0].when.is_some() && saves[2].name == "staged");
    }

    #[test]
    fn a_fresh_repository_has_no_history_and_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        git(folder.path(), &["init", "--quiet"]);
        fs::write(folder.path().join("a.txt"), "Hello").unwrap();
        assert_eq!(read(&folder.path().join("a.txt")).unwrap().len(), 1);
    }

    #[test]
    fn outside_a_work_tree_git_is_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(&folder.path().join("a.txt")).unwrap_err().to_string();
        assert!(error.contains("not a git repository"), "{error}");
    }
}
