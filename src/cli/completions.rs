//! `tonelint completions` and `tonelint man`

use super::output;
use clap::CommandFactory;
use clap_complete::Shell;

#[derive(clap::Args)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Writes completions.
pub fn shell(arguments: &Arguments) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "tonelint", &mut script);
    output::write(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

/// Writes the manual page.
pub fn man() -> anyhow::Result<u8> {
    let mut page = Vec::new();
    clap_mangen::Man::new(super::Arguments::command()).render(&mut page)?;
    output::write(&String::from_utf8_lossy(&page))?;
    Ok(0)
}
