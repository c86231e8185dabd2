//! Text as XML 1.0 can hold it.

use super::escape;
use std::fmt::Write;

/// `text` for an attribute or an element. Characters that XML cannot hold are written out, as `\u{1b}`; what a
/// terminal or a CI job would obey is a reference, and reads the same.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser makes blanks of them in attributes unless they are written so.
            '\t' | '\n' | '\r' => write!(out, "&#{};", c as u32).unwrap_or_default(),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => write!(out, "\\u{{{:x}}}", c as u32).unwrap_or_default(),
            '[' if escape::is_after_hash(&out) => out.push_str("&#91;"),
            c if escape::is_unsafe(c) => write!(out, "&#{};", c as u32).unwrap_or_default(),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_back(written: &str) -> (String, String) {
        let document = format!("<a b=\"{written}\">{written}</a>");
        let parsed = roxmltree::Document::parse(&document).unwrap();
        let element = parsed.root_element();
        (element.attribute("b").unwrap().to_owned(), element.text().unwrap_or("").to_owned())
    }

    #[test]
    fn what_xml_cannot_hold_is_written_out() {
        assert_eq!(text("a\u{0}\u{1b}[1m\u{85}\u{fffe}"), "a\\u{0}\\u{1b}[1m&#133;\\u{fffe}");
        assert_eq!(text("##[error]\u{202e}"), "##&#91;error]&#8238;");
        let hostile = "]]></a><!--\"' &amp;\n\t\r<?x?>##[x\u{9b}\u{7f}\u{2066}";
        assert_eq!(read_back(&text(hostile)), (hostile.to_owned(), hostile.to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_is_well_formed_and_printable_text_is_read_back(any in any::<String>()) {
            let (attribute, element) = read_back(&text(&any));
            prop_assert_eq!(&attribute, &element);
            if !any.chars().any(|c| matches!(c, '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')) {
                prop_assert_eq!(attribute, any);
            }
        }
    }
}
