//! multipart/alternative: which of several versions of the same words a reader would see.

use super::Passage;

/// Chooses one version: the HTML one when its words differ from the plain one's, else the plain.
///
/// Each version is the passages of one alternative, in the order of the mail.
pub(super) fn choose(mut versions: Vec<Vec<Passage>>) -> Vec<Passage> {
    versions.retain(|v| !v.is_empty());
    let is_rich = |v: &Vec<Passage>| v.iter().any(|p| p.part == "text/html");
    let rich = versions.iter().rposition(is_rich);
    let plain = versions.iter().position(|v| !is_rich(v));
    let chosen = match (plain, rich) {
        (Some(plain), Some(rich)) => {
            let same = words(&versions[plain]).eq(words(&versions[rich]));
            if same || words(&versions[rich]).next().is_none() { plain } else { rich }
        }
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => return Vec::new(),
    };
    versions.swap_remove(chosen)
}

/// The words of a version. Addresses of links and pictures are left out: a plain version spells
/// out what HTML hides behind the text.
fn words(version: &[Passage]) -> impl Iterator<Item = &str> {
    let spaced = version.iter().flat_map(|p| p.text.split_whitespace());
    spaced.filter(|w| !is_address(w)).flat_map(|w| w.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty())
}

fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(['<', '(', '[']);
    ["http://", "https://", "mailto:", "cid:"].iter().any(|s| word.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(part: &str, text: &str) -> Vec<Passage> {
        vec![Passage { text: text.into(), part: part.into(), ..Passage::default() }]
    }

    #[test]
    fn the_plain_version_is_read_when_it_says_the_same() {
        let plain = passage("text/plain", "See *our* page <https://x.example/a>, please.");
        let html = passage("text/html", "See our page, please.");
        assert_eq!(choose(vec![plain, html])[0].part, "text/plain");
    }

    #[test]
    fn the_html_version_is_read_when_it_says_something_else() {
        let plain = passage("text/plain", "Your client cannot show HTML.");
        let html = passage("text/html", "You should have told us.");
        assert_eq!(choose(vec![plain, html])[0].part, "text/html");
    }

    #[test]
    fn an_html_version_without_words_is_not_chosen() {
        let plain = passage("text/plain", "Hello");
        assert_eq!(choose(vec![plain, passage("text/html", " ")])[0].part, "text/plain");
        assert!(choose(vec![Vec::new()]).is_empty());
    }
}
