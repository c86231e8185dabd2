//! The names of weekdays and months: one table for all who read days.
//!
//! Forms are lower case, as in [`Word::form`](super::Word::form).

/// A weekday or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayName {
    /// The name in full, such as `tuesday`.
    pub full: &'static str,
    /// How it is cut short; the first is the usual way.
    pub short: &'static [&'static str],
    /// Whether the full name is an ordinary word, too: one *may* *march*.
    pub also_a_word: bool,
}

const fn name(full: &'static str, short: &'static [&'static str]) -> DayName {
    DayName { full, short, also_a_word: false }
}

const fn word_too(full: &'static str, short: &'static [&'static str]) -> DayName {
    DayName { full, short, also_a_word: true }
}

/// The weekdays, from Monday.
pub const WEEKDAYS: [DayName; 7] = [
    name("monday", &["mon"]),
    name("tuesday", &["tue", "tues"]),
    name("wednesday", &["wed", "weds"]),
    name("thursday", &["thu", "thur", "thurs"]),
    name("friday", &["fri"]),
    name("saturday", &["sat"]),
    name("sunday", &["sun"]),
];

/// The months, from January.
pub const MONTHS: [DayName; 12] = [
    name("january", &["jan"]),
    name("february", &["feb"]),
    word_too("march", &["mar"]),
    name("april", &["apr"]),
    word_too("may", &["may"]),
    name("june", &["jun"]),
    name("july", &["jul"]),
    name("august", &["aug"]),
    name("september", &["sep", "sept"]),
    name("october", &["oct"]),
    name("november", &["nov"]),
    name("december", &["dec"]),
];

impl DayName {
    fn is(&self, form: &str) -> bool {
        self.full == form || self.short.contains(&form)
    }
}

/// The weekday `form` may stand for, 0 for Monday. Short forms are words, too: somebody *sat* in the *sun*.
#[must_use]
pub fn weekday(form: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|day| day.is(form))
}

/// The month `form` may stand for, 0 for January.
#[must_use]
pub fn month(form: &str) -> Option<usize> {
    MONTHS.iter().position(|month| month.is(form))
}

/// The weekday or month that has `form` as its name in full.
#[must_use]
pub fn in_full(form: &str) -> Option<DayName> {
    WEEKDAYS.iter().chain(&MONTHS).find(|name| name.full == form).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_short_and_in_full() {
        assert_eq!((weekday("thurs"), weekday("sunday"), weekday("sunny")), (Some(3), Some(6), None));
        assert_eq!((month("sept"), month("march"), month("marched")), (Some(8), Some(2), None));
        assert!(in_full("may").is_some_and(|name| name.also_a_word) && in_full("mon").is_none());
    }
}
