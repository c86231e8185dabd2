//! Any text gives sentences and words that lie in it, in order and on the borders of characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonelint::span::Span;
use tonelint::text;

fuzz_target!(|body: &str| {
    let all = Span::new(0, body.len());
    for block in text::blocks(body, all) {
        assert!(body.get(block.span.range()).is_some());
        let _ = text::language(body, block.span);
    }
    let mut end = 0;
    for sentence in text::sentences(body, all) {
        assert!(end <= sentence.span.start && !sentence.span.is_empty());
        assert!(body.get(sentence.span.range()).is_some());
        end = sentence.span.end;
        let mut last = sentence.span.start;
        for word in text::words(body, sentence.span) {
            assert!(sentence.span.contains(word.span) && last <= word.span.start);
            assert!(body.get(word.span.range()).is_some_and(|written| !written.is_empty()));
            last = word.span.start;
        }
    }
});
