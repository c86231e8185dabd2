//! `tonelint baseline`: lists what stands in the files now, so that `check` speaks of what comes after.

use super::accepted::{Accepted, verdict};
use super::collections::{Configured, each_message};
use super::format::shown;
use super::parallel::{Give, in_order};
use super::progress::Progress;
use super::session::Session;
use super::thread::failure;
use super::{Common, NOT_CHECKED, output};
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tonelint::advice::advise;
use tonelint::config::BaselineFile;
use tonelint::lint::{Linter, Listed};
use tonelint::report::{Failure, counted};
use tonelint::source::{Input, Plan};

#[derive(clap::Args)]
pub struct Arguments {
    /// Files and folders whose findings are listed anew; this folder when none is named
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only drop what is no longer there; list nothing new
    #[arg(long)]
    prune: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let configured = Configured::new(common);
    let plan = |paths: &[PathBuf]| Plan::of(paths, None, &|path| configured.format(path));
    let plan = match &arguments.paths[..] {
        [] if arguments.prune => match &listed_files(common)?[..] {
            [] => Plan::default(),
            paths => plan(paths),
        },
        [] => plan(&[PathBuf::from(".")]),
        paths => plan(paths),
    };
    configured.finish()?;
    let session = Session::load(common, plan.inputs.iter().map(Input::path))?;
    let mut failures: Vec<Failure> = plan.errors.iter().map(failure).collect();
    let mut found: BTreeMap<usize, Vec<(PathBuf, Listed)>> = BTreeMap::new();
    if !plan.inputs.is_empty() {
        let accepted = Accepted::open(&session)?;
        let linters = session.linters();
        let list =
            |input: &Input, give: &mut Give<'_, _>| give((input.path().to_owned(), list(&session, &linters, input)));
        let progress = Progress::over(plan.inputs.len());
        in_order(&plan.inputs, list, |done| {
            let Some((path, listed)) = done else {
                progress.step();
                return Ok(());
            };
            match listed {
                Ok(listed) => {
                    let number = accepted.number(session.of(&path));
                    found.entry(number).or_default().push((path, listed));
                }
                Err(failure) => failures.push(failure),
            }
            Ok(())
        })?;
        drop(progress);
        for (number, files) in found {
            write(accepted.files()[number].clone(), &files, arguments.prune)?;
        }
    } else if arguments.prune && failures.is_empty() {
        let session = Session::here(common)?;
        write(BaselineFile::read(&session.first().0.baseline)?, &[], true)?;
    }
    output::complain_of(&failures);
    Ok(if failures.is_empty() { 0 } else { NOT_CHECKED })
}

/// The files that the baseline of this folder lists, and that are in its folder and still there.
fn listed_files(common: &Common) -> anyhow::Result<Vec<PathBuf>> {
    let session = Session::here(common)?;
    let file = BaselineFile::read(&session.first().0.baseline)?;
    if !file.there {
        anyhow::bail!("{}: not there, so there is nothing to drop", shown(&file.path));
    }
    let (inside, outside): (Vec<_>, Vec<_>) =
        file.baseline.files().map(|name| file.path_of(name)).partition(Option::is_some);
    if !outside.is_empty() {
        output::complain(&format!(
            "{}: {} of those it lists lie outside its folder and stay listed; name them to look at them, too",
            shown(&file.path),
            outside.len()
        ));
    }
    Ok(inside.into_iter().flatten().filter(|path| path.exists()).collect())
}

/// What `input` has to be listed.
fn list(session: &Session, linters: &[Linter<'_>], input: &Input) -> Result<Listed, Failure> {
    let path = shown(input.path());
    let document = input.read().map_err(|error| failure(&error))?;
    let number = session.of(input.path());
    let linter = &linters[number];
    let mut listed = Listed::default();
    let read = each_message(&document, session.config(number), |message| {
        let linted = linter.lint(&path, message);
        listed.add(linter.rules(), message, &linted);
        if let Some((name, signals)) = verdict(&advise(&session.context(number, linter, message, &linted, &[]))) {
            listed.add_verdict(name, &signals);
        }
    });
    read.map(|()| listed).map_err(|message| Failure { path, message })
}

/// Lists `files` in the baseline; files that are gone are dropped. With `prune`, nothing is added.
fn write(mut file: BaselineFile, files: &[(PathBuf, Listed)], prune: bool) -> anyhow::Result<()> {
    let before = file.baseline.count();
    let is_gone = |name: &&str| file.path_of(name).is_some_and(|path| !path.exists());
    let gone: Vec<String> = file.baseline.files().filter(is_gone).map(str::to_owned).collect();
    for name in gone {
        file.baseline.set(&name, Listed::default());
    }
    for (path, now) in files {
        let name = file.name(path);
        let listed = if prune { file.baseline.of(&name).shared_with(now) } else { now.clone() };
        file.baseline.set(&name, listed);
    }
    let (path, count) = (shown(&file.path), file.baseline.count());
    let told = match (prune, count) {
        (true, 0) => format!("{path}: nothing is left in it; it can go.\n"),
        (true, _) => format!("{path}: {} dropped, {count} left.\n", before - count),
        (false, 0) if !file.there => return output::write("Nothing to list: there are no findings.\n"),
        (false, _) => {
            let (findings, files) = (counted(count, "finding"), counted(file.baseline.files().count(), "file"));
            format!("{path}: {findings} in {files} listed. From now on, `tonelint check` lets them stand.\n")
        }
    };
    std::fs::write(&file.path, file.baseline.render()).with_context(|| format!("{path}: cannot be written"))?;
    output::write(&told)
}
