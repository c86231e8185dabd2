//! Earlier mails of a thread, named with `--thread`.

use std::path::PathBuf;
use tonelint::message::Message;
use tonelint::report::Failure;
use tonelint::source::{Plan, SourceError};

/// Mails read, and what could not be.
#[derive(Default)]
pub struct Thread {
    /// The mails.
    pub messages: Vec<Message>,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

impl Thread {
    /// Reads the mails at `paths`.
    pub fn read(paths: &[PathBuf]) -> Self {
        if paths.is_empty() {
            return Self::default();
        }
        let plan = Plan::of(paths, None, &|_| None);
        let mut thread = Self { messages: Vec::new(), failures: plan.errors.iter().map(failure).collect() };
        for input in &plan.inputs {
            let read = input.read().map_err(|error| failure(&error)).and_then(|document| {
                Message::read(&document.bytes, document.kind)
                    .map_err(|error| Failure { path: document.path.display().to_string(), message: error.to_string() })
            });
            match read {
                Ok(message) => thread.messages.push(message),
                Err(failure) => thread.failures.push(failure),
            }
        }
        thread
    }
}

/// A source that cannot be read, as it is reported.
pub fn failure(error: &SourceError) -> Failure {
    Failure { path: error.path.display().to_string(), message: error.problem.to_string() }
}
