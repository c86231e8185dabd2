//! `tonelint hook`: a plain pre-commit hook of git, put in and taken out without touching anybody else's.

use super::output;
use anyhow::{Context as _, bail};
use clap::Subcommand;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
#[group(id = "hook")]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Check what each commit of this repository brings before it is made
    ///
    /// What stood in a file before the commit is left alone. The hook can be passed: git commit --no-verify
    Install {
        /// Look at all of a staged file, also at what stood there before
        #[arg(long)]
        all: bool,
        /// Folders and files to look at, from here; everything when none is named
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Take that hook out again
    Uninstall,
}

/// The line by which we know a hook for ours.
const MARK: &str = "# Put here by `tonelint hook install`; `tonelint hook uninstall` takes it out.";

/// What every hook of ours runs, with what follows.
const CHECK: &str = "tonelint check --staged";

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    match &arguments.action {
        Action::Install { all, paths } => install(*all, paths),
        Action::Uninstall => uninstall(),
    }
}

fn install(all: bool, paths: &[PathBuf]) -> anyhow::Result<u8> {
    let command = command(all, paths)?;
    let hook = hook()?;
    let shown = hook.display();
    if let Some(there) = read(&hook)? {
        if !is_ours(&there) {
            bail!(
                "{shown}: another hook is there, and stays as it is; add this line to it, \
                 or to what its hook manager runs:\n  {command}"
            );
        }
    } else if let Some(scope) = shared()? {
        bail!(
            "{shown}: core.hooksPath of your {scope} configuration makes one hook of all repositories; \
             if that is wanted, write this line there:\n  {command}"
        );
    }
    write(&hook, &script(&command)).with_context(|| format!("{shown}: cannot be written"))?;
    output::write(&format!(
        "Before each commit: {command}\n({shown})\nTo commit without it: git commit --no-verify\n"
    ))?;
    Ok(0)
}

fn uninstall() -> anyhow::Result<u8> {
    let hook = hook()?;
    let shown = hook.display();
    match read(&hook)? {
        None => output::write("No hook is there.\n")?,
        Some(there) if is_ours(&there) => {
            fs::remove_file(&hook).with_context(|| format!("{shown}: cannot be removed"))?;
            output::write(&format!("Taken out: {shown}\n"))?;
        }
        Some(_) => bail!("{shown}: not as `tonelint hook install` writes it, and stays as it is"),
    }
    Ok(0)
}

/// The hook itself.
fn script(command: &str) -> String {
    format!(
        "#!/bin/sh\n{MARK}\n{command} || {{\n    status=$?\n    \
         echo 'tonelint: to commit as it is: git commit --no-verify' >&2\n    exit $status\n}}\n"
    )
}

/// What the hook runs.
fn command(all: bool, paths: &[PathBuf]) -> anyhow::Result<String> {
    let mut command = String::from(CHECK);
    if !all {
        command.push_str(" --new-only");
    }
    if !paths.is_empty() {
        // Hooks run at the top.
        let prefix = git(&["rev-parse", "--show-prefix"])?;
        command.push_str(" --");
        for path in paths {
            if path.symlink_metadata().is_err() {
                bail!("{}: nothing is there", path.display());
            }
            let path = if path.is_absolute() { path.clone() } else { Path::new(&prefix).join(path) };
            let Some(path) = path.to_str() else { bail!("{}: not UTF-8", path.display()) };
            command.push_str(&format!(" {}", word(path)));
        }
    }
    Ok(command)
}

/// `path` as one word of a shell.
pub fn word(path: &str) -> String {
    let plain = path.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
    if plain { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// Where git looks for the hook.
fn hook() -> anyhow::Result<PathBuf> {
    Ok(PathBuf::from(git(&["rev-parse", "--git-path", "hooks"])?).join("pre-commit"))
}

/// The hook that is there; a link is somebody else's whatever it leads to.
fn read(hook: &Path) -> anyhow::Result<Option<String>> {
    match hook.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{}: cannot be read", hook.display())),
        Ok(meta) if !meta.is_file() => Ok(Some(String::new())),
        Ok(_) => {
            let bytes = fs::read(hook).with_context(|| format!("{}: cannot be read", hook.display()))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}

/// Whether we wrote the hook, and nobody added to it.
fn is_ours(hook: &str) -> bool {
    let command = hook.lines().nth(2).and_then(|line| line.strip_suffix(" || {"));
    command.is_some_and(|command| command.starts_with(CHECK) && hook == script(command))
}

/// The scope of a `core.hooksPath` that is not this repository's alone.
fn shared() -> anyhow::Result<Option<String>> {
    let Ok(said) = git(&["config", "--show-scope", "--get", "core.hooksPath"]) else { return Ok(None) };
    let scope = said.split_whitespace().next().unwrap_or_default().to_owned();
    Ok(Some(scope).filter(|scope| scope == "global" || scope == "system"))
}

/// Writes a hook that git can run.
fn write(hook: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = hook.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create(hook)?;
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git").args(arguments).env("LC_ALL", "C").output().context("git cannot be run")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git: {}", said.lines().next().unwrap_or("it failed without a word").trim_start_matches("fatal: "));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_words_of_a_shell() {
        assert_eq!(word("replies/en"), "replies/en");
        assert_eq!(word("it's $(here)"), r"'it'\''s $(here)'");
    }

    #[test]
    fn a_hook_with_a_line_of_its_owner_is_not_ours() {
        let ours = script("tonelint check --staged -- 'a || {'");
        assert!(is_ours(&ours));
        assert!(!is_ours(&ours.replace("tonelint check", "make lint\ntonelint check")));
        assert!(!is_ours(&(ours.clone() + "make lint\n")));
        assert!(!is_ours(&ours.replace(MARK, "# Ours")));
    }
}
