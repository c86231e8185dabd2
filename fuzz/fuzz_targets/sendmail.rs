//! Any bytes leave as they came, but for whole lines of our own fields, and once these are gone none are left.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonelint::sending::outgoing;

fuzz_target!(|raw: &[u8]| {
    let found = outgoing(raw);
    let left = found.pieces.concat();
    let mut lines = raw.split_inclusive(|b| *b == b'\n');
    for line in left.split_inclusive(|b| *b == b'\n') {
        assert!(lines.any(|of_raw| of_raw == line), "a line was changed");
    }
    let ours = |line: &[u8]| line.get(..10).is_some_and(|name| name.eq_ignore_ascii_case(b"X-Tonelint"));
    if !raw.split(|b| *b == b'\n').any(ours) {
        assert_eq!(left, raw);
        assert_eq!(found.sent_anyway, None);
    }
    // An empty line ends the block, with all that follows it, however lines end.
    let ends = [&b"\n\n"[..], b"\n\r\n"];
    for at in ends.iter().filter_map(|end| raw.windows(end.len()).position(|bytes| bytes == *end)) {
        assert!(left.ends_with(&raw[at + 1..]), "the body was changed");
    }
    assert_eq!(outgoing(&left).pieces.concat(), left, "a field of ours is left");
});
