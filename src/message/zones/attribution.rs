//! Attribution lines: "On Thu, 6 Nov 2025, Ann Holt <ann@mail.example> wrote:".
//!
//! The grammar is one for all languages and clients: an opener, a date, a name, an address, a verb of
//! writing, in any order, and a colon or dashes at the end. How many of them are there decides
//! whether a line introduces a quote by itself or only when quote marks follow.

use super::header_block;
use super::lines::{Line, scan_marks};
use super::wording::{self, Moment, Part, Word};
use super::{dates, markers};
use crate::message::Date;

/// No attribution is longer than this, in bytes.
pub(super) const LONGEST: usize = 700;
/// No attribution runs over more lines than this.
const MOST_LINES: usize = 5;

/// Who wrote a quote, and when, as its attribution line or header block says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The name of the writer.
    pub name: Option<String>,
    /// The writer's `local@domain`.
    pub address: Option<String>,
    /// The date as written.
    pub date_text: Option<String>,
    /// The moment, when the date has one of the usual forms and names only one.
    pub date: Option<Date>,
}

/// Reads the text of a [`Zone::attribution`](crate::message::Zone::attribution), quote marks and
/// line ends included. `None` when it names neither person nor date.
#[must_use]
pub fn parse(text: &str) -> Option<Attribution> {
    let lines: Vec<&str> = text
        .lines()
        .map(|l| l[scan_marks(l, usize::MAX).1..].trim())
        .filter(|l| !l.is_empty() && header_block::divider(l).is_none() && !header_block::is_rule(l))
        .collect();
    let read = header_block::read(&lines).unwrap_or_else(|| sentence(&unescape(&lines.join(" "))));
    (read.name.is_some() || read.address.is_some() || read.date_text.is_some()).then_some(read)
}

/// Reads "Ann Holt <ann@mail.example>" and the like.
pub(super) fn mailbox(text: &str) -> (Option<String>, Option<String>) {
    let read = sentence(&unescape(text));
    (read.name, read.address)
}

/// How sure an attribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// Could be the writer's own sentence: counts only before quote marks.
    Weak,
    /// No date, no address; a date without name…: counts when it stands alone.
    Alone,
    /// Nobody types this by hand.
    Strong,
}

/// Looks for an attribution that begins with line `at`; gives one past its last line.
pub(super) fn find(text: &str, lines: &[Line], at: usize) -> Option<(usize, Strength)> {
    let marks = lines[at].marks;
    let first = lines[at].words(text);
    if first.len() > LONGEST || !may_begin(first) {
        return None;
    }
    let mut joined = first.to_owned();
    let mut next = at + 1;
    for _ in 0..MOST_LINES {
        if let Some(strength) = recognise(&joined).filter(|_| !is_open(&joined)) {
            // An earlier sentence that happens to begin with a date must not be drawn in.
            let restarts = (at + 1..next).any(|k| {
                begins_dated(lines[k].words(text))
                    && recognise(&join(text, &lines[k..next], marks)) == Some(Strength::Strong)
            });
            return (!restarts).then_some((next, strength));
        }
        next = continuation(text, lines, at, next, &joined)?;
        joined.push(' ');
        joined.push_str(lines[next - 1].after_marks(text, marks));
        if joined.len() > LONGEST {
            return None;
        }
    }
    None
}

/// Whether one line, unwrapped, is an attribution, and how surely.
pub(super) fn recognise(line: &str) -> Option<Strength> {
    let line = line.trim();
    let bare = line.trim_matches(['-', '–', '—', '*', '_', ' ', '\u{a0}']);
    let colon = bare.ends_with([':', '：']);
    let dashes = line.ends_with("--");
    // The dear part comes after this: attributions end in a colon, a dash or an address, or open with a date.
    let opens_with_date = bare.starts_with(|c: char| c.is_ascii_digit());
    if line.len() > LONGEST || !(colon || dashes || bare.ends_with('>') || opens_with_date || ends_in_verb(bare)) {
        return None;
    }
    let unescaped = unescape(bare);
    let (words, moment) = wording::words(&unescaped);
    let names = words.iter().filter(|w| w.part == Part::Word).count();
    let address = words.iter().any(|w| w.part == Part::Address);
    let date_first = words.iter().take(3).any(|w| w.part == Part::Date);
    if names > 10 {
        return None;
    }
    match words.iter().position(|w| w.part == Part::Verb) {
        Some(verb) => said(&words, verb, moment, address, date_first, colon || dashes),
        None if date_first && address && (moment.day || moment.time) && (colon || bare.ends_with('>')) => {
            Some(Strength::Strong)
        }
        // Gmail in some languages: "2025-11-06 18:32 GMT+01:00 Ann Holt", colon and address cut off.
        None if date_first
            && moment.day
            && moment.time
            && (1..=5).contains(&names)
            && has_zone(&words)
            && !bare.ends_with(['.', '!', '?']) =>
        {
            Some(Strength::Alone)
        }
        // Any other language: a date, a clock, an address and a colon.
        None if address && moment.time && colon && names <= 6 => Some(Strength::Strong),
        None => None,
    }
}

fn said(
    words: &[Word<'_>],
    verb: usize,
    moment: Moment,
    address: bool,
    date_first: bool,
    closed: bool,
) -> Option<Strength> {
    let last = words.len() - 1;
    let after = words[verb + 1..].iter().filter(|w| w.part == Part::Word).count();
    let before = words[..verb].iter().filter(|w| w.part == Part::Word).count();
    let named = words.iter().find(|w| w.part == Part::Word);
    let pronoun = named.is_some_and(|w| markers::classes(&w.text.to_lowercase()).pronoun);
    let at_end = verb == last
        || words[verb + 1..].iter().all(|w| matches!(w.part, Part::Beside | Part::Verb | Part::Word) && after <= 1);
    let dated = moment.day || moment.year && moment.time;
    let ends_in_verb = verb == last && dated && moment.time && date_first;
    if !closed && !ends_in_verb {
        return None;
    }
    if pronoun && !address {
        return Some(Strength::Weak);
    }
    // "Ann Holt <ann@…> wrote:", "On <date>, Ann wrote:", "Ann wrote on <date>:", "Am <date> schrieb Ann:".
    let shaped = date_first
        || before <= 6 && (at_end || words[verb + 1..].iter().any(|w| w.part == Part::Date || w.part == Part::Address));
    let capital = named.is_none_or(|w| !w.text.starts_with(|c: char| c.is_lowercase()));
    Some(if shaped && (address || dated && moment.time || dated && moment.year && date_first && capital) {
        Strength::Strong
    } else {
        Strength::Weak
    })
}

/// Cheap first look at a line.
fn may_begin(first: &str) -> bool {
    first.bytes().any(|b| b.is_ascii_digit() || b == b'@' || b == b':')
        || first.ends_with('<')
        || first.ends_with('：')
        || opener(first)
}

fn opener(first: &str) -> bool {
    first.split_whitespace().next().is_some_and(|w| w.len() <= 12 && wording::is_opener(w))
}

fn ends_in_verb(bare: &str) -> bool {
    bare.rsplit(char::is_whitespace).next().is_some_and(|w| w.len() <= 24 && markers::classes(&w.to_lowercase()).wrote)
        || markers::WROTE_UNSPACED.iter().any(|m| bare.ends_with(m))
}

fn has_zone(words: &[Word<'_>]) -> bool {
    words.iter().any(|w| {
        w.part == Part::Date && w.text.contains('+')
            || w.text.eq_ignore_ascii_case("utc")
            || w.text.to_ascii_lowercase().starts_with("gmt")
    })
}

/// One past the line that goes on with the attribution begun at `at`, if one can.
fn continuation(text: &str, lines: &[Line], at: usize, next: usize, joined: &str) -> Option<usize> {
    let first = lines[at].words(text);
    let open = is_open(joined);
    if !(open || begins_dated(first) || first.contains('@')) {
        return None;
    }
    let mut to = next;
    while to < lines.len() && lines[to].blank && to < next + 2 {
        to += 1;
    }
    let line = lines.get(to).filter(|l| !l.blank && l.markup == lines[at].markup)?;
    let same = line.marks == lines[at].marks;
    let words = line.after_marks(text, lines[at].marks);
    let after_blank = to > next;
    let fits = if after_blank {
        words.starts_with('<') && !joined.contains('<')
    } else {
        same || open && line.marks > lines[at].marks
            || words.starts_with('>') && line.marks > lines[at].marks && joined.ends_with('>')
    };
    (fits && words.len() <= LONGEST).then_some(to + 1)
}

/// Whether an angle bracket still waits for its pair.
fn is_open(joined: &str) -> bool {
    joined.matches('<').count() > joined.matches('>').count()
}

/// Whether a line begins with a date or with what opens one.
fn begins_dated(line: &str) -> bool {
    let head = line.trim_start_matches(['-', ' ']);
    head.starts_with(|c: char| c.is_ascii_digit())
        || head.split([' ', ',']).next().is_some_and(|w| w.len() <= 40 && (wording::is_opener(w) || is_weekday(w)))
}

fn is_weekday(word: &str) -> bool {
    word.len() > 2 && markers::classes(&word.to_lowercase()).weekday
}

fn join(text: &str, lines: &[Line], marks: usize) -> String {
    lines.iter().map(|l| l.after_marks(text, marks)).collect::<Vec<_>>().join(" ")
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}

fn sentence(line: &str) -> Attribution {
    let (words, _) = wording::words(line);
    let run = |part: Part| {
        let from = words.iter().position(|w| w.part == part)?;
        let to = words[from..].iter().position(|w| w.part != part).map_or(words.len(), |n| from + n);
        Some(line[words[from].start..words[to - 1].end].trim_end_matches([':', ',', ' ']).to_owned())
    };
    let date_text = run(Part::Date);
    Attribution {
        name: run(Part::Word).filter(|n| !markers::classes(&n.to_lowercase()).pronoun),
        address: words.iter().find(|w| w.part == Part::Address).map(|w| w.text.to_owned()),
        date: date_text.as_deref().and_then(dates::parse),
        date_text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_clients_are_strong() {
        for line in [
            "On Thu, Nov 6, 2025 at 6:32 PM Hui Min Lim <hm@mail.example> wrote:",
            "On 6 Nov 2025, at 18:32, Hui Min Lim <hm@mail.example> wrote:",
            "On 11/6/25 6:32 PM, Hui Min Lim wrote:",
            "On Thursday, November 6th, 2025 at 6:32 PM, Hui Min <hm@mail.example> wrote:",
            "Hui Min Lim <hm@mail.example> wrote:",
            "Hui Min Lim <hm@mail.example> schrieb am Do., 6. Nov. 2025, 18:32:",
            "Am 6. November 2025 18:32:07 MEZ schrieb Hui Min <hm@mail.example>:",
            "Le jeu. 6 nov. 2025 à 18:32, Hui Min <hm@mail.example> a écrit :",
            "El jue, 6 nov 2025 a las 18:32, Hui Min (<hm@mail.example>) escribió:",
            "Il giorno gio 6 nov 2025 alle ore 18:32 Hui Min <hm@mail.example> ha scritto:",
            "Op do 6 nov 2025 om 18:32 schreef Hui Min <hm@mail.example>:",
            "Em qui., 6 de nov. de 2025 às 18:32, Hui Min <hm@mail.example> escreveu:",
            "Den tors 6 nov. 2025 kl 18:32 skrev Hui Min <hm@mail.example>:",
            "W dniu 6.11.2025 o 18:32, Hui Min pisze:",
            "czw., 6 lis 2025 o 18:32 Hui Min <hm@mail.example> napisał(a):",
            "чт, 6 нояб. 2025 г. в 18:32, Hui Min <hm@mail.example>:",
            "在 2025年11月6日，下午6:32，Hui Min <hm@mail.example> 写道：",
            "2025年11月6日(木) 18:32 Hui Min <hm@mail.example>:",
            "---- On Thu, 06 Nov 2025 18:32:00 +0800 Hui Min<hm@mail.example> wrote ----",
            "2025-11-06 18:32 GMT+08:00 Hui Min <hm@mail.example>:",
            "to 6. marrask. 2025 klo 18.32 Hui Min (hm@mail.example) kirjoitti:",
        ] {
            assert_eq!(recognise(line), Some(Strength::Strong), "{line}");
        }
    }

    #[test]
    fn a_writers_own_sentence_is_weak_or_nothing() {
        for line in ["On Monday she wrote:", "On 12 March 2025 at 10:00 you wrote:", "Your colleague wrote:"] {
            assert_eq!(recognise(line), Some(Strength::Weak), "{line}");
        }
        for line in [
            "On Monday 5 May 2025 we will call you.",
            "Call me on 5 May at 10:00:",
            "Please send:",
            "2025-11-06 we ship.",
            "Write to ann@mail.example or call:",
        ] {
            assert_eq!(recognise(line), None, "{line}");
        }
    }

    #[test]
    fn name_address_and_date_are_read() {
        let read = parse("On Thu, 06 Nov 2025 18:32:00 +0800, Lim Hui Min <a@b.example> wrote:").unwrap();
        assert_eq!(read.name.as_deref(), Some("Lim Hui Min"));
        assert_eq!(read.address.as_deref(), Some("a@b.example"));
        assert_eq!(read.date_text.as_deref(), Some("Thu, 06 Nov 2025 18:32:00 +0800"));
        assert_eq!(read.date.map(|d| (d.timestamp, d.offset_minutes)), Some((1_762_425_120, 480)));
    }

    #[test]
    fn marks_and_wraps_inside_are_looked_through() {
        let read = parse("> Am 6. Nov. 2025 um 18:32 schrieb Jan de Boer <\n> jan@mail.example>:").unwrap();
        assert_eq!((read.name.as_deref(), read.address.as_deref()), (Some("Jan de Boer"), Some("jan@mail.example")));
        assert_eq!(parse("-----Original Message-----"), None);
    }
}
