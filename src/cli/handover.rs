//! The program that sends: run with the mail, or become, with the arguments that were meant for it.

use super::sendmail::say;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tonelint::report::escape;
use tonelint::sending::{Program, status};

/// Set for the program that sends.
const GUARD: &str = "TONELINT_SENDING";

/// Whether we are run by the program that sends: it leads back here.
pub fn leads_back() -> bool {
    std::env::var_os(GUARD).is_some()
}

/// Hands the mail on, and gives the exit status for it.
pub fn deliver(program: &Program, arguments: &[OsString], pieces: &[&[u8]]) -> u8 {
    let mut child = match command(program, arguments).stdin(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return cannot_run(program, &error),
    };
    if let Err(error) = hand_over(&mut child, pieces) {
        // It must not take the part it has for the whole.
        let _ = child.kill().and_then(|()| child.wait());
        say(&format!("tonelint: the mail could not be handed on: {error}; nothing was sent\n"));
        return status::NOT_READ;
    }
    match child.wait() {
        Ok(ended) => {
            let status = status::of(ended);
            if ended.code() != Some(i32::from(status)) {
                say(&format!("tonelint: {} ended with {ended}; the mail was not sent\n", shown(program)));
            }
            status
        }
        Err(error) => cannot_run(program, &error),
    }
}

fn hand_over(child: &mut Child, pieces: &[&[u8]]) -> io::Result<()> {
    let Some(mut stdin) = child.stdin.take() else { return Ok(()) };
    match pieces.iter().try_for_each(|piece| stdin.write_all(piece)) {
        // It read as much as it wanted; its status tells what it made of that.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            // Closed only when the program can no longer take that for the end.
            child.stdin = Some(stdin);
            Err(error)
        }
        Ok(()) => Ok(()),
    }
}

/// Ends as the program that sends, with nothing in between.
#[cfg(unix)]
pub fn become_it(program: &Program, arguments: &[OsString]) -> u8 {
    let error = std::os::unix::process::CommandExt::exec(&mut command(program, arguments));
    cannot_run(program, &error)
}

/// Runs the program that sends, with nothing in between.
#[cfg(not(unix))]
pub fn become_it(program: &Program, arguments: &[OsString]) -> u8 {
    match command(program, arguments).status() {
        Ok(ended) => status::of(ended),
        Err(error) => cannot_run(program, &error),
    }
}

fn command(program: &Program, arguments: &[OsString]) -> Command {
    let mut command = Command::new(&program.path);
    command.args(&program.arguments).args(arguments).env(GUARD, "1");
    command
}

fn cannot_run(program: &Program, error: &io::Error) -> u8 {
    say(&format!("tonelint: {} cannot be run: {error}; nothing was sent\n", shown(program)));
    status::UNAVAILABLE
}

fn shown(program: &Program) -> String {
    escape::line(&Path::new(&program.path).display().to_string())
}
