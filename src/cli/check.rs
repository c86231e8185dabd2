//! `tonelint check`

use super::changes::{self, Before};
use super::collections::{Configured, RepliesBefore};
use super::format::{Format, shown};
use super::outputs::{Outputs, Target};
use super::rewording::{Newest, Past};
use super::session::Session;
use super::thread::{Thread, failure};
use super::{Common, FOUND, NOT_CHECKED, output};
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use tonelint::advice::{Context, RewordingSummary, advise};
use tonelint::collection::Collection;
use tonelint::config::{Config, FailOn};
use tonelint::lint::Linter;
use tonelint::message::Message;
use tonelint::report::style::{self, Colour};
use tonelint::report::{Checked, Failure, Lines, Shown, Tally};
use tonelint::rules::dictionary::Severity;
use tonelint::source::{Document, Format as FileFormat, Input, Kind, Plan, STDIN};

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
}

/// At most this many messages are each given their verdict when there is nothing else to say of them.
const FEW: usize = 5;

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let configured = Configured::new(common);
    let change = arguments.changes.plan(&arguments.paths, &|path| configured.format(path))?;
    let whole_folders = change.is_none() && arguments.paths.iter().any(|path| path.is_dir());
    let plan = match change {
        Some(plan) => plan,
        None => named(arguments, &configured)?,
    };
    configured.finish()?;
    let session = Session::load(common, plan.inputs.iter().map(Input::path))?;
    if !arguments.previous.is_empty() && (plan.inputs.len(), plan.errors.len()) != (1, 0) {
        anyhow::bail!("--previous goes with one draft; try: tonelint check reply.txt --previous older.txt old.txt");
    }
    let outputs = outputs(arguments, &session, &plan)?;
    if common.color == Colour::Auto && arguments.output.iter().any(|target| target.format == Format::Human) {
        // What the terminal could show in colour, the file cannot hold.
        style::decide(Colour::Never, false);
    }
    let thread = Thread::read(&arguments.thread);
    let mut failures: Vec<Failure> = plan.errors.iter().map(failure).collect();
    failures.extend(thread.failures);
    let remember = plan.inputs.iter().any(|input| remembers(arguments, &session, input));
    let past = Past::open(&arguments.previous, remember, &mut failures);
    let linters = session.linters();
    let (outputs, thread) = (&outputs, thread.messages.as_slice());
    let run = Run { arguments, session: &session, linters, outputs, past: &past, thread };
    let mut tally = Tally::default();
    let mut used = BTreeSet::new();
    let mut sketches = Vec::new();
    let mut writer = outputs.writer()?;
    run.each(&plan.inputs, |done| {
        writer.write(&done.texts)?;
        tally.merge(&done.tally);
        used.extend(done.used_allows);
        sketches.extend(done.sketch);
        failures.extend(done.failure);
        Ok(())
    })?;
    failures.extend(past.keep(&sketches));
    writer.finish(&tally, &failures)?;
    if whole_folders {
        complain_of_unused_allows(&session, &used);
    }
    for failure in &failures {
        output::complain(&format!("{}: {}", failure.path, failure.message));
    }
    let fail_on = |config: &Config| arguments.fail_on.or(config.fail_on).unwrap_or_default();
    let limit = session.all().map(|(config, _)| fail_on(config)).min().unwrap_or_default();
    let code = match () {
        () if !failures.is_empty() => NOT_CHECKED,
        () if reaches(&tally, limit) => FOUND,
        () => 0,
    };
    // The process ends here, and giving the dictionary back piece by piece would take longer than a mail.
    drop(run);
    std::mem::forget(session);
    Ok(code)
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
    let notes = arguments.notes || session.all().any(|(config, _)| config.notes == Some(true));
    let (quiet_messages, names) = (plan.inputs.len() <= FEW, plan.inputs.len() > 1);
    let shown = Shown { notes, why_not: arguments.why_not, quiet_messages, names };
    Ok(Outputs::new(arguments.format, &arguments.output, shown))
}

/// Says which allowances of the configuration nothing asked for. A run over a single file says nothing
/// of that: it cannot know.
fn complain_of_unused_allows(session: &Session, used: &BTreeSet<(usize, usize)>) {
    for (number, (config, _)) in session.all().enumerate() {
        for (place, allow) in config.policy.allows.iter().enumerate().filter(|(n, _)| !used.contains(&(number, *n))) {
            let file = config.files.last().map_or(String::new(), |path| shown(path));
            let phrase = allow.phrase.as_ref().map_or(String::new(), |phrase| format!(" “{phrase}”"));
            output::complain(&format!("{file}: [[allow]] {} ({}{phrase}) is no longer needed", place + 1, allow.rule));
        }
    }
}

/// Whether the journal is to remember the draft: one in a folder of templates is no draft of a message.
fn remembers(arguments: &Arguments, session: &Session, input: &Input) -> bool {
    let wished =
        || session.all().nth(session.of(input.path())).is_some_and(|(config, _)| config.remember == Some(true));
    input.is_named() && (arguments.remember || wished())
}

/// Whether the run holds something at or above `limit`.
fn reaches(tally: &Tally, limit: FailOn) -> bool {
    let speak = tally.to_speak() > 0;
    match limit {
        FailOn::Never => false,
        FailOn::Call => speak,
        FailOn::Error => speak || tally.worst >= Some(Severity::Error),
        FailOn::Warning => speak || tally.worst >= Some(Severity::Warning),
        FailOn::Note => speak || tally.worst >= Some(Severity::Note),
    }
}

/// What every document of a run shares.
struct Run<'s> {
    arguments: &'s Arguments,
    session: &'s Session,
    linters: Vec<Linter<'s>>,
    outputs: &'s Outputs<'s>,
    past: &'s Past,
    thread: &'s [Message],
}

/// One message, done, or a document that could not be checked.
#[derive(Default)]
struct Done {
    /// The message in each format of the run.
    texts: Vec<String>,
    tally: Tally,
    failure: Option<Failure>,
    /// Allowances that were needed, as (configuration, allowance).
    used_allows: Vec<(usize, usize)>,
    /// What the journal is to remember.
    sketch: Option<Vec<u8>>,
}

impl Run<'_> {
    /// Checks `inputs` on all cores and hands the results over in their order.
    fn each(&self, inputs: &[Input], mut take: impl FnMut(Done) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
        if cores < 2 {
            return inputs.iter().try_for_each(|input| self.check(input, &mut take));
        }
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        std::thread::scope(|scope| {
            for _ in 0..cores {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    while let Some((number, input)) = {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        inputs.get(number).map(|input| (number, input))
                    } {
                        let sent = self.check(input, &mut |done| hand_over(&sender, number, Some(done)));
                        if sent.and_then(|()| hand_over(&sender, number, None)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            // What came before its turn; a document is over when nothing follows.
            let mut waiting: BTreeMap<usize, Vec<Option<Done>>> = BTreeMap::new();
            let mut turn = 0;
            for (number, done) in receiver {
                waiting.entry(number).or_default().push(done);
                while let Some(arrived) = waiting.remove(&turn) {
                    let over = arrived.last().is_some_and(Option::is_none);
                    arrived.into_iter().flatten().try_for_each(&mut take)?;
                    if !over {
                        break;
                    }
                    turn += 1;
                }
            }
            Ok(())
        })
    }

    /// Checks the messages of `input`, and hands each over when it is done.
    fn check(&self, input: &Input, take: &mut Take<'_>) -> anyhow::Result<()> {
        let path = shown(input.path());
        let failed = |message: String| Failure { path: path.clone(), message };
        let document = match input.read() {
            Ok(document) => document,
            Err(error) => return take(failed(error.problem.to_string()).into()),
        };
        let lines = Lines::new(&document.bytes);
        let number = self.session.of(input.path());
        let file = File { input, path: &path, number, lines: &lines };
        if let Kind::Collection(format) = document.kind {
            return self.collection(&file, &document, format, take);
        }
        let message = match Message::read(&document.bytes, document.kind) {
            Ok(message) => message,
            Err(error) => return take(failed(error.to_string()).into()),
        };
        let new_only = self.arguments.changes.new_only;
        match new_only.then(|| Before::read(input, &path, &self.linters[number])).transpose() {
            Ok(before) => take(self.message(&file, &message, before.flatten())),
            Err(error) => take(failed(error.problem.to_string()).into()),
        }
    }

    /// Checks the replies of a collection, one by one.
    fn collection(
        &self,
        file: &File<'_>,
        document: &Document,
        format: FileFormat,
        take: &mut Take<'_>,
    ) -> anyhow::Result<()> {
        let failed = |message: String| Failure { path: file.path.to_owned(), message };
        if !self.arguments.previous.is_empty() {
            return take(failed("--previous goes with one draft, and this file holds many replies".to_owned()).into());
        }
        let config = self.session.config(file.number);
        let choice = config.collection(&document.path).map(|named| &named.choice);
        let collection = match Collection::open(&document.path, &document.bytes, format, choice) {
            Ok(collection) => collection,
            Err(error) => return take(failed(error.to_string()).into()),
        };
        let new_only = self.arguments.changes.new_only;
        let before = match new_only.then(|| RepliesBefore::read(file.input, config)).transpose() {
            Ok(before) => before.flatten(),
            Err(error) => return take(failed(error.problem.to_string()).into()),
        };
        for entry in collection.entries() {
            let linter = &self.linters[file.number];
            let before = before.as_ref().and_then(|before| before.of(&entry, file.path, linter));
            take(self.message(file, &Message::of_entry(entry), before))?;
        }
        Ok(())
    }

    /// Checks one message of `file`.
    fn message(&self, file: &File<'_>, message: &Message, before: Option<Before>) -> Done {
        let (path, number) = (file.path, file.number);
        let linter = &self.linters[number];
        let mut linted = linter.lint(path, message);
        if let Some(before) = &before {
            before.withhold(message, &mut linted);
        }
        let (rewording, sketch) = self.past.tell(&Newest {
            name: path,
            file: file.input.file(),
            message,
            linted: &linted,
            linter,
            shown: self.shown(number),
            // A template has no drafts that are sent one after the other.
            remember: message.name.is_none() && remembers(self.arguments, self.session, file.input),
        });
        let summary = rewording.as_ref().map(RewordingSummary::from);
        let context = self.session.context(number, linter, message, &linted, self.thread);
        let context = Context { rewording: summary.as_ref(), ..context };
        let advice = match &before {
            Some(before) => before.advise(&context, self.session, number, linter),
            None => advise(&context),
        };
        let checked = Checked {
            path,
            lines: file.lines,
            rules: linter.rules(),
            message,
            linted: &linted,
            rewording: rewording.as_ref(),
            advice: &advice,
        };
        let mut tally = Tally::default();
        tally.add(&checked);
        let used_allows = linted.used_allows.iter().map(|&allow| (number, allow)).collect();
        Done { texts: self.outputs.message(&checked), tally, failure: None, used_allows, sketch }
    }
}

/// What becomes of a message that is done.
type Take<'t> = dyn FnMut(Done) -> anyhow::Result<()> + 't;

/// What comes of the document `number`; `None` at its end.
fn hand_over(sender: &mpsc::Sender<(usize, Option<Done>)>, number: usize, done: Option<Done>) -> anyhow::Result<()> {
    sender.send((number, done)).map_err(|_| anyhow::anyhow!("the run has ended"))
}

/// A document whose messages are checked.
struct File<'f> {
    input: &'f Input,
    /// As people name it.
    path: &'f str,
    /// Number of its configuration.
    number: usize,
    lines: &'f Lines<'f>,
}

impl From<Failure> for Done {
    fn from(failure: Failure) -> Self {
        Self { failure: Some(failure), ..Self::default() }
    }
}

impl Run<'_> {
    /// The least severity of a finding that is shown of files under configuration `number`.
    fn shown(&self, number: usize) -> Severity {
        let config = self.session.all().nth(number).map(|(config, _)| config);
        let notes = self.arguments.notes || config.is_some_and(|config| config.notes == Some(true));
        if notes || self.arguments.format != Format::Human { Severity::Note } else { Severity::Warning }
    }
}
