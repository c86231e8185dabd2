//! Cutting what is quoted to what was meant: the clause around the words that matter.
//!
//! A page to ring with has no room for a whole rant. What is left stands verbatim, and "…" says where
//! something went.

use crate::span::Span;
use crate::text::{self, Kind, Word};

/// Sentences of so many bytes are quoted whole.
const SHORT: usize = 110;
/// A clause grows by its neighbours until it has so many bytes.
const ENOUGH: usize = 90;
/// Words that join clauses.
const JOINTS: &[&str] =
    &["and", "but", "or", "so", "because", "since", "although", "though", "while", "until", "which"];
/// Words a greeting begins with.
const GREETINGS: &[&str] = &["dear", "hi", "hello", "hey", "morning", "afternoon", "evening", "good", "sorry"];
/// A greeting has no more words than this.
const GREETING: usize = 4;
/// Fewer words after a greeting are part of it.
const LEFT: usize = 3;

/// The part of `sentence` that is quoted for the sake of `mark`.
pub(super) fn clause(text: &str, sentence: Span, mark: Span) -> Span {
    let sentence = without_greeting(text, sentence);
    if sentence.len() <= SHORT {
        return sentence;
    }
    let words = text::words(text, sentence);
    let mut starts: Vec<u32> = vec![sentence.start];
    for (at, word) in words.iter().enumerate().skip(1) {
        let parted = matches!(&*words[at - 1].form, "," | ";" | ":" | "–" | "(" | ")") && word.kind != Kind::Mark;
        if parted || JOINTS.contains(&&*word.form) {
            starts.push(word.span.start);
        }
    }
    starts.dedup();
    let ends = |number: usize| starts.get(number + 1).copied().unwrap_or(sentence.end);
    let mut from = starts.iter().rposition(|start| *start <= mark.start.max(sentence.start)).unwrap_or(0);
    let mut to = from;
    // What follows explains more than what went before.
    loop {
        let size = |from: usize, to: usize| (ends(to) - starts[from]) as usize;
        if to + 1 < starts.len() && size(from, to + 1) <= ENOUGH {
            to += 1;
        } else if from > 0 && size(from - 1, to) <= ENOUGH {
            from -= 1;
        } else {
            break;
        }
    }
    let whole = Span { start: starts[from], end: ends(to) };
    let cut = shortened(&words, whole, mark);
    trimmed(text, cut)
}

/// At most [`SHORT`] bytes of a clause without a joint, from the marked words on.
fn shortened(words: &[Word], whole: Span, mark: Span) -> Span {
    if whole.len() <= SHORT {
        return whole;
    }
    let inside = || words.iter().filter(|word| whole.contains(word.span)).map(|word| word.span);
    let last_start = whole.end - u32::try_from(SHORT).unwrap_or(whole.end).min(whole.end);
    let start = inside().map(|word| word.start).take_while(|start| *start <= mark.start.min(last_start)).last();
    let start = start.unwrap_or(whole.start);
    let end = inside().map(|word| word.end).take_while(|end| (*end - start.min(*end)) as usize <= SHORT).last();
    // A single word of that length is cut off whole rather than in the middle of a letter.
    Span { start, end: end.filter(|end| *end > start).unwrap_or(whole.end) }
}

/// A sentence without the greeting that opens it: "Hi Sam, sorry to ask, but where is it?".
fn without_greeting(text: &str, sentence: Span) -> Span {
    let words = text::words(text, sentence);
    let comma = words.iter().take(GREETING + 1).position(|word| matches!(&*word.form, "," | "!"));
    let Some(comma) = comma.filter(|&comma| comma > 0 && words.len() > comma + LEFT) else { return sentence };
    let greets = GREETINGS.contains(&&*words[0].form) && words[0].form != "sorry";
    let calls = comma <= 2 && words[..comma].iter().all(|word| word.capital) && !is_ordinary(&words[0].form);
    if greets || calls { Span { start: words[comma + 1].span.start, end: sentence.end } } else { sentence }
}

/// Words that open a sentence with a comma after them and are no name.
fn is_ordinary(form: &str) -> bool {
    const ORDINARY: &[&str] = &[
        "yes",
        "no",
        "ok",
        "okay",
        "well",
        "so",
        "also",
        "still",
        "sadly",
        "unfortunately",
        "however",
        "thanks",
        "now",
        "today",
        "yesterday",
        "tomorrow",
        "again",
        "first",
        "second",
        "finally",
        "honestly",
        "frankly",
        "please",
        "sure",
        "right",
        "actually",
        "obviously",
        "apparently",
        "maybe",
        "perhaps",
        "meanwhile",
        "twice",
        "anyway",
    ];
    ORDINARY.contains(&form)
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let end = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '('));
    let start = end.len() - end.trim_start().len();
    Span::new(span.start as usize + start, span.start as usize + end.len())
}

/// `part` of `sentence` between quotation marks on one line, with "…" where the sentence goes on.
pub(super) fn quoted(text: &str, sentence: Span, part: Span) -> String {
    let on_one_line = part.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let greeted = without_greeting(text, sentence).start;
    let before = if part.start > greeted { "…" } else { "" };
    let goes_on = Span { start: part.end, end: sentence.end.max(part.end) };
    let after = if goes_on.of(text).contains(char::is_alphanumeric) { "…" } else { "" };
    format!("\"{before}{on_one_line}{after}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is quoted of `sentence` for `mark`.
    fn cut(sentence: &str, mark: &str) -> String {
        let whole = Span::new(0, sentence.len());
        let at = sentence.find(mark).expect("the mark stands in it");
        quoted(sentence, whole, clause(sentence, whole, Span::new(at, at + mark.len())))
    }

    #[test]
    fn a_rant_is_cut_to_the_clause_that_matters() {
        let rant = "I bought a cupboard and the door is off and I rang and nobody came and then I rang again and they \
                    told me it was my fault which it is not and I need an answer before the weekend because my parents \
                    come and I am so tired of it";
        assert_eq!(
            cut(rant, "I need"),
            "\"…and I need an answer before the weekend because my parents come and I am so tired of it\""
        );
        assert!(cut(rant, "nobody came").len() <= SHORT);
    }

    #[test]
    fn greetings_are_left_out_and_short_sentences_whole() {
        assert_eq!(cut("Hi Sam, where is it?", "where"), "\"where is it?\"");
        assert_eq!(cut("Sam, it is the third Monday.", "third"), "\"it is the third Monday.\"");
        assert_eq!(cut("Yes, it is the third Monday.", "third"), "\"Yes, it is the third Monday.\"");
        assert_eq!(cut("Hello, Sam.", "Sam"), "\"Hello, Sam.\"");
    }

    #[test]
    fn a_sentence_without_a_joint_is_cut_between_words() {
        let long = "word ".repeat(60);
        let told = cut(long.trim_end(), "word");
        assert!(told.len() <= SHORT + 8 && told.ends_with("word…\""), "{told}");
        let one = "ä".repeat(300);
        assert_eq!(cut(&one, "ä"), format!("\"{one}\""));
    }
}
