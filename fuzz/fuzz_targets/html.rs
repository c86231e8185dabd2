//! Any markup gives a page whose regions lie in its text and whose map stays in the markup.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonelint::decode::html;
use tonelint::span::Span;

fuzz_target!(|markup: &str| {
    let page = html::read(markup);
    assert_eq!(page.decoded.map.len(), page.decoded.text.len());
    let mut last = 0;
    for at in 0..page.decoded.map.len() {
        let place = page.decoded.map.to_source(Span::new(at, at + 1));
        assert!(last <= place.start && place.start <= place.end && place.end as usize <= markup.len());
        last = place.start;
    }
    for region in page.regions {
        assert!(page.decoded.text.get(region.span.range()).is_some());
    }
});
