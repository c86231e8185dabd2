//! Attribution lines: "On Thu, 6 Nov 2025, Ann Holt <ann@mail.example> wrote:".
//!
//! The grammar is one for all languages and clients: an opener, a date, a name, an address, a verb of
//! writing, in any order, and a colon or dashes at the end. How many of them are there decides
//! whether a line introduces a quote by itself or only when quote marks follow.

use super::attribution::unescape;
use super::lines::Line;
use super::markers;
use super::wording::{self, Moment, Part, Word};

/// No attribution is longer than this, in bytes.
pub(super) const LONGEST: usize = 700;
/// No attribution runs over more lines than this.
const MOST_LINES: usize = 5;
/// No attribution has more words than this besides date, address and verb.
const MOST_NAMES: usize = 14;

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
            let end = verb_below(text, lines, at, next).unwrap_or(next);
            return (!restarts).then_some((end, strength));
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
    let bare = line.trim_matches(['-', '‐', '–', '—', '*', '_', ' ', '\u{a0}']);
    let colon = bare.ends_with([':', '：']);
    let dashes = line.ends_with("--");
    let opens_with_date = bare.starts_with(|c: char| c.is_ascii_digit());
    let may_end = colon || dashes || bare.ends_with('>') || opens_with_date || ends_in_verb(bare);
    // The dear part comes after this.
    if !may_end || line.len() > LONGEST {
        return None;
    }
    let unescaped = unescape(bare);
    let (words, moment) = wording::words(&unescaped);
    let facts = Facts {
        names: words.iter().filter(|w| w.part == Part::Word).count(),
        address: words.iter().any(|w| w.part == Part::Address),
        date_first: words.iter().take(3).any(|w| w.part == Part::Date),
        closed: colon || dashes,
        drawn: line.starts_with("--") && dashes,
        moment,
    };
    if facts.names > MOST_NAMES {
        return None;
    }
    match words.iter().position(|w| w.part == Part::Verb) {
        Some(verb) => said(&words, verb, &facts),
        None => unsaid(&words, &facts, colon, bare),
    }
}

/// What a line holds of the things an attribution is made of.
struct Facts {
    /// Words that could be a name.
    names: usize,
    address: bool,
    /// The date stands at the head, behind an opener or a weekday.
    date_first: bool,
    /// Ends in a colon or in dashes.
    closed: bool,
    /// Stands between dashes.
    drawn: bool,
    moment: Moment,
}

/// A line with a verb of writing.
fn said(words: &[Word], verb: usize, facts: &Facts) -> Option<Strength> {
    let (before, after) = (&words[..verb], &words[verb + 1..]);
    let count = |words: &[Word]| words.iter().filter(|w| w.part == Part::Word).count();
    let named = words.iter().find(|w| w.part == Part::Word);
    let pronoun = named.is_some_and(|w| markers::classes(&w.text.to_lowercase()).pronoun);
    let dated = facts.moment.day || facts.moment.year && facts.moment.time;
    let timed = dated && facts.moment.time;
    let ends_in_verb = after.is_empty() && timed && facts.date_first;
    if !facts.closed && !ends_in_verb {
        return None;
    }
    if pronoun && !facts.address {
        return Some(Strength::Weak);
    }
    // "Ann <ann@…> wrote:", "Ann wrote on <date>:", or the date first: "Am <date> schrieb Ann:".
    let ends_there = count(after) <= 1 || after.iter().any(|w| matches!(w.part, Part::Date | Part::Address));
    let shaped = facts.date_first || count(before) <= 6 && ends_there;
    let capital = named.is_none_or(|w| !w.text.starts_with(char::is_lowercase));
    let whole_date = dated && facts.moment.year && facts.date_first && capital;
    let known = facts.address || timed || whole_date || facts.drawn && after.is_empty();
    Some(if shaped && known { Strength::Strong } else { Strength::Weak })
}

/// A line without a verb known here: date, clock and address speak for themselves in any language.
fn unsaid(words: &[Word], facts: &Facts, colon: bool, bare: &str) -> Option<Strength> {
    let Facts { names, address, date_first, ref moment, .. } = *facts;
    let by = words.iter().any(|w| w.text == "by");
    let titled = words.iter().all(|w| w.part != Part::Word || w.text == "by" || w.text.starts_with(char::is_uppercase));
    match () {
        // "чт, 6 нояб. 2025 г. в 18:32, Ann <ann@…>:", older Gmail without the colon.
        () if date_first && address && (moment.day || moment.time) && (colon || bare.ends_with('>')) => {
            Some(Strength::Strong)
        }
        () if address && moment.time && colon && names <= 6 => Some(Strength::Strong),
        // "6 Nov 2025, 18:32 by Ann Holt:"
        () if date_first && moment.day && moment.time && colon && by && titled && names <= 5 => Some(Strength::Strong),
        // "2025-11-06 18:32 GMT+01:00 Ann Holt", cut off before the address.
        () if date_first
            && moment.day
            && moment.time
            && (1..=5).contains(&names)
            && has_zone(words)
            && !bare.ends_with(['.', '!', '?']) =>
        {
            Some(Strength::Alone)
        }
        () => None,
    }
}

/// Cheap first look at a line.
fn may_begin(first: &str) -> bool {
    first.bytes().any(|b| b.is_ascii_digit() || b == b'@' || b == b':')
        || first.ends_with(['<', '：'])
        || first.starts_with("--")
        || opener(first)
}

fn opener(first: &str) -> bool {
    first.split_whitespace().next().is_some_and(|w| w.len() <= 12 && wording::is_opener(w))
}

fn ends_in_verb(bare: &str) -> bool {
    bare.rsplit(char::is_whitespace).next().is_some_and(|w| w.len() <= 24 && markers::classes(&w.to_lowercase()).wrote)
        || markers::WROTE_UNSPACED.iter().any(|m| bare.ends_with(m))
}

/// Whether the clock of a date names its zone: people seldom type that.
fn has_zone(words: &[Word]) -> bool {
    let zone = |text: &str| text.starts_with('+') || text == "utc" || text.starts_with("gmt");
    words.iter().any(|w| w.part == Part::Date && zone(&w.text.to_lowercase()))
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

/// One past a line that holds only the verb, below an attribution that is whole without it.
fn verb_below(text: &str, lines: &[Line], at: usize, next: usize) -> Option<usize> {
    let line = lines.get(next).filter(|l| l.marks == lines[at].marks && l.markup == lines[at].markup)?;
    let words = line.words(text);
    let short = words.len() <= 40 && !lines[next - 1].words(text).ends_with([':', '：']);
    let (parts, _) = if short {
        wording::words(words)
    } else {
        return None;
    };
    let verb =
        parts.iter().any(|w| w.part == Part::Verb) && parts.iter().all(|w| matches!(w.part, Part::Verb | Part::Beside));
    verb.then_some(next + 1)
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
            "---- Hui Min wrote ----",
            "6 Nov 2025, 18:32 by Hui Min:",
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
}
