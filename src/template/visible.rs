//! Words that are read together although a tag stands between them.

use crate::span::Span;

/// The longest stretch of `words` that no tag and no other arm interrupts in `text`, of which `reading` is a
/// reading.
#[must_use]
pub fn visible(text: &str, reading: &str, words: Span) -> Span {
    let (text, reading) = (text.as_bytes(), reading.as_bytes());
    let (mut from, end) = (words.start as usize, words.end as usize);
    let mut stretches = Vec::new();
    let mut at = from;
    while at < end {
        let blank = reading[at..end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        // What a reading hides is blank in it alone.
        if text[at..at + blank] != reading[at..at + blank] {
            stretches.push(Span::new(from, at));
            from = at + blank;
        }
        at += blank.max(1);
    }
    stretches.push(Span::new(from, end));
    // The first of those that are equally long.
    stretches.into_iter().rev().max_by_key(|stretch| stretch.len()).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::readings;

    #[test]
    fn tags_and_other_arms_part_words() {
        let text = "you{# x #} {% if a %}should have{% else %}could have{% endif %} told us";
        let marks: Vec<&str> = readings(text)
            .unwrap()
            .iter()
            .map(|reading| visible(text, reading, Span::new(0, text.len())).of(text))
            .collect();
        assert_eq!(marks, ["should have", "could have"]);
        let plain = "you should  have";
        assert_eq!(visible(plain, plain, Span::new(4, 16)), Span::new(4, 16));
    }
}
