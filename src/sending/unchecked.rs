//! What left without a look, and why: a line each in the state folder.

use crate::advice::calendar;
use crate::bounded;
use crate::message::Date;
use crate::report::escape;
use crate::state::{self, StateError};
use std::path::Path;

/// The file in the state folder.
const NAME: &str = "sent-unchecked.txt";
/// Lines kept, the newest.
const MOST: usize = 100;
/// A file of more bytes is none of ours, and begun anew.
const LARGEST: u64 = 1 << 20;

/// Writes down in the state folder `state` that a mail was sent unchecked at `now` (seconds since
/// 1970-01-01T00:00:00Z) for `reason`.
///
/// # Errors
/// When the file cannot be written.
pub fn record(state: &Path, now: i64, reason: &str) -> Result<(), StateError> {
    let old = bounded::read_text(&state.join(NAME), LARGEST).unwrap_or_default();
    let lines: Vec<&str> = old.lines().collect();
    let kept = &lines[lines.len().saturating_sub(MOST - 1)..];
    let new = format!("{}: {}", moment(now), escape::line(reason));
    let text: String = kept.iter().copied().chain([new.as_str()]).flat_map(|line| [line, "\n"]).collect();
    state::put(state, NAME, text.as_bytes())
}

/// A moment as people read it: `Thu 6 Nov 2025 10:12 UTC`.
pub(super) fn moment(now: i64) -> String {
    let date = Date { timestamp: now, offset_minutes: 0 };
    let minute = calendar::minute_of(date);
    format!("{} {:02}:{:02} UTC", calendar::written(calendar::day_of(date)), minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_newest_reasons_are_kept_a_line_each() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..MOST + 5 {
            record(folder.path(), 1_762_423_920, &format!("reason {n}\nand more")).unwrap();
        }
        let text = fs::read_to_string(folder.path().join(NAME)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), MOST);
        assert_eq!(lines[0], "Thu 6 Nov 2025 10:12 UTC: reason 5 and more");
        assert!(lines[MOST - 1].ends_with("reason 104 and more"));
    }
}
