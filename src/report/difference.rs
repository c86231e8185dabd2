//! Two wordings of a sentence as one, with what changed.
//!
//! Words that went stand in `[-…-]`, words that came in `{+…+}`, so that no colour is needed to read it.

use super::{escape, style};
use crate::drafts::{WordRunKind, word_runs};

/// The words of `new` with what went from `old` and what came, safe to show.
pub(super) fn difference(old: &str, new: &str) -> String {
    let mut out = String::new();
    let (mut gone, mut come) = (String::new(), String::new());
    for run in word_runs(old, new) {
        match run.kind {
            WordRunKind::Removed => gone.push_str(&run.text),
            WordRunKind::Inserted => come.push_str(&run.text),
            // A blank between two changes belongs to both; apart they would be hard to read.
            WordRunKind::Kept if run.text.trim().is_empty() && !(gone.is_empty() && come.is_empty()) => {
                gone.push_str(&run.text);
                come.push_str(&run.text);
            }
            WordRunKind::Kept => {
                change(&mut out, &mut gone, &mut come);
                out.push_str(&escape::line(&run.text));
            }
        }
    }
    change(&mut out, &mut gone, &mut come);
    out.trim().to_owned()
}

/// Writes one change and begins the next.
fn change(out: &mut String, gone: &mut String, come: &mut String) {
    let blank = |text: &str| text.ends_with(' ');
    let after = if blank(gone) || blank(come) { " " } else { "" };
    let marked = [
        (!gone.trim().is_empty()).then(|| style::removed(&format!("[-{}-]", escape::line(gone.trim())))),
        (!come.trim().is_empty()).then(|| style::added(&format!("{{+{}+}}", escape::line(come.trim())))),
    ];
    let marked: Vec<String> = marked.into_iter().flatten().collect();
    if !marked.is_empty() {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&marked.join(" "));
        out.push_str(after);
    }
    gone.clear();
    come.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_marked_word_by_word() {
        colored::control::set_override(false);
        assert_eq!(
            difference("We regret the long delay.", "We are sorry for the delay."),
            "We [-regret-] {+are sorry for+} the [-long-] delay."
        );
        assert_eq!(difference("same", "same"), "same");
        assert_eq!(difference("It came late.", "It came \u{1b}[2J late."), "It came {+\\u{1b}[2J+} late.");
    }
}
