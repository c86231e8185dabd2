//! Reads to the end, but no further than a limit: a name may lead to a device without end.

use std::fs::File;
use std::io::{self, Error, ErrorKind, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Most bytes of a document, 256 MiB. A mail with its attachments stays far below.
pub const DOCUMENT: u64 = 256 << 20;
/// Most bytes of a file that people write rules or a configuration in, 4 MiB. The longest of those that ship
/// has 61 thousand bytes.
pub const WRITTEN: u64 = 4 << 20;
/// Most bytes kept of what a command says of its failure.
const SAID: u64 = 64 << 10;

/// Reads `source` to its end.
///
/// # Errors
/// When it cannot be read; of [`ErrorKind::FileTooLarge`] when it holds more than `limit` bytes.
pub fn read(source: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    read_sized(source, None, limit)
}

/// Reads the file at `path`.
///
/// # Errors
/// When it cannot be read; of [`ErrorKind::FileTooLarge`] when it holds more than `limit` bytes; of
/// [`ErrorKind::InvalidInput`] when it is a named pipe, which nobody may ever write to.
pub fn read_file(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    if is_named_pipe(path) {
        let message = "it is a named pipe, and nobody may write to it; pipe the words in, with - for the name";
        return Err(Error::new(ErrorKind::InvalidInput, message));
    }
    let file = File::open(path)?;
    let size = file.metadata().ok().filter(|meta| meta.is_file()).map(|meta| meta.len());
    read_sized(file, size, limit)
}

/// Reads the file at `path` as UTF-8.
///
/// # Errors
/// As [`read_file`]; of [`ErrorKind::InvalidData`] when it is no UTF-8.
pub fn read_text(path: &Path, limit: u64) -> io::Result<String> {
    let bytes = read_file(path, limit)?;
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8"))
}

/// Runs `command`, which reads nothing, and gives what it wrote.
///
/// # Errors
/// When it cannot be run; of [`ErrorKind::FileTooLarge`] when it writes more than `limit` bytes to standard output.
/// Of what it says on standard error, no more than [`SAID`] bytes are kept.
pub fn output(command: &mut Command, limit: u64) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Read beside the other, so that neither waits for the other to be read.
    let said = std::thread::spawn(move || {
        let mut said = Vec::new();
        let Some(mut stderr) = stderr else { return said };
        // What is lost of it is lost to people alone.
        let _ = stderr.by_ref().take(SAID).read_to_end(&mut said);
        let _ = io::copy(&mut stderr, &mut io::sink());
        said
    });
    let read = stdout.map_or(Ok(Vec::new()), |stdout| read(stdout, limit));
    if read.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    let status = child.wait()?;
    Ok(Output { status, stdout: read?, stderr: said.join().unwrap_or_default() })
}

/// Reads `source`, whose `size` may be known, to its end.
fn read_sized(source: impl Read, size: Option<u64>, limit: u64) -> io::Result<Vec<u8>> {
    if size.is_some_and(|size| size > limit) {
        return Err(too_large(limit));
    }
    let mut bytes = Vec::with_capacity(size.map_or(0, |size| usize::try_from(size).unwrap_or(0)));
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

/// Whether `path` leads to a pipe that has a name of its own. What `/dev/stdin` and the shell's `<(…)`, which is
/// `/dev/fd/63`, lead to has its writer already.
#[cfg(unix)]
fn is_named_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let handed_over = path.starts_with("/dev") || path.starts_with("/proc");
    !handed_over && path.metadata().is_ok_and(|meta| meta.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_named_pipe(_: &Path) -> bool {
    false
}

fn too_large(limit: u64) -> Error {
    Error::new(ErrorKind::FileTooLarge, format!("larger than {} MiB", limit >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_read_to_the_limit_alone() {
        assert_eq!(read(io::repeat(0), 1 << 20).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read(io::repeat(7).take(9), 9).unwrap(), [7; 9]);
        #[cfg(unix)]
        for read in [|path| read_file(path, 1 << 20).err(), |path| read_text(path, 1 << 20).err()] {
            assert_eq!(read(Path::new("/dev/zero")).unwrap().to_string(), "larger than 1 MiB");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_named_pipe_is_not_waited_for_and_one_handed_over_is_read() {
        use std::io::Write;
        use std::os::fd::AsRawFd;
        use std::process::Command;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reply.txt");
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert_eq!(read_file(&path, 9).unwrap_err().kind(), ErrorKind::InvalidInput);
        let (reader, mut writer) = io::pipe().unwrap();
        writer.write_all(b"Hello").unwrap();
        drop(writer);
        assert_eq!(read_file(Path::new(&format!("/dev/fd/{}", reader.as_raw_fd())), 9).unwrap(), b"Hello");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_is_read_to_the_limit_alone() {
        let run = |script: &str| output(Command::new("sh").args(["-c", script]), 9);
        let done = run("printf Hello; yes | head -c 999999 >&2; exit 3").unwrap();
        assert_eq!((&*done.stdout, done.status.code(), done.stderr.len() as u64), (&b"Hello"[..], Some(3), SAID));
        assert_eq!(run("yes").unwrap_err().kind(), ErrorKind::FileTooLarge);
    }

    #[test]
    fn a_file_is_known_too_large_by_its_size() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(1 << 40).unwrap();
        assert_eq!(read_file(file.path(), DOCUMENT).unwrap_err().kind(), ErrorKind::FileTooLarge);
        file.as_file().set_len(3).unwrap();
        assert_eq!(read_text(file.path(), 3).unwrap(), "\0\0\0");
        assert_eq!(read_file(file.path(), 2).unwrap_err().kind(), ErrorKind::FileTooLarge);
    }
}
