//! Any bytes, read as any kind of document, give a message whose maps stay in the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonelint::message::{Kind, Message};
use tonelint::span::Span;

fuzz_target!(|raw: &[u8]| {
    for kind in [Kind::Eml, Kind::Html, Kind::Markdown, Kind::Text] {
        let Ok(message) = Message::read(raw, kind) else { continue };
        for passage in message.bodies.iter().chain(&message.subject) {
            assert_eq!(passage.map.len(), passage.text.len());
            let place = passage.map.to_source(Span::new(0, passage.text.len()));
            assert!(place.start <= place.end && place.end as usize <= raw.len());
            for zone in &passage.zones {
                assert!(passage.text.get(zone.span.range()).is_some());
            }
        }
    }
});
