//! Files that hold many replies: exports of help desks, texts of applications, tables.
//!
//! Every format is read into the same values ([`node`]); where the replies are among them, the configuration
//! says ([`Choice`]), or a known shape does ([`preset`]). Replies are decoded one by one, each with the way back
//! through the format's escapes to the bytes of the file.

mod choice;
mod csv;
mod dialect;
mod fluent;
mod json;
mod node;
mod po;
mod preset;
mod properties;
mod select;
mod yaml;

pub use crate::decode::Format;
pub use choice::Choice;
pub use select::{Path as Selector, PathError};

use crate::decode::charset::{self, NotText};
use crate::decode::{Decoded, Kind};
use crate::span::Span;
use choice::Reply;
use node::{Node, Scalar};
use std::path::{Component, Path};

/// A file of replies, opened.
#[derive(Debug)]
pub struct Collection {
    file: Decoded,
    replies: Vec<Reply>,
    /// What was read less than exactly, said for people.
    notice: Option<String>,
}

/// One reply of a collection.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its title, or the way to it in the file; no two of a collection are the same.
    pub name: String,
    /// Zero-based place among the replies of the file.
    pub index: usize,
    /// Its subject, if it has one of its own.
    pub subject: Option<Words>,
    /// Its words.
    pub bodies: Vec<Words>,
    /// What was read less than exactly, said for people.
    pub notice: Option<String>,
}

/// Decoded words of a reply.
#[derive(Clone, Debug)]
pub struct Words {
    /// The text as the format holds it, its map leading to the bytes of the file.
    pub decoded: Decoded,
    /// What the text is written in: plain text, Markdown or HTML.
    pub kind: Kind,
    /// Whether the map is exact; otherwise it leads to all of the value.
    pub exact: bool,
}

/// Why a file of replies could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CollectionError {
    /// The bytes are no text.
    #[error("{0}")]
    NotText(#[from] NotText),
    /// It is not what its name says.
    #[error("no sound {}: line {line}, column {column}: {message}", format.name())]
    Syntax {
        /// What it should be.
        format: Format,
        /// One-based.
        line: usize,
        /// One-based.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// Nobody says where its replies are.
    #[error(
        "it is not known where its replies are{}; say so in tonelint.toml: [[collection]] with \
         files = \"{file}\" and {}", known(*format), advised(*format)
    )]
    Unknown {
        /// What it is.
        format: Format,
        /// A pattern that names it.
        file: String,
    },
    /// The configuration looks for replies where there are none.
    #[error("no text where [[collection]] looks for replies: {0}")]
    Nothing(String),
}

impl CollectionError {
    /// Whether the file at `path` that holds `bytes` is some other thing, for all that can be told, and not a
    /// broken file of replies.
    #[must_use]
    pub fn is_of_another_shape(&self, path: &Path, bytes: &[u8]) -> bool {
        match self {
            Self::Unknown { .. } => true,
            Self::Syntax { format, .. } => dialect::is_another(path, bytes, *format),
            Self::NotText(_) | Self::Nothing(_) => false,
        }
    }

    /// What is wrong at byte `at` of `text`.
    fn syntax(format: Format, text: &str, at: usize, message: String) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Self::Syntax { format, line, column, message }
    }
}

/// How `[[collection]]` would name the file at `path`: as it was named, from wherever the way begins.
fn pattern(path: &Path) -> String {
    let normal = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    let names: Vec<String> = path.components().filter(|part| *part != Component::CurDir).map_while(normal).collect();
    let whole = names.len() == path.components().filter(|part| *part != Component::CurDir).count();
    let last = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if whole { names.join("/") } else { format!("**/{}", last()) }
}

fn known(format: Format) -> String {
    let names = preset::names(format);
    if names.is_empty() { String::new() } else { format!(" (it does not look like {})", names.join(", ")) }
}

fn advised(format: Format) -> &'static str {
    match format {
        Format::Csv => "the name of a column: select = [\"Reply\"]",
        _ => "a path: select = [\"$..body\"]",
    }
}

impl Collection {
    /// Opens the file at `path` that holds `bytes`. Where its replies are, `choice` says; else its shape.
    ///
    /// # Errors
    /// When it is no text or not sound, when it is not known where its replies are, or when there are none where
    /// `choice` looks for them.
    pub fn open(path: &Path, bytes: &[u8], format: Format, choice: Option<&Choice>) -> Result<Self, CollectionError> {
        let (file, notice) = text(bytes)?;
        let root = read(format, &file.text)?;
        let replies = match choice {
            Some(choice) => {
                let replies = choice.replies(&root, &file.text);
                if replies.is_empty() {
                    return Err(CollectionError::Nothing(choice.described()));
                }
                replies
            }
            None => {
                let unknown = || CollectionError::Unknown { format, file: pattern(path) };
                let choice = preset::recognise(path, &file.text, &root, format, false).ok_or_else(unknown)?;
                choice.replies(&root, &file.text)
            }
        };
        Ok(Self { file, replies, notice })
    }

    /// How many replies it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.replies.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replies.is_empty()
    }

    /// The names of its replies, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.replies.iter().map(|reply| &*reply.name)
    }

    /// Those that are called in the file as the reply at `index` is; their names here have a number behind.
    pub fn namesakes(&self, index: usize) -> impl Iterator<Item = usize> {
        let name = self.replies.get(index).map(|reply| &reply.name);
        (0..self.replies.len()).filter(move |other| name.is_some() && self.replies[*other].called.as_ref() == name)
    }

    /// The byte of the file at which the reply at `index` begins.
    #[must_use]
    pub fn begins_at(&self, index: usize) -> Option<usize> {
        let start = self.replies.get(index)?.start() as usize;
        Some(self.file.map.to_source(Span::new(start, start + 1)).start as usize)
    }

    /// Decodes the reply at `index`.
    #[must_use]
    pub fn entry(&self, index: usize) -> Option<Entry> {
        let reply = self.replies.get(index)?;
        Some(Entry {
            name: reply.name.clone(),
            index,
            subject: reply.subject.as_ref().map(|text| self.words(text, Some(Kind::Text))),
            bodies: reply.bodies.iter().map(|(text, kind)| self.words(text, *kind)).collect(),
            notice: self.notice.clone().filter(|_| index == 0),
        })
    }

    /// The replies, decoded one by one.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        (0..self.replies.len()).filter_map(|index| self.entry(index))
    }

    fn words(&self, text: &Scalar, kind: Option<Kind>) -> Words {
        let reading = text.read(&self.file.text);
        let map = reading.decoded.map.compose(&self.file.map);
        let kind = kind.unwrap_or_else(|| if is_markup(&reading.decoded.text) { Kind::Html } else { Kind::Text });
        Words { decoded: Decoded { text: reading.decoded.text, map }, kind, exact: reading.exact }
    }
}

/// Whether a file that nobody names holds replies for certain: it is of a known shape.
///
/// A file that is not sound counts when all else speaks for it, so that opening it says what is wrong.
#[must_use]
pub fn recognises(path: &Path, bytes: &[u8], format: Format) -> bool {
    let Ok((file, _)) = text(bytes) else { return false };
    if !preset::may_be_sure(path, &file.text, format) {
        return false;
    }
    match read(format, &file.text) {
        Ok(root) => preset::recognise(path, &file.text, &root, format, true).is_some(),
        // Templates of many tools go by the name of YAML and are not.
        Err(_) => format != Format::Yaml || preset::is_of_a_language(path, format),
    }
}

fn text(bytes: &[u8]) -> Result<(Decoded, Option<String>), NotText> {
    let found = charset::detect(bytes)?;
    let notice = found.guessed.then(|| format!("read as {}; save it as UTF-8 if that is wrong", found.encoding.name()));
    Ok((found.decoded, notice))
}

fn read(format: Format, text: &str) -> Result<Node, CollectionError> {
    match format {
        Format::Json => json::read(text),
        Format::Yaml => yaml::read(text),
        Format::Csv => csv::read(text),
        Format::Po => po::read(text),
        Format::Properties => Ok(properties::read(text)),
        Format::Fluent => fluent::read(text),
    }
}

/// Whether text is HTML by its look: it holds a tag that mails and texts of applications use.
fn is_markup(text: &str) -> bool {
    const TAGS: [&str; 24] = [
        "p",
        "br",
        "div",
        "span",
        "a",
        "b",
        "i",
        "u",
        "em",
        "strong",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "h1",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "html",
        "body",
        "img",
    ];
    let Some(last) = text.rfind('>') else { return false };
    memchr::memchr_iter(b'<', &text.as_bytes()[..last]).any(|at| {
        let rest = text[at + 1..].trim_start_matches('/');
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let closes = rest[end..].starts_with(['>', ' ', '/', '\n', '\t']);
        closes && TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(&rest[..end]))
    })
}
