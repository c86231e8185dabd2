//! Contents that git stores, read by their ids from one `git cat-file --batch`.

use super::{Problem, SIZE_LIMIT};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// A content, by its id.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    id: String,
    store: Arc<Store>,
}

/// git, asked for contents; started when the first is asked for.
#[derive(Debug, Default)]
pub(super) struct Store {
    process: Mutex<Option<Process>>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Store {
    pub(super) fn blob(self: &Arc<Self>, id: &str) -> Blob {
        Blob { id: id.to_owned(), store: Arc::clone(self) }
    }
}

impl Blob {
    pub(super) fn read(&self) -> Result<Vec<u8>, Problem> {
        let mut process = self.store.process.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running = match process.take() {
            Some(running) => running,
            None => Process::start()?,
        };
        let read = running.ask(&self.id);
        // After a failure its answers are out of step with our questions; the next blob asks another.
        if read.is_ok() {
            *process = Some(running);
        }
        read
    }
}

impl Process {
    fn start() -> io::Result<Self> {
        let mut command = Command::new("git");
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => Ok(Self { child, questions, answers: BufReader::new(answers) }),
            _ => Err(io::Error::other("git cannot be asked")),
        }
    }

    /// One question and its answer: `<id> blob <size>` LF content LF.
    fn ask(&mut self, id: &str) -> Result<Vec<u8>, Problem> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let size = match head.split_whitespace().collect::<Vec<_>>()[..] {
            [_, "blob", size] => size.parse::<u64>().ok(),
            _ => None,
        };
        let Some(size) = size else { return Err(io::Error::other(format!("git has no blob {id}")).into()) };
        if size > SIZE_LIMIT {
            return Err(Problem::TooLarge);
        }
        let mut bytes = vec![0; usize::try_from(size).map_err(|_| Problem::TooLarge)?];
        self.answers.read_exact(&mut bytes)?;
        self.answers.read_exact(&mut [0])?;
        Ok(bytes)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be in the middle of an answer nobody reads.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
