//! The brief: one page to ring up with.
//!
//! It gathers, sorts and quotes; it invents nothing. A line that quotes points to where it was read;
//! a section that found nothing says so, and asks.

mod address;
mod excerpt;
mod ours;
mod page;
mod questions;
pub mod render;
mod talk;
mod theirs;

use super::{Context, Source, see};

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// What it is about, for a title: the subject of the mail, or whom it is written to.
    pub subject: String,
    /// Its sections, in the order of a conversation.
    pub sections: Vec<Section>,
}

/// A part of the page.
#[derive(Clone, Debug)]
pub struct Section {
    /// A short name for machines, such as `their-words`.
    pub name: &'static str,
    /// The heading for people.
    pub heading: &'static str,
    /// Its lines; never empty, for what was not found is said.
    pub lines: Vec<Line>,
}

/// A line of the page.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its words.
    pub text: String,
    /// Where they were read; `None` for the words of the brief itself.
    pub source: Option<Source>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Words of the thread or the draft, verbatim.
    Quote,
    /// A fact read from headers or dates.
    Fact,
    /// Something to say, to ask or to complete.
    Prompt,
    /// What the thread does not tell.
    Missing,
}

impl LineKind {
    /// Its name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Fact => "fact",
            Self::Prompt => "prompt",
            Self::Missing => "missing",
        }
    }
}

/// Writes the brief for a draft and its thread.
#[must_use]
pub fn brief(context: &Context<'_>) -> Brief {
    let seen = see(context);
    let page = page::Page::of(context, &seen);
    Brief { subject: page.title(), sections: page.sections() }
}
