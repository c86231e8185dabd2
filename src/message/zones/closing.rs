//! The end of a letter: a valediction, a name, and the contact lines below them.

use super::Sort;
use super::markers;

/// A valediction is looked for among this many last lines.
const CLOSING: usize = 24;

/// Marks contact lines under a valediction and a name, or under a name alone at the very end. The
/// valediction and the name stay the writer's own, and so does any sentence below them.
pub(super) fn mark_closing(lines: &[&str], sorts: &mut [Sort]) {
    let own: Vec<usize> = (0..lines.len()).filter(|&i| sorts[i] == Sort::Own && !lines[i].trim().is_empty()).collect();
    let tail = &own[own.len().saturating_sub(CLOSING)..];
    if let Some(at) = tail.iter().rposition(|&i| is_valediction(lines[i])) {
        let mut below = &tail[at + 1..];
        if below.first().is_some_and(|&i| is_name(lines[i])) {
            below = &below[1..];
        }
        for &i in below.iter().take_while(|&&i| is_contact(lines[i]) || is_title(lines[i])) {
            sorts[i] = Sort::Signature;
        }
        return;
    }
    let paragraph = tail.iter().rposition(|&i| i > 0 && lines[i - 1].trim().is_empty()).map_or(tail, |p| &tail[p..]);
    let block = paragraph.len() >= 3 && paragraph.len() <= 8 && paragraph.len() < own.len();
    if block
        && is_name(lines[paragraph[0]])
        && paragraph[1..].iter().all(|&i| is_contact(lines[i]) || is_title(lines[i]))
        && paragraph.iter().any(|&i| is_contact(lines[i]))
    {
        for &i in &paragraph[1..] {
            sorts[i] = Sort::Signature;
        }
    }
}

/// Whether a line closes the letter: "Kind regards,".
pub(super) fn is_valediction(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 60 {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return false;
    }
    let first = bare.as_bytes().first();
    markers::VALEDICTIONS.iter().filter(|v| v.as_bytes().first() == first).any(|v| {
        bare == *v
            || bare.strip_prefix(v).is_some_and(|rest| {
                rest.starts_with([',', ' ']) && rest.split_whitespace().count() <= 2 && !line.ends_with(['.', '?', ':'])
            })
    })
}

/// Whether a line could stand in a signature without any number or address.
pub(super) fn is_name_or_title(line: &str) -> bool {
    is_name(line) || is_title(line)
}

fn is_name(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['-', '–', '—', '~', '*', ' ']);
    let words = line.split_whitespace().count();
    (1..=5).contains(&words)
        && line.len() <= 60
        && !line.ends_with(['?', '!', ':', ';'])
        && !line.chars().any(|c| c.is_ascii_digit() || c == '@')
        && !is_postscript(line)
}

fn is_postscript(line: &str) -> bool {
    let head: String = line.chars().take(5).filter(|c| !matches!(c, '.' | ' ')).flat_map(char::to_lowercase).collect();
    head.starts_with("ps:")
        || head.starts_with("ps-")
        || head == "ps"
        || line.to_lowercase().starts_with("p.s")
        || line.starts_with("PS ")
        || line.starts_with("Ps ")
}

/// Whether a line holds a telephone number, an address of mail or web, or fields between bars.
pub(super) fn is_contact(line: &str) -> bool {
    let line = line.trim();
    let words = line.split_whitespace().count();
    if words > 14 || line.len() > 200 || line.starts_with(['-', '*', '•']) || is_postscript(line) {
        return false;
    }
    let lower = line.to_lowercase();
    let phone = line.chars().filter(char::is_ascii_digit).count() >= 7
        && words <= 10
        && line.chars().filter(|c| c.is_alphabetic()).count() <= 24
        && !line.ends_with(['.', '?', '!']);
    let labelled = markers::CONTACT_LABELS.iter().any(|l| {
        lower.strip_prefix(l).is_some_and(|r| r.starts_with([':', '.', ' ', '\t']))
            && line.chars().any(|c| c.is_ascii_digit() || c == '@' || c == '/')
    });
    let link = ["www.", "http://", "https://"].iter().any(|m| lower.contains(m))
        || lower.split_whitespace().any(|w| w.contains('@') && w.contains('.'));
    phone
        || labelled && words <= 8
        || link && words <= 6 && !line.ends_with(['?', '!', ':'])
        || line.matches(" | ").count() >= 1 && words <= 12
}

/// "Head of Customer Care", "Acme Hinges Ltd", "12 Mill Lane, Leeds".
fn is_title(line: &str) -> bool {
    let line = line.trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let company =
        ["ltd.", "inc.", "co.", "b.v.", "s.a.", "s.r.l.", "llc."].iter().any(|c| line.to_lowercase().ends_with(c));
    if words.is_empty()
        || words.len() > 8
        || line.len() > 80
        || line.ends_with(['.', '?', '!', ':', ';']) && !company
        || line.starts_with(['-', '*', '•', '>'])
        || is_postscript(line)
    {
        return false;
    }
    let raised = |w: &&&str| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '&' | '(' | '/' | '+' | '|'))
    };
    let small = |w: &&&str| {
        [
            "of", "and", "for", "the", "de", "du", "des", "der", "für", "und", "y", "e", "et", "at", "in", "to", "van",
            "der", "di", "la", "–", "-",
        ]
        .contains(*w)
    };
    let (up, low) = (words.iter().filter(raised).count(), words.iter().filter(small).count());
    words.first().is_some_and(|w| raised(&w)) && up + low == words.len() && up >= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(text: &str) -> Vec<&str> {
        let lines: Vec<&str> = text.split('\n').collect();
        let mut sorts = vec![Sort::Own; lines.len()];
        mark_closing(&lines, &mut sorts);
        lines.iter().zip(sorts).filter(|(_, s)| *s == Sort::Signature).map(|(l, _)| *l).collect()
    }

    #[test]
    fn contact_lines_under_a_name_are_the_signature_and_a_postscript_is_not() {
        let text = "We will call.\n\nKind regards,\nAnn Holt\nHead of Customer Care\nTel: 0113 555 0142\nwww.hinges.example\n\nP.S. You should see the new ones.";
        assert_eq!(signature(text), ["Head of Customer Care", "Tel: 0113 555 0142", "www.hinges.example"]);
        assert!(signature("Best,\nAnn\n\nCall me when it arrives, whatever the hour.").is_empty());
    }
}
