//! Writing to the terminal.

use std::io::{self, Write};
use tonelint::report::{Failure, escape};

/// Writes `text` to standard output.
///
/// # Errors
/// When it cannot be written; a closed pipe is told apart by [`is_broken_pipe`].
pub fn write(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Says on standard error what stands in the way. Escapes what a terminal would obey.
pub fn complain(message: &str) {
    for line in message.lines() {
        eprintln!("tonelint: {}", escape::line(line));
    }
}

/// Says on standard error what could not be checked, and why.
pub fn complain_of<'f>(failures: impl IntoIterator<Item = &'f Failure>) {
    for failure in failures {
        complain(&format!("{}: {}", failure.path, failure.message));
    }
}

/// An error and its causes, each said once: many messages quote their cause already.
pub fn with_causes(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.ends_with(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

/// Whether the reader of our output went away: that is its right, and no failure of ours.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
