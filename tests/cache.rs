//! What is known of files that had nothing to say hides nothing: not a change of theirs, nor of what decides.

#![expect(clippy::expect_used, reason = "files are ours")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of replies, and a home of its own.
struct Replies {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

/// What a run came to: its exit code and what it wrote.
type Ran = (i32, String);

impl Replies {
    /// So many that a cache is worth it; each has a note, and nothing louder.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        let replies = Self { _folder: folder, root };
        for number in 0..120 {
            let text =
                format!("Dear Mx Lind,\n\nBay {number} is a bad place for a bicycle, and we have moved yours.\n");
            replies.write(&format!("replies/{number}.txt"), &text);
        }
        replies
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("it is below the root")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let done = Command::new(env!("CARGO_BIN_EXE_tonelint"))
            .current_dir(&self.root)
            .env_clear()
            .env("HOME", &self.root)
            .env("XDG_CACHE_HOME", self.root.join("cache"))
            .args(["check", "replies"])
            .args(arguments)
            .output()
            .expect("it runs");
        let written = [done.stdout, done.stderr].concat();
        (done.status.code().expect("it ends"), String::from_utf8(written).expect("it writes text"))
    }

    /// The files of the cache.
    fn kept(&self) -> Vec<PathBuf> {
        let folder = self.root.join("cache/tonelint").read_dir().into_iter().flatten();
        folder.map(|file| file.expect("it can be listed").path()).collect()
    }
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

#[test]
fn a_second_run_says_the_same() {
    let replies = Replies::new();
    replies.write("replies/loud.txt", "You should have told us about the gate code.\n");
    let first = replies.run(&[]);
    assert_eq!(first.0, 1, "{}", first.1);
    assert!(first.1.contains("gate code") && first.1.contains("121 messages"), "{}", first.1);
    let [kept] = &replies.kept()[..] else { panic!("one file is kept: {:?}", replies.kept()) };
    let bytes = fs::read(kept).expect("it can be read");
    assert!(["bicycle", "lind", "gate", "should"].iter().all(|word| !holds(&bytes, word)), "no word is kept");
    assert_eq!(replies.run(&[]), first);
    assert_eq!(fs::read(kept).expect("it can be read"), bytes, "nothing is new");
    assert_eq!(replies.run(&["--no-cache"]), first);
    // A run that asks for something else neither uses nor spoils it.
    assert_eq!(replies.run(&["--format", "jsonl"]).0, 1);
    assert_eq!(fs::read(kept).expect("it can be read"), bytes);
}

#[test]
fn what_changed_is_checked() {
    let replies = Replies::new();
    assert_eq!(replies.run(&[]).0, 0);
    replies.write("replies/7.txt", "You should have told us about the gate code.\n");
    assert_eq!(replies.run(&[]).0, 1, "a file");
    fs::rename(replies.root.join("replies/7.txt"), replies.root.join("replies/7b.txt")).expect("it can be moved");
    assert!(replies.run(&[]).1.contains("7b.txt"), "its name");
    fs::remove_file(replies.root.join("replies/7b.txt")).expect("it can go");
    assert_eq!(replies.run(&[]).0, 0);
    assert_eq!(replies.run(&["--fail-on", "note"]).0, 1, "the options");
    replies.write("tonelint.toml", "[rules]\n\"judgement/bad\" = \"error\"\n");
    let (code, written) = replies.run(&[]);
    assert_eq!(code, 1, "the configuration: {written}");
    let rule = "role = \"finding\"\nsummary = \"Bays\"\nsource = []\nwhy = \"Why.\"\ninstead = \"Say where.\"\n\n[[sense]]\nname = \"bay\"\n\
                pattern = [\"bay\"]\nseverity = \"warning\"\nmessage = \"Which bay?\"\n\n\
                [[example]]\ntext = \"See [[bay]] 3.\"\nsense = \"bay\"\n\n[[example]]\ntext = \"See gate 3.\"\n";
    replies.write("own/bay.toml", &format!("id = \"bay\"\n{rule}"));
    replies.write("tonelint.toml", "rules-folder = \"own\"\n");
    let (code, written) = replies.run(&[]);
    assert!(code == 1 && written.contains("Which bay?"), "the rules: {written}");
}

#[test]
fn what_cannot_be_read_or_written_is_no_trouble() {
    let replies = Replies::new();
    let first = replies.run(&[]);
    let kept = replies.kept().remove(0);
    fs::write(&kept, b"\xff not ours").expect("it can be written");
    assert_eq!(replies.run(&[]), first);
    fs::remove_dir_all(replies.root.join("cache")).expect("it can go");
    fs::write(replies.root.join("cache"), "a file").expect("it can be written");
    assert_eq!(replies.run(&[]), first);
    assert!(!Path::new(&kept).exists());
}
