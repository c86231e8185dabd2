//! Earlier mails of a thread, named with `--thread`.

use std::path::PathBuf;
use tonelint::message::Message;
use tonelint::report::Failure;
use tonelint::source::{Document, Plan, SourceError};

/// Mails read, and what could not be.
#[derive(Default)]
pub struct Thread {
    /// The mails.
    pub messages: Vec<Message>,
    /// The document each was read from.
    pub documents: Vec<Document>,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

impl Thread {
    /// Reads the mails at `paths`.
    ///
    /// # Errors
    /// When a path leads to no mail: what is said of the draft would be said without its thread. One mail of
    /// many that cannot be read is a failure of its own.
    pub fn read(paths: &[PathBuf]) -> anyhow::Result<Self> {
        if paths.is_empty() {
            return Ok(Self::default());
        }
        let plan = Plan::of(paths, None, &|_| None);
        if !plan.errors.is_empty() {
            let lines: Vec<String> = plan.errors.iter().map(|error| format!("--thread {error}")).collect();
            anyhow::bail!("{}", lines.join("\n"));
        }
        let mut thread = Self::default();
        for input in &plan.inputs {
            let read = input.read().map_err(|error| failure(&error)).and_then(|document| {
                let fails = |message| Failure { path: document.path.display().to_string(), message };
                let message =
                    Message::read(&document.bytes, document.kind).map_err(|error| fails(error.to_string()))?;
                Ok((document, message))
            });
            match read {
                Ok((document, message)) => {
                    thread.documents.push(document);
                    thread.messages.push(message);
                }
                Err(failure) => thread.failures.push(failure),
            }
        }
        Ok(thread)
    }
}

/// A source that cannot be read, as it is reported.
pub fn failure(error: &SourceError) -> Failure {
    Failure { path: error.path.display().to_string(), message: error.problem.to_string() }
}
