//! Revisions of one message: find them, align their sentences, tell rewording from new content.
//!
//! Searching again and again for the best way to put something is the sign that it wants a
//! conversation. This room reads all versions of a message it can find and says whether the writer is
//! adding facts or only turning words:
//!
//! ```text
//! files, mailbox, backups, git ─► Draft ─► align ─► classify ─► Step ─┐
//! journal (sketches, no text) ──────┘                                 ├─► index ─► Story
//!                        one draft ─► signs ──────────────────────────┘
//! ```
//!
//! Alignment and classes work on [`Features`], never on text, so a sketch that kept no word of the
//! message is compared by the same code as a file.

mod align;
pub mod alike;
pub mod backups;
mod bag;
mod candidates;
mod chains;
mod classify;
mod draft;
mod facts;
mod features;
pub mod git;
pub mod history;
mod index;
pub mod mailbox;
mod save;
pub mod signs;
pub mod sketch;
mod story;
mod traces;

pub use align::{Link, LinkKind, align};
pub use chains::{Chain, Version, chains};
pub use classify::{Change, Known, Op, Step, compare};
pub use draft::{Draft, Place, Sentence};
pub use facts::Class;
pub use features::{Features, Key, Token};
pub(crate) use index::duration;
pub use index::{Clue, Level, Rewording, rewording};
pub use save::{Save, SaveError};
pub use story::{Story, WordRun, WordRunKind, word_runs};
pub use traces::{Trace, traces};
