//! The one draft or mail that a command takes.

use super::collections::{self, Configured};
use super::thread::Thread;
use super::{Common, output};
use anyhow::bail;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use tonelint::advice::{self, Source};
use tonelint::collection::{Collection, Entry};
use tonelint::config::Config;
use tonelint::lint::Place;
use tonelint::message::Message;
use tonelint::report::{Lines, escape};
use tonelint::source::{Document, Format, Kind, Plan, STDIN};

/// Lines that are named of replies called the same.
const MOST_LINES: usize = 5;

#[derive(clap::Args)]
pub struct Single {
    /// A draft or mail; `-`, or nothing in a pipe, is standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The name standard input goes by, which also tells its type
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
    /// Of a file that holds many replies, the one of this name or number
    #[arg(long, value_name = "NAME")]
    reply: Option<String>,
}

impl Single {
    /// The file at `path`.
    pub fn of(path: &Path) -> Self {
        Self { file: Some(path.to_owned()), stdin_name: None, reply: None }
    }

    /// Reads it.
    ///
    /// # Errors
    /// When it cannot be read, or is a folder.
    pub fn open(&self, common: &Common) -> anyhow::Result<(Document, Message)> {
        let file = match &self.file {
            Some(file) => file,
            None if std::io::stdin().is_terminal() => bail!("no draft named; name one, or pipe it in"),
            None => Path::new(STDIN),
        };
        let configured = Configured::new(common);
        let plan = Plan::of(&[file], self.stdin_name.as_deref(), &|path| configured.format(path));
        configured.finish()?;
        match (&plan.inputs[..], plan.errors.into_iter().next()) {
            ([input], None) if !file.is_dir() => {
                let document = input.read()?;
                if let Kind::Collection(format) = document.kind {
                    let message = self.of_many(common, &document, format)?;
                    return Ok((document, message));
                }
                let message = Message::read(&document.bytes, document.kind);
                let message = message.map_err(|error| anyhow::anyhow!("{}: {error}", document.path.display()))?;
                Ok((document, message))
            }
            (_, Some(error)) => Err(error.into()),
            _ => bail!("{} is a folder; name one draft in it", file.display()),
        }
    }
}

impl Single {
    /// The reply that is wanted of a file of many.
    fn of_many(&self, common: &Common, document: &Document, format: Format) -> anyhow::Result<Message> {
        let path = &document.path;
        let config = Config::load(path.parent().unwrap_or(Path::new("")), common.config.as_deref())?;
        let collection = collections::open(document, format, &config)
            .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        let wanted = match &self.reply {
            Some(reply) => collection
                .names()
                .position(|name| name == reply)
                .or_else(|| reply.parse::<usize>().ok()?.checked_sub(1)),
            None => (collection.len() == 1).then_some(0),
        };
        if let Some(entry) = wanted.and_then(|index| collection.entry(index)) {
            if self.reply.as_deref() == Some(&*entry.name) {
                tell_of_namesakes(document, &collection, &entry);
            }
            return Ok(Message::of_entry(entry));
        }
        let shown = path.display();
        let first = collection.names().next().unwrap_or_default();
        match &self.reply {
            Some(reply) => {
                bail!("{shown}: no reply `{reply}`; name one of its {}, such as `{first}`", collection.len())
            }
            None => bail!("{shown}: holds {} replies; name one: --reply 1, or --reply '{first}'", collection.len()),
        }
    }
}

/// Says that other replies are called as the one that is taken, and where they all are.
fn tell_of_namesakes(document: &Document, collection: &Collection, taken: &Entry) {
    let others: Vec<usize> = collection.namesakes(taken.index).collect();
    let [next, ..] = others[..] else { return };
    let lines = Lines::new(&document.bytes);
    let line = |index: usize| lines.position(collection.begins_at(index).unwrap_or_default()).line.to_string();
    let all: Vec<String> =
        std::iter::once(taken.index).chain(others.iter().copied()).take(MOST_LINES).map(line).collect();
    let (count, next) = (others.len() + 1, collection.names().nth(next).unwrap_or_default());
    let more = if count > all.len() { " …" } else { "" };
    output::complain(&format!(
        "{}: {count} replies are called `{}`, in lines {}{more}; this is the first. The next: --reply '{next}'",
        document.path.display(),
        taken.name,
        all.join(", "),
    ));
}

/// Says where something was read: file and line of the draft or of an earlier mail, or which attached mail.
pub fn locate<'a>(document: &'a Document, message: &'a Message, thread: &'a Thread) -> impl Fn(&Source) -> String + 'a {
    let line = |document: &Document, message: &Message, place: Place| {
        let raw = place.passage.of(message).map_or(0, |passage| passage.map.to_source(place.mark).start);
        let line = Lines::new(&document.bytes).position(raw as usize).line;
        format!("{}:{line}", escape::path(&document.path.display().to_string()))
    };
    move |source| match source.document {
        advice::Document::Draft => line(document, message, source.place),
        advice::Document::Earlier(number) => match thread.documents.get(number).zip(thread.messages.get(number)) {
            Some((document, message)) => line(document, message, source.place),
            None => format!("earlier mail {}", number + 1),
        },
        advice::Document::Attached(number) => format!("attached mail {}", number + 1),
    }
}
