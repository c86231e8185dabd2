//! Legal boilerplate and list footers at the end of the writer's words.

use super::closing::{is_name_or_title, is_valediction};
use super::{Sort, markers};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::LazyLock;

/// A paragraph longer than this, in bytes, is not looked into beyond it.
const LOOK: usize = 4000;

/// Lines of name, title and company that may stand on top of boilerplate without a blank line.
const MOST_NAMES: usize = 4;

/// Marks the boilerplate paragraphs at the end. Phrases that a writer may also use in a reply
/// ("to unsubscribe, …") count only below a valediction, a signature or other boilerplate.
pub(super) fn mark(lines: &[&str], sorts: &mut [Sort]) {
    let blank = |i: usize| lines[i].trim().is_empty();
    let mut end = lines.len();
    let mut skipped: Option<(usize, usize)> = None;
    let mut below = false;
    let closing = lines.iter().position(|l| is_valediction(l)).unwrap_or(usize::MAX);
    while end > 0 {
        if blank(end - 1) || sorts[end - 1] != Sort::Own {
            end -= 1;
            continue;
        }
        let mut start = end - 1;
        while start > 0 && !blank(start - 1) && sorts[start - 1] == Sort::Own && !is_valediction(lines[start - 1]) {
            start -= 1;
        }
        let signed = || (0..start).rfind(|&i| !blank(i)).is_some_and(|i| sorts[i] == Sort::Signature);
        match grade(&lines[start..end]) {
            Grade::Sure => {}
            Grade::Likely if below || signed() || closing < start => {}
            // One paragraph between two of boilerplate is boilerplate.
            _ if below && skipped.is_none() && closing < start => {
                skipped = Some((start, end));
                end = start;
                continue;
            }
            _ => return,
        }
        // Name and company above it in the same paragraph are the signature's.
        for _ in 0..MOST_NAMES {
            let rest = start + 1..end;
            if !is_name_or_title(lines[start]) || matches!(grade(&lines[rest]), Grade::Not) {
                break;
            }
            start += 1;
        }
        if let Some((from, to)) = skipped.take() {
            sorts[from..to].fill(Sort::Disclaimer);
        }
        sorts[start..end].fill(Sort::Disclaimer);
        below = true;
        end = start;
    }
}

static SURE: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(markers::BOILERPLATE));
static LIKELY: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(markers::LIKELY_BOILERPLATE));

fn any_of(phrases: &[&str]) -> AhoCorasick {
    // A plain automaton is slower to run than a DFA and far quicker to build; a mail is short.
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(phrases);
    automaton.expect("a short list of phrases is within every limit")
}

enum Grade {
    Sure,
    Likely,
    Not,
}

fn grade(paragraph: &[&str]) -> Grade {
    let mut folded = String::new();
    for word in paragraph.iter().flat_map(|l| l.split_whitespace()) {
        if folded.len() > LOOK {
            break;
        }
        folded.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
        folded.push(' ');
    }
    let folded = folded.replace("e-mail", "email");
    if SURE.is_match(&folded) {
        Grade::Sure
    } else if LIKELY.is_match(&folded) {
        Grade::Likely
    } else {
        Grade::Not
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boilerplate(text: &str) -> usize {
        let lines: Vec<&str> = text.lines().collect();
        let mut sorts = vec![Sort::Own; lines.len()];
        mark(&lines, &mut sorts);
        sorts.iter().filter(|s| **s == Sort::Disclaimer).count()
    }

    #[test]
    fn legal_paragraphs_at_the_end_are_boilerplate() {
        let text = "Fine.\n\nRegards,\nAnn\n\nThis e-mail and any attachments are confidential. If you are not the\nintended recipient, delete it.\n\nHinges Ltd, registered in England No 1234567\n\nPlease consider the environment before printing this.";
        assert_eq!(boilerplate(text), 4);
    }

    #[test]
    fn a_reply_about_unsubscribing_is_the_writers() {
        assert_eq!(boilerplate("Hello Ann,\n\nTo unsubscribe, click the link at the foot of the newsletter."), 0);
        assert_eq!(
            boilerplate(
                "If you are not the intended recipient, delete it.\n\nThat is what the footer says, and it is right."
            ),
            0
        );
    }
}
