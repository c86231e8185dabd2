//! The pattern that docs/mail-clients.md gives VS Code reads what `--format short` writes.

mod common;

use regex::Regex;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The task of the page.
fn task() -> Value {
    let page = common::text(&common::root().join("docs/mail-clients.md"));
    let blocks = page.split("```json\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let written = blocks.into_iter().find(|block| block.contains("problemMatcher")).expect("the page has a task");
    let tasks: Value = serde_json::from_str(written).expect("it is JSON");
    tasks["tasks"][0].clone()
}

/// What `tonelint check` of `paths` in `folder` writes in `format`.
fn check(folder: &Path, format: &str, paths: &[&str]) -> String {
    let mut tonelint = Command::new(env!("CARGO_BIN_EXE_tonelint"));
    let home = tempfile::tempdir().expect("a folder");
    tonelint.current_dir(folder);
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        tonelint.env(name, home.path());
    }
    let done = tonelint.args(["check", "--format", format, "--"]).args(paths).output().expect("tonelint runs");
    String::from_utf8(done.stdout).expect("it writes text")
}

/// Each finding as (file, line, column, level, rule, message): as the pattern reads it, and as `json` has it.
fn both(folder: &Path, paths: &[&str]) -> (Vec<[String; 6]>, Vec<[String; 6]>) {
    let pattern = &task()["problemMatcher"]["pattern"];
    let group = |name: &str| pattern[name].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a group");
    let groups = ["file", "line", "column", "severity", "code", "message"].map(group);
    let regexp = Regex::new(pattern["regexp"].as_str().expect("a string")).expect("it is sound");
    let read = |line: &str| {
        let found = regexp.captures(line).unwrap_or_else(|| panic!("not read: {line}"));
        groups.map(|group| found[group].to_owned())
    };
    let short = check(folder, "short", paths).lines().map(read).collect();
    let json: Value = serde_json::from_str(&check(folder, "json", paths)).expect("it is JSON");
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut findings = Vec::new();
    for message in json["messages"].as_array().expect("a list") {
        let all = message["findings"].as_array().expect("a list").iter().filter(|f| f["suppressed"].is_null());
        findings.extend(all.map(|f| {
            let start = &f["start"];
            [&message["path"], &start["line"], &start["column"], &f["severity"], &f["rule"], &f["message"]].map(text)
        }));
    }
    (short, findings)
}

#[test]
fn every_finding_of_the_fixtures_is_read() {
    let (read, findings) = both(common::root(), &["fixtures"]);
    assert_eq!(read.len(), findings.len());
    for level in ["error", "warning", "note"] {
        assert!(findings.iter().any(|finding| finding[3] == level), "no {level} among the fixtures");
    }
    for (read, finding) in read.iter().zip(&findings) {
        assert_eq!(read[..5], finding[..5]);
        assert!(read[5].starts_with(&finding[5]), "{read:?} {finding:?}");
    }
}

#[test]
fn a_name_with_blanks_and_colons_is_read_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "late: parcel 3 [final].md";
    std::fs::write(folder.path().join(name), "You should have told us.\n").expect("it can be written");
    let (read, findings) = both(folder.path(), &[name]);
    assert_eq!((read[0][..5].to_vec(), read.len()), (findings[0][..5].to_vec(), 1));
    assert_eq!(read[0][0], name);
}

#[test]
fn the_task_names_the_file_behind_the_options() {
    let arguments = task()["args"].clone();
    assert_eq!(arguments, serde_json::json!(["check", "--format", "short", "--", "${relativeFile}"]));
}
