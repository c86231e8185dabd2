//! What a commit or a branch brings, in real repositories of git.

#![expect(clippy::expect_used, reason = "repositories are ours")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TOLD: &str = "You should have told us about the gate code.\n";
const KIND: &str = "The driver comes back on Tuesday at ten.\n";

/// A repository that goes when its test ends.
struct Repository {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        let repository = Self { _folder: folder, root };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// Writes a file, with its folders.
    fn write(&self, path: impl AsRef<Path>, text: &str) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("it is below the root")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
        self
    }

    fn stage(&self, path: &str) -> &Self {
        self.git(&["add", "--", path])
    }

    fn commit(&self) -> &Self {
        self.git(&["commit", "--quiet", "--no-verify", "-m", "x"])
    }

    fn git(&self, arguments: &[&str]) -> &Self {
        let done = self.run_git(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        self
    }

    fn run_git(&self, arguments: &[&str]) -> Output {
        let mut path = std::ffi::OsString::from(Path::new(env!("CARGO_BIN_EXE_tonelint")).parent().expect("a folder"));
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut git = Command::new("git");
        git.current_dir(&self.root).env("PATH", path).args(["-c", "user.name=Ola", "-c", "user.email=ola@a.example"]);
        clean(&mut git).args(arguments).output().expect("git runs")
    }

    /// Runs tonelint in `folder` of the repository: its exit code, and what it writes.
    fn run(&self, folder: &str, arguments: &[&str]) -> (i32, String) {
        let mut tonelint = Command::new(env!("CARGO_BIN_EXE_tonelint"));
        tonelint.current_dir(self.root.join(folder)).args(arguments);
        let done = clean(&mut tonelint).output().expect("tonelint runs");
        let written = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
        (done.status.code().expect("it ends by itself"), written.into_owned())
    }

    /// The places that a change brings, as `path:line`.
    fn check(&self, folder: &str, arguments: &[&str]) -> Vec<String> {
        let (code, written) = self.run(folder, &[&["check", "--format", "short"], arguments].concat());
        let place =
            |line: &str| line.split_once(": ").and_then(|(place, _)| place.rsplit_once(':')).map(|(p, _)| p.to_owned());
        let places: Vec<String> = written.lines().map(|line| place(line).unwrap_or(line.to_owned())).collect();
        assert_eq!(code, i32::from(!places.is_empty()), "{written}");
        places
    }
}

/// Without the configuration of whoever runs the tests, and of a hook they run in.
fn clean(command: &mut Command) -> &mut Command {
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("XDG_CONFIG_HOME", "/nowhere")
}

#[test]
fn what_is_staged_is_read_not_what_lies_in_the_folder() {
    let repository = Repository::new();
    repository.write("bad.md", TOLD).write("good.md", KIND).stage(".");
    repository.write("bad.md", KIND).write("good.md", TOLD).write("untracked.md", TOLD);
    assert_eq!(repository.check("", &["--staged"]), ["bad.md:1"]);
}

#[test]
fn a_first_commit_has_no_commit_before_it() {
    let repository = Repository::new();
    assert!(repository.check("", &["--staged"]).is_empty());
    repository.write("a.md", TOLD).stage("a.md");
    assert_eq!(repository.check("", &["--staged", "--new-only"]), ["a.md:1"]);
}

#[test]
fn only_types_we_read_and_no_links() {
    let repository = Repository::new();
    let mail = format!("From: a@a.example\nSubject: gate\nMIME-Version: 1.0\n\n{TOLD}");
    repository.write("mail", &mail).write("Makefile", TOLD).write("list.csv", TOLD).write("a.TXT", TOLD);
    #[cfg(unix)]
    std::os::unix::fs::symlink("a.TXT", repository.root.join("link.md")).expect("a link");
    repository.stage(".");
    assert_eq!(repository.check("", &["--staged"]), ["a.TXT:1", "mail:5"]);
    let (_, written) = repository.run("", &["check", "--staged"]);
    assert!(written.contains("1 table not read, such as list.csv"), "{written}");
    // A link that becomes a file is a change of type.
    repository.commit().git(&["rm", "--quiet", "--cached", "--ignore-unmatch", "link.md"]);
    let _ = fs::remove_file(repository.root.join("link.md"));
    repository.write("link.md", TOLD).stage("link.md");
    assert_eq!(repository.check("", &["--staged"]), ["link.md:1"]);
}

#[cfg(unix)]
#[test]
fn odd_names_are_names() {
    let repository = Repository::new();
    for name in ["a b.md", "-n.md", "ü\"'.md", "tab\tend.md", ":(glob)*.md", "$(id).md"] {
        repository.write(name, TOLD);
    }
    repository.stage(".");
    let expected = ["$(id).md:1", "-n.md:1", ":(glob)*.md:1", "a b.md:1", "tab end.md:1", "ü\"'.md:1"];
    let expected = expected.map(|name| if name.starts_with(':') { format!("./{name}") } else { name.to_owned() });
    assert_eq!(repository.check("", &["--staged"]), expected);
    assert_eq!(repository.check("", &["--staged", "--", ":(glob)*.md"]), ["./:(glob)*.md:1"]);
}

#[test]
fn paths_lead_from_the_folder_of_the_run() {
    let repository = Repository::new();
    repository.write("replies/en/a.md", TOLD).write("notes/b.md", TOLD).stage(".");
    assert_eq!(repository.check("replies", &["--staged"]), ["../notes/b.md:1", "en/a.md:1"]);
    assert_eq!(repository.check("replies", &["--staged", "--", "en"]), ["en/a.md:1"]);
    let (code, written) = repository.run("", &["check", "--staged", "--", "templates"]);
    assert_eq!(code, 2, "{written}");
    assert!(written.contains("templates: cannot be read"), "{written}");
    // What a commit takes away was there.
    repository.commit().git(&["rm", "--quiet", "-r", "notes"]);
    assert!(repository.check("", &["--staged", "--", "notes"]).is_empty());
}

#[test]
fn only_what_the_change_brings() {
    let repository = Repository::new();
    let long = format!("Hello Anna,\n\n{KIND}{KIND}\n{TOLD}");
    repository.write("a.md", &long).write("b.md", TOLD).stage(".").commit();
    repository.write("a.md", &format!("Hello Anna,\n\nThat's not fair.\n\n{KIND}{KIND}\n{TOLD}")).stage("a.md");
    repository.git(&["mv", "b.md", "c.md"]);
    assert_eq!(repository.check("", &["--staged"]), ["a.md:3", "a.md:8", "c.md:1"]);
    assert_eq!(repository.check("", &["--staged", "--new-only"]), ["a.md:3"]);
    let (_, written) = repository.run("", &["check", "--staged", "--new-only"]);
    assert!(written.contains(" 2 there before this change."), "{written}");
    assert!(!written.contains("withheld"), "{written}");
    let (_, written) = repository.run("", &["check", "--staged", "--new-only", "a.md"]);
    assert!(written.contains("1 there before this change"), "{written}");
}

#[test]
fn advice_to_speak_that_the_old_text_asked_for_is_not_new() {
    let repository = Repository::new();
    let news = "From: Bo <bo@a.example>\nTo: Anna <anna@b.example>\nDate: Tue, 3 Mar 2026 10:00:00 +0000\nSubject: Your ring\n\nDear Anna,\n\nI am sorry to tell you that we lost your ring, and we cannot refund it.\n";
    repository.write("a.eml", news).stage(".").commit();
    assert_eq!(repository.run("", &["check", "a.eml"]).0, 1);
    repository.write("a.eml", &format!("{news}\n{KIND}")).stage(".");
    assert_eq!(repository.run("", &["check", "--staged"]).0, 1);
    let (code, written) = repository.run("", &["check", "--staged", "--new-only"]);
    assert_eq!(code, 0, "{written}");
}

#[test]
fn a_branch_is_held_against_where_it_parted() {
    let repository = Repository::new();
    repository.write("a.md", KIND).stage(".").commit().git(&["checkout", "--quiet", "-b", "words"]);
    repository.write("b.md", TOLD).stage(".").commit();
    repository.git(&["checkout", "--quiet", "main"]).write("c.md", TOLD).stage(".").commit();
    repository.git(&["checkout", "--quiet", "words"]).write("a.md", &format!("{KIND}{TOLD}"));
    assert_eq!(repository.check("", &["--since", "main"]), ["a.md:2", "b.md:1"]);
    let (code, written) = repository.run("", &["check", "--since=--output=x"]);
    assert_eq!(code, 2, "{written}");
    assert!(written.contains("is no commit here"), "{written}");
}

#[test]
fn outside_a_repository_git_is_quoted() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut tonelint = Command::new(env!("CARGO_BIN_EXE_tonelint"));
    tonelint.current_dir(folder.path()).env("GIT_CEILING_DIRECTORIES", folder.path()).args(["check", "--staged"]);
    let done = clean(&mut tonelint).output().expect("tonelint runs");
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).starts_with("tonelint: git: "));
}

#[test]
fn a_work_tree_of_its_own_has_an_index_of_its_own() {
    let repository = Repository::new();
    repository.write("a.md", KIND).stage(".").commit().git(&["worktree", "add", "--quiet", "other"]);
    fs::write(repository.root.join("other/b.md"), TOLD).expect("files can be written");
    repository.git(&["-C", "other", "add", "b.md"]);
    assert!(repository.check("", &["--staged"]).is_empty());
    assert_eq!(repository.check("other", &["--staged"]), ["b.md:1"]);
}

#[test]
fn what_the_baseline_lists_is_no_cover_for_one_more() {
    let repository = Repository::new();
    repository.write("a.md", TOLD);
    assert_eq!(repository.run("", &["baseline"]).0, 0);
    repository.stage(".").commit();
    repository.write("a.md", &format!("{TOLD}\n{TOLD}")).stage(".");
    assert_eq!(repository.check("", &["--staged"]), ["a.md:3"]);
    assert_eq!(repository.check("", &["--staged", "--new-only"]), ["a.md:3"]);
    repository.write("a.md", &format!("{KIND}\n{TOLD}")).stage(".");
    assert!(repository.check("", &["--staged"]).is_empty());
    // From another folder, and of the work tree.
    repository.write("below/b.md", KIND);
    assert!(repository.check("below", &["../a.md"]).is_empty());
}

#[cfg(unix)]
mod hook {
    use super::*;

    #[test]
    fn a_hook_leaves_alone_what_stood_there_unless_all_is_wanted() {
        let repository = Repository::new();
        repository.write("a.md", TOLD).stage(".").commit();
        repository.write("a.md", &format!("{TOLD}\n{KIND}"));
        assert_eq!(repository.run("", &["hook", "install", "--all"]).0, 0);
        assert!(!repository.run_git(&["commit", "-a", "-m", "x"]).status.success());
        assert_eq!(repository.run("", &["hook", "install"]).0, 0);
        repository.git(&["commit", "-a", "-m", "x"]);
    }

    #[test]
    fn a_hook_holds_a_commit_and_lets_the_mended_pass() {
        let repository = Repository::new();
        repository.write("it's/a.md", TOLD).write("other.md", TOLD);
        let (code, written) = repository.run("", &["hook", "install", "it's"]);
        assert_eq!(code, 0, "{written}");
        repository.git(&["add", "it's"]);
        let held = repository.run_git(&["commit", "-m", "x"]);
        assert!(!held.status.success());
        let told = String::from_utf8_lossy(&held.stderr);
        assert!(told.contains("it's/a.md:1:5") && told.contains("git commit --no-verify"), "{told}");
        repository.write("it's/a.md", KIND).git(&["add", "."]).git(&["commit", "-m", "x"]);
        // `commit -a` and `commit -- path` have an index of their own.
        repository.write("it's/a.md", TOLD);
        assert!(!repository.run_git(&["commit", "-a", "-m", "x"]).status.success());
        assert!(!repository.run_git(&["commit", "-m", "x", "--", "it's/a.md"]).status.success());
    }

    #[test]
    fn a_hook_is_put_in_again_and_taken_out() {
        let repository = Repository::new();
        assert_eq!(repository.run("", &["hook", "install"]).0, 0);
        let hook = repository.root.join(".git/hooks/pre-commit");
        let read = || fs::read_to_string(&hook).expect("it is there");
        assert!(read().contains("\ntonelint check --staged --new-only || {\n"), "{}", read());
        assert_eq!(repository.run("", &["hook", "install", "--all"]).0, 0);
        assert!(read().contains("\ntonelint check --staged || {\n"), "{}", read());
        assert_eq!(repository.run("", &["hook", "uninstall"]).0, 0);
        assert!(!hook.exists());
    }

    #[test]
    fn the_hook_of_another_stays_as_it_is() {
        let repository = Repository::new();
        let theirs = "#!/bin/sh\nmake lint\n";
        repository.write("hooks/pre-commit", theirs).write("replies/a.md", KIND);
        repository.git(&["config", "core.hooksPath", "hooks"]);
        let (code, written) = repository.run("", &["hook", "install", "replies"]);
        assert_eq!(code, 2);
        assert!(written.contains("hooks/pre-commit: another hook is there"), "{written}");
        assert!(written.contains("tonelint check --staged --new-only -- replies"), "{written}");
        assert_eq!(repository.run("", &["hook", "uninstall"]).0, 2);
        assert_eq!(fs::read_to_string(repository.root.join("hooks/pre-commit")).expect("it is there"), theirs);
    }

    #[test]
    fn the_folder_that_git_is_told_is_used() {
        let repository = Repository::new();
        repository.git(&["config", "core.hooksPath", "hooks"]).write("replies/a.md", KIND);
        assert_eq!(repository.run("replies", &["hook", "install", "."]).0, 0);
        let hook = fs::read_to_string(repository.root.join("hooks/pre-commit")).expect("it is there");
        assert!(hook.contains("--staged --new-only -- replies/. ||"), "{hook}");
    }
}

const MACROS: &str = r#"{"macros":[{"title":"Gate","actions":[{"field":"comment_value","value":"OLD"}]},
{"title":"Form","actions":[{"field":"comment_value","value":"NEW"}]}]}"#;

#[test]
fn of_a_collection_only_new_findings_are_shown_reply_by_reply() {
    let repository = Repository::new();
    let macros = MACROS.replace("OLD", TOLD.trim()).replace("NEW", KIND.trim());
    repository.write("package.json", "{\"text\": 1}").write("macros.json", &macros).stage(".").commit();
    let hello = r#"{"title":"Hello","actions":[{"field":"comment_value","value":"You forgot the form."}]},"#;
    let mut lines: Vec<&str> = macros.lines().collect();
    lines.insert(1, hello);
    let changed = lines.join("\n").replace(KIND.trim(), TOLD.trim());
    repository.write("macros.json", &changed).write("package.json", "{\"text\": 2").stage(".");
    assert_eq!(repository.check("", &["--staged"]), ["macros.json:1", "macros.json:2", "macros.json:3"]);
    // What the reply "Gate" said is no news of "Form".
    assert_eq!(repository.check("", &["--staged", "--new-only"]), ["macros.json:2", "macros.json:3"]);
}

#[test]
fn a_reply_that_is_renamed_is_known_by_its_words() {
    let repository = Repository::new();
    let macros = MACROS.replace("OLD", TOLD.trim()).replace("NEW", KIND.trim());
    repository.write("macros.json", &macros).stage(".").commit();
    repository.write("macros.json", &macros.replace("Gate", "The gate")).stage(".");
    assert_eq!(repository.check("", &["--staged"]), ["macros.json:1"]);
    assert!(repository.check("", &["--staged", "--new-only"]).is_empty());
}

#[test]
fn a_broken_collection_is_no_clean_one() {
    let repository = Repository::new();
    repository.write("config/locales/en.yml", "en:\n  a: \"You\n").stage(".");
    let (code, written) = repository.run("", &["check", "--staged"]);
    assert_eq!(code, 2, "{written}");
    assert!(written.contains("config/locales/en.yml: no sound YAML: line 2"), "{written}");
}

#[test]
fn the_configuration_names_collections_in_a_change() {
    let repository = Repository::new();
    repository.write("tonelint.toml", "[[collection]]\nfiles = \"kb/*.csv\"\nselect = [\"Reply\"]\n");
    let table = format!("Id,Reply\n1,{TOLD}");
    repository.write("kb/list.csv", &table).write("other.csv", &table).stage(".");
    assert_eq!(repository.check("", &["--staged"]), ["kb/list.csv:2"]);
    assert_eq!(repository.check("kb", &["--staged"]), ["list.csv:2"]);
}
