//! Any bytes, read as any file of many replies, give replies whose maps stay in the file. The first byte says the format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use tonelint::collection::{self, Choice, Collection};
use tonelint::decode::Format;
use tonelint::message::Message;
use tonelint::span::Span;

const FORMATS: [Format; 6] = [Format::Json, Format::Yaml, Format::Csv, Format::Po, Format::Properties, Format::Fluent];

fuzz_target!(|input: &[u8]| {
    let Some((first, raw)) = input.split_first() else { return };
    let format = FORMATS[usize::from(*first) % FORMATS.len()];
    let path = Path::new("locales/en.x");
    let _ = collection::recognises(path, raw, format);
    let everything = Choice::new(None, vec!["$..*".parse().expect("a path")], None, None, None);
    let Ok(opened) = Collection::open(path, raw, format, Some(&everything)) else { return };
    for entry in opened.entries() {
        let message = Message::of_entry(entry);
        for passage in message.bodies.iter().chain(&message.subject) {
            assert_eq!(passage.map.len(), passage.text.len());
            let place = passage.map.to_source(Span::new(0, passage.text.len()));
            assert!(place.start <= place.end && place.end as usize <= raw.len());
        }
    }
});
