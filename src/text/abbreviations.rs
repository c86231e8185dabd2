//! Words whose final period does not end a sentence.

/// Whether `word` (any case, without its final period) is usually written with one.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    // An initial ("J. Smith"), but not the pronoun: "…and so did I. Thanks".
    if single {
        return word != "I";
    }
    if word.contains('.') {
        // "e.g.", "i.e.", "a.m.", "U.S."
        return word.split('.').all(|piece| piece.chars().count() <= 2);
    }
    ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "hon", "st", "sr", "jr", "messrs", // people
    "eg", "ie", "cf", "vs", "viz", "approx", "incl", "excl", "esp", "resp", "dept", "ext", // prose
    "no", "nos", "nr", "art", "sec", "fig", "vol", "pp", "ref", "tel", "fax", "attn", // references
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", // months
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", // days
    "inc", "ltd", "co", "corp", "plc", "bros", "llc", // firms
    "min", "max", "hrs", "hr", "mins", "wk", "yr", // measures
];
