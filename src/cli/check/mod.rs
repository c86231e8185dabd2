//! `tonelint check`

mod cache;
mod document;

use super::accepted::Accepted;
use super::allows::Used;
use super::changes;
use super::collections::Configured;
use super::format::{Format, shown};
use super::outputs::{Outputs, Target};
use super::parallel::in_order;
use super::progress::Progress;
use super::rewording::Past;
use super::session::Session;
use super::thread::{Thread, failure};
use super::{Common, FOUND, NOT_CHECKED, output};
use cache::{Cache, Kept, Key};
use document::{Done, Run};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use tonelint::config::FailOn;
use tonelint::drafts::alike::{Reply, alike};
use tonelint::report::style::{self, Colour};
use tonelint::report::{Failure, Shown, Tally};
use tonelint::source::{Input, Plan, STDIN};

#[derive(clap::Args)]
pub struct Arguments {
    /// Drafts, mails, folders of them; `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The name standard input goes by, which also tells its type
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
    /// Earlier drafts of this message, oldest first; name the newest before this option
    #[arg(long, value_name = "FILE", num_args = 1..)]
    previous: Vec<PathBuf>,
    /// Remember the drafts you name, as sketches without text, and compare them with what is remembered
    ///
    /// Kept for 14 days in your state folder, readable by you alone; obscured, not secret: whoever holds
    /// the journal and its key can test guesses. Drafts found in folders are not remembered. `tonelint
    /// drafts forget` deletes it all. In the configuration: remember = true
    #[arg(long)]
    remember: bool,
    /// Earlier mails of the thread, or a folder of them
    #[arg(long, value_name = "PATH")]
    thread: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Write one more report to a file, such as sarif=tone.sarif; can be repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    output: Vec<Target>,
    /// Pass over named files of a type or shape that is not read, for hooks that name every file
    ///
    /// They are counted in the summary. What is read and cannot be opened still ends with exit code 2.
    #[arg(long)]
    ignore_unknown: bool,
    #[command(flatten)]
    changes: changes::Arguments,
    /// From which level on to end with exit code 1 [default: warning]
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Show notes, too: words worth a second look
    #[arg(long)]
    notes: bool,
    /// Show what was seen and let pass, too, and in which sense
    #[arg(long)]
    why_not: bool,
    /// Check every file of a folder, those too that had nothing to say last time and are the same still
    #[arg(long)]
    no_cache: bool,
}

/// At most this many messages are each given their verdict when there is nothing else to say of them.
const FEW: usize = 5;

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let configured = Configured::new(common);
    let change = arguments.changes.plan(&arguments.paths, &|path| configured.format(path))?;
    let by_change = change.is_some();
    let whole_folders = !by_change && arguments.paths.iter().any(|path| path.is_dir());
    let mut plan = match change {
        Some(plan) => plan,
        None => named(arguments, &configured)?,
    };
    configured.finish()?;
    let unnamed = if arguments.ignore_unknown { plan.ignore_unknown() } else { 0 };
    let session = Session::load(common, plan.inputs.iter().map(Input::path))?;
    if !arguments.previous.is_empty() && (plan.inputs.len(), plan.errors.len()) != (1, 0) {
        anyhow::bail!("--previous goes with one draft; try: tonelint check reply.txt --previous older.txt old.txt");
    }
    let outputs = outputs(arguments, &session, &plan)?;
    if common.color == Colour::Auto && arguments.output.iter().any(|target| target.format == Format::Human) {
        // What the terminal could show in colour, the file cannot hold.
        style::decide(Colour::Never, false);
    }
    let thread = Thread::read(&arguments.thread)?;
    let mut sum = Sum { failures: plan.errors.iter().map(failure).collect(), ..Sum::default() };
    sum.failures.extend(thread.failures);
    sum.tally.passed_over = unnamed;
    sum.tally.tables = plan.tables.iter().map(|path| shown(path)).collect();
    let remember = plan.inputs.iter().any(|input| remembers(arguments, &session, input));
    let past = Past::open(&arguments.previous, remember, &mut sum.failures);
    let accepted = Accepted::open(&session)?;
    sum.left_over = vec![0; accepted.files().len()];
    let cache = if whole_folders { Cache::open(arguments, &session, plan.inputs.len()) } else { None };
    let cache = cache.filter(|_| common.dictionary.is_none());
    let run = Run {
        arguments,
        session: &session,
        accepted: &accepted,
        linters: session.linters(),
        outputs: &outputs,
        past: &past,
        cache: cache.as_ref(),
        thread: &thread.messages,
        collection_is_read: !by_change && arguments.format == Format::Human,
    };
    let mut writer = outputs.writer()?;
    let progress = Progress::over(plan.inputs.len());
    in_order(
        &plan.inputs,
        |input, give| run.check(input, give),
        |done| {
            let Some(done) = done else {
                progress.step();
                return Ok(());
            };
            let speaks = done.texts.iter().any(|text| !text.is_empty());
            progress.aside(speaks, || writer.write(&done.texts))?;
            sum.add(done);
            Ok(())
        },
    )?;
    drop(progress);
    sum.failures.extend(past.keep(&sum.sketches));
    sum.tally.alike = pairs(sum.replies);
    writer.finish(&sum.tally, &sum.failures)?;
    let read = if by_change { &[] } else { arguments.paths.as_slice() };
    sum.used.complain(&session, read);
    if !by_change {
        accepted.complain_of_stale(&sum.left_over, whole_folders);
    }
    output::complain_of(&sum.failures);
    let code = match () {
        () if !sum.failures.is_empty() => NOT_CHECKED,
        () if sum.reached => FOUND,
        () => 0,
    };
    // The process ends here, and giving the dictionary back piece by piece would take longer than a mail.
    drop(run);
    if let Some(cache) = cache {
        cache.keep(&sum.known, sum.kept);
    }
    std::mem::forget(session);
    Ok(code)
}

/// What a run comes to.
#[derive(Default)]
struct Sum {
    tally: Tally,
    failures: Vec<Failure>,
    /// Whether there is something at or above the level to end with exit code 1.
    reached: bool,
    /// The allowances that were met.
    used: Used,
    /// What the files no longer have of what is listed, by baseline.
    left_over: Vec<usize>,
    /// Replies by their names, where those that say the same are looked for.
    replies: Vec<(String, Reply)>,
    /// What the journal is to remember.
    sketches: Vec<Vec<u8>>,
    /// Files that the cache knew.
    known: Vec<Key>,
    /// Files that it is to know from now on.
    kept: Vec<(Key, Kept)>,
}

impl Sum {
    fn add(&mut self, done: Done) {
        self.tally.merge(&done.tally);
        self.failures.extend(done.failure);
        self.reached |= done.reached;
        self.used.add(done.allows);
        if let Some((baseline, left)) = done.left_over {
            self.left_over[baseline] += left;
        }
        self.replies.extend(done.reply);
        self.sketches.extend(done.sketch);
        self.known.extend(done.known);
        self.kept.extend(done.kept);
    }
}

/// The documents that are named, or piped in.
fn named(arguments: &Arguments, configured: &Configured<'_>) -> anyhow::Result<Plan> {
    let mut paths = arguments.paths.clone();
    if paths.is_empty() {
        if std::io::stdin().is_terminal() {
            anyhow::bail!("no draft named; try: tonelint check reply.eml, or pipe one in");
        }
        paths.push(STDIN.into());
    }
    Ok(Plan::of(&paths, arguments.stdin_name.as_deref(), &|path| configured.format(path)))
}

fn outputs<'a>(arguments: &'a Arguments, session: &Session, plan: &Plan) -> anyhow::Result<Outputs<'a>> {
    let inputs = plan.inputs.iter().map(|input| input.path());
    let named = arguments.previous.iter().chain(&arguments.thread).map(|path| &**path);
    let read: Vec<&Path> = inputs.chain(named).chain(session.files()).collect();
    if let Some(target) = arguments.output.iter().find(|target| read.iter().any(|path| target.would_change(path))) {
        anyhow::bail!("{}: a report would take the place of a file that is read", target.file.display());
    }
    let (quiet_messages, names) = (plan.inputs.len() <= FEW, plan.inputs.len() > 1);
    let shown = Shown { why_not: arguments.why_not, quiet_messages, names };
    Ok(Outputs::new(arguments.format, &arguments.output, shown))
}

/// Whether the journal is to remember the draft: one in a folder of templates is no draft of a message.
fn remembers(arguments: &Arguments, session: &Session, input: &Input) -> bool {
    let wished = || session.config(session.of(input.path())).remember == Some(true);
    input.is_named() && (arguments.remember || wished())
}

/// Those of `replies` that say nearly the same, by their names.
fn pairs(replies: Vec<(String, Reply)>) -> Vec<(String, String)> {
    let (names, replies): (Vec<String>, Vec<Reply>) = replies.into_iter().unzip();
    alike(&replies).into_iter().map(|(one, other)| (names[one].clone(), names[other].clone())).collect()
}
