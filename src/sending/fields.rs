//! Our own header fields, taken out of the bytes of a message; every other byte stays as it is.

use memchr::memchr;

/// What the names of our fields begin with.
const OURS: &[u8] = b"X-Tonelint";

/// A message as it leaves: the bytes given, without the fields that are meant for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing<'r> {
    /// The bytes that leave, in order.
    pub pieces: Vec<&'r [u8]>,
    /// The reason of a field `X-Tonelint: sent-anyway; reason=…`.
    pub sent_anyway: Option<String>,
}

/// Takes the fields whose names begin with `X-Tonelint` out of the header block of `raw`, folded lines
/// and all (RFC 5322, sections 2.2.3 and 4.5: blanks may stand before the colon).
#[must_use]
pub fn outgoing(raw: &[u8]) -> Outgoing<'_> {
    let mut out = Outgoing { pieces: Vec::new(), sent_anyway: None };
    let (mut at, mut kept) = (0, 0);
    // An mbox line may stand before the first field.
    if raw.starts_with(b"From ") {
        at = line_end(raw, 0);
    }
    while let Some(name) = field_name(&raw[at..]) {
        let start = at;
        at = line_end(raw, at);
        while is_folded(&raw[at..line_end(raw, at)]) {
            at = line_end(raw, at);
        }
        if name.len() >= OURS.len() && name[..OURS.len()].eq_ignore_ascii_case(OURS) {
            out.pieces.push(&raw[kept..start]);
            kept = at;
            if name.len() == OURS.len() {
                out.sent_anyway = out.sent_anyway.or_else(|| wish(&raw[start..at]));
            }
        }
        while raw[at..].starts_with(b" ") || raw[at..].starts_with(b"\t") {
            at = line_end(raw, at);
        }
    }
    out.pieces.push(&raw[kept..]);
    out.pieces.retain(|piece| !piece.is_empty());
    out
}

/// One past the line that begins at `at`, its line end included.
fn line_end(raw: &[u8], at: usize) -> usize {
    memchr(b'\n', &raw[at..]).map_or(raw.len(), |end| at + end + 1)
}

/// The name of the field that `rest` begins with; `None` where the header block ends.
fn field_name(rest: &[u8]) -> Option<&[u8]> {
    let line = &rest[..line_end(rest, 0)];
    let name = line[..memchr(b':', line)?].trim_ascii_end();
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(name)
}

/// Whether a line goes on with words of the field before it. A line of blanks stays where our field goes:
/// were it meant to end the block, the block would run into the body.
fn is_folded(line: &[u8]) -> bool {
    line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) && !line.trim_ascii().is_empty()
}

/// The reason of `X-Tonelint: sent-anyway; reason=…`, if the field says that and gives one.
fn wish(field: &[u8]) -> Option<String> {
    let value = String::from_utf8_lossy(&field[memchr(b':', field)? + 1..]).into_owned();
    let (what, rest) = value.split_once(';')?;
    let (key, reason) = rest.split_once('=')?;
    let says = what.trim().eq_ignore_ascii_case("sent-anyway") && key.trim().eq_ignore_ascii_case("reason");
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = reason.trim_matches('"').trim();
    (says && !reason.is_empty()).then(|| reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn leaves(raw: &str) -> String {
        String::from_utf8(outgoing(raw.as_bytes()).pieces.concat()).unwrap()
    }

    fn reason(field: &str) -> Option<String> {
        outgoing(format!("To: a@b.example\n{field}\n\nHi\n").as_bytes()).sent_anyway
    }

    #[test]
    fn our_fields_leave_the_header_block_and_nothing_else_does() {
        for (raw, left) in [
            ("To: a\nX-Tonelint: x\nSubject: y\n\nX-Tonelint: z\n", "To: a\nSubject: y\n\nX-Tonelint: z\n"),
            ("To: a\r\nx-tonelint-allow: b\r\n folded\r\n\tmore\r\n\r\nHi", "To: a\r\n\r\nHi"),
            ("X-Tonelint : x\nTo: a\n\nHi", "To: a\n\nHi"),
            ("From me Mon\nX-Tonelint: x\nTo: a\n\n", "From me Mon\nTo: a\n\n"),
            ("To: a\nX-Tonelint: last", "To: a\n"),
            ("X-Tonelint: only\n", ""),
            ("To: a\n X-Tonelint: folded\nX-Tone: b\n\n", "To: a\n X-Tonelint: folded\nX-Tone: b\n\n"),
            ("To: a\nno field\nX-Tonelint: x\n", "To: a\nno field\nX-Tonelint: x\n"),
            ("\nX-Tonelint: x\n", "\nX-Tonelint: x\n"),
            ("", ""),
        ] {
            assert_eq!(leaves(raw), left, "{raw:?}");
        }
    }

    #[test]
    fn a_line_of_blanks_stays_and_ends_nothing() {
        assert_eq!(leaves("To: a\nX-Tonelint: x\n \nHi: you\n"), "To: a\n \nHi: you\n");
        assert_eq!(leaves("To: a\n \nX-Tonelint: x\n\nHi"), "To: a\n \n\nHi");
    }

    #[test]
    fn a_wish_needs_a_reason() {
        assert_eq!(reason("X-Tonelint: sent-anyway; reason=we spoke\n  at noon").as_deref(), Some("we spoke at noon"));
        assert_eq!(reason("x-tonelint:Sent-Anyway;Reason=\"agreed\"").as_deref(), Some("agreed"));
        for not in
            ["X-Tonelint: sent-anyway", "X-Tonelint: sent-anyway; reason= ", "X-Tonelint-Allow: sent-anyway; reason=x"]
        {
            assert_eq!(reason(not), None, "{not}");
        }
        assert_eq!(outgoing(b"To: a\n\nX-Tonelint: sent-anyway; reason=body\n").sent_anyway, None);
    }

    proptest! {
        #[test]
        fn what_leaves_is_the_message_without_whole_lines(raw in prop::collection::vec(
            prop_oneof![Just("X-Tonelint".to_owned()), Just(":".to_owned()), Just("\n".to_owned()), Just("\r\n".to_owned()),
                        Just(" ".to_owned()), Just("To: a".to_owned()), ".{0,3}"], 0..40))
        {
            let raw = raw.concat();
            let left = outgoing(raw.as_bytes()).pieces.concat();
            let mut lines = raw.as_bytes().split_inclusive(|b| *b == b'\n');
            for line in left.split_inclusive(|b| *b == b'\n') {
                prop_assert!(lines.any(|of_raw| of_raw == line));
            }
            prop_assert_eq!(&outgoing(&left).pieces.concat(), &left, "nothing of ours is left");
            let body = raw.find("\n\n").map_or("", |at| &raw[at + 1..]);
            prop_assert!(left.ends_with(body.as_bytes()));
        }
    }
}
