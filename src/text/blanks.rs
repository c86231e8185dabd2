//! Places that somebody or some system is to fill in: `{{first_name}}`, `[NAME]`, `<insert date>`, `XXX`.
//!
//! Which of them are amiss depends on the text: a template lives of them, a mail to a person has none left. This
//! file only knows their shapes. It reads no template language; what a placeholder holds is looked at as far as
//! an empty fallback can be seen.

use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// Placeholders of systems: `{{…}}`, `{%…%}`, `{!…}`, `${…}`, `%{…}`, `*|…|*`.
const OF_SYSTEMS: &str = r"\{\{[^{}\n]{1,200}\}\}|\{%[^{}%\n]{1,200}%\}|[$%]\{[A-Za-z][^{}\n]{0,200}\}";

/// Words that name what is to be filled in; in brackets they are no words to a customer.
const FIELD: &str = "first|last|full|name|customer|client|company|contact|recipient|agent|order|invoice|account|\
    ticket|case|tracking|product|number|date|time|day|amount|price|reason|title|address|phone|details?";

static UNFILLED: LazyLock<Regex> = LazyLock::new(|| {
    let bracketed = format!(r"(?:insert|enter|add|your|the)?[ _]?(?:{FIELD})(?:[ _/-](?:{FIELD}|here)){{0,3}}");
    let shapes = [
        OF_SYSTEMS,
        r"\{![A-Za-z][\w.]{1,60}\}",
        r"\*\|[A-Z][A-Z0-9_:]{1,40}\|\*",
        r"\{[a-z]+[_.][a-z_.]{1,40}\}",
        &format!(r"\[(?i:{bracketed})\]"),
        r"\[(?i:insert|enter|add) [^\[\]\n]{1,40}\]",
        r"<(?i:insert|enter|add|your)[ _][A-Za-z _]{2,40}>",
        r"\bX{3,}\b",
    ];
    regex(&shapes.join("|"))
});
static SYSTEMS: LazyLock<Regex> = LazyLock::new(|| regex(OF_SYSTEMS));
static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i)\b(?:fallback|default)\s*[=:(]\s*(?:""|''|“”|‘’)?\s*\)?\s*(?:\}\}|%?\})$|(?:\?\?|\|\||\bor)\s*(?:""|'')\s*(?:\}\}|%?\})$"#,
    )
});

/// Places in `within` of `text` that are still to be filled in. Those that are spoken of, between quotation marks
/// or backticks, are left out.
#[must_use]
pub fn unfilled(text: &str, within: Span) -> Vec<Span> {
    let words = within.of(text);
    if !["{", "[", "<", "*|", "XXX"].iter().any(|sign| words.contains(sign)) {
        return Vec::new();
    }
    let stands = |found: &regex::Match<'_>| {
        let before = words[..found.start()].chars().next_back();
        let mut after = words[found.end()..].chars();
        let after = after.next();
        let spoken_of = before.is_some_and(is_quote) || after.is_some_and(is_quote);
        match found.as_str() {
            // A link of Markdown; `[1]` and such are no match.
            bracketed if bracketed.starts_with('[') => !spoken_of && after != Some('('),
            // A number that is masked, and kisses under a mail.
            crosses if crosses.starts_with('X') => {
                let joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_');
                let inside = words[found.end()..].contains(char::is_alphabetic) || after == Some('.');
                let digits = words[found.end()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
                !spoken_of
                    && !before.is_some_and(joined)
                    && !after.is_some_and(|c| c != '.' && joined(c))
                    && inside
                    && !digits
            }
            _ => !spoken_of,
        }
    };
    UNFILLED.find_iter(words).filter(stands).map(|found| at(within, found)).collect()
}

/// Placeholders in `within` of `text` that leave a gap when there is nothing to put in: `{{ name | default: "" }}`,
/// `{%customer.firstName,fallback=%}`.
#[must_use]
pub fn empty_fallbacks(text: &str, within: Span) -> Vec<Span> {
    let words = within.of(text);
    if !words.contains('{') {
        return Vec::new();
    }
    SYSTEMS.find_iter(words).filter(|found| EMPTY.is_match(found.as_str())).map(|found| at(within, found)).collect()
}

fn at(within: Span, found: regex::Match<'_>) -> Span {
    let start = within.start as usize;
    Span::new(start + found.start(), start + found.end())
}

fn is_quote(c: char) -> bool {
    matches!(c, '`' | '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»')
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tried by its tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(look: impl Fn(&str, Span) -> Vec<Span>, text: &str) -> Vec<&str> {
        look(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn every_shape_is_seen() {
        let shapes = [
            "{{first_name}}",
            "{{ ticket.requester.name }}",
            "{%customer.firstName,fallback=there%}",
            "{!Contact.Name}",
            "${user.name}",
            "%{name}",
            "*|FNAME|*",
            "{first_name}",
            "[NAME]",
            "[Customer name]",
            "[insert date here]",
            "[your name]",
            "[Order number]",
            "<insert date>",
            "<your name>",
            "XXX",
        ];
        for shape in shapes {
            let text = format!("Hello {shape}, it comes on Monday.");
            assert_eq!(found(unfilled, &text), [shape]);
        }
    }

    #[test]
    fn what_people_write_is_no_place_to_fill_in() {
        for text in [
            "Write `{{name}}` where the name goes.",
            "Put \"[NAME]\" there.",
            "The card ending XXXX 1234 was used.",
            "It is 100% sure {see below}.",
            "Size XXL [1] [sic] [...] fits.",
            "See [order number](https://a.example).",
            "[EXTERNAL] [URGENT] Re: doors",
            "Love, Ines XXX",
            "The serial XXX-12 is ours.",
            "<ines@a.example> wrote",
            "a < b and c > d",
        ] {
            assert!(found(unfilled, text).is_empty(), "{text}: {:?}", found(unfilled, text));
        }
    }

    #[test]
    fn a_fallback_that_is_empty_is_seen() {
        for shape in [
            "{%customer.firstName,fallback=%}",
            "{{ first_name | fallback:\"\" }}",
            "{{ name | default: '' }}",
            "{{ name|default('') }}",
            "{{ name or \"\" }}",
            "${name ?? ''}",
        ] {
            assert_eq!(found(empty_fallbacks, &format!("Hello {shape}, hi.")), [shape]);
        }
        for shape in ["{{name}}", "{% if name %}", "{{ first_name | fallback:\"there\" }}", "{{ default }}"] {
            assert!(found(empty_fallbacks, &format!("Hello {shape}, hi.")).is_empty(), "{shape}");
        }
    }

    #[test]
    fn hostile_braces_are_read_in_one_go() {
        let text = "{{".repeat(50_000) + &"[your ".repeat(50_000);
        assert!(found(unfilled, &text).is_empty() && found(empty_fallbacks, &text).is_empty());
    }
}
