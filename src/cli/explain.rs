//! `tonelint explain`

use super::rewording::known;
use super::session::Session;
use super::single::{Single, locate};
use super::thread::Thread;
use super::{Common, output};
use std::path::{Path, PathBuf};
use tonelint::advice::{Context, RewordingSummary};
use tonelint::report::{escape, points, reference};
use tonelint::rules::RuleSet;

#[derive(clap::Args)]
pub struct Arguments {
    /// A rule, as `category/name`, a category, or a draft whose verdict is to be explained
    #[arg(value_name = "RULE|FILE")]
    what: String,
    /// Earlier mails of the draft's thread, or a folder of them
    #[arg(long, value_name = "PATH")]
    thread: Vec<PathBuf>,
    /// Earlier drafts of the draft, oldest first; name the newest before this option
    #[arg(long, value_name = "FILE", num_args = 1..)]
    previous: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let path = Path::new(&arguments.what);
    output::write(&if path.is_file() {
        verdict(common, path, arguments)?
    } else {
        pages(Session::here(common)?.first().1, &arguments.what)?
    })?;
    Ok(0)
}

/// How the points of a draft were made.
fn verdict(common: &Common, path: &Path, arguments: &Arguments) -> anyhow::Result<String> {
    let (document, message) = Single::of(path).open(common)?;
    let thread = Thread::read(&arguments.thread)?;
    let session = Session::load(common, std::iter::once(path))?;
    let linter = session.linter(0);
    let linted = linter.lint(&path.display().to_string(), &message);
    let mut failures = Vec::new();
    let rewording = known(&arguments.previous, &document, &message, &linted, &linter, &mut failures);
    if let Some(failure) = thread.failures.iter().chain(&failures).next() {
        anyhow::bail!("{}: {}", failure.path, failure.message);
    }
    let rewording = rewording.as_ref().map(RewordingSummary::from);
    let context = session.context(0, &linter, &message, &linted, &thread.messages);
    let context = Context { rewording: rewording.as_ref(), ..context };
    Ok(points::points(&context, locate(&document, &message, &thread)))
}

/// The pages of a rule, or of all rules of a category.
fn pages(rules: &RuleSet, name: &str) -> anyhow::Result<String> {
    let of_category = |id: &str| id.split_once('/').is_some_and(|(category, _)| category == name);
    let ids: Vec<&str> = rules.dictionary.rules.iter().map(|rule| rule.id.as_str()).collect();
    let chosen = ids.iter().filter(|id| **id == name || of_category(id)).filter_map(|id| rules.find(id));
    let pages: Vec<String> = chosen.map(|number| reference::rule(rules, number)).collect();
    if pages.is_empty() {
        let near = |id: &&&str| {
            let own = id.split_once('/').map_or(**id, |(_, own)| own);
            strsim::jaro_winkler(id, name).max(strsim::jaro_winkler(own, name))
        };
        let meant = ids.iter().max_by(|a, b| near(a).total_cmp(&near(b))).copied().unwrap_or_default();
        anyhow::bail!("there is no rule or file `{name}`; did you mean `{meant}`? See: tonelint rules list");
    }
    // A project's rules are a stranger's words, too.
    Ok(pages.join("\n").lines().map(|line| escape::line(line) + "\n").collect())
}
