//! What is kept on disk between runs: one folder, readable by its owner alone.

mod folder;
mod journal;

pub use folder::{StateError, folder, put};
pub use journal::{Journal, Record};
