//! What is kept on disk between runs: one folder, readable by its owner alone.

mod folder;
mod journal;
mod record;

pub use folder::{StateError, cache_folder, folder, put};
pub use journal::Journal;
pub use record::Record;

#[cfg(test)]
mod tests;
