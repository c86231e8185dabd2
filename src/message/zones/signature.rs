//! Signatures that announce themselves: `-- ` and mobile lines ("Sent from my …").

use super::Sort;
use super::closing::{is_contact, is_name_or_title};
use super::header_block::is_rule;
use super::markers;

/// A signature after `-- ` has at most this many lines; more is a mail that happens to hold dashes.
const LONGEST_SIGNATURE: usize = 30;
/// The same after `--` or a drawn line, which people also use between paragraphs.
const LONGEST_LOOSE: usize = 15;

/// Marks what follows `-- ` or a drawn line, and mobile lines.
pub(super) fn mark_delimited(lines: &[&str], sorts: &mut [Sort]) {
    if let Some(at) = delimiter(lines, sorts) {
        for sort in &mut sorts[at..] {
            if *sort == Sort::Own {
                *sort = Sort::Signature;
            }
        }
    }
    let mut tail = true;
    for i in (0..lines.len()).rev() {
        if lines[i].trim().is_empty() {
            continue;
        }
        if sorts[i] == Sort::Own && mobile(lines[i]).is_some_and(|sure| sure || tail) {
            sorts[i] = Sort::Signature;
        }
        tail &= sorts[i] == Sort::Signature;
    }
}

/// Takes drawn lines at the edges of the writer's words from them.
pub(super) fn drop_rules(lines: &[&str], sorts: &mut [Sort]) {
    let bare = |i: usize, sorts: &[Sort]| {
        lines[i].trim().is_empty()
            || sorts[i] != Sort::Own
            || is_rule(lines[i].trim())
            || matches!(lines[i].trim(), "--" | "—" | "__")
    };
    for i in 0..lines.len() {
        if !bare(i, sorts) {
            break;
        }
        drop(lines, sorts, i);
    }
    for i in (0..lines.len()).rev() {
        if !bare(i, sorts) {
            break;
        }
        drop(lines, sorts, i);
    }
    fn drop(lines: &[&str], sorts: &mut [Sort], i: usize) {
        if sorts[i] == Sort::Own && !lines[i].trim().is_empty() {
            sorts[i] = Sort::Nothing;
        }
    }
}

/// The line where a delimited signature begins.
fn delimiter(lines: &[&str], sorts: &[Sort]) -> Option<usize> {
    let rest = |at: usize| lines[at + 1..].iter().filter(|l| !l.trim().is_empty());
    let candidate =
        |i: &usize| sorts[*i] == Sort::Own && lines[*i].starts_with(['-', '_', '=', '*', '~', '#', '—', '+']);
    // RFC 3676, section 4.3: the last "-- " is the one.
    if let Some(at) = (0..lines.len()).rev().filter(candidate).find(|&i| lines[i] == "-- ") {
        return (rest(at).take(LONGEST_SIGNATURE + 1).count() <= LONGEST_SIGNATURE).then_some(at);
    }
    let loose = lines.len().saturating_sub(3 * LONGEST_LOOSE);
    (loose..lines.len()).filter(candidate).find(|&i| {
        let line = lines[i].trim_end();
        let dashes = matches!(line, "--" | "—" | "––");
        if !(dashes || is_rule(line)) || rest(i).next().is_none() || rest(i).count() > LONGEST_LOOSE {
            return false;
        }
        let prose = rest(i).filter(|l| is_sentence(l)).count();
        let contact = |l: &&str| is_contact(l) || mobile(l).is_some() || is_name_or_title(l);
        if dashes { prose <= 2 } else { prose == 0 && rest(i).all(contact) }
    })
}

/// Whether a line is a mail app's; `Some(true)` when it cannot be anything else.
fn mobile(line: &str) -> Option<bool> {
    let line = line.trim().trim_matches(['(', ')', '<', '>', '[', ']', '*', '_', '-', '–', '—', ' ', '|']);
    if line.is_empty() || line.len() > 160 {
        return None;
    }
    let lower = line.to_lowercase();
    let words = lower.split_whitespace().count();
    if markers::APP_ADVERTS.iter().any(|m| lower.starts_with(m)) {
        return Some(true);
    }
    let device = || markers::DEVICES.iter().any(|d| lower.contains(d));
    let head = markers::SENT_FROM.iter().find(|m| lower.starts_with(**m));
    let tail = markers::SENT_FROM_TAIL.iter().any(|m| lower.trim_end_matches(['.', '!']).ends_with(m));
    if let Some(head) = head {
        let rest = lower[head.len()..].trim_start();
        let own = markers::MY.iter().any(|m| rest.starts_with(m) || head.ends_with(m.trim_end()));
        return match () {
            () if own && words <= 16 => Some(true),
            () if words <= 10 && device() && !lower.ends_with('.') => Some(true),
            // "Sent from Airmail": an app nobody has heard of.
            () if words <= 5
                && !lower.ends_with('.')
                && line.split_whitespace().nth(2).is_some_and(|w| w.starts_with(char::is_uppercase)) =>
            {
                Some(false)
            }
            () => None,
        };
    }
    if tail && words <= 14 && device() {
        return Some(true);
    }
    // "Ann from mobile", "From my iPhone 6".
    let from = lower.strip_prefix("from ").or_else(|| {
        lower.split_once(" from ").filter(|(who, _)| who.split_whitespace().count() <= 3).map(|(_, rest)| rest)
    })?;
    (from.split_whitespace().count() <= 4
        && !lower.ends_with(['.', '?', '!', ':'])
        && (from.starts_with("my ") || from.starts_with("mobile") || from.starts_with("a phone"))
        && device())
    .then_some(false)
}

/// A line with the signs of prose: long enough, and closed like a sentence.
fn is_sentence(line: &str) -> bool {
    let line = line.trim();
    line.split_whitespace().count() >= 6 && line.ends_with(['.', '?', '!', ',', ';', ':']) && !is_contact(line)
        || line.split_whitespace().count() >= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(text: &str) -> Vec<&str> {
        let lines: Vec<&str> = text.split('\n').collect();
        let mut sorts = vec![Sort::Own; lines.len()];
        mark_delimited(&lines, &mut sorts);
        lines
            .iter()
            .zip(sorts)
            .filter(|(l, s)| *s == Sort::Signature && !l.trim().is_empty())
            .map(|(l, _)| *l)
            .collect()
    }

    #[test]
    fn mobile_lines_in_many_languages_are_signatures() {
        for line in [
            "Sent from my iPhone",
            "sent from my phone, please excuse typos.",
            "(sent from a mobile device)",
            "<<sent by Galaxy>>",
            "Envoyé de mon iPad",
            "Von meinem iPhone gesendet",
            "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
            "Enviado desde mi iPhone",
            "Inviato da iPhone",
            "Verstuurd vanaf mijn iPhone",
            "Skickat från min iPhone",
            "Отправлено с iPhone",
            "发自我的 iPhone",
            "iPhoneから送信",
            "Get Outlook for iOS<https://aka.example/x>",
            "Sent from Proton Mail for iOS",
        ] {
            assert_eq!(signature(&format!("Fine by me.\n\n{line}")), [line]);
        }
    }

    #[test]
    fn a_parcel_sent_from_somewhere_is_prose() {
        for line in [
            "Sent from our warehouse on Monday.",
            "Sent with DHL on 3 May, it will be with you soon.",
            "The note from my colleague is attached.",
            "I heard from mobile support today.",
        ] {
            assert!(signature(&format!("Hello\n\n{line}\n\nAnn")).is_empty(), "{line}");
        }
    }

    #[test]
    fn dashes_open_a_signature() {
        assert_eq!(signature("Fine.\n-- \nAnn\nLeeds"), ["-- ", "Ann", "Leeds"]);
        assert_eq!(signature("Fine.\n\n--\nAnn\nann@mail.example"), ["--", "Ann", "ann@mail.example"]);
        assert!(
            signature("First.\n\n-----\n\nThe second half of this letter is about your hinges, which we sent.")
                .is_empty()
        );
    }
}
