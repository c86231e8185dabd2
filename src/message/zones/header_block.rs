//! Dividers and header blocks: "-----Original Message-----", "From: … Sent: … Subject: …".

use super::attribution::{self, Attribution};
use super::lines::Line;
use super::{dates, markers};

/// No header line is longer than this, in bytes: address lists are long.
const LONGEST: usize = 4000;
/// No block has more lines than this.
const MOST_LINES: usize = 24;

/// What a divider announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announces {
    /// The mail answered.
    Answered,
    /// A mail handed on.
    Forwarded,
}

/// A divider, a header block, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// One past its last line.
    pub end: usize,
    /// What it announces.
    pub announces: Announces,
    /// Whether header fields are there, not the divider alone.
    pub fields: bool,
}

/// Looks for a divider or header block that begins with line `at`.
pub(super) fn find(text: &str, lines: &[Line], at: usize) -> Option<Heading> {
    let first = lines[at].words(text);
    let announced = divider(first);
    let rule = announced.is_none() && is_rule(first);
    if announced.is_none() && !rule {
        let end = fields(text, lines, at, 3)?;
        return Some(Heading { end, announces: Announces::Answered, fields: true });
    }
    let level = |l: &&Line| l.marks == lines[at].marks && l.markup == lines[at].markup;
    let mut next = at + 1;
    while next < lines.len() && next <= at + 3 && lines[next].blank {
        next += 1;
    }
    let below = lines.get(next).filter(level).and_then(|_| fields(text, lines, next, if rule { 3 } else { 1 }));
    match (announced, below) {
        (announces, Some(end)) => {
            Some(Heading { end, announces: announces.unwrap_or(Announces::Answered), fields: true })
        }
        (Some(announces), None)
            if first.starts_with("--")
                || first.starts_with("‐‐")
                || first.starts_with("__")
                || first.starts_with("==")
                || announces == Announces::Forwarded && first.ends_with([':', '：']) =>
        {
            Some(Heading { end: at + 1, announces, fields: false })
        }
        _ => None,
    }
}

/// What a line announces, when it is a divider with a name.
pub(super) fn divider(line: &str) -> Option<Announces> {
    let bare = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '‐' | '–' | '—' | '_' | '=' | '*' | '>' | '<' | ':' | '：' | '|' | '#')
    });
    if bare.is_empty() || bare.len() > 120 {
        return None;
    }
    let lower = bare.to_lowercase();
    if markers::FORWARDED
        .iter()
        .any(|m| lower.strip_prefix(m).is_some_and(|rest| rest.is_empty() || m.ends_with(" by")))
    {
        Some(Announces::Forwarded)
    } else if markers::ORIGINAL.contains(&lower.as_str()) {
        Some(Announces::Answered)
    } else {
        None
    }
}

/// Whether a line is drawn: nothing but dashes, underscores and the like.
pub(super) fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '‐' | '_' | '=' | '*' | '~' | '#' | '+' | '—' | '–' | '─' | '━' | ' '))
        && !line.trim().is_empty()
}

/// Reads the fields of a block. `None` when these lines are none.
pub(super) fn read(lines: &[&str]) -> Option<Attribution> {
    let mut read = Attribution::default();
    let mut seen = false;
    for (i, line) in lines.iter().enumerate() {
        let Some((field, value)) = field(line) else {
            continue;
        };
        seen = true;
        // A value folded onto the next line.
        let folded = lines.get(i + 1).filter(|l| value.is_empty() && self::field(l).is_none());
        let value = folded.map_or(value, |l| l.trim());
        match field {
            Field::From if read.name.is_none() && read.address.is_none() => {
                (read.name, read.address) = attribution::mailbox(value)
            }
            Field::Sent if read.date_text.is_none() && !value.is_empty() => {
                read.date_text = Some(value.to_owned());
                read.date = dates::parse(value);
            }
            _ => {}
        }
    }
    let block = seen && lines.iter().filter(|l| field(l).is_some()).count() > 1;
    block.then_some(read)
}

/// The fields such a block has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    From,
    Sent,
    To,
    Subject,
    Other,
}

/// The field a line is, and its value. `De:` and `A:` mean different fields in different languages
/// and `Data:` is also a date; the first list that knows the name wins.
fn field(line: &str) -> Option<(Field, &str)> {
    let line = line.trim_start_matches(['*', '_', '|', ' ', '\t', '\u{a0}']);
    let colon = line.char_indices().take(32).find(|(_, c)| matches!(c, ':' | '：'))?;
    let value = line[colon.0 + colon.1.len_utf8()..].trim_matches(['*', '_', ' ', '\t', '\u{a0}']);
    let name = line[..colon.0].trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '_').to_lowercase();
    let name = name.as_str();
    let field = if markers::FROM.contains(&name) {
        Field::From
    } else if markers::SENT.contains(&name) {
        Field::Sent
    } else if markers::SUBJECT.contains(&name) {
        Field::Subject
    } else if markers::TO.contains(&name) {
        Field::To
    } else if markers::OTHER_FIELDS.contains(&name) {
        Field::Other
    } else {
        return None;
    };
    Some((field, value))
}

/// One past the last line of the block that begins at `at` with at least `least` kinds of field.
fn fields(text: &str, lines: &[Line], at: usize, least: usize) -> Option<usize> {
    let mut kinds: Vec<Field> = Vec::new();
    let (mut address, mut end, mut loose) = (false, at, 0);
    let mut i = at;
    while i < lines.len() && i < at + MOST_LINES {
        let line = &lines[i];
        if line.marks != lines[at].marks || line.markup != lines[at].markup || line.end - line.start > LONGEST {
            break;
        }
        let words = line.words(text);
        match field(words) {
            Some((field, value)) => {
                // A second `From:` is another block.
                if field != Field::Other && kinds.contains(&field) && field == Field::From {
                    break;
                }
                if !kinds.contains(&field) {
                    kinds.push(field);
                }
                address |= value.contains('@');
                (end, loose) = (i + 1, 0);
            }
            None if kinds.is_empty() => return None,
            // The blank line after `Subject` ends the block; earlier ones are layout.
            None if line.blank && (kinds.contains(&Field::Subject) || kinds.len() < 2 && i > at + 1) => {
                break;
            }
            None => {
                address |= words.contains('@');
                loose += 1;
                if loose > 3 {
                    break;
                }
            }
        }
        i += 1;
    }
    let core = kinds.iter().filter(|k| **k != Field::Other).count();
    let names_mail = kinds.contains(&Field::Subject) || address;
    let enough = core >= least && (least < 3 || names_mail && (kinds.contains(&Field::From) || core >= 3 && address));
    enough.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn heading(text: &str) -> Option<Heading> {
        find(text, &split(text, &[]), 0)
    }

    #[test]
    fn blocks_in_several_languages_are_headings() {
        for text in [
            "From: Ann <ann@mail.example>\nSent: Tuesday, 11 March 2025 18:03\nTo: Bo\nSubject: Hinge\n\nHi",
            "Von: Ann\nGesendet: Dienstag, 11. März 2025 18:03\nAn: Bo\nBetreff: Scharnier\n\nHallo",
            "*De :* Ann [mailto:ann@mail.example]\n*Envoyé :* mardi 11 mars 2025 18:03\n*À :* Bo\n*Objet :* Gond\n",
            "Från: Ann\nSkickat: den 11 mars 2025 18:03\nTill: Bo\nÄmne: Gångjärn\n",
            "发件人: Ann\n发送时间: 2025年3月11日 18:03\n收件人: Bo\n主题: 合页\n",
            "________________________________\nFrom: Ann <ann@mail.example>\nSent: 11 March 2025\nTo: Bo\nSubject: Hinge\n",
        ] {
            let found = heading(text).unwrap_or_else(|| panic!("{text}"));
            assert!(found.fields && found.announces == Announces::Answered, "{text}");
        }
    }

    #[test]
    fn a_journey_is_no_header_block() {
        assert_eq!(heading("From: Leeds\nTo: York\nDate: 5 May\n"), None);
        assert_eq!(heading("_______________\nThank you\n"), None);
    }

    #[test]
    fn forwards_are_told_from_answers() {
        let text = "---------- Forwarded message ---------\nFrom: Ann <ann@mail.example>\nDate: Tue, 11 Mar 2025\nSubject: Hinge\nTo: Bo\n\nHi";
        assert_eq!(heading(text), Some(Heading { end: 5, announces: Announces::Forwarded, fields: true }));
        assert_eq!(
            heading("-----Original Message-----\nHello"),
            Some(Heading { end: 1, announces: Announces::Answered, fields: false })
        );
    }

    #[test]
    fn the_sender_and_date_of_a_block_are_read() {
        let read = read(&[
            "-----Original Message-----",
            "From: Ann Holt [mailto:ann@mail.example]",
            "Sent: Tuesday, 11 March 2025 18:03",
            "To: Bo",
            "Subject: Hinge",
        ])
        .expect("is a block");
        assert_eq!((read.name.as_deref(), read.address.as_deref()), (Some("Ann Holt"), Some("ann@mail.example")));
        assert_eq!(read.date.map(|d| d.timestamp), Some(1_741_716_180));
    }
}
