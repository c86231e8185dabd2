//! `tonelint sendmail`, also as `tonelint-sendmail`: stands in for sendmail where a mail leaves.
//!
//! A mail that passes reaches the program that sends with the same arguments and bytes, without a word
//! from us: some clients take any output for a failure. Whatever goes amiss on our side, the mail is sent
//! or stays with its client; no part of one is ever sent.

use super::rewording::{Newest, Past, now};
use super::session::Session;
use super::{Common, handover, notify};
use std::env::VarError;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use tonelint::advice::{Context, RewordingSummary, advise};
use tonelint::config::{Config, ConfigError, OnTrouble, Sending};
use tonelint::lint::{Linted, Linter};
use tonelint::message::{Kind, Message};
use tonelint::report::{escape, style::Colour};
use tonelint::rules::dictionary::Severity;
use tonelint::sending::{self, Hold, HoldRecord, Program, status};
use tonelint::source::SIZE_LIMIT;
use tonelint::state;

/// The name under which there is no subcommand to give.
const NAME: &str = "tonelint-sendmail";
/// `off` sends everything.
pub const SWITCH: &str = "TONELINT";
/// The program that sends, in words parted by blanks.
const PROGRAM: &str = "TONELINT_SENDMAIL";
/// A check that takes longer is given up. One of a long mail takes well under a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of stack for a check: as much as a main thread has.
const STACK: usize = 8 << 20;

/// For the help alone: the arguments are taken before they could be read as ours.
#[derive(clap::Args)]
pub struct Arguments {
    /// Handed on to the program that sends, untouched
    #[arg(value_name = "SENDMAIL ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Where options of our own were given before the command.
pub fn misplaced(_: &Arguments) -> anyhow::Result<u8> {
    anyhow::bail!("`sendmail` takes no options of ours; name it first: tonelint sendmail …")
}

/// The arguments for the program that sends, if the argument vector `vector` calls for one.
pub fn arguments(vector: &[OsString]) -> Option<&[OsString]> {
    let (name, rest) = vector.split_first()?;
    if Path::new(name).file_stem() == Some(OsStr::new(NAME)) {
        return Some(rest);
    }
    match rest.split_first()? {
        (first, arguments) if first == "sendmail" && arguments != ["--help"] => Some(arguments),
        _ => None,
    }
}

/// Runs the command; gives the exit status.
pub fn run(arguments: &[OsString]) -> u8 {
    if handover::leads_back() {
        say(
            "tonelint: the program that sends leads back to tonelint; nothing was sent. Name another: TONELINT_SENDMAIL\n",
        );
        return status::NOT_CONFIGURED;
    }
    let straight = sending::takes_no_message(arguments);
    let mut raw = Vec::new();
    // Read before anything can end us: a client that writes into a pipe nobody reads reports that alone.
    if !straight && let Err(error) = io::stdin().lock().read_to_end(&mut raw) {
        say(&format!("tonelint: the mail could not be read to its end: {error}; nothing was sent\n"));
        return status::NOT_READ;
    }
    let wishes = match wishes() {
        Ok(wishes) => wishes,
        Err(problem) => {
            say(&format!("tonelint: nothing was sent, as this is not clear: {}\n", escape::line(&problem.to_string())));
            return status::NOT_CONFIGURED;
        }
    };
    let program = match program(&wishes) {
        Ok(program) => program,
        Err(problem) => {
            say(&format!("tonelint: nothing was sent: {}\n", escape::line(&problem)));
            return status::NOT_CONFIGURED;
        }
    };
    if straight {
        return handover::become_it(&program, arguments);
    }
    let raw = Arc::new(raw);
    let outgoing = sending::outgoing(&raw);
    let off = std::env::var(SWITCH).is_ok_and(|value| value.eq_ignore_ascii_case("off"));
    if !off && outgoing.sent_anyway.is_none() && !clear(&wishes, &raw) {
        return status::HELD;
    }
    handover::deliver(&program, arguments, &outgoing.pieces)
}

/// What is wished for mails on their way out. A project's configuration that cannot stand leaves the user's
/// own in force; the check will find it, too.
fn wishes() -> Result<Sending, ConfigError> {
    let config = Config::load(Path::new(""), None).or_else(|_| Config::own())?;
    Ok(config.sending)
}

fn program(wishes: &Sending) -> Result<Program, String> {
    let environment = match std::env::var(PROGRAM) {
        Err(error @ VarError::NotUnicode(_)) => return Err(format!("{PROGRAM}: {error}")),
        other => other.ok(),
    };
    let (search, ourselves) = (std::env::var_os("PATH"), std::env::current_exe().ok());
    let named = wishes.program.as_deref();
    let chosen = Program::choose(environment.as_deref(), named, search.as_deref(), ourselves.as_deref());
    chosen.map_err(|problem| problem.to_string())
}

/// Whether the mail `raw` may leave; if not, it is told why.
fn clear(wishes: &Sending, raw: &Arc<Vec<u8>>) -> bool {
    let raw = Arc::clone(raw);
    let checked = with_patience(move || check(&raw));
    let folder = state::folder();
    let (text, copy) = match checked {
        Ok(None) => return true,
        Ok(Some(held)) => held,
        Err(reason) if wishes.fail == OnTrouble::Open => {
            // A state folder that cannot be written to is no reason to keep the mail either.
            let _ = folder.map(|folder| sending::record_unchecked(&folder, now(), &reason));
            return true;
        }
        Err(reason) => {
            let text = sending::unchecked_text(&reason);
            (text.clone(), text)
        }
    };
    let _ = folder.map(|folder| state::put(&folder, "last-hold.txt", copy.as_bytes()));
    say(&text);
    if let Some(words) = &wishes.notify
        && let Err(error) = notify::start(words)
    {
        say(&format!("  {} cannot be run: {error}\n", escape::line(&words[0])));
    }
    false
}

/// What is said of a mail that is held, on the screen and on the disk.
type Held = (String, String);

/// Checks in a thread of its own, so that neither a panic nor an endless loop keeps the mail.
fn with_patience<F>(check: F) -> Result<Option<Held>, String>
where
    F: FnOnce() -> Result<Option<Held>, String> + Send + 'static,
{
    static PLACE: Mutex<String> = Mutex::new(String::new());
    std::panic::set_hook(Box::new(|panic| {
        // The place alone: what a panic says may quote the mail.
        if let (Ok(mut place), Some(at)) = (PLACE.lock(), panic.location()) {
            *place = at.to_string();
        }
    }));
    let (sender, receiver) = mpsc::channel();
    let check = move || {
        // Nobody listens any more when it took too long.
        let _ = sender.send(check());
    };
    thread::Builder::new().stack_size(STACK).spawn(check).map_err(|error| error.to_string())?;
    match receiver.recv_timeout(PATIENCE) {
        Ok(done) => done,
        Err(RecvTimeoutError::Timeout) => Err(format!("the check took more than {} s", PATIENCE.as_secs())),
        Err(RecvTimeoutError::Disconnected) => {
            Err(format!("the check broke off at {}", PLACE.lock().map_or(String::new(), |place| place.clone())))
        }
    }
}

/// Reads and weighs a mail. `None` when it may leave, an error when that cannot be told.
fn check(raw: &[u8]) -> Result<Option<Held>, String> {
    if raw.len() as u64 > SIZE_LIMIT {
        return Err(format!("the mail has more than {} MiB", SIZE_LIMIT >> 20));
    }
    let message = Message::read(raw, Kind::Eml).map_err(|error| error.to_string())?;
    let common = Common { color: Colour::Never, config: None, dictionary: None };
    let session = Session::here(&common).map_err(|error| super::output::with_causes(&error))?;
    let (config, rules) = session.first();
    let linter = session.linter(0);
    let linted = linter.lint("mail", &message);
    let summary = rewording(config, &linter, &message, &linted);
    let context = session.context(0, &linter, &message, &linted, &[]);
    let advice = advise(&Context { rewording: summary.as_ref(), ..context });
    if !sending::holds(config.sending.hold, &linted, &advice) {
        return Ok(None);
    }
    let (window, now) = (config.sending.window, now());
    let again = state::folder().and_then(|folder| HoldRecord::in_folder(&folder).was_held(&message, now, window));
    // What cannot be remembered would be held for ever.
    if again.map_err(|error| format!("a hold could not be remembered: {error}"))? {
        return Ok(None);
    }
    let hold = Hold { message: &message, linted: &linted, advice: &advice, rules, window };
    Ok(Some((hold.text(), hold.copy(now))))
}

/// What earlier attempts and drafts tell, and this one from now on, where the user wants them remembered.
fn rewording(config: &Config, linter: &Linter<'_>, message: &Message, linted: &Linted) -> Option<RewordingSummary> {
    let remember = config.remember == Some(true);
    // A journal that cannot be used is told by `check`; here it is no reason to keep the mail.
    let past = Past::open(&[], remember, &mut Vec::new());
    let shown = Severity::Warning;
    let (told, sketch) = past.tell(&Newest { name: "mail", file: None, message, linted, linter, shown, remember });
    past.keep(sketch.as_slice());
    told.as_ref().map(RewordingSummary::from)
}

/// Writes to standard error. When nobody reads that, the exit status still tells.
pub fn say(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_argument_vector_is_taken_whole() {
        let vector = |words: &str| words.split(' ').map(OsString::from).collect::<Vec<_>>();
        let taken = |words: &str| arguments(&vector(words)).map(<[OsString]>::to_vec);
        assert_eq!(taken("tonelint sendmail -- -x@y.example"), Some(vector("-- -x@y.example")));
        assert_eq!(taken("/usr/bin/tonelint-sendmail -oi -f me sendmail"), Some(vector("-oi -f me sendmail")));
        assert_eq!(taken("tonelint sendmail -h"), Some(vector("-h")), "a hop count");
        assert_eq!(arguments(&vector("tonelint sendmail")), Some(&[][..]));
        for not in ["tonelint", "tonelint check sendmail", "tonelint --config x sendmail", "tonelint sendmail --help"] {
            assert_eq!(taken(not), None, "{not}");
        }
    }

    #[test]
    fn a_panic_is_trouble_that_names_its_place_alone() {
        let trouble = with_patience(|| panic!("words of the mail")).err();
        drop(std::panic::take_hook());
        let trouble = trouble.unwrap_or_default();
        assert!(trouble.starts_with("the check broke off at src/cli/sendmail.rs:"), "{trouble}");
        assert!(!trouble.contains("words"));
        assert_eq!(with_patience(|| Ok(None)), Ok(None));
        drop(std::panic::take_hook());
    }
}
