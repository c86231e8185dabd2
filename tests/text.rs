//! Sentences and words of any text are spans that fit it and each other.

use proptest::prelude::*;
use tonelint::span::Span;
use tonelint::text;

/// Any text, and text made of what splitting has to look at.
fn anything() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "you",
        "shouldn't",
        "can’t",
        "we'd",
        "let's",
        "customers'",
        "cannot",
        "dont",
        "Dr.",
        "e.g.",
        "No.",
        "5",
        "3.50",
        "€20,–",
        ".",
        "!",
        "?",
        "…",
        "...",
        "\n",
        "\n\n",
        "\r\n",
        "\n- ",
        "\n> ",
        "\n1. ",
        " ",
        "\t",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\"",
        "“",
        "”",
        "'",
        "*",
        "_",
        "**",
        "(",
        ")",
        "{{name}}",
        "<b>",
        "https://a.example/x?y=1",
        "a@b.example",
        "É",
        "ﬁ",
        "İ",
        "ß",
        "e\u{301}",
        "👍🏽",
        "日本。",
        "العربية",
        "-",
        "–",
        "/",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())]
}

fn fits(text: &str, span: Span) -> bool {
    !span.is_empty() && text.get(span.range()).is_some()
}

proptest! {
    #[test]
    fn sentences_lie_in_order_and_words_in_sentences(text in anything()) {
        let all = Span::new(0, text.len());
        let mut end = 0;
        for sentence in text::sentences(&text, all) {
            prop_assert!(fits(&text, sentence.span), "{sentence:?}");
            prop_assert!(end <= sentence.span.start, "{sentence:?} begins before {end}");
            prop_assert_eq!(sentence.span.of(&text), sentence.span.of(&text).trim());
            end = sentence.span.end;
            let mut last = sentence.span.start;
            for word in text::words(&text, sentence.span) {
                prop_assert!(fits(&text, word.span), "{word:?}");
                prop_assert!(sentence.span.contains(word.span), "{word:?} leaves {sentence:?}");
                prop_assert!(last <= word.span.start, "{word:?} begins before {last}");
                prop_assert!(!word.form.is_empty(), "{word:?}");
                last = word.span.start;
            }
        }
    }

    #[test]
    fn no_word_is_left_out(text in anything()) {
        let sentences = text::sentences(&text, Span::new(0, text.len()));
        // A single letter or a number may be the mark of a list item.
        for written in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|written| written.len() > 1) {
            let at = written.as_ptr() as usize - text.as_ptr() as usize;
            let inside = |span: Span| span.range().contains(&at);
            let sentence = sentences.iter().find(|s| inside(s.span));
            prop_assert!(sentence.is_some(), "{written:?} at {at} is in no sentence");
            let words = sentence.map(|s| text::words(&text, s.span)).unwrap_or_default();
            prop_assert!(words.iter().any(|word| inside(word.span)), "{written:?} at {at} is in no word");
        }
    }

    #[test]
    fn a_sentence_stays_in_the_zone_it_is_asked_for(text in anything(), from in 0usize..200, to in 0usize..200) {
        let at = |n: usize| text.floor_char_boundary(n.min(text.len()));
        let zone = Span::new(at(from.min(to)), at(from.max(to)));
        for sentence in text::sentences(&text, zone) {
            prop_assert!(zone.contains(sentence.span), "{sentence:?} leaves {zone:?}");
        }
    }
}

#[test]
fn the_halves_of_a_contraction_share_its_place() {
    for (text, halves) in [
        ("shouldn't", [("should", "should"), ("not", "n't")]),
        ("shouldn’t", [("should", "should"), ("not", "n’t")]),
        ("can't", [("can", "can"), ("not", "'t")]),
        ("Cannot", [("can", "Can"), ("not", "not")]),
        ("you've", [("you", "you"), ("have", "'ve")]),
        ("LET'S", [("let", "LET"), ("us", "'S")]),
    ] {
        let words = text::words(text, Span::new(0, text.len()));
        let found: Vec<(&str, &str)> = words.iter().map(|word| (&*word.form, word.span.of(text))).collect();
        assert_eq!(found, halves, "{text}");
    }
}
