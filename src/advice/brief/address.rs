//! How the reader is spoken to: as the draft's greeting does, else by the name in its headers.

use crate::advice::{Context, Seen};
use crate::lint::{PassageId, Place};
use crate::message::Message;
use crate::span::Span;
use crate::text::{self, Kind};

/// Words before the name in a greeting.
const GREETINGS: &[&str] = &["dear", "hi", "hello", "hey", "good", "morning", "afternoon", "evening"];
/// Titles that stay before a name.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sister",
    "brother",
    "father",
    "sir",
    "madam",
    "rev",
    "cllr",
];
/// Greeted, and nobody's name.
const NOBODY: &[&str] =
    &["all", "both", "team", "there", "customer", "everyone", "everybody", "friends", "sir", "madam"];
/// No greeting has more words.
const LONGEST: usize = 6;

/// A name, and where it was read when the draft says it.
pub(super) struct Name {
    pub(super) name: String,
    pub(super) place: Option<Place>,
}

/// The name to open with.
pub(super) fn name(context: &Context<'_>, seen: &Seen) -> Option<Name> {
    greeted(context.message).or_else(|| {
        let header = context.message.headers.to.first().and_then(|to| to.name.as_deref());
        let theirs = || seen.thread.customer().find_map(|(_, turn)| turn.name.as_deref());
        let name = header.or_else(theirs)?;
        let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let mut words = name.split_whitespace();
        let first = words.next()?;
        // "Moss, Ada" is written last name first.
        let first = if first.ends_with(',') { words.next().unwrap_or(first) } else { first };
        let titled = TITLES.contains(&&*plain(first));
        let name = if titled { format!("{first} {}", name.split_whitespace().next_back()?) } else { first.to_owned() };
        Some(Name { name, place: None })
    })
}

/// The name in the greeting: the first own line, when it greets or is a name and a comma.
fn greeted(message: &Message) -> Option<Name> {
    let (number, passage) = message.bodies.iter().enumerate().find(|(_, passage)| passage.own().next().is_some())?;
    let own = passage.own().find(|span| !span.of(&passage.text).trim().is_empty())?;
    let lead = own.of(&passage.text).len() - own.of(&passage.text).trim_start().len();
    let start = own.start as usize + lead;
    let line = passage.text[start..own.end as usize].lines().next()?;
    let span = Span::new(start, start + line.len());
    let words = text::words(&passage.text, span);
    let greets = words.first().is_some_and(|word| GREETINGS.contains(&&*word.form));
    let skipped = words.iter().take_while(|word| GREETINGS.contains(&&*word.form)).count();
    let named: Vec<_> = words[skipped..]
        .iter()
        .take_while(|word| {
            word.kind == Kind::Word && (word.capital || TITLES.contains(&&*word.form)) || word.form == "."
        })
        .take(LONGEST)
        .collect();
    let ends = words.get(skipped + named.len()).is_none_or(|word| matches!(&*word.form, "," | "!" | "–"));
    let alone = words.len() <= skipped + named.len() + 1;
    let anybody = named.iter().all(|word| NOBODY.contains(&&*word.form));
    // "Thank you," and "Tomorrow, then." greet nobody: without a greeting the name stands alone on its line.
    if named.is_empty() || anybody || !ends || !(greets || alone && line.trim_end().ends_with(',')) {
        return None;
    }
    let mark = named.iter().map(|word| word.span).reduce(Span::cover)?;
    let place = Place { passage: PassageId::Body(number), mark, sentence: span };
    Some(Name { name: mark.of(&passage.text).split_whitespace().collect::<Vec<_>>().join(" "), place: Some(place) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Kind;

    #[test]
    fn greetings_name_the_reader() {
        let read = |text: &str| {
            let message = Message::read(text.as_bytes(), Kind::Text).expect("plain text");
            greeted(&message).map(|name| name.name)
        };
        let names = [
            ("Dear Anna,\n\nit is ready.", Some("Anna")),
            ("Hi Anna!\nIt is ready.", Some("Anna")),
            ("Dear Ms Lindqvist,\n\nit is ready.", Some("Ms Lindqvist")),
            ("Dear Dr. Roe,\n\nit is ready.", Some("Dr. Roe")),
            ("Anna,\n\nit is ready.", Some("Anna")),
            ("Good morning Anna,\n\nit is ready.", Some("Anna")),
            ("Dear all,\n\nit is ready.", None),
            ("Dear Sir or Madam,\n\nit is ready.", None),
            ("It is ready.", None),
            ("Anna told me it is ready.", None),
            ("", None),
        ];
        for (text, name) in names {
            assert_eq!(read(text).as_deref(), name, "{text}");
        }
    }
}
