//! `tonelint watch`

use super::session::Session;
use super::{Common, output};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, SystemTime};
use tonelint::decode::Kind;
use tonelint::drafts::{Draft, Key, Level, Rewording, Save, Story, Trace, history, traces};
use tonelint::lint::Linter;
use tonelint::report::escape;
use tonelint::rules::dictionary::Severity;

#[derive(clap::Args)]
pub struct Arguments {
    /// The draft
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// How long between two looks at the file.
const PAUSE: Duration = Duration::from_millis(300);
/// At most this many versions are compared, the newest.
const MOST: usize = 50;

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let session = Session::load(common, std::iter::once(arguments.file.as_path()))?;
    let (config, rules) = session.first();
    let linter = Linter::new(rules, &config.policy);
    let shown = if config.notes == Some(true) { Severity::Note } else { Severity::Warning };
    // One that is not there at all was mistyped.
    Save::file(&arguments.file)?;
    let (sender, stop) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Nobody listens any more when the run is ending anyway.
        let _ = sender.send(());
    })?;
    follow(
        &mut Disk { file: &arguments.file, stop },
        |bytes| {
            let save =
                Save { name: String::new(), when: None, kind: Kind::of(&arguments.file, bytes), bytes: bytes.to_vec() };
            let message = history::message(&save)?;
            let mut draft = Draft::of("", None, &message, Key::PLAIN);
            draft.set_linted(&message, &linter.lint("", &message), shown);
            Ok((draft, traces(&message)))
        },
        &arguments.file.display().to_string(),
    )?;
    Ok(0)
}

/// What a look at the file shows: which save it is, by its marks in the file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    /// Tells apart a file that was put in the place of the old one.
    inode: u64,
}

/// The world around the loop; a test has one of its own, without a clock.
trait World {
    /// The file as it stands; `None` when it is gone.
    fn look(&mut self) -> Option<Stamp>;
    fn read(&mut self) -> io::Result<Vec<u8>>;
    /// Waits for the next look. Says whether to go on.
    fn wait(&mut self) -> bool;
    fn say(&mut self, line: &str) -> anyhow::Result<()>;
}

struct Disk<'f> {
    file: &'f Path,
    stop: Receiver<()>,
}

impl World for Disk<'_> {
    fn look(&mut self) -> Option<Stamp> {
        let meta = self.file.metadata().ok()?;
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(&meta);
        #[cfg(not(unix))]
        let inode = 0;
        Some(Stamp { modified: meta.modified().ok(), length: meta.len(), inode })
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        Save::file(self.file).map(|save| save.bytes).map_err(io::Error::other)
    }

    fn wait(&mut self) -> bool {
        matches!(self.stop.recv_timeout(PAUSE), Err(RecvTimeoutError::Timeout))
    }

    fn say(&mut self, line: &str) -> anyhow::Result<()> {
        output::write(&format!("{line}\n"))
    }
}

/// Reads a save: its draft, told its findings, and the signs inside it.
type Reading = anyhow::Result<(Draft, Vec<Trace>)>;

fn follow(world: &mut impl World, read: impl Fn(&[u8]) -> Reading, name: &str) -> anyhow::Result<()> {
    let name = escape::line(name);
    world.say(&format!("Watching {name}. Ctrl-C ends."))?;
    let mut versions = Versions::default();
    let mut last = world.look();
    let mut done: Option<Option<Stamp>> = None;
    loop {
        let now = world.look();
        // Editors empty a file before they fill it, or put another in its place; what is there twice is settled.
        if now == last && done != Some(now) {
            match now {
                None => world.say(&format!("{name} is gone; waiting for it to come back."))?,
                Some(_) => match world.read().map_err(anyhow::Error::from).and_then(|bytes| read(&bytes)) {
                    Ok((draft, traces)) => {
                        if let Some(line) = versions.saw(draft, traces, &name) {
                            world.say(&line)?;
                        }
                    }
                    // It may have gone between two looks; the next will tell.
                    Err(_) if world.look().is_none() => {}
                    Err(error) => {
                        world.say(&format!("This save could not be read: {}", escape::line(&error.to_string())))?
                    }
                },
            }
            done = Some(now);
        }
        last = now;
        if !world.wait() {
            return Ok(());
        }
    }
}

/// The versions so far.
#[derive(Default)]
struct Versions {
    drafts: Vec<Draft>,
    count: usize,
    level: Level,
    spoken: bool,
}

impl Versions {
    /// Takes in a save. Gives what there is to say: when the level changed.
    fn saw(&mut self, draft: Draft, traces: Vec<Trace>, name: &str) -> Option<String> {
        if draft.sentences.is_empty() || self.drafts.last().is_some_and(|last| last.same_words(&draft)) {
            return None;
        }
        self.drafts.push(draft);
        self.count += 1;
        if self.drafts.len() > MOST {
            self.drafts.remove(0);
        }
        let rewording = Story::tell(self.drafts.clone(), traces).rewording;
        let before = std::mem::replace(&mut self.level, rewording.level);
        (before != rewording.level).then(|| self.line(&rewording, name))
    }

    fn line(&mut self, rewording: &Rewording, name: &str) -> String {
        let signs: Vec<&str> = rewording.signs.iter().map(|clue| clue.text.as_str()).collect();
        let signs = escape::line(&signs.join("; "));
        let head = format!("Draft {}:", self.count);
        match rewording.level {
            Level::None => format!("{head} the words follow the facts again."),
            Level::Some => format!("{head} some rewording: {signs}."),
            Level::High if self.spoken => format!("{head} much rewording again: {signs}."),
            Level::High => {
                self.spoken = true;
                format!(
                    "{head} CALL FIRST  then send this as the record.\n  {signs}.\n  \
                     To ring with: tonelint brief {name}. Sending now remains your choice."
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// A world that shows one text after another; `None` is a file that is gone.
    struct Script {
        looks: VecDeque<Option<&'static str>>,
        said: Vec<String>,
    }

    impl World for Script {
        fn look(&mut self) -> Option<Stamp> {
            let text = self.looks.front().copied().flatten()?;
            let inode = text.as_ptr() as u64;
            Some(Stamp { modified: None, length: text.len() as u64, inode })
        }

        fn read(&mut self) -> io::Result<Vec<u8>> {
            let text = self.looks.front().copied().flatten();
            text.map(|text| text.as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
        }

        fn wait(&mut self) -> bool {
            self.looks.pop_front();
            !self.looks.is_empty()
        }

        fn say(&mut self, line: &str) -> anyhow::Result<()> {
            self.said.push(line.to_owned());
            Ok(())
        }
    }

    fn plain(bytes: &[u8]) -> Reading {
        let text = std::str::from_utf8(bytes)?;
        let message = tonelint::message::Message::read(bytes, Kind::Text)?;
        Ok((Draft::plain("", text), traces(&message)))
    }

    /// What is said while the file holds one of `texts` after another, each for `looks` looks.
    fn said(texts: &[Option<&'static str>], looks: usize) -> Vec<String> {
        let looks = texts.iter().flat_map(|text| std::iter::repeat_n(*text, looks)).collect();
        let mut script = Script { looks, said: Vec::new() };
        follow(&mut script, plain, "reply.txt").unwrap();
        script.said.split_off(1)
    }

    macro_rules! history {
        ($kind:literal) => {
            [
                Some(include_str!(concat!("../../fixtures/drafts/", $kind, "/1.txt"))),
                Some(include_str!(concat!("../../fixtures/drafts/", $kind, "/2.txt"))),
                Some(include_str!(concat!("../../fixtures/drafts/", $kind, "/3.txt"))),
                Some(include_str!(concat!("../../fixtures/drafts/", $kind, "/4.txt"))),
                Some(include_str!(concat!("../../fixtures/drafts/", $kind, "/5.txt"))),
            ]
        };
    }

    #[test]
    fn it_speaks_up_once_when_words_keep_changing() {
        let mut texts = history!("agonised/lost-parcel").to_vec();
        // The last save is there again and again.
        texts.extend([texts[4]; 3]);
        let said = said(&texts, 2);
        assert_eq!(said.iter().filter(|line| line.contains("CALL FIRST")).count(), 1, "{said:#?}");
        assert!(said.last().unwrap().contains("tonelint brief reply.txt"));
    }

    #[test]
    fn it_is_quiet_while_facts_come_in() {
        assert_eq!(said(&history!("informed/missing-invoice"), 2), [""; 0]);
    }

    #[test]
    fn a_file_that_goes_is_told_once_and_followed_when_it_comes_back() {
        let [one, two, three, four, five] = history!("agonised/lost-parcel");
        let texts = [one, two, None, None, three, four, five];
        let said = said(&texts, 2);
        assert_eq!(said.iter().filter(|line| line.contains("is gone")).count(), 1, "{said:#?}");
        assert!(said.last().unwrap().contains("CALL FIRST"), "{said:#?}");
    }

    #[test]
    fn what_is_only_passing_is_not_read() {
        // Emptied, half written, and gone for the blink of a rename.
        let whole = history!("agonised/lost-parcel");
        let mut script = Script { looks: VecDeque::new(), said: Vec::new() };
        for text in whole {
            script.looks.extend([Some(""), Some("We lo"), None, text, text]);
        }
        follow(&mut script, plain, "reply.txt").unwrap();
        assert!(!script.said.iter().any(|line| line.contains("gone")), "{:#?}", script.said);
        assert!(script.said.last().unwrap().contains("CALL FIRST"), "{:#?}", script.said);
    }

    #[test]
    fn what_cannot_be_read_is_said_and_waited_out() {
        let looks = VecDeque::from(vec![Some("one"); 4]);
        let mut script = Script { looks, said: Vec::new() };
        follow(&mut script, |_| anyhow::bail!("no text\u{1b}[2J"), "reply.txt").unwrap();
        assert_eq!(script.said.len(), 2);
        assert!(script.said[1].contains("could not be read: no text\\u{1b}[2J"));
    }
}
