//! The forms of a verb: `forget~` is forget, forgets, forgot, forgotten, forgetting.

use super::notation::Forms;
use std::collections::BTreeMap;

/// Past tense and participle of irregular verbs, read from `rules/words/irregular.toml`.
pub type Irregular = BTreeMap<String, Vec<String>>;

/// The chosen forms of `verb`. Regular spelling rules; a form too many (`*hitted`) does no harm.
pub fn forms(verb: &str, which: Forms, irregular: &Irregular) -> Vec<String> {
    let mut forms = Vec::new();
    if matches!(which, Forms::All | Forms::Past) {
        match irregular.get(verb) {
            Some(past) => forms.extend(past.iter().cloned()),
            None => forms.extend(with_ed(verb)),
        }
    }
    if matches!(which, Forms::All | Forms::Present) {
        forms.extend(with_ing(verb));
    }
    if matches!(which, Forms::All | Forms::Third) {
        forms.push(with_s(verb));
    }
    if which == Forms::All {
        forms.push(verb.to_owned());
    }
    forms.sort();
    forms.dedup();
    forms
}

fn with_s(verb: &str) -> String {
    match verb {
        "have" => "has".into(),
        "be" => "is".into(),
        _ if ends_in_consonant_y(verb) => format!("{}ies", &verb[..verb.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

fn with_ed(verb: &str) -> Vec<String> {
    if verb.ends_with('e') {
        vec![format!("{verb}d")]
    } else if ends_in_consonant_y(verb) {
        vec![format!("{}ied", &verb[..verb.len() - 1])]
    } else {
        stems(verb).into_iter().map(|stem| stem + "ed").collect()
    }
}

fn with_ing(verb: &str) -> Vec<String> {
    if let Some(stem) = verb.strip_suffix("ie") {
        vec![format!("{stem}ying")]
    } else if verb.ends_with('e') && !verb.ends_with("ee") && !verb.ends_with("oe") && verb != "be" {
        vec![format!("{}ing", &verb[..verb.len() - 1])]
    } else {
        stems(verb).into_iter().map(|stem| stem + "ing").collect()
    }
}

/// The verb as it stands before `-ed` and `-ing`: *stop* → *stopp*, *forget* → *forgett*; both
/// *cancel* and *cancell*, for American and British spelling differ.
fn stems(verb: &str) -> Vec<String> {
    let letters: Vec<char> = verb.chars().rev().take(3).collect();
    let [last, middle, first] = letters[..] else { return vec![verb.into()] };
    let closed = !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y') && is_vowel(middle) && !is_vowel(first);
    let stressed = verb.chars().filter(|&c| is_vowel(c)).count() == 1 || STRESSED.iter().any(|end| verb.ends_with(end));
    match (closed, stressed, last) {
        (true, true, _) => vec![format!("{verb}{last}")],
        (true, false, 'l') => vec![verb.into(), format!("{verb}l")],
        _ => vec![verb.into()],
    }
}

/// Endings that carry the stress, so that their consonant is doubled.
const STRESSED: &[&str] = &["get", "mit", "fer", "cur", "gin", "pel", "set", "put", "run", "let", "cut"];

fn ends_in_consonant_y(verb: &str) -> bool {
    verb.strip_suffix('y').is_some_and(|stem| stem.chars().next_back().is_some_and(|c| !is_vowel(c)))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_and_irregular_forms() {
        let irregular = Irregular::from([("forget".into(), vec!["forgot".into(), "forgotten".into()])]);
        let all = |verb| forms(verb, Forms::All, &irregular).join(" ");
        assert_eq!(all("forget"), "forget forgets forgetting forgot forgotten");
        assert_eq!(all("fail"), "fail failed failing fails");
        assert_eq!(all("stop"), "stop stopped stopping stops");
        assert_eq!(all("ignore"), "ignore ignored ignores ignoring");
        assert_eq!(all("try"), "tried tries try trying");
        assert_eq!(all("open"), "open opened opening opens");
        assert_eq!(all("cancel"), "cancel canceled canceling cancelled cancelling cancels");
        assert_eq!(all("miss"), "miss missed misses missing");
        assert_eq!(forms("refer", Forms::Past, &irregular), ["referred"]);
    }
}
