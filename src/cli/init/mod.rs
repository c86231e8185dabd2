//! `tonelint init`: looks at a repository and proposes a configuration for it.

mod proposal;
mod survey;

use super::collections::{Configured, each_message};
use super::parallel::{Give, in_order};
use super::{Common, output};
use anyhow::Context as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use survey::Survey;
use tonelint::config::{Config, PROJECT_FILE, nearest};
use tonelint::lint::{Linter, Policy};
use tonelint::message::Message;
use tonelint::report::escape;
use tonelint::rules::dictionary::Severity;
use tonelint::source::{Input, Plan};

#[derive(clap::Args)]
pub struct Arguments {
    /// Write the configuration; one that is there is never overwritten
    #[arg(long)]
    write: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let there = nearest(Path::new(""), PROJECT_FILE).map(|path| path.strip_prefix(".").unwrap_or(&path).to_owned());
    if let Some(path) = there.as_ref().filter(|_| arguments.write) {
        let path = path.display();
        anyhow::bail!("{path} is there and stays as it is; what it says: tonelint config show");
    }
    let configured = Configured::new(common);
    let plan = Plan::of(&["."], None, &|path| configured.format(path));
    configured.finish()?;
    let survey = Survey::of(Path::new("."), plan.inputs.iter().map(Input::path));
    let replies: Vec<&Input> = plan.inputs.iter().filter(|input| survey.holds(input.path())).collect();
    let found = count(common, &replies)?;

    let (seen, configuration) = (proposal::seen(&survey), proposal::configuration(&survey));
    let next = proposal::next(&survey, found);
    if arguments.write {
        write(&configuration)?;
        let told = format!("{seen}\nWritten: {PROJECT_FILE}\n\n{next}");
        output::write(&escaped(&told))?;
        return Ok(0);
    }
    let end = match there {
        Some(path) => format!("{} is there already, and counts here.", path.display()),
        None => format!("Nothing is written yet. To write it to {PROJECT_FILE}:\n  tonelint init --write"),
    };
    output::write(&escaped(&format!("{seen}\n{configuration}\n{end}\n\n{next}")))?;
    Ok(0)
}

/// How many findings above a note `inputs` hold; what cannot be read holds none, and `check` will say so.
fn count(common: &Common, inputs: &[&Input]) -> anyhow::Result<usize> {
    let (rules, policy) = (common.rules()?, Policy::default());
    let linter = Linter::new(&rules, &policy);
    let loud = |input: &&Input| {
        let document = input.read().ok()?;
        let mut count = 0;
        let lint = |message: &Message| {
            let findings = linter.lint("", message).findings;
            count += findings.iter().filter(|f| f.suppressed.is_none() && f.severity > Severity::Note).count();
        };
        each_message(&document, &Config::default(), lint).ok()?;
        Some(count)
    };
    let mut found = 0;
    let count = |input: &&Input, give: &mut Give<'_, usize>| give(loud(input).unwrap_or_default());
    in_order(inputs, count, |count| {
        found += count.unwrap_or_default();
        Ok(())
    })?;
    Ok(found)
}

/// Each line of `text` as a terminal may see it: it names folders.
fn escaped(text: &str) -> String {
    text.lines().map(|line| escape::line(line) + "\n").collect()
}

/// Writes the configuration where none is, not even one made this moment.
fn write(text: &str) -> anyhow::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(PROJECT_FILE).context(PROJECT_FILE)?;
    file.write_all(text.as_bytes()).context(PROJECT_FILE)
}
