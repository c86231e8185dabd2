//! Any text has readings of its own length that differ from it in whole characters only.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonelint::span::Span;
use tonelint::template;

fuzz_target!(|text: &str| {
    let readings = template::readings(text);
    assert_eq!(readings.is_some(), template::covered(text).is_some());
    for reading in readings.into_iter().flatten() {
        assert_eq!(reading.len(), text.len());
        let whole = Span::new(0, text.len());
        assert!(whole.contains(template::visible(text, &reading, whole)));
    }
});
