//! Where the reports of a run go: standard output, and files beside it.

use super::format::Format;
use super::output::{self, is_broken_pipe};
use anyhow::Context as _;
use clap::ValueEnum;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tonelint::report::{Checked, Failure, Report, Shown, Tally};

/// `FORMAT=FILE`: one more report, written to a file.
#[derive(Clone, Debug)]
pub struct Target {
    /// How.
    pub format: Format,
    /// Where.
    pub file: PathBuf,
}

impl Target {
    /// Whether writing the report would change `path`, or a file in it when that is a folder: by whatever name.
    pub fn would_change(&self, path: &Path) -> bool {
        let (Ok(target), Ok(path)) = (self.file.canonicalize(), path.canonicalize()) else { return false };
        #[cfg(unix)]
        if let (Ok(one), Ok(other)) = (target.metadata(), path.metadata()) {
            use std::os::unix::fs::MetadataExt;
            if one.is_file() && (one.dev(), one.ino()) == (other.dev(), other.ino()) {
                return true;
            }
        }
        let read_in_folders = tonelint::source::Kind::named(&target).is_ok();
        target == path || path.is_dir() && target.starts_with(&path) && read_in_folders
    }
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((name, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
            return Err("FORMAT=FILE is wanted, such as sarif=tone.sarif".to_owned());
        };
        let format = Format::from_str(name, false).map_err(|_| {
            let names = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let names: Vec<String> = names.map(|name| name.get_name().to_owned()).collect();
            format!("`{name}` is no format; there are {}", names.join(", "))
        })?;
        Ok(Self { format, file: file.into() })
    }
}

/// The reports of a run, and where they go.
pub struct Outputs<'t> {
    reports: Vec<Box<dyn Report>>,
    targets: &'t [Target],
}

impl<'t> Outputs<'t> {
    /// A report to standard output, and one to each of `targets`.
    pub fn new(format: Format, targets: &'t [Target], shown: Shown) -> Self {
        let formats = std::iter::once(format).chain(targets.iter().map(|target| target.format));
        Self { reports: formats.map(|format| format.report(shown)).collect(), targets }
    }

    /// One message in each of the formats, for [`Writer::write`].
    pub fn message(&self, checked: &Checked<'_>) -> Vec<String> {
        self.reports.iter().map(|report| report.message(checked)).collect()
    }

    /// Makes the files anew, and writes what stands before the first message.
    ///
    /// # Errors
    /// When a file cannot be made, or is wanted twice.
    pub fn writer(&self) -> anyhow::Result<Writer<'_>> {
        let mut sinks = vec![Sink::Standard];
        for (number, target) in self.targets.iter().enumerate() {
            let path = &*target.file;
            // The files of the reports before are there already, so one file under two names is known.
            if self.targets[..number].iter().any(|earlier| target.would_change(&earlier.file)) {
                anyhow::bail!("{}: two reports cannot be written to one file", path.display());
            }
            let file = File::create(path).with_context(|| cannot_write(path))?;
            sinks.push(Sink::File(path, BufWriter::new(file)));
        }
        let many = sinks.len() > 1;
        let outputs = self.reports.iter().map(|report| &**report).zip(sinks);
        let outputs = outputs.map(|(report, sink)| Output { report, sink, begun: false });
        let mut writer = Writer { outputs: outputs.collect(), many };
        for output in &mut writer.outputs {
            output.sink.write(&output.report.start(), many)?;
        }
        Ok(writer)
    }
}

/// Writes the reports, message by message.
pub struct Writer<'t> {
    outputs: Vec<Output<'t>>,
    many: bool,
}

struct Output<'t> {
    report: &'t dyn Report,
    sink: Sink<'t>,
    /// Whether a message was written.
    begun: bool,
}

enum Sink<'t> {
    Standard,
    /// Nobody reads standard output any more, and there are files to write.
    Closed,
    File(&'t Path, BufWriter<File>),
}

impl Writer<'_> {
    /// Writes a message as [`Outputs::message`] gave it; nothing for one that could not be checked.
    pub fn write(&mut self, texts: &[String]) -> anyhow::Result<()> {
        for (output, text) in self.outputs.iter_mut().zip(texts).filter(|(_, text)| !text.is_empty()) {
            if output.begun {
                output.sink.write(output.report.separator(), self.many)?;
            }
            output.begun = true;
            output.sink.write(text, self.many)?;
        }
        Ok(())
    }

    /// Writes what stands after the last message.
    pub fn finish(mut self, tally: &Tally, failures: &[Failure]) -> anyhow::Result<()> {
        for output in &mut self.outputs {
            output.sink.write(&output.report.finish(tally, failures), self.many)?;
            if let Sink::File(path, file) = &mut output.sink {
                file.flush().with_context(|| cannot_write(path))?;
            }
        }
        Ok(())
    }
}

impl Sink<'_> {
    /// Writes `text`. With `many` sinks, a reader of standard output who goes away does not end the run.
    fn write(&mut self, text: &str, many: bool) -> anyhow::Result<()> {
        match self {
            Self::Closed => Ok(()),
            Self::File(path, file) => file.write_all(text.as_bytes()).with_context(|| cannot_write(path)),
            Self::Standard => match output::write(text) {
                Err(error) if many && is_broken_pipe(&error) => {
                    *self = Self::Closed;
                    Ok(())
                }
                done => done,
            },
        }
    }
}

fn cannot_write(path: &Path) -> String {
    format!("{}: cannot be written", path.display())
}
