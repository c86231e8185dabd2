//! What is run when a mail is held, for clients that show no more than an exit status.

use std::io;
use std::process::{Command, Stdio};

/// Starts `words`, a program and its arguments, and does not wait for it: the client waits for us. It is told
/// nothing of the mail.
///
/// # Errors
/// When it cannot be run.
pub fn start(words: &[String]) -> io::Result<()> {
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // A mail that it sends is not one to hold: that would start it again.
    command.env(super::sendmail::SWITCH, "off").spawn().map(drop)
}
