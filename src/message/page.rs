//! A page that may be a template: its tags are no markup, whatever stands in them.

use crate::decode::html::{self, Page};
use crate::span::Span;
use crate::template;
use crate::text::PLACEHOLDER;

/// Reads a page as it is shown, with the tags of a template where they are among the words. In attributes,
/// styles and scripts they are as unseen as what stands around them.
pub(super) fn read(html: &str) -> Page {
    let Some(covered) = template::covered(html) else { return html::read(html) };
    let mut page = html::read(&covered);
    let mut shown = page.decoded.text.into_bytes();
    for (at, byte) in shown.iter_mut().enumerate().filter(|(_, byte)| **byte == PLACEHOLDER as u8) {
        let place = page.decoded.map.to_source(Span::new(at, at + 1));
        *byte = html.as_bytes().get(place.start as usize).copied().unwrap_or(b' ');
    }
    // Tags are whole characters, and their bytes come back one by one and in order.
    match String::from_utf8(shown) {
        Ok(text) => page.decoded.text = text,
        Err(_) => return html::read(html),
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_no_markup_and_stay_where_they_are_read() {
        let shown = |html: &str| {
            let page = read(html);
            for (at, _) in page.decoded.text.match_indices("yours") {
                let place = page.decoded.map.to_source(Span::new(at, at + 5));
                assert_eq!(&html[place.range()], "yours");
            }
            page.decoded.text
        };
        assert_eq!(shown("<p>A <% if a > b %>yours<% end %></p>"), "A <% if a > b %>yours<% end %>");
        assert_eq!(shown("<a <% if x %>class=\"b\"<% end %> href=\"{{ u }}\">yours</a>"), "yours");
        assert_eq!(shown("{% if a <b %}<p>é yours</p>{% endif %}"), "{% if a <b %}\n\né yours\n\n{% endif %}");
        assert_eq!(shown("<b>{{ é }}</b>{{ \"<i>\" }} yours"), "{{ é }}{{ \"<i>\" }} yours");
        assert_eq!(shown("<style>a{color:red}</style><p title='{% x %}'>yours"), "yours");
    }
}
