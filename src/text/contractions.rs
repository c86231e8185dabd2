//! Contractions, taken apart: `shouldn't` reads as *should not*, `you've` as *you have*.

/// The two words a contraction stands for.
pub(super) struct Halves {
    /// Canonical form of the first word; `None` when it is as written.
    pub first: Option<&'static str>,
    /// Canonical form of the second word; always there.
    pub second: Option<&'static str>,
    /// Another reading of the second word: `'s` is *is* or *has*, `'d` is *would* or *had*.
    pub other: Option<&'static str>,
    /// Characters of the written word that belong to the first.
    pub parts_at: usize,
}

/// Takes apart a lower-cased word whose apostrophes are folded to `'`.
pub(super) fn split(word: &str) -> Option<Halves> {
    let halves = |stem: &str, first, second, other| {
        Some(Halves { first, second: Some(second), other, parts_at: stem.chars().count() })
    };
    if let Some(stem) = word.strip_suffix("n't").filter(|stem| !stem.is_empty()) {
        return match stem {
            // The n of can't belongs to both words.
            "ca" => halves("can", Some("can"), "not", None),
            "wo" => halves(stem, Some("will"), "not", None),
            "sha" => halves(stem, Some("shall"), "not", None),
            "ai" => halves(stem, Some("is"), "not", None),
            _ => halves(stem, None, "not", None),
        };
    }
    let (stem, tail) = word.split_at(word.find('\'').filter(|&at| at > 0)?);
    match tail {
        "'re" => halves(stem, None, "are", None),
        "'ve" => halves(stem, None, "have", None),
        "'ll" => halves(stem, None, "will", None),
        "'m" => halves(stem, None, "am", None),
        "'d" => halves(stem, None, "would", Some("had")),
        "'s" if stem == "let" => halves(stem, None, "us", None),
        "'s" if is_pronoun(stem) => halves(stem, None, "is", Some("has")),
        "'s" => halves(stem, None, "'s", None),
        "'" if stem.ends_with('s') => halves(stem, None, "'s", None),
        _ => None,
    }
}

/// Takes apart a contraction written without its apostrophe, or two words run together in speech.
pub(super) fn run_together(word: &str) -> Option<Halves> {
    // Nearly every word is none; one look tells.
    if !(4..=8).contains(&word.len()) || !word.ends_with(ENDS) {
        return None;
    }
    let at = RUN_TOGETHER.binary_search_by(|(written, ..)| (*written).cmp(word)).ok()?;
    let (_, parts_at, first, second) = &RUN_TOGETHER[at];
    Some(Halves { first: Some(first), second: Some(second), other: None, parts_at: *parts_at })
}

/// What the words below end in.
const ENDS: [char; 4] = ['t', 'a', 'e', 'l'];

/// Sorted by the written word.
const RUN_TOGETHER: &[(&str, usize, &str, &str)] = &[
    ("arent", 3, "are", "not"),
    ("cannot", 3, "can", "not"),
    ("cant", 3, "can", "not"),
    ("coulda", 5, "could", "have"),
    ("couldnt", 5, "could", "not"),
    ("didnt", 3, "did", "not"),
    ("doesnt", 4, "does", "not"),
    ("dont", 2, "do", "not"),
    ("gimme", 3, "give", "me"),
    ("gonna", 3, "going", "to"),
    ("gotta", 3, "got", "to"),
    ("hadnt", 3, "had", "not"),
    ("hasnt", 3, "has", "not"),
    ("havent", 4, "have", "not"),
    ("isnt", 2, "is", "not"),
    ("lemme", 3, "let", "me"),
    ("mustnt", 4, "must", "not"),
    ("shoulda", 6, "should", "have"),
    ("shouldnt", 6, "should", "not"),
    ("wanna", 3, "want", "to"),
    ("wasnt", 3, "was", "not"),
    ("werent", 4, "were", "not"),
    ("wont", 2, "will", "not"),
    ("wouldnt", 5, "would", "not"),
    ("youll", 3, "you", "will"),
    ("youre", 3, "you", "are"),
    ("youve", 3, "you", "have"),
];

fn is_pronoun(word: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "it",
        "that",
        "this",
        "he",
        "she",
        "who",
        "what",
        "where",
        "when",
        "why",
        "how",
        "there",
        "here",
        "everything",
        "something",
        "nothing",
        "everyone",
        "someone",
        "nobody",
        "one",
    ];
    PRONOUNS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{RUN_TOGETHER, run_together};

    #[test]
    fn the_words_run_together_are_sorted_and_found() {
        assert!(RUN_TOGETHER.is_sorted_by_key(|(written, ..)| *written));
        assert!(RUN_TOGETHER.iter().all(|(written, ..)| run_together(written).is_some()));
    }
}
