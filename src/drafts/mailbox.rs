//! Drafts in a mailbox: an mbox file (RFC 4155) or a Maildir.
//!
//! Thunderbird's local and offline stores keep every save of a draft until the folder is compacted, so
//! messages marked as deleted are read too.

use super::save::{SIZE_LIMIT, Save, SaveError};
use crate::bounded;
use crate::decode::Kind;
use std::fs;
use std::path::{Path, PathBuf};

/// Reads all messages of the mailbox at `path`, oldest first.
///
/// # Errors
/// When it cannot be read, or is neither an mbox nor a Maildir.
pub fn read(path: &Path) -> Result<Vec<Save>, SaveError> {
    if path.is_dir() { maildir(path) } else { mbox(path) }
}

fn mbox(path: &Path) -> Result<Vec<Save>, SaveError> {
    let bytes = bounded::read_file(path, SIZE_LIMIT).map_err(SaveError::unreadable(path))?;
    let messages = split_mbox(&bytes);
    if messages.is_empty() && !bytes.is_empty() {
        return Err(SaveError::NoMailbox(path.to_owned()));
    }
    let save = |(n, message): (usize, &[u8])| Save {
        name: format!("{}#{}", path.display(), n + 1),
        // The separator's time is in the clock of an unknown place; `Date` in the message tells more.
        when: None,
        bytes: message.to_vec(),
        kind: Kind::Eml,
    };
    Ok(messages.into_iter().enumerate().map(save).collect())
}

/// The messages of an mbox, without their `From ` lines.
///
/// A line of a body may begin with "From " too. A separator stands at the start or after a blank line,
/// ends in a date, and a header field follows.
#[must_use]
pub fn split_mbox(bytes: &[u8]) -> Vec<&[u8]> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut blank) = (0, true);
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
        let line = trim(&bytes[at..end]);
        if blank && is_separator(line) && begins_with_field(&bytes[end..]) {
            starts.push((at, end));
        }
        blank = line.is_empty();
        at = end;
    }
    let ends = starts.iter().skip(1).map(|(line, _)| *line).chain([bytes.len()]);
    starts.iter().zip(ends).map(|((_, body), end)| &bytes[*body..end]).collect()
}

fn trim(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").map_or(line, |l| l.strip_suffix(b"\r").unwrap_or(l))
}

/// `From sender Sun Nov 22 02:03:42 2026`, some with a zone before or after the year.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let Ok(rest) = std::str::from_utf8(rest) else { return false };
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    let Some(day) = words.iter().position(|w| DAYS.contains(w)) else { return false };
    let [_, month, date, time, tail @ ..] = &words[day..] else { return false };
    let digits = |w: &&str, most: usize| w.len() <= most && w.bytes().all(|b| b.is_ascii_digit());
    let clock = |w: &str| {
        let parts: Vec<&str> = w.split(':').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|p| p.len() == 2 && digits(p, 2))
    };
    let year = tail.iter().any(|w| w.len() == 4 && digits(w, 4));
    MONTHS.contains(month) && digits(date, 2) && clock(time) && year && tail.len() <= 3
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether `bytes` begin with a header field (RFC 5322, section 2.2).
fn begins_with_field(bytes: &[u8]) -> bool {
    let name = bytes.iter().take(78).take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    name > 0 && bytes.get(name) == Some(&b':')
}

fn maildir(path: &Path) -> Result<Vec<Save>, SaveError> {
    let folders: Vec<PathBuf> = ["cur", "new"].iter().map(|name| path.join(name)).filter(|f| f.is_dir()).collect();
    if folders.is_empty() {
        return Err(SaveError::NoMailbox(path.to_owned()));
    }
    let mut files = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(&folder).map_err(SaveError::unreadable(&folder))? {
            let file = entry.map_err(SaveError::unreadable(&folder))?.path();
            if file.is_file() {
                files.push((delivered(&file), file));
            }
        }
    }
    files.sort();
    let mut saves = Vec::with_capacity(files.len());
    for ((seconds, _), file) in files {
        let mut save = Save::file(&file)?;
        save.when = Some(seconds).filter(|s| *s > 0).or(save.when);
        save.kind = Kind::Eml;
        saves.push(save);
    }
    Ok(saves)
}

/// When a Maildir file was delivered, from its name: `seconds.M microseconds P …`; (0, 0) when it does
/// not tell.
fn delivered(file: &Path) -> (i64, u32) {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut parts = name.split('.');
    let seconds = parts.next().and_then(|s| s.parse().ok()).unwrap_or(0);
    let middle = parts.next().unwrap_or("");
    let micros = middle.split_once('M').map_or("", |(_, rest)| rest);
    let digits = micros.bytes().take_while(u8::is_ascii_digit).count();
    (seconds, micros[..digits].parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_lines_of_a_body_do_not_cut_a_message() {
        let mbox = "From - Sun Nov 22 02:03:42 2026\nSubject: One\n\nHello.\n\nFrom Monday on we are closed.\n\n\
                    From there it went by train.\nFrom a@a.example Sun Nov 22 02:03:42 2026\nno blank line before\n\n\
                    From a@a.example Sun Nov 22 02:03:42 2026\nno field after\n\n\
                    From me@a.example Mon Nov 23 09:00:00 +0100 2026\r\nSubject: Two\r\n\r\nBye.\r\n";
        let parts = split_mbox(mbox.as_bytes());
        assert_eq!(parts.len(), 2);
        assert!(parts[0].starts_with(b"Subject: One") && parts[0].ends_with(b"no field after\n\n"));
        assert_eq!(parts[1], b"Subject: Two\r\n\r\nBye.\r\n");
    }

    #[test]
    fn what_is_no_mailbox_says_so() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()), Err(SaveError::NoMailbox(_))));
        let file = folder.path().join("note.txt");
        fs::write(&file, "Hello there").unwrap();
        assert!(read(&file).unwrap_err().to_string().contains("mbox"));
        fs::write(&file, "").unwrap();
        assert_eq!(read(&file).unwrap(), []);
    }

    #[test]
    fn a_maildir_is_read_in_the_order_of_delivery() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("cur/1795313202.M79391P8.host:2,D", "third"),
            ("cur/1795313195.M182745P8.host:2,D", "first"),
            ("new/1795313195.M582325P8.host", "second"),
        ] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, format!("Subject: x\n\n{text}\n")).unwrap();
        }
        let saves = read(folder.path()).unwrap();
        let last = |save: &Save| String::from_utf8_lossy(&save.bytes).trim().rsplit('\n').next().unwrap().to_owned();
        assert_eq!(saves.iter().map(last).collect::<Vec<_>>(), ["first", "second", "third"]);
        assert_eq!(saves[0].when, Some(1_795_313_195));
    }
}
