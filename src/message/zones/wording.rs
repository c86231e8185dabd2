//! The words of an attribution line, each with its part in the grammar: opener, date, address, verb, name.

use super::markers::{self, Classes, classes};
use super::numbers::{Number, number, zone};

/// The part a word plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// "On", "Am", "Le" at the head.
    Opener,
    /// Belongs to the date.
    Date,
    /// `local@domain`.
    Address,
    /// "wrote", "schrieb".
    Verb,
    /// Small words beside the verb ("a écrit", "het volgende").
    Beside,
    /// Anything else: as a rule the name.
    Word,
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// As written, outer punctuation dropped.
    pub text: &'a str,
    /// First byte in the line.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its part.
    pub part: Part,
}

/// What the numbers of a line say about a moment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moment {
    /// A year, or a date all in numbers.
    pub year: bool,
    /// A day with its month or year.
    pub day: bool,
    /// A time of day.
    pub time: bool,
}

/// Splits a line into words and gives each its part.
pub(super) fn words(line: &str) -> (Vec<Word<'_>>, Moment) {
    let mut words = split(line);
    let mut lower: Vec<String> = words.iter().map(|w| w.text.to_lowercase()).collect();
    for word in &mut lower {
        while word.ends_with('.') {
            word.pop();
        }
    }
    let known: Vec<Classes> = lower.iter().map(|w| classes(w)).collect();
    let moment = mark_dates(&mut words, &lower, &known);
    for i in 0..words.len() {
        if words[i].part == Part::Word {
            words[i].part = part(i, &words[i], &lower[i], known[i]);
        }
    }
    (words, moment)
}

/// Whether `word` can open an attribution.
pub(super) fn is_opener(word: &str) -> bool {
    classes(&word.to_lowercase()).opener
}

/// The month (1–12) a word names.
pub(super) fn month(lower: &str) -> Option<u32> {
    Some(classes(lower).month).filter(|&m| m > 0).map(u32::from)
}

fn part(i: usize, word: &Word<'_>, lower: &str, known: Classes) -> Part {
    let address = word.text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    if address {
        Part::Address
    } else if known.wrote {
        Part::Verb
    } else if i == 0 && known.opener {
        Part::Opener
    } else if known.beside || lower.starts_with("mailto") {
        Part::Beside
    } else if markers::WROTE_UNSPACED.iter().any(|m| lower.contains(m)) {
        Part::Verb
    } else {
        Part::Word
    }
}

fn split(line: &str) -> Vec<Word<'_>> {
    let parts = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '，'
                    | '、'
                    | '('
                    | ')'
                    | '"'
                    | '“'
                    | '”'
                    | '„'
                    | '«'
                    | '»'
                    | '['
                    | ']'
                    | ';'
                    | '<'
                    | '>'
                    | '*'
                    | '：'
            )
    };
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain(std::iter::once((line.len(), ' '))) {
        match (parts(c), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                let text =
                    line[from..at].trim_end_matches([':', '\u{200e}']).trim_start_matches("mailto:").trim_matches('\'');
                if !text.is_empty() && text.chars().any(char::is_alphanumeric) {
                    words.push(Word { text, start: from, end: at, part: Part::Word });
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Marks the first date of the line. A month or weekday counts only beside a number ("May Smith" is
/// a name), and a second month is a name again ("On 1 Feb, April Jones wrote").
fn mark_dates(words: &mut [Word<'_>], lower: &[String], known: &[Classes]) -> Moment {
    let mut moment = Moment::default();
    let mut month_seen = false;
    let numbers: Vec<Option<Number>> = lower.iter().map(|w| number(w)).collect();
    let near_number = |i: usize| {
        let back = i.checked_sub(1).is_some_and(|p| numbers[p].is_some());
        // "Thu, 6 Nov", "Feb 1", "4 de janeiro": the number stands at most two words on.
        back || (i + 1..lower.len().min(i + 4))
            .find(|&n| !known[n].connector && known[n].month == 0)
            .is_some_and(|n| numbers[n].is_some())
            || i.checked_sub(2).is_some_and(|p| numbers[p].is_some() && known[i - 1].connector)
    };
    let mut last = None;
    for i in 0..words.len() {
        let date = match numbers[i] {
            Some(n) => {
                let fits = last.is_none_or(|l: usize| i - l <= 4);
                if fits {
                    month_seen |= n == Number::FullDate;
                    moment.year |= matches!(n, Number::Year | Number::FullDate);
                    moment.day |= n == Number::FullDate;
                    moment.time |= n == Number::Time;
                }
                fits
            }
            None if !month_seen && known[i].month > 0 => {
                month_seen = near_number(i);
                moment.day |= month_seen;
                month_seen
            }
            None if known[i].weekday => {
                i > 0 && last == Some(i - 1) && !moment.time && near_number(i) || last.is_none() && near_number(i)
            }
            None => known[i].clock && last == Some(i.wrapping_sub(1)) || zone(&lower[i]),
        };
        if date && last.is_none_or(|l| (l + 1..i).all(|k| known[k].connector)) {
            if let Some(from) = last {
                words[from..i].iter_mut().for_each(|w| w.part = Part::Date);
            }
            words[i].part = Part::Date;
            last = Some(i);
        }
    }
    moment
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, part: Part) -> String {
        words(line).0.iter().filter(|w| w.part == part).map(|w| w.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dates_and_names_are_told_apart() {
        for (line, date, name) in [
            (
                "On Thu, Nov 6, 2025 at 6:32 PM, April May Jones <a@b.example> wrote:",
                "Thu Nov 6 2025 at 6:32 PM",
                "April May Jones",
            ),
            ("Am 21.04.2016 um 17:48 Uhr schrieb Jan Mai:", "21.04.2016 um 17:48 Uhr", "Jan Mai"),
            (
                "Op do 6 nov. 2025 om 18:32 schreef Jan de Vries <jan@b.example>:",
                "do 6 nov. 2025 om 18:32",
                "Jan de Vries",
            ),
            ("2025-11-06 18:32 GMT+01:00 Mara Holt <m@b.example>:", "2025-11-06 18:32 GMT+01:00", "Mara Holt"),
            (
                "Em qui., 6 de nov. de 2025 às 18:32, Rui Sol <r@b.example> escreveu:",
                "qui. 6 de nov. de 2025 às 18:32",
                "Rui Sol",
            ),
        ] {
            assert_eq!((of(line, Part::Date).as_str(), of(line, Part::Word).as_str()), (date, name), "{line}");
        }
    }

    #[test]
    fn numbers_in_names_are_names() {
        assert_eq!(of("On 3/4/25 9:05 AM, 3M Desk wrote:", Part::Word), "3M Desk");
    }
}
