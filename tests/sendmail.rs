//! `tonelint sendmail` before a program that writes down what reaches it.
#![cfg(unix)]

use proptest::prelude::*;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const TONELINT: &str = env!("CARGO_BIN_EXE_tonelint");

const GOOD: &str =
    "From: me@shop.example\nTo: anna@b.example\nSubject: Re: Gate\n\nHi Anna,\n\nThe driver comes on Friday at ten.\n";
/// One error, and one warning.
const HARSH: &str = "From: me@shop.example\nTo: anna@b.example\nSubject: Re: Gate\n\nHi Anna,\n\nYou are an idiot.\nYou should have told us the gate code.\n";

/// A home of its own, with a program that sends: it writes its arguments and the mail into files.
struct Home {
    folder: tempfile::TempDir,
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sendmail").join(name)
}

impl Home {
    fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().expect("a folder can be made") };
        // Linked, not written: a program that was just written may still be open in another test's child.
        std::os::unix::fs::symlink(script("sent"), home.path("sent")).expect("a link can be made");
        fs::create_dir_all(home.path("config/tonelint")).expect("a folder can be made");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn configure(&self, text: &str) {
        fs::write(self.path("config/tonelint/config.toml"), text).expect("a file can be written");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(TONELINT);
        let folder = self.folder.path();
        command.current_dir(folder).env_remove("TONELINT").env("TONELINT_SENDMAIL", self.path("sent"));
        command.env("OUT", folder).env("XDG_CONFIG_HOME", self.path("config"));
        command.env("XDG_STATE_HOME", self.path("state")).env("HOME", folder);
        command.arg("sendmail");
        command
    }

    fn send(&self, mail: impl AsRef<[u8]>) -> Output {
        run(self.command().arg("anna@b.example"), mail.as_ref())
    }

    /// The mail that was sent, which is then forgotten.
    fn sent(&self) -> Option<Vec<u8>> {
        let path = self.path("mail");
        let mail = fs::read(&path).ok()?;
        fs::remove_file(path).expect("a file can be removed");
        Some(mail)
    }

    fn arguments(&self) -> Vec<Vec<u8>> {
        let mut arguments: Vec<_> =
            fs::read(self.path("arguments")).expect("the program ran").split(|b| *b == 0).map(<[u8]>::to_vec).collect();
        arguments.pop();
        arguments
    }

    fn state(&self, name: &str) -> String {
        fs::read_to_string(self.path("state/tonelint").join(name)).unwrap_or_default()
    }
}

fn run(command: &mut Command, mail: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("tonelint starts");
    let mut stdin = child.stdin.take().expect("piped");
    // It may end without reading, as with a loop.
    let _ = stdin.write_all(mail);
    drop(stdin);
    child.wait_with_output().expect("tonelint ends")
}

fn said(done: &Output) -> String {
    assert!(done.stdout.is_empty(), "{done:?}");
    String::from_utf8(done.stderr.clone()).expect("text is written")
}

#[track_caller]
fn passes(home: &Home, mail: impl AsRef<[u8]>, sent: impl AsRef<[u8]>) {
    let done = home.send(mail);
    assert_eq!((done.status.code(), said(&done)), (Some(0), String::new()));
    assert!(home.sent().as_deref() == Some(sent.as_ref()), "the mail arrived changed");
}

#[track_caller]
fn is_held(home: &Home, mail: impl AsRef<[u8]>) -> String {
    let done = home.send(mail);
    assert_eq!(done.status.code(), Some(65), "{done:?}");
    assert_eq!(home.sent(), None);
    said(&done)
}

#[test]
fn a_mail_that_passes_arrives_byte_for_byte_and_without_a_word() {
    let home = Home::new();
    let head = "To: a@b.example\nSubject: x\n";
    let long = format!("{head}X-Trace: {}\n\nHi\n", "0123456789 ".repeat(100_000));
    let large = format!("{head}\n{}", "The driver comes on Friday.\n".repeat(4_000));
    for mail in [
        GOOD,
        &GOOD.replace('\n', "\r\n"),
        GOOD.trim_end(),
        &format!("{head}\n.\n..\n.\nFrom here on all is well.\n\n\n"),
        &format!("{head}\r\nmixed\nends\r\r\n\r"),
        "",
        "\n",
        "no header at all",
        &long,
        &large,
    ] {
        passes(&home, mail, mail);
    }
    let mut eight_bit = GOOD.as_bytes().to_vec();
    eight_bit.extend((0..=255).rev());
    passes(&home, &eight_bit, &eight_bit);
    assert!(!home.path("state").exists(), "nothing is kept of mails that pass");
}

#[test]
fn arguments_arrive_as_they_were_given() {
    let home = Home::new();
    for given in [
        &["--", "-x@y.example"][..],
        &["-oi", "-f", "me@shop.example", "--", "a@b.example"],
        &["-i", "a b@c.example", "", "\"quoted\" $HOME *", "--help"],
        &["-t", "--color", "always", "--config", "x"],
        &[],
    ] {
        let done = run(home.command().args(given), GOOD.as_bytes());
        assert!(done.status.success(), "{done:?}");
        assert_eq!(home.arguments(), given.iter().map(|a| a.as_bytes().to_vec()).collect::<Vec<_>>());
    }
    let raw = OsStr::from_bytes(b"\xff@b.example");
    assert!(run(home.command().arg(raw), GOOD.as_bytes()).status.success());
    assert_eq!(home.arguments(), [b"\xff@b.example"]);
}

#[test]
fn it_answers_to_its_other_name_and_keeps_the_words_of_the_program() {
    let home = Home::new();
    let link = home.path("tonelint-sendmail");
    std::os::unix::fs::symlink(TONELINT, &link).unwrap();
    home.configure(&format!("[sending]\nprogram = [{:?}, \"-a\", \"two words\"]\n", home.path("sent")));
    let mut command = Command::new(link);
    command.env("OUT", home.folder.path()).env("XDG_CONFIG_HOME", home.path("config")).env("HOME", home.folder.path());
    command.env_remove("TONELINT_SENDMAIL").args(["-i", "--", "a@b.example"]).current_dir(home.folder.path());
    assert!(run(&mut command, GOOD.as_bytes()).status.success());
    let arguments = ["-a", "two words", "-i", "--", "a@b.example"];
    assert_eq!(home.arguments(), arguments.map(|a| a.as_bytes().to_vec()));
}

#[test]
fn modes_without_a_message_go_straight_through() {
    let home = Home::new();
    for mode in ["-bs", "-bp", "-bi", "-bd", "-q15m", "-bv"] {
        let done = run(home.command().env("STATUS", "75").arg(mode), HARSH.as_bytes());
        assert_eq!(done.status.code(), Some(75), "{mode}");
        assert_eq!(home.sent().as_deref(), Some(HARSH.as_bytes()), "{mode}");
        assert_eq!(home.arguments(), [mode.as_bytes()]);
    }
}

#[test]
fn our_fields_do_not_leave_and_nothing_else_of_the_mail_changes() {
    let home = Home::new();
    let mail = "To: a@b.example\r\nX-Tonelint-Allow: tone x\r\n folded\r\nSubject: x\r\nx-tonelint: note\r\n\r\nX-Tonelint: body\r\n";
    passes(&home, mail, "To: a@b.example\r\nSubject: x\r\n\r\nX-Tonelint: body\r\n");
}

#[test]
fn a_place_that_nobody_filled_in_is_held() {
    let home = Home::new();
    let mail = "To: anna@b.example\nSubject: Door\n\nHello {{first_name}}, the door comes on Monday.\n";
    assert!(is_held(&home, mail).contains("template/unfilled-placeholder"));
}

#[test]
fn a_judging_mail_is_held_once_and_passes_when_it_is_sent_again() {
    let home = Home::new();
    let said = is_held(&home, HARSH);
    let first = said.lines().next().unwrap();
    assert!(first.contains("2 places to look at again") && first.contains("Sent again unchanged within 15 minutes"));
    assert!(said.lines().count() <= 20 && said.contains("“"), "{said}");
    let again = HARSH.replace("Subject", "Message-ID: <2@shop.example>\nDate: Thu, 6 Nov 2025 10:12:00 +0000\nSubject");
    passes(&home, &again, &again);
    is_held(&home, HARSH.replace("an idiot", "such an idiot"));
}

#[test]
fn the_copy_of_a_hold_names_rules_and_lines_and_is_its_owners() {
    let home = Home::new();
    is_held(&home, HARSH);
    let copy = home.state("last-hold.txt");
    assert!(copy.contains("line 3: contempt/insult") && copy.contains("line 4: judgement/should"), "{copy}");
    for folder in [home.path("state/tonelint"), home.path("state/tonelint/holds")] {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
            let kept = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            for word in ["idiot", "told us", "Anna", "Gate", "b.example"] {
                assert!(!kept.contains(word), "{path:?}: {kept}");
            }
        }
    }
}

#[test]
fn a_header_with_a_reason_or_the_environment_sends_at_once() {
    let home = Home::new();
    let wish = HARSH.replace("Subject", "X-Tonelint: sent-anyway; reason=we laughed about it\n  on the phone\nSubject");
    passes(&home, &wish, HARSH);
    is_held(&home, wish.replace("reason=we laughed about it\n  on the phone", "reason="));
    let done = run(home.command().env("TONELINT", "off"), wish.replace("idiot", "fool").as_bytes());
    assert_eq!((done.status.code(), said(&done)), (Some(0), String::new()));
    assert_eq!(home.sent().unwrap(), HARSH.replace("idiot", "fool").as_bytes());
}

#[test]
fn the_configuration_says_what_is_held() {
    let warning = HARSH.replace("You are an idiot.\n", "");
    let home = Home::new();
    home.configure("[sending]\nhold = \"never\"\n");
    passes(&home, HARSH, HARSH);
    home.configure("[sending]\nhold = \"error\"\n");
    passes(&home, &warning, &warning);
    home.configure("[sending]\nhold = \"warning\"\nwindow = 1\n");
    assert!(is_held(&home, &warning).contains("within 1 minute, it goes out."));
    fs::write(home.path("tonelint.toml"), "[sending]\nhold = \"never\"\n").unwrap();
    passes(&home, HARSH, HARSH);
}

#[test]
fn a_hold_runs_what_is_wished_and_tells_it_nothing() {
    let home = Home::new();
    let told = home.path("told");
    let script = "printf '%s|' \"$@\" > \"$0.new\"; cat >> \"$0.new\"; mv \"$0.new\" \"$0\"";
    home.configure(&format!(
        "[sending]\nhold = \"warning\"\nnotify = [\"sh\", \"-c\", {script:?}, {told:?}, \"a b\"]\n"
    ));
    passes(&home, GOOD, GOOD);
    assert!(!told.exists());
    is_held(&home, HARSH);
    // It is not waited for.
    let words = (0..1_000).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        fs::read_to_string(&told).ok()
    });
    assert_eq!(words.as_deref(), Some("a b|"));
    home.configure("[sending]\nhold = \"warning\"\nnotify = [\"/no/such\"]\n");
    assert!(is_held(&home, HARSH.replace("\n\n", "\n\nOnce more. ")).contains("/no/such cannot be run"));
}

#[test]
fn advice_to_call_holds_and_says_so_first() {
    let home = Home::new();
    let mail = "From: me@shop.example\nTo: anna@b.example\nSubject: Re: Third time\nIn-Reply-To: <3@b.example>\n\n\
        Hi Anna,\n\nWe cannot refund the 4,200 euros for the kitchen.\n\n\
        On Tue, 4 Nov 2025, Anna wrote:\n\
        > This is the third time I am asking. I am furious, and I will cancel the contract and call my lawyer.\n";
    let said = is_held(&home, mail);
    let first = said.lines().next().unwrap();
    assert!(first.contains("call") && first.contains("then send this as the record"), "{said}");
    assert!(said.lines().count() <= 20, "{said}");
    let copy = home.state("last-hold.txt");
    assert!(!copy.contains("third time") && !copy.contains("refund the"), "{copy}");
    passes(&home, mail, mail);
}

#[test]
fn attempts_are_remembered_as_drafts_where_that_is_wished() {
    let home = Home::new();
    home.configure("remember = true\n");
    assert_eq!(home.send(GOOD).status.code(), Some(0));
    let journal = fs::read(home.path("state/tonelint/journal")).unwrap();
    assert_eq!(home.send(GOOD).status.code(), Some(0));
    assert_eq!(fs::read(home.path("state/tonelint/journal")).unwrap(), journal, "the same words are no draft");
    assert_eq!(home.send(GOOD.replace("ten", "eleven")).status.code(), Some(0));
    assert!(fs::read(home.path("state/tonelint/journal")).unwrap().len() > journal.len());
}

#[test]
fn what_was_held_is_forgotten_with_the_drafts() {
    let home = Home::new();
    is_held(&home, HARSH);
    let mut forget = Command::new(TONELINT);
    forget.args(["drafts", "forget"]).env("XDG_STATE_HOME", home.path("state")).env("HOME", home.folder.path());
    assert!(forget.output().unwrap().status.success());
    is_held(&home, HARSH);
}

#[test]
fn statuses_are_the_programs_own_but_for_those_a_client_misreads() {
    let home = Home::new();
    for (theirs, ours) in [("1", 1), ("67", 67), ("75", 75), ("126", 69), ("127", 69)] {
        let done = run(home.command().env("STATUS", theirs), GOOD.as_bytes());
        assert_eq!(done.status.code(), Some(ours), "{theirs}");
    }
    let done = run(home.command().env("KILL", "9"), GOOD.as_bytes());
    assert_eq!(done.status.code(), Some(70), "{done:?}");
    // One that reads nothing, before a mail no pipe holds.
    let done = run(home.command().env("READ", "nothing").env("STATUS", "64"), GOOD.repeat(5_000).as_bytes());
    assert_eq!(done.status.code(), Some(64), "{done:?}");
}

#[test]
fn a_program_that_is_missing_is_told_and_the_mail_stays_with_its_client() {
    let home = Home::new();
    fs::write(home.path("plain"), "no program").unwrap();
    for name in ["missing", "plain"] {
        let done = run(home.command().env("TONELINT_SENDMAIL", home.path(name)), GOOD.as_bytes());
        assert_eq!(done.status.code(), Some(69), "{name}");
        let said = said(&done);
        assert!(said.contains(name) && said.contains("nothing was sent") && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn a_program_that_leads_back_is_noticed() {
    let home = Home::new();
    let back = home.path("back");
    std::os::unix::fs::symlink(script("back"), &back).unwrap();
    for program in [Path::new(TONELINT), &back] {
        for mode in ["-oi", "-bp"] {
            let done = run(
                home.command().env("TONELINT_SENDMAIL", program).env("TONELINT_UNDER_TEST", TONELINT).arg(mode),
                GOOD.as_bytes(),
            );
            assert_eq!(done.status.code(), Some(78), "{program:?} {mode}");
            assert!(said(&done).contains("nothing was sent"), "{done:?}");
        }
    }
}

#[test]
fn what_cannot_be_checked_is_sent_and_written_down_or_held_as_configured() {
    let sealed = "To: a@b.example\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIAG\n";
    let home = Home::new();
    passes(&home, sealed, sealed);
    assert!(home.state("sent-unchecked.txt").contains("the message is encrypted"));
    home.configure("[sending]\nfail = \"closed\"\n");
    assert!(is_held(&home, sealed).lines().next().unwrap().contains("could not be checked"));
    let wish = format!("X-Tonelint: sent-anyway; reason=sealed\n{sealed}");
    passes(&home, wish, sealed);
}

#[test]
fn a_hold_that_cannot_be_remembered_is_trouble() {
    let home = Home::new();
    fs::write(home.path("state"), "a file where the folder would be").unwrap();
    passes(&home, HARSH, HARSH);
    home.configure("[sending]\nfail = \"closed\"\n");
    assert!(is_held(&home, HARSH).contains("could not be remembered"));
}

#[test]
fn a_configuration_that_cannot_stand_does_not_guess_where_to_send() {
    let home = Home::new();
    let project = home.path("tonelint.toml");
    fs::write(&project, "[sending]\nhodl = \"never\"\n").unwrap();
    passes(&home, HARSH, HARSH);
    assert!(home.state("sent-unchecked.txt").contains("did you mean `hold`?"));
    fs::write(&project, format!("[sending]\nprogram = [{:?}]\n", home.path("sent"))).unwrap();
    home.configure("[sending]\nfail = \"closed\"\n");
    assert!(is_held(&home, GOOD).contains("a project does not choose the program"));
    home.configure("[sending]\nprogram = 3\n");
    let done = home.send(GOOD);
    assert_eq!((done.status.code(), home.sent()), (Some(78), None), "{done:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_bytes_that_pass_arrive_as_they_are(
        header in "(([A-Z][a-z]{1,8}: [ -~]{0,40}(\r?\n [ -~]{1,20})?)\r?\n){0,6}",
        body in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let home = Home::new();
        home.configure("[sending]\nhold = \"never\"\n");
        let mail = [header.as_bytes(), b"\n", &body].concat();
        let done = home.send(&mail);
        prop_assert!(done.status.success(), "{:?}", done);
        prop_assert!(done.stderr.is_empty() && done.stdout.is_empty());
        prop_assert_eq!(home.sent().unwrap(), mail);
    }
}
