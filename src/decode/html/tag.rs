//! The elements the layout knows; all others are inline and of no consequence.

/// A known element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    /// `div`, `section` and other blocks without a meaning of their own, kept apart by name so
    /// that each is closed by its own end tag.
    Div,
    Section,
    Article,
    Header,
    Footer,
    Main,
    Nav,
    Aside,
    Center,
    Form,
    Fieldset,
    Address,
    Figure,
    Details,
    Summary,
    Dl,
    Dt,
    Dd,
    Table,
    Caption,
    Tr,
    Td,
    Th,
    P,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Ul,
    Ol,
    Li,
    Blockquote,
    Pre,
    Span,
    A,
    Font,
    Code,
    Kbd,
    Samp,
    Ins,
    Del,
    S,
    Strike,
    Script,
    Style,
    Title,
    Template,
    Textarea,
    Iframe,
    Noembed,
    Noframes,
    Noscript,
    Br,
    Hr,
    /// What MJML calls the blocks that hold words, and its style sheets.
    MjText,
    MjButton,
    MjStyle,
    MjTitle,
    Body,
}

/// How many tags there are.
pub(super) const TAGS: usize = Tag::Body as usize + 1;

/// How an element takes part in the lines of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Within a line.
    Inline,
    /// On lines of its own.
    Block,
    /// Set off by a blank line.
    Paragraph,
    /// Never shown.
    Unseen,
}

impl Tag {
    pub(super) fn named(name: &[u8]) -> Option<Tag> {
        Some(match name {
            b"div" => Tag::Div,
            b"section" => Tag::Section,
            b"article" => Tag::Article,
            b"header" => Tag::Header,
            b"footer" => Tag::Footer,
            b"main" => Tag::Main,
            b"nav" => Tag::Nav,
            b"aside" => Tag::Aside,
            b"center" => Tag::Center,
            b"form" => Tag::Form,
            b"fieldset" => Tag::Fieldset,
            b"address" => Tag::Address,
            b"figure" => Tag::Figure,
            b"details" => Tag::Details,
            b"summary" => Tag::Summary,
            b"dl" => Tag::Dl,
            b"dt" => Tag::Dt,
            b"dd" => Tag::Dd,
            b"table" => Tag::Table,
            b"caption" => Tag::Caption,
            b"tr" => Tag::Tr,
            b"td" => Tag::Td,
            b"th" => Tag::Th,
            b"p" => Tag::P,
            b"h1" => Tag::H1,
            b"h2" => Tag::H2,
            b"h3" => Tag::H3,
            b"h4" => Tag::H4,
            b"h5" => Tag::H5,
            b"h6" => Tag::H6,
            b"ul" => Tag::Ul,
            b"ol" => Tag::Ol,
            b"li" => Tag::Li,
            b"blockquote" => Tag::Blockquote,
            b"pre" => Tag::Pre,
            b"span" => Tag::Span,
            b"a" => Tag::A,
            b"font" => Tag::Font,
            b"code" | b"tt" => Tag::Code,
            b"kbd" => Tag::Kbd,
            b"samp" => Tag::Samp,
            b"ins" => Tag::Ins,
            b"del" => Tag::Del,
            b"s" => Tag::S,
            b"strike" => Tag::Strike,
            b"script" => Tag::Script,
            b"style" => Tag::Style,
            b"title" => Tag::Title,
            b"template" => Tag::Template,
            b"textarea" => Tag::Textarea,
            b"iframe" => Tag::Iframe,
            b"noembed" => Tag::Noembed,
            b"noframes" => Tag::Noframes,
            b"noscript" => Tag::Noscript,
            b"br" => Tag::Br,
            b"hr" => Tag::Hr,
            b"mj-text" | b"mj-navbar-link" | b"mj-accordion-text" | b"mj-preview" => Tag::MjText,
            b"mj-button" | b"mj-accordion-title" => Tag::MjButton,
            b"mj-style" => Tag::MjStyle,
            b"mj-title" => Tag::MjTitle,
            b"body" => Tag::Body,
            _ => return None,
        })
    }

    pub(super) fn layout(self) -> Layout {
        match self {
            Tag::Span
            | Tag::A
            | Tag::Font
            | Tag::Code
            | Tag::Kbd
            | Tag::Samp
            | Tag::Ins
            | Tag::Del
            | Tag::S
            | Tag::Strike
            | Tag::Br => Layout::Inline,
            Tag::P
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::Ul
            | Tag::Ol
            | Tag::Dl
            | Tag::Blockquote
            | Tag::Pre
            | Tag::MjText
            | Tag::MjButton
            | Tag::Hr => Layout::Paragraph,
            Tag::Script
            | Tag::MjStyle
            | Tag::MjTitle
            | Tag::Style
            | Tag::Title
            | Tag::Template
            | Tag::Textarea
            | Tag::Iframe
            | Tag::Noembed
            | Tag::Noframes
            | Tag::Noscript => Layout::Unseen,
            _ => Layout::Block,
        }
    }

    /// Whether the element has no content and no end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Tag::Br | Tag::Hr)
    }

    /// Whether a start tag of `self` closes an open `top` whose end tag was left out.
    pub(super) fn closes(self, top: Tag) -> bool {
        match self {
            Tag::Td | Tag::Th => matches!(top, Tag::P | Tag::Td | Tag::Th),
            Tag::Tr => matches!(top, Tag::P | Tag::Td | Tag::Th | Tag::Tr),
            Tag::Li => matches!(top, Tag::P | Tag::Li),
            Tag::Dt | Tag::Dd => matches!(top, Tag::P | Tag::Dt | Tag::Dd),
            _ => top == Tag::P && matches!(self.layout(), Layout::Block | Layout::Paragraph),
        }
    }
}
