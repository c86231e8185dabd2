//! Whether a night between would help: a hot mail answered at once, late, or in kind.
//!
//! Read from the dates of the mails themselves, never from the clock of the machine.

use super::calendar;
use super::draft::Draft;
use super::temperature::Heard;
use super::thread::Thread;
use crate::message::Message;

/// Kinds of signals that make a mail hot.
pub(super) const HOT: &[&str] = &["anger", "shouting", "hurt", "threat"];
/// What a signal must weigh to make it hot.
pub(super) const HEATED: f32 = 0.5;
/// Seconds within which an answer comes in the first heat.
const AT_ONCE: i64 = 3_600;
/// By the writer's clock, minutes since midnight: night begins and ends.
const NIGHT: (i64, i64) = (21 * 60, 6 * 60);

/// What speaks for waiting, one line each; empty when nothing does.
#[must_use]
pub fn hints(message: &Message, thread: &Thread, heard: &[Heard], draft: &Draft) -> Vec<String> {
    let hot = heard.iter().find(|h| HOT.contains(&&*h.kind) && h.fresh >= 1.0 && h.weight >= HEATED);
    let Some(turn) = hot.and_then(|h| thread.turns.get(h.turn)) else { return Vec::new() };
    let mut hints = Vec::new();
    let who = turn.name.as_deref().unwrap_or("The customer");
    if let (Some(theirs), Some(ours)) = (turn.date, message.headers.date) {
        let passed = ours.timestamp - theirs.timestamp;
        if (0..AT_ONCE).contains(&passed) {
            hints.push(format!("{who} wrote {} minutes before this answer.", passed / 60));
        }
        let minute = calendar::minute_of(ours);
        if minute >= NIGHT.0 || minute < NIGHT.1 {
            hints.push(format!("It is {:02}:{:02} where this is written.", minute / 60, minute % 60));
        }
    }
    if draft.findings.0 > 0 {
        hints.push("The draft answers heat with heat.".into());
    }
    hints
}
