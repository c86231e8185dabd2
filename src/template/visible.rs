//! Words that are read together although a tag stands between them.

use crate::span::Span;
use crate::text::PLACEHOLDER;

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

/// `words` of a reading as a person would write them: with the tags that put something out, without those that
/// steer and what stands in other arms.
#[must_use]
pub fn written(text: &str, reading: &str, words: Span) -> String {
    let (text, reading) = (text.as_bytes(), &reading.as_bytes()[..words.end as usize]);
    let mut bytes = Vec::with_capacity(words.len());
    let mut at = words.start as usize;
    while at < reading.len() {
        let blank = reading[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank == 0 {
            bytes.push(if reading[at] == PLACEHOLDER as u8 { text[at] } else { reading[at] });
        } else if text[at].is_ascii_whitespace()
            || !reading.get(at + blank).is_some_and(|next| b",.;:!?".contains(next))
        {
            bytes.push(b' ');
        }
        at += blank.max(1);
    }
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::readings;

    #[test]
    fn what_is_put_out_is_written_as_its_tag() {
        let text = "Hi {{ é }}, {% if a %}yes{% else %}no{% endif %}.";
        let whole = |reading: &String| written(text, reading, Span::new(0, text.len()));
        let written: Vec<String> = readings(text).unwrap().iter().map(whole).collect();
        assert_eq!(written, ["Hi {{ é }}, yes.", "Hi {{ é }}, no."]);
    }

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
