//! `tonelint drafts`

use super::rewording::{journal, linted};
use super::session::Session;
use super::{Common, FOUND, NOT_CHECKED, output};
use clap::{Subcommand, ValueEnum};
use std::path::{Path, PathBuf};
use tonelint::config::FailOn;
use tonelint::drafts::history::{self, History};
use tonelint::drafts::{Key, Level, Save, Story, backups, git, mailbox, traces};
use tonelint::lint::Linter;
use tonelint::report::{self, Told, WordPlaces};
use tonelint::rules::dictionary::Severity;
use tonelint::sending::HoldRecord;
use tonelint::state;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// The drafts, oldest first; of a single file also the backups beside it
    #[arg(value_name = "FILE", required_unless_present_any = ["mailbox", "git"])]
    files: Vec<PathBuf>,
    /// Read the drafts of a mailbox: an mbox file, as Thunderbird's Drafts, or a Maildir
    #[arg(long, value_name = "FILE|DIR", conflicts_with_all = ["files", "git"])]
    mailbox: Option<PathBuf>,
    /// Read the versions of a file that git knows: commits, what is staged, the file as it is
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    git: Option<PathBuf>,
    /// How to tell it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

const AFTER_HELP: &str = "Words that went stand in [-…-], words that came in {+…+}.\n\
    Exit codes: 0 the words follow the facts, 1 a message keeps being reworded, 2 something could not be read.\n\n\
    Examples:\n  \
      tonelint drafts monday.txt tuesday.txt reply.txt\n  \
      tonelint drafts reply.txt\n  \
      tonelint drafts --mailbox ~/.thunderbird/x.default/Mail/'Local Folders'/Drafts\n  \
      tonelint drafts --git templates/refund.md";

#[derive(Subcommand)]
enum Action {
    /// Delete what `check --remember` has kept, and its key
    Forget,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One object, for machines: `steps` for one message, `histories` for several
    Json,
}

/// Histories, with the saves they were read from.
struct Found {
    saves: Vec<Save>,
    histories: Vec<History>,
    places: WordPlaces,
    /// The file to prepare a call from.
    file: Option<PathBuf>,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    if let Some(Action::Forget) = arguments.action {
        let holds = HoldRecord::in_folder(&state::folder()?);
        let any = journal()?.forget()? | holds.forget()?;
        output::write(if any { "Forgotten.\n" } else { "Nothing was remembered.\n" })?;
        return Ok(0);
    }
    let mut failed = false;
    let found = find(arguments, &mut failed)?;
    let named = [&arguments.mailbox, &arguments.git, &arguments.files.last().cloned()];
    let session = Session::load(common, named.into_iter().flatten().map(PathBuf::as_path))?;
    let (config, rules) = session.first();
    let linter = Linter::new(rules, &config.policy);
    let shown = if config.notes == Some(true) { Severity::Note } else { Severity::Warning };
    let stories: Vec<Story> = found
        .histories
        .iter()
        .map(|history| Story::tell(linted(history, &linter, shown), traces(&history.newest.message)))
        .collect();
    let told: Vec<Told<'_>> =
        stories.iter().zip(&found.histories).map(|(story, history)| found.told(story, history)).collect();
    output::write(&match (arguments.format, told.as_slice()) {
        (Format::Json, [one]) => report::history(one),
        (Format::Json, all) => report::histories(all),
        // Why there is none has been said.
        (Format::Human, []) if failed => String::new(),
        (Format::Human, all) => human(all),
    })?;
    let high = stories.iter().any(|story| story.rewording.level == Level::High);
    Ok(match () {
        () if failed => NOT_CHECKED,
        () if high && config.fail_on != Some(FailOn::Never) => FOUND,
        () => 0,
    })
}

/// Finds what the user asks for; says what of it cannot be read, and that it `failed`.
fn find(arguments: &Arguments, failed: &mut bool) -> anyhow::Result<Found> {
    let (saves, many) = match (&arguments.mailbox, &arguments.git, arguments.files.as_slice()) {
        (Some(path), ..) => (mailbox::read(path)?, true),
        (_, Some(path), _) => (git::read(path)?, false),
        (_, _, [path]) => (backups::read(path)?, false),
        (_, _, paths) => (paths.iter().map(|path| Save::file(path)).collect::<Result<_, _>>()?, false),
    };
    let (histories, errors) = if many {
        history::grouped(&saves, Key::PLAIN)
    } else {
        let (history, errors) = history::of_one(&saves, Key::PLAIN);
        (history.into_iter().collect(), errors)
    };
    for (name, error) in errors {
        *failed = true;
        output::complain(&format!("{name}: {error}"));
    }
    let places = if many { WordPlaces::OwnText } else { WordPlaces::File };
    let file = arguments.git.clone().or_else(|| arguments.files.last().cloned());
    Ok(Found { saves, histories, places, file })
}

impl Found {
    fn told<'a>(&'a self, story: &'a Story, history: &'a History) -> Told<'a> {
        let newest = self.saves.iter().rev().find(|save| save.name == history.newest.name);
        Told {
            story,
            subject: history.subject.as_deref(),
            places: self.places,
            saves: history.saves,
            // A line of a mailbox entry is not found again by its number.
            newest: newest.filter(|_| self.places == WordPlaces::File).map(|save| save.bytes.as_slice()),
            brief: self.file.as_deref().and_then(Path::to_str),
        }
    }
}

/// The stories for people. Of several, those with nothing to tell are only counted.
fn human(all: &[Told<'_>]) -> String {
    if let [one] = all {
        return report::story(one);
    }
    let telling = |told: &&Told<'_>| told.story.drafts.len() > 1 || told.story.rewording.level > Level::None;
    let stories: Vec<String> = all.iter().filter(telling).map(report::story).collect();
    let alone = all.len() - stories.len();
    let mut out = stories.join("\n\n");
    let plural = |count: usize| if count == 1 { "draft has" } else { "drafts have" };
    match (stories.len(), alone) {
        (0, 0) => out.push_str("No drafts here.\n"),
        (_, 0) => {}
        (0, alone) => out.push_str(&format!("{alone} {} one version each; nothing to compare.\n", plural(alone))),
        (_, alone) => out.push_str(&format!("\n{alone} more {} one version.\n", plural(alone))),
    }
    out
}
