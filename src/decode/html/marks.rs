//! What the class names, ids and styles of mail clients say about an element.

use super::tag::Tag;
use crate::decode::RegionKind;

/// The attributes of a start tag that are looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    class: String,
    id: String,
    style: String,
    hidden: bool,
    /// `wrap`, with which mail software marks a `<pre>` that holds a plain mail.
    wrap: bool,
}

/// What an element is beside its tag.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    pub(super) region: Option<RegionKind>,
    pub(super) hidden: bool,
    /// Line ends and spaces are kept.
    pub(super) preformatted: bool,
    /// Everything that follows is the answered mail.
    pub(super) divider: bool,
    /// A paragraph without the blank line around it.
    pub(super) tight: bool,
}

const QUOTES: [&str; 9] = [
    "gmail_quote",
    "gmail_quote_container",
    "gmail_extra",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "moz-forward-container",
    "moz-email-headers-table",
];
const ATTRIBUTIONS: [&str; 2] = ["moz-cite-prefix", "gmail_attr"];
const SIGNATURES: [&str; 7] = [
    "moz-signature",
    "gmail_signature",
    "protonmail_signature_block",
    "signature",
    "applemailsignature",
    "ms-outlook-mobile-signature",
    "ms-outlook-mobile-body-separator-line",
];
const DIVIDERS: [&str; 3] = ["outlookmessageheader", "divrplyfwdmsg", "appendonsend"];

impl Attributes {
    /// Takes note of an attribute.
    pub(super) fn set(&mut self, name: &[u8], value: &[u8]) {
        let text = || String::from_utf8_lossy(value).to_ascii_lowercase();
        match name {
            b"class" => self.class = text(),
            b"id" => self.id = text(),
            b"style" => self.style = text(),
            b"hidden" => self.hidden = true,
            b"wrap" => self.wrap = true,
            _ => {}
        }
    }

    pub(super) fn mark(&self, tag: Tag) -> Mark {
        Mark {
            region: self.region(tag),
            hidden: self.is_hidden(),
            preformatted: tag == Tag::Pre || self.declares("white-space", "pre"),
            divider: self.is_divider(tag),
            tight: self.names().any(|n| n.starts_with("msonormal") || n == "p1"),
        }
    }

    fn region(&self, tag: Tag) -> Option<RegionKind> {
        match tag {
            Tag::Blockquote => return Some(RegionKind::Blockquote),
            Tag::Ins => return Some(RegionKind::Inserted),
            Tag::Del | Tag::S | Tag::Strike => return Some(RegionKind::Deleted),
            Tag::Code | Tag::Kbd | Tag::Samp => return Some(RegionKind::Code),
            _ => {}
        }
        if self.names().any(|n| ATTRIBUTIONS.contains(&n)) {
            Some(RegionKind::Attribution)
        } else if self.names().any(|n| SIGNATURES.contains(&n)) {
            Some(RegionKind::Signature)
        } else if self.names().any(|n| QUOTES.contains(&n) || n.starts_with("yahoo_quoted")) {
            Some(RegionKind::Quote)
        } else if tag == Tag::Pre && !self.wrap && !self.names().any(|n| n.starts_with("moz-")) {
            Some(RegionKind::Code)
        } else {
            None
        }
    }

    /// Outlook puts no container around the answered mail, only something before it: on the web an
    /// element with a known id, on the desktop a block with a line on top and no other sign.
    fn is_divider(&self, tag: Tag) -> bool {
        self.names().any(|n| DIVIDERS.contains(&n))
            || tag == Tag::Div && self.style.contains("border-top:solid") && self.declares("padding", "3.0pt 0")
    }

    fn is_hidden(&self) -> bool {
        self.hidden
            || !self.style.is_empty()
                && (self.declares("display", "none")
                    || self.declares("visibility", "hidden")
                    || self.declares("mso-hide", "all"))
    }

    /// Whether the style declares `property` with a value that begins with `value`.
    fn declares(&self, property: &str, value: &str) -> bool {
        self.style
            .split(';')
            .filter_map(|d| d.split_once(':'))
            .any(|(p, v)| p.trim() == property && v.trim_start().starts_with(value))
    }

    /// Class names and the id; Outlook on the web prefixes those of a mail it shows with `x_`.
    fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.class.split_ascii_whitespace().chain(std::iter::once(self.id.as_str()));
        names.map(|mut name| {
            while let Some(rest) = name.strip_prefix("x_") {
                name = rest;
            }
            name
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(tag: Tag, attributes: &[(&str, &str)]) -> Mark {
        let mut all = Attributes::default();
        for (name, value) in attributes {
            all.set(name.as_bytes(), value.as_bytes());
        }
        all.mark(tag)
    }

    #[test]
    fn clients_are_known_by_their_marks() {
        let kind = |tag, class| mark(tag, &[("class", class)]).region;
        assert_eq!(kind(Tag::Div, "gmail_quote gmail_quote_container"), Some(RegionKind::Quote));
        assert_eq!(kind(Tag::Div, "x_x_gmail_attr"), Some(RegionKind::Attribution));
        assert_eq!(kind(Tag::Blockquote, "gmail_quote"), Some(RegionKind::Blockquote));
        assert_eq!(kind(Tag::Pre, "moz-quote-pre"), None);
        assert_eq!(kind(Tag::Pre, "moz-signature"), Some(RegionKind::Signature));
        assert_eq!(kind(Tag::Pre, ""), Some(RegionKind::Code));
        let outlook = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in";
        assert!(mark(Tag::Div, &[("style", outlook)]).divider);
        assert!(mark(Tag::Div, &[("id", "divRplyFwdMsg")]).divider);
        assert!(!mark(Tag::Div, &[("style", "border-top:solid 1px")]).divider);
    }

    #[test]
    fn hidden_elements_are_known() {
        assert!(mark(Tag::Div, &[("style", "color:red; DISPLAY : none !important")]).hidden);
        assert!(mark(Tag::Span, &[("hidden", "")]).hidden);
        assert!(!mark(Tag::Div, &[("style", "display:block")]).hidden);
    }
}
