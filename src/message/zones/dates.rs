//! The moment an attribution line or a header block names, where its form is one of the usual.

use super::wording::month;
use crate::message::Date;

/// Reads a date such as `Thu, 06 Nov 2025 18:32:00 +0800`, `Nov 6, 2025 at 6:32 PM`,
/// `Tuesday, 11 March 2025 18:03`, `21.04.2016 17:48` or `2025-11-06T18:32:00Z`.
///
/// Without a time it is midnight, without an offset UTC. `None` when a part is missing, out of
/// range, or ambiguous: `03/04/2025` names two days.
pub(super) fn parse(text: &str) -> Option<Date> {
    let mut seen = Seen::default();
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | '(' | ')')) {
        seen.read(word.trim_end_matches('.'));
    }
    seen.date()
}

#[derive(Default)]
struct Seen {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    clock: Option<(u32, u32, u32)>,
    afternoon: Option<bool>,
    offset: Option<i32>,
    /// `a/b/year`, order not told.
    slashed: Option<(u32, u32)>,
}

impl Seen {
    fn read(&mut self, word: &str) {
        if word.is_empty() {
        } else if self.month.is_none() && month(word).is_some() {
            self.month = month(word);
        } else if let Some((day, rest)) = word
            .split_once(['/', '-', '.'])
            .filter(|(_, rest)| month(rest.split(['/', '-', '.']).next().unwrap_or("")).is_some())
        {
            // 24/mar/2016
            let (name, year) = rest.split_once(['/', '-', '.']).unwrap_or((rest, ""));
            [day, name, year].iter().for_each(|part| self.read(part));
        } else if let Some(afternoon) = half_day(word) {
            self.afternoon = self.afternoon.or(Some(afternoon));
        } else if let Some(offset) = offset(word) {
            self.offset = self.offset.or(Some(offset));
        } else if let Some((date, time)) = word.split_once('t').filter(|(d, t)| d.len() == 10 && t.contains(':')) {
            self.read(date);
            let cut = time.find(['z', '+', '-']).unwrap_or(time.len());
            self.clock(&time[..cut]);
            self.read(&time[cut..]);
        } else {
            self.number(word);
        }
    }

    fn number(&mut self, word: &str) {
        // 下午8:45: the half-day is glued to the clock.
        let bare = word.trim_start_matches(|c: char| !c.is_ascii());
        if bare.len() < word.len() && !bare.is_empty() {
            if let Some(afternoon) = half_day(&word[..word.len() - bare.len()]) {
                self.afternoon = Some(afternoon);
            }
            return self.number(bare);
        }
        if word.contains(':')
            || (self.year.is_some() && self.clock.is_none() && word.contains(['.', 'h']) && word.len() <= 5)
        {
            return self.clock(word);
        }
        let runs: Vec<&str> = word.split(|c: char| !c.is_ascii_digit()).filter(|r| !r.is_empty()).collect();
        let values: Vec<u32> = runs.iter().filter_map(|r| r.parse().ok()).collect();
        match (values.as_slice(), runs.first().map(|r| r.len())) {
            (&[year], Some(4)) => self.year = self.year.or(Some(i64::from(year))),
            (&[number], Some(1 | 2)) if word.starts_with(|c: char| c.is_ascii_digit()) => self.small(number),
            (&[year, month, day], Some(4)) => self.full(year, month, day),
            (&[a, b, year], Some(1 | 2)) if self.year.is_none() => {
                let year = if year < 100 { 2000 + year } else { year };
                if word.contains('/') {
                    self.year = Some(i64::from(year));
                    self.slashed = Some((a, b));
                } else {
                    self.full(year, b, a);
                }
            }
            _ => {}
        }
    }

    /// "6 Nov 2025", "1. 2. 2025", "2025. 2. 1.": spaced numbers go from day to year or from year to day.
    fn small(&mut self, number: u32) {
        match (self.day, self.month, self.year) {
            (None, None, Some(_)) => self.month = Some(number),
            (None, ..) => self.day = Some(number),
            (Some(_), None, None) => self.month = Some(number),
            _ => {}
        }
    }

    fn full(&mut self, year: u32, month: u32, day: u32) {
        if self.year.is_none() {
            (self.year, self.month, self.day) = (Some(i64::from(year)), Some(month), Some(day));
        }
    }

    fn clock(&mut self, word: &str) {
        let (digits, tail) = word.split_at(word.find(|c: char| c.is_alphabetic() && c != 'h').unwrap_or(word.len()));
        if let Some(afternoon) = half_day(tail) {
            self.afternoon = Some(afternoon);
        }
        let parts: Vec<u32> = digits.split([':', '.', 'h']).filter_map(|p| p.parse().ok()).collect();
        if let &[hour, minute, ref rest @ ..] = parts.as_slice() {
            self.clock = self.clock.or(Some((hour, minute, rest.first().copied().unwrap_or(0))));
        }
    }

    fn date(self) -> Option<Date> {
        let (month, day) = match self.slashed {
            // Only the order month/day goes with a half-day clock.
            Some((a, b)) if b > 12 || (a <= 12 && self.afternoon.is_some()) => (a, b),
            Some((a, b)) if a > 12 || a == b => (b, a),
            Some(_) => return None,
            None => (self.month?, self.day?),
        };
        let (hour, minute, second) = self.clock.unwrap_or_default();
        let hour = match self.afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        let year = self.year?;
        let fits = (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60
            && (1970..=9999).contains(&year);
        let offset_minutes = self.offset.unwrap_or(0);
        let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        fits.then(|| Date {
            timestamp: days(year, month, day) * 86_400 + seconds - i64::from(offset_minutes) * 60,
            offset_minutes,
        })
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar (the year is counted from March, so that
/// the leap day comes last).
fn days(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era_year = year.rem_euclid(400);
    let day_of_year = (153 * i64::from((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    year.div_euclid(400) * 146_097 + era_year * 365 + era_year / 4 - era_year / 100 + day_of_year - 719_468
}

fn half_day(word: &str) -> Option<bool> {
    match word {
        "pm" | "p.m" | "nachm" | "下午" | "午後" | "오후" | "em" => Some(true),
        "am" | "a.m" | "vorm" | "上午" | "午前" | "오전" | "fm" => Some(false),
        _ => None,
    }
}

fn offset(word: &str) -> Option<i32> {
    let named = word.strip_prefix("gmt").or_else(|| word.strip_prefix("utc")).or_else(|| word.strip_prefix('z'));
    let rest = named.unwrap_or(word);
    if rest.is_empty() && named.is_some() {
        return Some(0);
    }
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = rest[1..].chars().filter(char::is_ascii_digit).collect();
    let value: i32 = digits.parse().ok()?;
    match digits.len() {
        1 | 2 => Some(sign * value * 60),
        3 | 4 => Some(sign * (value / 100 * 60 + value % 100)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_name_the_same_moment() {
        // 2025-11-06T10:32:00Z
        for text in [
            "Thu, 06 Nov 2025 18:32:00 +0800",
            "Thursday, November 6, 2025 at 06:32:00 PM GMT+8",
            "2025-11-06T18:32:00+08:00",
            "2025-11-06 11:32 GMT+01:00",
            "2025-11-06T10:32:00Z",
            "6 Nov 2025, at 10:32",
            "Thu, Nov 6, 2025 at 10:32 AM",
            "Thursday, November 6th, 2025 at 10:32 AM",
            "Donnerstag, 6. November 2025 10:32",
            "06.11.2025 10:32",
            "11/06/25 10:32 AM",
            "6 nov. 2025 kl. 10.32",
            "2025年11月6日 上午10:32",
        ] {
            assert_eq!(parse(text).map(|d| d.timestamp), Some(1_762_425_120), "{text}");
        }
    }

    #[test]
    fn what_names_two_moments_or_none_is_left_alone() {
        for text in ["03/04/2025 10:00", "Monday", "31 Foo 2025", "2025-13-40 10:00", "", "99999999999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("13/04/2025 10:00").map(|d| d.timestamp), Some(1_744_538_400));
    }
}
