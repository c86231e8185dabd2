//! Five saves of one message in the shape of each store that keeps them: the message that searches for
//! words is told to be called about, the one that learns facts is not.

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;
use tonelint::drafts::mailbox::split_mbox;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const AGONISED: &str = "agonised/lost-parcel";
const INFORMED: &str = "informed/missing-invoice";

/// tonelint with configuration and state in `home` alone.
fn tonelint(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tonelint"));
    command.env("XDG_CONFIG_HOME", home.join("config")).env("XDG_STATE_HOME", home.join("state"));
    command.env("HOME", home).env_remove("CLICOLOR_FORCE").current_dir(home).stdin(Stdio::null());
    command
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    tonelint(home).args(arguments).output().expect("tonelint runs")
}

/// What `arguments` print, after a look at the exit code.
fn told(home: &Path, code: i32, arguments: &[&str]) -> String {
    let done = run(home, arguments);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    let out = String::from_utf8(done.stdout).expect("text is written");
    assert_eq!(done.status.code(), Some(code), "{arguments:?}: {out}{said}");
    out
}

/// The same as JSON.
fn object(home: &Path, code: i32, arguments: &[&str]) -> Value {
    let out = told(home, code, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&out).expect("JSON is written")
}

/// The five saves of a history.
fn saves(history: &str) -> Vec<String> {
    let folder = Path::new(ROOT).join("fixtures/drafts").join(history);
    (1..=5).map(|n| fs::read_to_string(folder.join(format!("{n}.txt"))).expect("five saves")).collect()
}

fn mbox(kind: &str) -> PathBuf {
    Path::new(ROOT).join(format!("fixtures/drafts/clients/thunderbird-{kind}.mbox"))
}

fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the test");
    fs::write(path, text).expect("a file for the test");
}

/// Whether the story is told and ends in the advice to call.
fn is_told_to_call(story: &str) {
    for part in
        ["5 drafts", "What kept changing", "[-know that-] {+realise+}", "CALL FIRST  then send this as the record."]
    {
        assert!(story.contains(part), "{part}: {story}");
    }
    assert!(!story.contains("Where is my parcel? It"), "the customer's words are no draft");
}

/// Whether the story is told and ends in nothing to do.
fn is_ready(story: &str) {
    for part in ["5 drafts", "What was new", "{+The sum is 1,240 euros and was paid on 3 March.+}", "READY"] {
        assert!(story.contains(part), "{part}: {story}");
    }
    assert!(!story.contains("What kept changing") && !story.contains("CALL"), "{story}");
}

#[test]
fn named_files() {
    let home = home();
    for (history, code, ends) in [(AGONISED, 1, is_told_to_call as fn(&str)), (INFORMED, 0, is_ready)] {
        let names: Vec<String> = (1..=5).map(|n| format!("{n}.txt")).collect();
        for (name, text) in names.iter().zip(saves(history)) {
            write(&home.path().join(name), text);
        }
        let arguments: Vec<&str> = std::iter::once("drafts").chain(names.iter().map(String::as_str)).collect();
        ends(&told(home.path(), code, &arguments));
        let object = object(home.path(), code, &arguments);
        let steps = object["steps"].as_array().expect("steps");
        assert_eq!(steps.len(), 4);
        for step in steps {
            for sentence in step["sentences"].as_array().expect("sentences") {
                for (side, name) in [("from", &step["from"]), ("to", &step["to"])] {
                    let Some(start) = sentence[side]["start"].as_u64() else { continue };
                    let end = sentence[side]["end"].as_u64().expect("an end");
                    let file = fs::read(home.path().join(name.as_str().expect("a file"))).expect("the draft");
                    let [start, end] = [start, end].map(|byte| usize::try_from(byte).expect("a small file"));
                    assert_eq!(&file[start..end], sentence[side]["text"].as_str().expect("text").as_bytes());
                }
            }
        }
    }
}

#[test]
fn a_mailbox_of_thunderbird() {
    let home = home();
    for (kind, code, ends) in [("agonised", 1, is_told_to_call as fn(&str)), ("informed", 0, is_ready)] {
        let path = mbox(kind);
        let arguments = ["drafts", "--mailbox", path.to_str().expect("text")];
        let story = told(home.path(), code, &arguments);
        ends(&story);
        assert!(story.contains("5 drafts, over 1 hour, from Mon 9 Mar 2026 09:02 UTC"), "{story}");
        assert!(story.contains("1 more draft has one version."), "{story}");
        let object = object(home.path(), code, &arguments);
        let histories = object["histories"].as_array().expect("two messages");
        assert_eq!(histories.len(), 2);
        let longest = histories.iter().max_by_key(|one| one["steps"].as_array().map(Vec::len)).expect("one");
        assert_eq!(longest["rewording"]["level"], if code == 1 { "high" } else { "none" });
        assert_eq!(longest["drafts"][0]["when"], 1_773_046_931);
    }
}

#[test]
fn a_maildir() {
    for (kind, code, ends) in [("agonised", 1, is_told_to_call as fn(&str)), ("informed", 0, is_ready)] {
        let home = home();
        let bytes = fs::read(mbox(kind)).expect("the fixture");
        for (n, mail) in split_mbox(&bytes).into_iter().enumerate() {
            let flags = if n == 6 { "D" } else { "DT" };
            let name = format!("Drafts/cur/177304693{n}.M18274{n}P8372.host,S=1088,W=1123:2,{flags}");
            write(&home.path().join(name), mail);
        }
        for folder in ["new", "tmp"] {
            fs::create_dir_all(home.path().join("Drafts").join(folder)).expect("a folder");
        }
        ends(&told(home.path(), code, &["drafts", "--mailbox", "Drafts"]));
    }
}

#[test]
fn backups_of_emacs() {
    for (history, code, ends) in [(AGONISED, 1, is_told_to_call as fn(&str)), (INFORMED, 0, is_ready)] {
        let home = home();
        let names = ["reply.txt.~1~", "reply.txt.~2~", "reply.txt.~3~", "reply.txt", "#reply.txt#"];
        for (minutes, (name, text)) in [90, 60, 40, 20, 0].into_iter().zip(names.iter().zip(saves(history))) {
            let path = home.path().join(name);
            write(&path, text);
            let when = SystemTime::now() - Duration::from_secs(minutes * 60);
            fs::File::options().write(true).open(path).and_then(|file| file.set_modified(when)).expect("a time");
        }
        let story = told(home.path(), code, &["drafts", "reply.txt"]);
        ends(&story);
        assert!(story.contains("   2  reply.txt.~2~, 30 minutes later: "), "{story}");
    }
}

#[test]
fn a_file_in_git() {
    for (history, code, ends) in [(AGONISED, 1, is_told_to_call as fn(&str)), (INFORMED, 0, is_ready)] {
        let home = home();
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.current_dir(home.path()).env("HOME", home.path()).env("GIT_CONFIG_NOSYSTEM", "1");
            let who = ["-c", "user.name=Jonas", "-c", "user.email=jonas@parcels.example", "-c", "commit.gpgsign=false"];
            let done = command.args(who).args(arguments).output().expect("git runs");
            assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        };
        git(&["init", "--quiet"]);
        for (n, text) in saves(history).into_iter().enumerate() {
            write(&home.path().join("replies/reply.txt"), text);
            // Three commits, one version staged, one only in the work tree.
            match n {
                0..=2 => {
                    git(&["add", "."]);
                    git(&["commit", "--quiet", "-m", "Reword"]);
                }
                3 => git(&["add", "."]),
                _ => {}
            }
        }
        let story = told(home.path(), code, &["drafts", "--git", "replies/reply.txt"]);
        ends(&story);
        assert!(story.contains("   4  staged"), "{story}");
    }
}

fn level(object: &Value) -> &str {
    object["messages"][0]["rewording"]["level"].as_str().unwrap_or("null")
}

#[test]
fn the_journal() {
    for (history, last) in [(AGONISED, "high"), (INFORMED, "none")] {
        let home = home();
        let mut got = Value::Null;
        for (n, text) in saves(history).into_iter().enumerate() {
            write(&home.path().join("reply.txt"), text);
            let done = run(home.path(), &["check", "reply.txt", "--remember", "--format", "json"]);
            got = serde_json::from_slice(&done.stdout).expect("JSON is written");
            assert_eq!(level(&got) == "null", n == 0, "{got}");
        }
        assert_eq!(level(&got), last, "{got}");
        assert_eq!(got["messages"][0]["rewording"]["drafts"], 5);
        let calls = got["messages"][0]["verdict"]["action"] == "call";
        assert_eq!(calls, last == "high", "{got}");
        // The same words once more are no draft more.
        let again = run(home.path(), &["check", "reply.txt", "--remember"]);
        let again = String::from_utf8(again.stdout).expect("text is written");
        assert_eq!(again.contains("CALL FIRST"), calls, "{again}");
        assert_eq!(again.contains("5 drafts: other words, same facts."), calls, "{again}");
        // Nothing is remembered or compared unasked.
        assert_eq!(
            level(
                &serde_json::from_slice(&run(home.path(), &["check", "reply.txt", "--format", "json"]).stdout)
                    .expect("JSON")
            ),
            "null"
        );

        assert_eq!(told(home.path(), 0, &["drafts", "forget"]), "Forgotten.\n");
        assert_eq!(told(home.path(), 0, &["drafts", "forget"]), "Nothing was remembered.\n");
    }
}

#[test]
fn earlier_drafts_that_are_named() {
    for (history, last) in [(AGONISED, "high"), (INFORMED, "none")] {
        let home = home();
        for (name, text) in ["1.txt", "2.txt", "3.txt", "4.txt", "reply.txt"].iter().zip(saves(history)) {
            write(&home.path().join(name), text);
        }
        let arguments = ["check", "reply.txt", "--fail-on", "call", "--previous", "1.txt", "2.txt", "3.txt", "4.txt"];
        let got = object(home.path(), i32::from(last == "high"), &arguments);
        assert_eq!(level(&got), last, "{got}");
        assert_eq!(got["messages"][0]["rewording"]["drafts"], 5);
        assert!(!home.path().join("state").exists(), "nothing is kept unasked");
    }
}

#[test]
fn a_wish_in_the_configuration_is_enough_to_remember() {
    let home = home();
    write(&home.path().join("config/tonelint/config.toml"), "remember = true\n");
    for text in saves(AGONISED) {
        write(&home.path().join("reply.txt"), text);
        told_by_check(home.path());
    }
    assert!(told_by_check(home.path()).contains("CALL FIRST"));
    // A folder of templates holds no drafts of a message.
    let before = fs::read(home.path().join("state/tonelint/journal")).expect("the journal");
    write(&home.path().join("templates/one.txt"), "Your order leaves our store today.\n");
    run(home.path(), &["check", "templates"]);
    assert_eq!(fs::read(home.path().join("state/tonelint/journal")).expect("the journal"), before);
}

fn told_by_check(home: &Path) -> String {
    String::from_utf8(run(home, &["check", "reply.txt"]).stdout).expect("text is written")
}

#[test]
fn no_word_of_a_message_stands_in_the_journal() {
    let home = home();
    let bytes = fs::read(mbox("agonised")).expect("the fixture");
    for mail in split_mbox(&bytes) {
        write(&home.path().join("petra-parcel.eml"), mail);
        run(home.path(), &["check", "petra-parcel.eml", "--remember"]);
    }
    let mut kept = Vec::new();
    for entry in fs::read_dir(home.path().join("state/tonelint")).expect("the state") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut bytes = fs::read(&path).expect("a file of the state");
        // Its first line names the program, by design.
        bytes.drain(..if name == "journal" { "tonelint journal 1\n".len() } else { 0 });
        kept.extend(bytes);
    }
    assert!(kept.len() > 1_000, "five versions are remembered");
    let kept = kept.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    // Shorter words turn up in random bytes by chance.
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() >= 4).chain(["petra-parcel"])
    {
        assert!(!kept.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
}

/// Starts `check --remember` on a file that holds `text`.
fn remember(home: &Path, name: &str, text: &str) -> Child {
    write(&home.join(name), text);
    let mut command = tonelint(home);
    command.args(["check", name, "--remember"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("tonelint starts")
}

/// Drafts that are remembered of the message in the file `name`, itself among them.
fn remembered(home: &Path, name: &str) -> usize {
    let done = run(home, &["check", name, "--remember", "--format", "json"]);
    assert_ne!(done.status.code(), Some(2), "{}", String::from_utf8_lossy(&done.stderr));
    let object: Value = serde_json::from_slice(&done.stdout).expect("JSON is written");
    object["messages"][0]["rewording"]["drafts"].as_u64().map_or(1, |drafts| usize::try_from(drafts).expect("few"))
}

#[test]
fn processes_at_once_lose_no_record() {
    let home = home();
    let versions: Vec<(String, String)> = saves(AGONISED)
        .into_iter()
        .chain(saves(INFORMED))
        .enumerate()
        .map(|(n, text)| {
            // One message, known by its Message-ID whatever its file and words.
            (format!("{n}.eml"), format!("To: a@a.example\nSubject: Parcel\nMessage-ID: <1@parcels.example>\n\n{text}"))
        })
        .collect();
    let children: Vec<Child> = versions.iter().map(|(name, text)| remember(home.path(), name, text)).collect();
    for mut child in children {
        assert_ne!(child.wait().expect("tonelint ends").code(), Some(2));
    }
    write(&home.path().join("last.eml"), versions[0].1.replace("again.", "again, and asked the driver for his list."));
    assert_eq!(remembered(home.path(), "last.eml"), versions.len() + 1);
}

#[test]
fn a_process_that_is_killed_loses_at_most_its_own_record() {
    let home = home();
    let mail = |text: &str| format!("To: a@a.example\nSubject: Parcel\nMessage-ID: <1@parcels.example>\n\n{text}");
    let mut kept = 0;
    for (n, text) in saves(AGONISED).into_iter().enumerate() {
        let mut child = remember(home.path(), &format!("{n}.eml"), &mail(&text));
        // Every other one is killed, at whatever moment that meets it.
        if n % 2 == 1 {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        } else {
            assert_ne!(child.wait().expect("tonelint ends").code(), Some(2));
            kept += 1;
        }
    }
    write(&home.path().join("last.eml"), mail("We asked the driver for his list, and he brings it on Monday."));
    let found = remembered(home.path(), "last.eml") - 1;
    assert!((kept..=5).contains(&found), "{kept} were left in peace, {found} are remembered");

    // The very middle of a write: a record of which half is on the disk.
    let journal = home.path().join("state/tonelint/journal");
    let bytes = fs::read(&journal).expect("the journal");
    fs::write(&journal, &bytes[..bytes.len() - 20]).expect("it can be cut");
    write(&home.path().join("next.eml"), mail("We ring you on Monday, when his list is here."));
    assert_eq!(remembered(home.path(), "next.eml"), found + 1, "all but the record that was cut");
}

#[test]
fn a_damaged_journal_is_said_and_the_draft_is_checked_all_the_same() {
    let home = home();
    write(&home.path().join("reply.txt"), "You should have told us.\n");
    write(&home.path().join("state/tonelint/journal"), "somebody else's notes\n");
    let done = run(home.path(), &["check", "reply.txt", "--remember"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stdout).contains("You should have told us."));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("tonelint drafts forget"), "{said}");
    assert_eq!(fs::read(home.path().join("state/tonelint/journal")).expect("it is left"), b"somebody else's notes\n");
    told(home.path(), 0, &["drafts", "forget"]);
    assert_eq!(run(home.path(), &["check", "reply.txt", "--remember"]).status.code(), Some(1));
}

#[test]
fn what_cannot_be_read_is_exit_code_2() {
    let home = home();
    write(&home.path().join("reply.txt"), "All is well.\n");
    for arguments in [
        "drafts missing.txt",
        "drafts missing.txt reply.txt",
        "drafts --mailbox missing",
        "drafts --mailbox reply.txt",
        "drafts --git reply.txt",
        "drafts",
        "drafts reply.txt --git reply.txt",
        "check reply.txt --previous missing.txt",
        "check reply.txt reply.txt missing.txt --previous reply.txt",
        "watch missing.txt",
    ] {
        let done = run(home.path(), &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(done.status.code(), Some(2), "{arguments}");
        assert!(!done.stderr.is_empty(), "{arguments}");
    }
    assert!(told(home.path(), 0, &["drafts", "reply.txt"]).contains("READY  one draft; name the earlier ones"));
}

#[test]
fn signs_inside_a_single_draft_count_without_any_history() {
    let home = home();
    let twice = "We are very sorry that the kitchen was delivered so late. We sincerely apologise that the kitchen was \
        delivered so late.\n\nThe fitter could not finish the work on that day. The fitter was not able to finish the \
        work on that day.\n";
    write(&home.path().join("reply.txt"), twice);
    let got = object(home.path(), 1, &["check", "reply.txt", "--fail-on", "call"]);
    assert_eq!((level(&got), &got["messages"][0]["rewording"]["drafts"]), ("high", &Value::from(1)), "{got}");
    let story = told(home.path(), 1, &["drafts", "reply.txt"]);
    assert!(story.contains("line 3: “The fitter") && story.contains("one of two wordings"), "{story}");
}

#[cfg(unix)]
#[test]
fn watch_speaks_up_notices_a_file_that_goes_and_ends_in_peace() {
    let home = home();
    let path = home.path().join("reply.txt");
    let twice = "We are very sorry that the kitchen was delivered so late. We sincerely apologise that the kitchen was \
        delivered so late.\n\nThe fitter could not finish the work on that day. The fitter was not able to finish the \
        work on that day.\n";
    write(&path, "The kitchen was delivered late.\n");
    let mut command = tonelint(home.path());
    let mut child = command.args(["watch", "reply.txt"]).stdout(Stdio::piped()).spawn().expect("tonelint starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map(|line| line.expect("text"));
    // Each line is waited for, however long it takes.
    assert_eq!(lines.next().as_deref(), Some("Watching reply.txt. Ctrl-C ends."));
    write(&home.path().join("reply.new"), twice);
    fs::rename(home.path().join("reply.new"), &path).expect("it is put in its place");
    let spoken = lines.find(|line| line.starts_with("Draft ")).expect("it speaks up");
    assert!(spoken.contains("CALL FIRST"), "{spoken}");
    fs::remove_file(&path).expect("it can be removed");
    assert!(lines.any(|line| line == "reply.txt is gone; waiting for it to come back."));
    let done = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(done.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn nothing_in_a_draft_commands_the_terminal() {
    let home = home();
    let mail = |word: &str| {
        format!(
            "From: =?utf-8?q?=1B=5B31m?= <a@b.example>\nSubject: =?utf-8?q?Late=1B=5D0;owned=07?=\n\
            Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
            We {word} =1B[2J=07=08=C2=9B31m the =E2=80=AEform=0D=1B[1A and [sorry=1B]0;x=07 / regret] that.\n"
        )
    };
    write(&home.path().join("a\u{1b}[2J.eml"), mail("saw"));
    write(&home.path().join("b.eml"), mail("found"));
    let out = told(home.path(), 0, &["drafts", "a\u{1b}[2J.eml", "b.eml"]);
    assert!(out.contains("a\\u{1b}[2J.eml") && out.contains("Late\\u{1b}"), "{out}");
    assert!(!out.contains(['\u{1b}', '\u{7}', '\u{8}', '\r', '\u{9b}', '\u{202e}']), "{out:?}");
}
