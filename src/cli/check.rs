//! `tonelint check`

use super::accepted::{Accepted, Ledger, unless_listed};
use super::allows::{self, Met, Used};
use super::changes::{self, Before};
use super::collections::{Configured, RepliesBefore};
use super::format::{Format, shown};
use super::outputs::{Outputs, Target};
use super::parallel::{Give, in_order};
use super::progress::Progress;
use super::rewording::{Newest, Past};
use super::session::Session;
use super::thread::{Thread, failure};
use super::{Common, FOUND, NOT_CHECKED, output};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use tonelint::advice::{Context, RewordingSummary, advise};
use tonelint::collection::Collection;
use tonelint::config::FailOn;
use tonelint::drafts::alike::{Reply, alike};
use tonelint::lint::{Linted, Linter};
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
    let by_change = change.is_some();
    let whole_folders = !by_change && arguments.paths.iter().any(|path| path.is_dir());
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
    let thread = Thread::read(&arguments.thread)?;
    let mut failures: Vec<Failure> = plan.errors.iter().map(failure).collect();
    failures.extend(thread.failures);
    let remember = plan.inputs.iter().any(|input| remembers(arguments, &session, input));
    let past = Past::open(&arguments.previous, remember, &mut failures);
    let accepted = Accepted::open(&session)?;
    let linters = session.linters();
    let (outputs, thread) = (&outputs, thread.messages.as_slice());
    let collection_is_read = !by_change && arguments.format == Format::Human;
    let run = Run {
        arguments,
        session: &session,
        accepted: &accepted,
        linters,
        outputs,
        past: &past,
        thread,
        collection_is_read,
    };
    let mut tally = Tally::default();
    let mut used = Used::default();
    let mut left_over = vec![0; accepted.files().len()];
    let mut reached = false;
    let mut collection = Vec::new();
    let mut sketches = Vec::new();
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
            tally.merge(&done.tally);
            used.add(done.allows);
            reached |= done.reached;
            if let Some((baseline, left)) = done.left_over {
                left_over[baseline] += left;
            }
            collection.extend(done.reply);
            sketches.extend(done.sketch);
            failures.extend(done.failure);
            Ok(())
        },
    )?;
    drop(progress);
    failures.extend(past.keep(&sketches));
    tally.alike = pairs(collection);
    writer.finish(&tally, &failures)?;
    let read = if by_change { &[] } else { arguments.paths.as_slice() };
    used.complain(&session, read);
    if !by_change {
        accepted.complain_of_stale(&left_over, whole_folders);
    }
    for failure in &failures {
        output::complain(&format!("{}: {}", failure.path, failure.message));
    }
    let code = match () {
        () if !failures.is_empty() => NOT_CHECKED,
        () if reached => FOUND,
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
    let (quiet_messages, names) = (plan.inputs.len() <= FEW, plan.inputs.len() > 1);
    let shown = Shown { why_not: arguments.why_not, quiet_messages, names };
    Ok(Outputs::new(arguments.format, &arguments.output, shown))
}

/// Whether the journal is to remember the draft: one in a folder of templates is no draft of a message.
fn remembers(arguments: &Arguments, session: &Session, input: &Input) -> bool {
    let wished = || session.config(session.of(input.path())).remember == Some(true);
    input.is_named() && (arguments.remember || wished())
}

/// The replies of `collection` that say nearly the same, by their names.
fn pairs(collection: Vec<(String, Reply)>) -> Vec<(String, String)> {
    let (names, replies): (Vec<String>, Vec<Reply>) = collection.into_iter().unzip();
    alike(&replies).into_iter().map(|(one, other)| (names[one].clone(), names[other].clone())).collect()
}

/// How people find a reply: its file, and its name there.
fn named_reply(path: &str, message: &Message) -> String {
    message.name.as_ref().map_or(path.to_owned(), |name| format!("{path} ({name})"))
}

/// Whether a message has no words at all, of anybody: no draft yet, or the file of another.
fn is_wordless(linted: &Linted) -> bool {
    linted.own_words + linted.other_words + linted.foreign_paragraphs == 0
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
    accepted: &'s Accepted,
    linters: Vec<Linter<'s>>,
    outputs: &'s Outputs<'s>,
    past: &'s Past,
    thread: &'s [Message],
    /// Whether replies that say the same are looked for: in folders, for people.
    collection_is_read: bool,
}

/// One message, done, or a document that could not be checked.
#[derive(Default)]
struct Done {
    /// The message in each format of the run.
    texts: Vec<String>,
    tally: Tally,
    failure: Option<Failure>,
    /// Whether there is something at or above the level to end with exit code 1.
    reached: bool,
    /// Allowances that were needed, or would have been.
    allows: Vec<Met>,
    /// What the baseline lists and the file no longer has, as (baseline, how much).
    left_over: Option<(usize, usize)>,
    /// What is kept of a reply to tell whether another says the same.
    reply: Option<(String, Reply)>,
    /// What the journal is to remember.
    sketch: Option<Vec<u8>>,
}

impl Run<'_> {
    /// Checks the messages of `input`, and hands each over when it is done.
    fn check(&self, input: &Input, take: &mut Give<'_, Done>) -> anyhow::Result<()> {
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
        let mut ledger = Ledger::of(self.accepted, number, input.path());
        let before = match new_only.then(|| Before::read(input, &path, &self.linters[number])).transpose() {
            Ok(before) => before.flatten(),
            Err(error) => return take(failed(error.problem.to_string()).into()),
        };
        take(self.message(&file, &message, before, &mut ledger))?;
        take(Done { left_over: Some(ledger.left_over()), ..Done::default() })
    }

    /// Checks the replies of a collection, one by one.
    fn collection(
        &self,
        file: &File<'_>,
        document: &Document,
        format: FileFormat,
        take: &mut Give<'_, Done>,
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
        let mut ledger = Ledger::of(self.accepted, file.number, file.input.path());
        for entry in collection.entries() {
            let linter = &self.linters[file.number];
            let before = before.as_ref().and_then(|before| before.of(&entry, file.path, linter));
            take(self.message(file, &Message::of_entry(entry), before, &mut ledger))?;
        }
        take(Done { left_over: Some(ledger.left_over()), ..Done::default() })
    }

    /// Checks one message of `file`, and crosses off in the `ledger` what the baseline lists.
    fn message(&self, file: &File<'_>, message: &Message, before: Option<Before>, ledger: &mut Ledger) -> Done {
        let (path, number) = (file.path, file.number);
        let linter = &self.linters[number];
        let mut linted = linter.lint(path, message);
        if file.input.is_named() && message.name.is_none() && is_wordless(&linted) {
            let message = "there are no words in it to check".to_owned();
            return Failure { path: path.to_owned(), message }.into();
        }
        ledger.now.withhold(linter.rules(), message, &mut linted);
        let mut before = before;
        if let Some(before) = &mut before {
            before.accept(&mut ledger.before, linter);
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
        let advice = unless_listed(advice, &mut ledger.now, &context);
        let checked = Checked {
            path,
            lines: file.lines,
            rules: linter.rules(),
            message,
            linted: &linted,
            rewording: rewording.as_ref(),
            advice: &advice,
            notes: self.arguments.notes || self.session.config(number).notes == Some(true),
        };
        let mut tally = Tally::default();
        tally.add(&checked);
        let limit = self.arguments.fail_on.or(self.session.config(number).fail_on).unwrap_or_default();
        let reached = reaches(&tally, limit);
        let allows = allows::met(&linted, self.session.config(number));
        let reply = self.collection_is_read.then(|| (named_reply(path, message), Reply::of(message, &linted)));
        Done {
            texts: self.outputs.message(&checked),
            tally,
            failure: None,
            reached,
            allows,
            left_over: None,
            reply,
            sketch,
        }
    }
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
        let notes = self.arguments.notes || self.session.config(number).notes == Some(true);
        if notes || self.arguments.format != Format::Human { Severity::Note } else { Severity::Warning }
    }
}
