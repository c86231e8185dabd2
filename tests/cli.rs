//! The command line as people meet it: the transcripts in `tests/cli` are run and compared.
//!
//! After a change of words, `TRYCMD=overwrite cargo test --test cli` writes them anew; read the diff.

use std::io::Read;
use std::process::{Command, Stdio};

const TONELINT: &str = env!("CARGO_BIN_EXE_tonelint");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder without a configuration, so that nobody's own counts.
const NOBODY: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/nobody");

/// tonelint with the small dictionary of the tests and nobody's configuration.
fn tonelint() -> Command {
    let mut command = Command::new(TONELINT);
    command.current_dir(ROOT).env("XDG_CONFIG_HOME", NOBODY).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.args(["--dictionary", "tests/dictionary"]);
    command
}

/// A file of this test run that holds `text`.
fn draft(name: &str, text: &[u8]) -> std::path::PathBuf {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("the build's own folder can be written to");
    path
}

#[test]
fn transcripts_are_as_written() {
    let cases = trycmd::TestCases::new();
    cases.env("XDG_CONFIG_HOME", NOBODY).env("XDG_STATE_HOME", NOBODY).env("COLUMNS", "100");
    cases.insert_var("[CONFIG]", NOBODY).expect("a name in brackets and capitals");
    cases.case("tests/cli/*.trycmd").case("tests/cli/*.toml");
}

#[test]
fn every_reason_stands_in_a_transcript() {
    let file = std::path::Path::new(ROOT).join("tests/cli/reasons.trycmd");
    let told = std::fs::read_to_string(file).expect("the transcript is there");
    for signal in tonelint::advice::signals::SIGNALS {
        let line = format!("  {}: {}", signal.name, signal.about);
        assert!(told.contains(&line), "no transcript shows `{}`", signal.name);
    }
}

#[test]
fn the_pages_show_what_is_printed() {
    let cases = trycmd::TestCases::new();
    cases.env("XDG_CONFIG_HOME", NOBODY).env("COLUMNS", "100").case("README.md").case("docs/own-rules.md");
}

#[test]
fn the_page_on_own_rules_shows_the_files_that_are_run() {
    let read = |path: &str| std::fs::read_to_string(std::path::Path::new(ROOT).join(path)).expect("it is there");
    let page = read("docs/own-rules.md");
    for file in ["acme/pet-names.toml", "words/acme.toml"] {
        let text = read(&format!("fixtures/own-rules/tone-rules/{file}"));
        assert!(page.contains(&format!("```toml\n{text}```\n")), "{file} and its place on the page differ");
    }
}

#[test]
fn the_page_on_collections_shows_what_is_printed() {
    trycmd::TestCases::new().env("XDG_CONFIG_HOME", NOBODY).env("COLUMNS", "100").case("docs/collections.md");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    // Far more than a pipe holds, so that writing meets the closed end.
    let path = draft("many.txt", "You forgot the form.\n\n".repeat(5_000).as_bytes());
    let mut child = tonelint()
        .args(["check", "--format", "short"])
        .arg(path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("tonelint starts");
    let mut first = [0; 64];
    child.stdout.take().expect("piped").read_exact(&mut first).expect("findings are written");
    let done = child.wait_with_output().expect("tonelint ends");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}

#[test]
fn nothing_in_a_draft_commands_the_terminal() {
    let text = "You forgot \u{1b}[2J\u{9b}31m the \u{202e}form\u{2066}.\r\u{1b}[1A It is not fair.\n\n\
        ::error::You should have told us.\n\n  ::add-mask::no. You forgot ##[error]x.\n\n\
        > ::warning::Why is this ##[group] not fair?\n";
    let html = "<p>You forgot &#27;[2J&#7;&#8; the &#x202e;form&#x2066;.</p>";
    let mail = "From: =?utf-8?q?=1B=5B31m?= <a@b.example>\nSubject: =?utf-8?q?You_forgot=1B=5D0;owned=07?=\n\
        Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
        You forgot =1B[2J=07=08=C2=9B31m the =E2=80=AEform=0D=1B[1A.\n";
    let replies = r#"[{"title":"\u001b[31m\u202ered","body":"You forgot\u001b[2J\u009b31m the \u202eform."}]"#;
    let table = "title,body\n\u{1b}[31mred,You forgot \u{1b}[2J\u{202e} the form.\n";
    for (name, hostile) in [
        ("hostile.txt", text),
        ("hostile.html", html),
        ("hostile.eml", mail),
        ("hostile.json", replies),
        ("hostile.csv", table),
    ] {
        let path = draft(name, hostile.as_bytes());
        for arguments in [
            "check --notes --why-not",
            "check --format short",
            "check --format json",
            "check --format jsonl",
            "check --format github",
            "check --format sarif",
            "check --format gitlab",
            "check --format junit",
            "check --format checkstyle",
            "check --format rdjsonl",
            "drafts",
            "drafts --format json",
            "brief",
            "brief --format md",
            "brief --format html",
            "brief --format json",
            "show",
            "show --format json",
        ] {
            // Drafts are single messages.
            if arguments.starts_with("drafts") && (name.ends_with("json") || name.ends_with("csv")) {
                continue;
            }
            let done = tonelint().args(arguments.split(' ')).arg(&path).output().expect("tonelint runs");
            let out = String::from_utf8(done.stdout).expect("text is written");
            assert!(!out.is_empty(), "{name}, {arguments}: {}", String::from_utf8_lossy(&done.stderr));
            let raw = ['\u{1b}', '\u{7}', '\u{8}', '\r', '\u{9b}', '\u{202e}', '\u{2066}'];
            assert!(!out.contains(&raw[..]), "{name}, {arguments}: {out:?}");
            assert!(!out.contains("##["), "{name}, {arguments}: {out:?}");
            // The commands that are ours name the file.
            let commands = |line: &&str| line.trim_start().starts_with("::") && !line.contains(" file=");
            assert_eq!(out.lines().find(commands), None, "{name}, {arguments}: {out:?}");
        }
    }
}

#[test]
fn a_hostile_file_name_commands_the_terminal_neither() {
    let done = tonelint().args(["check", "missing\u{1b}[2J.txt"]).output().expect("tonelint runs");
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8(done.stderr).expect("text is written");
    assert!(said.contains("\\u{1b}[2J") && !said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn an_argument_that_is_quoted_commands_the_terminal_neither() {
    for hostile in ["--a\u{1b}[2J", "--x\n  ::error::b\u{9b}", "--##[error]"] {
        let done = tonelint().args(["check", hostile]).output().expect("tonelint runs");
        assert_eq!(done.status.code(), Some(2));
        let said = String::from_utf8(done.stderr).expect("text is written");
        assert!(
            said.contains("Usage:") && !said.contains("##[") && !said.contains(&['\u{1b}', '\u{9b}'][..]),
            "{said:?}"
        );
        assert!(!said.lines().any(|line| line.trim_start().starts_with("::")), "{said:?}");
    }
}

#[test]
fn the_rules_that_ship_are_in_force_without_an_option() {
    let path = draft("shipped.txt", b"You should have told us earlier.\n");
    let check = |arguments: &[&str]| {
        let mut command = Command::new(TONELINT);
        command.env("XDG_CONFIG_HOME", NOBODY).arg("check").args(arguments).arg(&path);
        command.output().expect("tonelint runs")
    };
    let done = check(&["--format", "short"]);
    let out = String::from_utf8(done.stdout).expect("text is written");
    assert_eq!(done.status.code(), Some(1), "{out}");
    assert!(out.contains(":1:5: warning[judgement/should] "), "{out}");
    assert_eq!(check(&["--fail-on", "never"]).status.code(), Some(0));
}
