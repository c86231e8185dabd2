//! The one draft or mail that a command takes.

use anyhow::bail;
use std::path::PathBuf;
use tonelint::message::Message;
use tonelint::source::{Document, Plan};

#[derive(clap::Args)]
pub struct Single {
    /// A draft or mail; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The name standard input goes by, which also tells its type
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

impl Single {
    /// Reads it.
    ///
    /// # Errors
    /// When it cannot be read, or is a folder.
    pub fn open(&self) -> anyhow::Result<(Document, Message)> {
        let plan = Plan::of(&[&self.file], self.stdin_name.as_deref());
        match (&plan.inputs[..], plan.errors.into_iter().next()) {
            ([input], None) if !self.file.is_dir() => {
                let document = input.read()?;
                let message = Message::read(&document.bytes, document.kind);
                let message = message.map_err(|error| anyhow::anyhow!("{}: {error}", document.path.display()))?;
                Ok((document, message))
            }
            (_, Some(error)) => Err(error.into()),
            _ => bail!("{} is a folder; name one draft in it", self.file.display()),
        }
    }
}
