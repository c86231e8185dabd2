//! The argument vector of sendmail, as far as it tells whether a message comes on standard input.

use std::ffi::OsString;

/// Options whose value may stand in the next argument (sendmail 8, Postfix, Exim, msmtp).
const WITH_VALUE: &[u8] = b"BCFfhLNORrVXp";

/// Whether `arguments` ask for something else than to send the message on standard input: to speak SMTP
/// (`-bs`), print or run the queue (`-bp`, `-q…`), rebuild aliases (`-bi`), verify (`-bv`), listen (`-bd`).
#[must_use]
pub fn takes_no_message(arguments: &[OsString]) -> bool {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_encoded_bytes() {
            // Recipients begin, which no option follows.
            b"--" => return false,
            [b'-', b'b', mode, ..] if *mode != b'm' => return true,
            [b'-', b'q', ..] => return true,
            [b'-', option] if WITH_VALUE.contains(option) => {
                arguments.next();
            }
            [b'-', _, ..] => {}
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn straight(arguments: &str) -> bool {
        takes_no_message(&arguments.split_whitespace().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn modes_without_a_message_are_told_from_options_and_their_values() {
        for yes in ["-bs", "-bp", "-bi", "-bd -q15m", "-q", "-q1h", "-bv a@b.example", "-oi -f me@b.example -bs"] {
            assert!(straight(yes), "{yes}");
        }
        for no in
            ["", "-t", "-bm", "-oi -f -q", "-F -bs a@b.example", "-i -- -bs", "a@b.example -bs", "-oem -odb -", "-"]
        {
            assert!(!straight(no), "{no}");
        }
    }
}
