//! The command line of tonelint. What it can do is in the library; here are arguments, printing and exit codes.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
