//! Who wrote a quote and when, read from its attribution line or header block.

use super::header_block;
use super::lines::scan_marks;
use super::wording::{self, Part};
use super::{dates, markers};
use crate::message::Date;

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

/// Undoes the entities that clients leave in the plain text of an HTML mail.
pub(super) fn unescape(text: &str) -> String {
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
        name: run(Part::Word)
            .map(|n| n.trim_end_matches(" at").trim_start_matches("by ").to_owned())
            .filter(|n| !markers::classes(&n.to_lowercase()).pronoun),
        // The last: before it may stand a message id.
        address: words.iter().rfind(|w| w.part == Part::Address).map(|w| w.text.to_owned()),
        date: date_text.as_deref().and_then(dates::parse),
        date_text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_address_and_date_are_read() {
        let read =
            parse("On Thu, 06 Nov 2025 18:32:00 +0800, Lim Hui Min <a@b.example> wrote:").expect("names a writer");
        assert_eq!(read.name.as_deref(), Some("Lim Hui Min"));
        assert_eq!(read.address.as_deref(), Some("a@b.example"));
        assert_eq!(read.date_text.as_deref(), Some("Thu, 06 Nov 2025 18:32:00 +0800"));
        assert_eq!(read.date.map(|d| (d.timestamp, d.offset_minutes)), Some((1_762_425_120, 480)));
    }

    #[test]
    fn marks_and_wraps_inside_are_looked_through() {
        let read =
            parse("> Am 6. Nov. 2025 um 18:32 schrieb Jan de Boer <\n> jan@mail.example>:").expect("names a writer");
        assert_eq!((read.name.as_deref(), read.address.as_deref()), (Some("Jan de Boer"), Some("jan@mail.example")));
        assert_eq!(parse("-----Original Message-----"), None);
    }
}
