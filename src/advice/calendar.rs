//! Days as mails speak of them: "by Friday", "the 28th", "w/c 22 April", "within 24 h".
//!
//! A day is resolved against the day the mail was written, never against the clock of the machine.

use crate::message::Date;
use crate::span::Span;
use crate::text::{Word, days};

/// Days since 1970-01-01, by the calendar of the writer.
pub type Day = i64;

/// A day that a sentence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// The last day they may mean.
    pub day: Day,
}

/// Words before a weekday or a date that put it into the past.
const BACK: &[&str] = &["last", "since", "past", "previous"];

/// The day of a moment, by its writer's clock.
#[must_use]
pub fn day_of(date: Date) -> Day {
    (date.timestamp + i64::from(date.offset_minutes) * 60).div_euclid(86_400)
}

/// Minutes since midnight of a moment, by its writer's clock.
#[must_use]
pub fn minute_of(date: Date) -> i64 {
    (date.timestamp + i64::from(date.offset_minutes) * 60).rem_euclid(86_400) / 60
}

/// A day as people write it: `Thu 6 Nov 2025`.
#[must_use]
pub fn written(day: Day) -> String {
    let (year, month, of_month) = civil(day);
    let weekday = days::WEEKDAYS[weekday(day)].short[0];
    let month = days::MONTHS[month as usize - 1].short[0];
    format!("{} {of_month} {} {year}", capital(weekday), capital(month))
}

/// The days that `words`, a sentence written on day `base`, name.
#[must_use]
pub fn mentions(words: &[Word], base: Day) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let read = relative(words, at, base).or_else(|| dated(words, at, base));
        let read = read.or_else(|| named_and_dated(words, at, base)).or_else(|| named(words, at, base));
        if let Some((day, len)) = read {
            found.push(Mention { span: words[at].span.cover(words[at + len - 1].span), day });
            at += len;
        } else {
            at += 1;
        }
    }
    found
}

/// "tomorrow", "within 3 working days", "in two weeks", "next week".
fn relative(words: &[Word], at: usize, base: Day) -> Option<(Day, usize)> {
    let form = |n: usize| words.get(at + n).map_or("", |w| &*w.form);
    let friday = base + 4 - i64::try_from(weekday(base)).ok()?;
    match (form(0), form(1)) {
        ("today" | "tonight", _) => Some((base, 1)),
        ("tomorrow", _) => Some((base + 1, 1)),
        ("yesterday", _) => Some((base - 1, 1)),
        ("this", "morning" | "afternoon" | "evening") => Some((base, 2)),
        ("this", "week") => Some((friday.max(base), 2)),
        ("next", "week") => Some((friday + 7, 2)),
        ("this", "weekend") | ("the", "weekend") => Some((friday + 2, 2)),
        ("within" | "in", _) => {
            let number = count(form(1))?;
            let (unit, len) = if form(2) == "working" { (form(3), 4) } else { (form(2), 3) };
            let days = match unit {
                "day" | "days" if len == 4 => number + number / 5 * 2,
                "day" | "days" => number,
                "week" | "weeks" => number * 7,
                "month" | "months" => number * 30,
                "hour" | "hours" | "h" | "hrs" => (number + 23) / 24,
                "minutes" | "min" | "minute" => 0,
                _ => return None,
            };
            Some((base + days, len))
        }
        _ => None,
    }
}

/// "28 March", "March 28th", "28/3", "mid May", "the 28th".
fn dated(words: &[Word], at: usize, base: Day) -> Option<(Day, usize)> {
    let form = |n: usize| words.get(at + n).map_or("", |w| &*w.form);
    let (first, second) = (form(0), form(1));
    let back = at > 0 && BACK.contains(&&*words[at - 1].form);
    if let (Some(day), Some(month)) = (ordinal(first), month(second)) {
        return Some((nearest(day, month, year(form(2)), base, back)?, 2 + usize::from(year(form(2)).is_some())));
    }
    if let (Some(day), "of", Some(month)) = (ordinal(first), second, month(form(2))) {
        return Some((nearest(day, month, None, base, back)?, 3));
    }
    if let (Some(month), Some(day)) = (month(first), ordinal(second))
        && words[at].capital
    {
        return Some((nearest(day, month, None, base, back)?, 2));
    }
    if let ("early" | "mid" | "late" | "end", Some(month)) = (first, month(second).or_else(|| month(form(2)))) {
        let day = match first {
            "early" => 10,
            "mid" => 20,
            _ => 28,
        };
        let len = if self::month(second).is_some() { 2 } else { 3 };
        return Some((nearest(day, month, None, base, back)?, len));
    }
    // "the 28th" without a month: the next one.
    let month_follows = form(2) == "of" || month(form(2)).is_some();
    if first == "the" && second.ends_with(|c: char| c.is_ascii_alphabetic()) && !month_follows {
        let day = ordinal(second)?;
        let (year, month, _) = civil(base);
        let this = day_number(year, month, day)?;
        let other = if back { (month + 10) % 12 + 1 } else { month % 12 + 1 };
        let turn = i64::from(!back && month == 12) - i64::from(back && month == 1);
        let fits = if back { this <= base } else { this >= base };
        return Some((if fits { this } else { day_number(year + turn, other, day)? }, 2));
    }
    None
}

/// A weekday that names its date, too: "Friday 14 March", "Friday, the 14th".
fn named_and_dated(words: &[Word], at: usize, base: Day) -> Option<(Day, usize)> {
    named(words, at, base)?;
    let gap = words[at + 1..].iter().take_while(|word| matches!(&*word.form, "," | "the")).count().min(2);
    let from = |skipped: usize| dated(words, at + 1 + skipped, base).map(|(day, len)| (day, 1 + skipped + len));
    from(gap).or_else(|| from(gap.checked_sub(1)?))
}

/// A weekday.
fn named(words: &[Word], at: usize, base: Day) -> Option<(Day, usize)> {
    let word = words.get(at).filter(|word| word.capital)?;
    let wanted = i64::try_from(days::weekday(&word.form)?).ok()?;
    let today = i64::try_from(weekday(base)).ok()?;
    let before = if at > 0 { &*words[at - 1].form } else { "" };
    let day = if BACK.contains(&before) {
        base - (today - wanted - 1).rem_euclid(7) - 1
    } else {
        base + (wanted - today - 1).rem_euclid(7) + 1
    };
    Some((if before == "next" && day - base < 4 { day + 7 } else { day }, 1))
}

fn month(form: &str) -> Option<u32> {
    u32::try_from(days::month(form)? + 1).ok()
}

/// A day of the month: `28`, `28th`.
fn ordinal(form: &str) -> Option<u32> {
    let digits = form.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &form[digits.len()..];
    let day: u32 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    (matches!(ending, "" | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day)).then_some(day)
}

fn year(form: &str) -> Option<i64> {
    form.parse().ok().filter(|year| (1970..2200).contains(year))
}

fn count(form: &str) -> Option<i64> {
    const WORDS: [&str; 11] = ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    match WORDS.iter().position(|word| *word == form) {
        Some(0) => Some(1),
        Some(place) => i64::try_from(place).ok(),
        None => form.parse().ok().filter(|number| (0..1000).contains(number)),
    }
}

/// The year that brings day and month nearest to `base`, before or after it.
fn nearest(day: u32, month: u32, year: Option<i64>, base: Day, back: bool) -> Option<Day> {
    if let Some(year) = year {
        return day_number(year, month, day);
    }
    let (this_year, ..) = civil(base);
    let years = [this_year - 1, this_year, this_year + 1];
    let candidates = years.into_iter().filter_map(|year| day_number(year, month, day));
    candidates.filter(|found| !back || *found <= base).min_by_key(|found| (found - base).abs())
}

fn weekday(day: Day) -> usize {
    // 1970-01-01 was a Thursday.
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default()
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; the year is counted from March, so that
/// the leap day comes last.
fn day_number(year: i64, month: u32, day: u32) -> Option<Day> {
    let length = match month {
        2 => 28 + u32::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let day = day.min(length);
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * i64::from((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    Some(year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// Year, month and day of a day.
#[must_use]
pub fn civil(day: Day) -> (i64, u32, u32) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let fits = |n: i64| u32::try_from(n).unwrap_or_default();
    (year + era * 400 + i64::from(month <= 2), fits(month), fits(of_month))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    /// Wednesday 12 March 2025.
    const BASE: Day = 20_159;

    fn read(sentence: &str) -> Vec<String> {
        let all = Span::new(0, sentence.len());
        mentions(&text::words(sentence, all), BASE)
            .into_iter()
            .map(|m| format!("{}={}", m.span.of(sentence), written(m.day)))
            .collect()
    }

    #[test]
    fn days_are_read_against_the_day_of_writing() {
        assert_eq!(written(BASE), "Wed 12 Mar 2025");
        assert_eq!(read("You will have it by Friday."), ["Friday=Fri 14 Mar 2025"]);
        assert_eq!(read("Nobody came since Thursday."), ["Thursday=Thu 6 Mar 2025"]);
        assert_eq!(
            read("It is ready on 22 April or tomorrow."),
            ["22 April=Tue 22 Apr 2025", "tomorrow=Thu 13 Mar 2025"]
        );
        assert_eq!(read("We were there on the 24th of Feb."), ["24th of Feb=Mon 24 Feb 2025"]);
        assert_eq!(read("We sign on the 28th."), ["the 28th=Fri 28 Mar 2025"]);
        assert_eq!(read("A report follows within five working days."), ["within five working days=Wed 19 Mar 2025"]);
        assert_eq!(read("The floor comes mid May."), ["mid May=Tue 20 May 2025"]);
        assert_eq!(read("Let's talk next week."), ["next week=Fri 21 Mar 2025"]);
        assert_eq!(
            read("On Friday 21 March or Monday, the 24th."),
            ["Friday 21 March=Fri 21 Mar 2025", "Monday, the 24th=Mon 24 Mar 2025"]
        );
    }

    #[test]
    fn other_words_name_no_day() {
        assert!(
            read("You may march in and sit by the sun.").is_empty(),
            "{:?}",
            read("You may march in and sit by the sun.")
        );
        assert!(read("In two boxes there are 28 cups.").is_empty());
    }

    #[test]
    fn the_calendar_runs_both_ways() {
        for day in [-1, 0, 58, 59, 60, 11_016, 20_159, 40_000] {
            let (year, month, of_month) = civil(day);
            assert_eq!(day_number(year, month, of_month), Some(day));
        }
    }
}
