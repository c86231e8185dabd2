//! The numbers of a date: day, year, clock, zone, and dates all in numbers.

use super::markers::classes;

/// What a number in a date can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// Day of the month, an hour.
    Plain,
    /// 2025, 2025年.
    Year,
    /// 21.04.2016, 11/20/26, 2016-03-03, 2016年12月12日.
    FullDate,
    /// 18:32, 20.42, 6:32pm, 下午8:45.
    Time,
}

/// What a word that begins with a digit can be; lower-cased.
pub(super) fn number(word: &str) -> Option<Number> {
    let word = word.trim_start_matches(|c: char| !c.is_ascii() && !c.is_numeric());
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 32 {
        return None;
    }
    if word.split(['/', '-', '.']).nth(1).is_some_and(|m| classes(m).month > 0) {
        return Some(Number::FullDate);
    }
    let runs: Vec<&str> = word.split(|c: char| !c.is_ascii_digit()).filter(|r| !r.is_empty()).collect();
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    let time = word.contains(':') || word.contains('時') || word.contains('时') || word.contains('시');
    let known = letters.is_empty()
        || letters.chars().all(|c| !c.is_ascii() && "年月日時时分년월일시분г星期一二三四五六天".contains(c))
        || matches!(
            letters.as_str(),
            "st" | "nd" | "rd" | "th" | "er" | "am" | "pm" | "h" | "t" | "tz" | "z" | "º" | "ª"
        );
    let small = |r: &&str| r.len() <= 4;
    if !known || runs.len() > 8 || !runs.iter().take(3).all(small) {
        return None;
    }
    let year = |r: &str| r.len() == 4 && (r.starts_with("19") || r.starts_with("20"));
    match runs.len() {
        1 if year(runs[0]) => Some(Number::Year),
        1 if runs[0].len() <= 2 => Some(if letters.ends_with('m') { Number::Time } else { Number::Plain }),
        2 | 3 if time && runs[0].len() <= 2 => Some(Number::Time),
        2 if runs[0].len() <= 2 && (word.contains('.') || word.contains('h')) && runs[1].len() == 2 => {
            Some(Number::Time)
        }
        2 if word.contains('月') || word.contains('월') => Some(Number::Plain),
        n if n >= 3 && (year(runs[0]) || runs[0].len() <= 2) && (year(runs[2]) || runs[2].len() <= 2) => {
            Some(Number::FullDate)
        }
        _ => None,
    }
}

/// `+0800`, `GMT+01:00`, `-0700`.
pub(super) fn zone(lower: &str) -> bool {
    let rest = lower.strip_prefix("gmt").or_else(|| lower.strip_prefix("utc")).unwrap_or(lower);
    rest.starts_with(['+', '-'])
        && rest.len() <= 6
        && rest[1..].bytes().all(|b| b.is_ascii_digit() || b == b':')
        && rest.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_their_shape() {
        for (word, kind) in [
            ("6th", Some(Number::Plain)),
            ("2025", Some(Number::Year)),
            ("21.04.2016", Some(Number::FullDate)),
            ("24/mar/2016", Some(Number::FullDate)),
            ("2016年12月12日", Some(Number::FullDate)),
            ("20.42", Some(Number::Time)),
            ("下午8:45", Some(Number::Time)),
            ("3m", None),
            ("12345", None),
        ] {
            assert_eq!(number(word), kind, "{word}");
        }
        assert!(zone("+0800") && zone("gmt+01:00") && !zone("-") && !zone("+12x"));
    }
}
