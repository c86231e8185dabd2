//! Exit statuses of a program that stands in for sendmail (`sysexits.h`).
//!
//! Three of them never come from a wrapper of its own accord: 126 means "sent, in the background" to mutt
//! and neomutt, 127 a missing program to every shell, and 75 makes a queue try again.

use std::process::ExitStatus;

/// The message is held (`EX_DATAERR`).
pub const HELD: u8 = 65;
/// The program that sends is missing or cannot be run (`EX_UNAVAILABLE`).
pub const UNAVAILABLE: u8 = 69;
/// The program that sends was ended by a signal (`EX_SOFTWARE`).
pub const ENDED: u8 = 70;
/// The message could not be read to its end, or not be handed on (`EX_IOERR`).
pub const NOT_READ: u8 = 74;
/// Which program sends is not known (`EX_CONFIG`).
pub const NOT_CONFIGURED: u8 = 78;

/// The status for a program that sends and ended with `status`: its own, where no caller misreads it.
#[must_use]
pub fn of(status: ExitStatus) -> u8 {
    match status.code() {
        Some(126 | 127) => UNAVAILABLE,
        // Numbers over 255 are Windows's own; none of them is a success.
        Some(code) => u8::try_from(code).unwrap_or(UNAVAILABLE),
        None => ENDED,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn a_status_is_passed_on_unless_it_would_be_misread() {
        for (theirs, ours) in [(0, 0), (1, 1), (67, 67), (75, 75), (126, 69), (127, 69), (255, 255)] {
            assert_eq!(of(ExitStatus::from_raw(theirs << 8)), ours, "{theirs}");
        }
        assert_eq!(of(ExitStatus::from_raw(9)), ENDED);
    }
}
