//! Drafts that are no mail: plain text, Markdown and HTML, with or without header lines on top.

use super::{Headers, Message, Passage, ReadError, Zone, ZoneKind, headers, page, zones};
use crate::decode::{Comment, Decoded, Kind, SourceMap, charset, encoded_word, field_name};
use crate::span::Span;
use crate::template;
use mail_parser::MessageParser;
use std::ops::Range;

/// Fields that may begin a draft; `X-…` may too.
const FIRST_FIELDS: [&str; 10] =
    ["From", "To", "Cc", "Bcc", "Subject", "Date", "Reply-To", "In-Reply-To", "References", "Message-ID"];

/// Emacs message-mode puts this line where a mail has a blank one.
const EMACS_SEPARATOR: &str = "--text follows this line--";

/// Reads a draft.
pub(super) fn read(raw: &[u8], kind: Kind) -> Result<Message, ReadError> {
    let mut found = charset::detect(raw)?;
    if found.guessed
        && kind == Kind::Html
        && let Some(encoding) = charset::declared_in_html(raw)
    {
        found.decoded = charset::decode_as(raw, encoding);
        found.guessed = false;
    }
    let mut message = Message::default();
    if found.guessed {
        message.notices.push(format!("read as {}; save it as UTF-8 if that is wrong", found.encoding.name()));
    }
    let Decoded { text, map } = found.decoded;
    let head = match kind {
        Kind::Html => front_matter(&text),
        Kind::Markdown | Kind::Text | Kind::Eml | Kind::Collection(_) => {
            front_matter(&text).or_else(|| header_lines(&text))
        }
    };
    let body = head.as_ref().map_or(0, |h| h.body);
    if let Some(head) = head {
        if let Some(block) = head.fields {
            message.headers = fields(&text[block]);
        }
        message.subject = head.subject.map(|value| subject(&text, value, &map));
        message.headers.subject = message.subject.as_ref().map(|s| s.text.clone());
    }
    message.bodies.push(passage(text, body, map, kind));
    Ok(message)
}

/// What stands above the words of a draft.
struct Head {
    /// The header lines, when they are a mail's.
    fields: Option<Range<usize>>,
    /// The value of the subject.
    subject: Option<Range<usize>>,
    /// Where the words begin.
    body: usize,
}

/// The header lines a draft begins with: a known field, then fields, then a blank line.
fn header_lines(text: &str) -> Option<Head> {
    let known = |name: &str| {
        FIRST_FIELDS.iter().any(|f| name.eq_ignore_ascii_case(f))
            || name.get(..2).is_some_and(|x| x.eq_ignore_ascii_case("x-"))
    };
    let mut subject: Option<Range<usize>> = None;
    let mut in_subject = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let end = at + line.len();
        if content.is_empty() || content == EMACS_SEPARATOR {
            // A draft that begins with a blank line has no fields.
            return (at > 0).then_some(Head { fields: Some(0..at), subject, body: end });
        }
        if content.starts_with([' ', '\t']) && at > 0 {
            if let Some(value) = subject.as_mut().filter(|_| in_subject) {
                value.end = at + content.len();
            }
        } else {
            let name = field_name(content.as_bytes())?;
            if at == 0 && !known(name) {
                return None;
            }
            in_subject = name.eq_ignore_ascii_case("Subject");
            if in_subject {
                subject = Some(at + name.len() + 1..at + content.len());
            }
        }
        at = end;
    }
    None
}

/// YAML front matter: not judged, but for a `subject:`.
fn front_matter(text: &str) -> Option<Head> {
    let mut lines = text.split_inclusive('\n');
    let mut at = lines.next().filter(|l| l.trim_end() == "---")?.len();
    let mut subject = None;
    for line in lines {
        let content = line.trim_end();
        if content == "---" || content == "..." {
            return Some(Head { fields: None, subject, body: at + line.len() });
        }
        // Two lines of dashes may also frame words.
        if !content.starts_with([' ', '\t', '-', '#']) && !content.is_empty() && !content.contains(':') {
            return None;
        }
        if let Some((key, value)) = content.split_once(':')
            && key.eq_ignore_ascii_case("subject")
        {
            subject = Some(unquoted(text, at + key.len() + 1..at + key.len() + 1 + value.len()));
        }
        at += line.len();
    }
    None
}

/// A YAML scalar without white space and quotes around it.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    let start = range.start + (value.len() - value.trim_start().len());
    let value = value.trim();
    for quote in ['"', '\''] {
        if value.len() > 1 && value.starts_with(quote) && value.ends_with(quote) {
            return start + 1..start + value.len() - 1;
        }
    }
    start..start + value.len()
}

fn fields(block: &str) -> Headers {
    match MessageParser::default().parse_headers(block) {
        Some(parsed) => headers::read(&parsed, block.as_bytes()),
        None => Headers::default(),
    }
}

fn subject(text: &str, value: Range<usize>, outer: &SourceMap) -> Passage {
    let decoded = encoded_word::decode(text[value.clone()].as_bytes());
    let map = decoded.map.compose(&SourceMap::slice(value.start, value.len())).compose(outer);
    headers::passage(decoded.text, map, true)
}

pub(super) fn passage(text: String, body: usize, map: SourceMap, kind: Kind) -> Passage {
    let (mut text, mut map) = if body == 0 {
        (text, map)
    } else {
        let rest = text[body..].to_owned();
        let slice = SourceMap::slice(body, rest.len());
        (rest, slice.compose(&map))
    };
    let mut regions = Vec::new();
    let mut comments = Vec::new();
    let part = match kind {
        Kind::Html => {
            let page = page::read(&text);
            (regions, comments) = (page.regions, page.comments);
            text = page.decoded.text;
            map = page.decoded.map.compose(&map);
            "text/html"
        }
        Kind::Markdown => "text/markdown",
        Kind::Text | Kind::Eml | Kind::Collection(_) => "text/plain",
    };
    // A tag among the words is neither code nor a line of its own, and a comment quotes nobody.
    let lines = template::lines(&text);
    let mut zones = zones::divide(lines.as_deref().unwrap_or(&text), &regions);
    if kind != Kind::Html {
        comments = crate::decode::comments(&text);
        zones = without_comments(&zones, &comments);
    }
    Passage { text, map, exact: true, part: part.to_owned(), zones, regions, comments }
}

/// The zones with the comments cut out, which belong to nobody.
fn without_comments(zones: &[Zone], comments: &[Comment]) -> Vec<Zone> {
    let mut kept = Vec::new();
    for &zone in zones {
        let mut start = zone.span.start;
        for comment in comments.iter().filter(|comment| zone.kind == ZoneKind::Own && comment.span.overlaps(zone.span))
        {
            kept.push(Zone { span: Span { start, end: comment.span.start.max(start) }, ..zone });
            start = comment.span.end.min(zone.span.end);
        }
        kept.push(Zone { span: Span { start, end: zone.span.end }, ..zone });
    }
    kept.retain(|zone| !zone.span.is_empty());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn draft(raw: &str, kind: Kind) -> Message {
        read(raw.as_bytes(), kind).unwrap()
    }

    #[test]
    fn header_lines_are_read_when_a_known_field_begins_them() {
        let raw = "To: Anna Berg <anna@big.example>\nSubject: Your\n order\nIn-Reply-To: <1@x.example>\n\nHello";
        let message = draft(raw, Kind::Text);
        assert_eq!(message.headers.to[0].address.as_deref(), Some("anna@big.example"));
        assert_eq!(message.headers.in_reply_to.as_deref(), Some("1@x.example"));
        let subject = message.subject.unwrap();
        assert_eq!(subject.text, "Your order");
        assert_eq!(&raw[subject.map.to_source(Span::new(5, 10)).range()], "order");
        assert_eq!(message.bodies[0].text, "Hello");
    }

    #[test]
    fn prose_is_not_taken_for_header_lines() {
        for raw in ["Dear Anna:\n\nHello", "Note: x\n\ny", "Subject: x\nHello there\n", "\nTo: x\n\ny"] {
            let message = draft(raw, Kind::Text);
            assert_eq!(message.bodies[0].text, raw);
            assert!(message.subject.is_none());
        }
    }

    #[test]
    fn the_separator_of_emacs_ends_the_header_lines() {
        let message = draft("Subject: x\n--text follows this line--\nHello", Kind::Text);
        assert_eq!(message.bodies[0].text, "Hello");
    }

    #[test]
    fn front_matter_gives_the_subject_and_nothing_else() {
        let raw = "---\ntitle: t\nsubject: \"You should\"\n---\nHello";
        let message = draft(raw, Kind::Markdown);
        let subject = message.subject.unwrap();
        assert_eq!(subject.text, "You should");
        assert_eq!(&raw[subject.map.to_source(Span::new(0, 10)).range()], "You should");
        assert_eq!(message.bodies[0].text, "Hello");
        assert_eq!(message.bodies[0].map.to_source(Span::new(0, 5)), Span::new(39, 44));
        assert_eq!(draft(raw, Kind::Text).bodies[0].text, "Hello");
        assert_eq!(draft(raw, Kind::Html).bodies[0].text, "Hello");
        let framed = "---\nPlease note\n---\nHello";
        assert_eq!(draft(framed, Kind::Text).bodies[0].text, framed);
    }

    #[test]
    fn tags_are_no_code_and_their_comments_quote_nobody() {
        let own = |raw: &str| {
            let body = draft(raw, Kind::Text).bodies.remove(0);
            let own = body.zones.iter().filter(|zone| zone.kind == ZoneKind::Own);
            own.map(|zone| zone.span.of(&body.text).trim().to_owned()).collect::<Vec<_>>().join("|")
        };
        for raw in [
            "Hello,\n\n    {{#if late}}\n    You should wait.\n    {{/if}}",
            "Hello,\n\n\t<% if late %>\n\tYou should wait.\n\t<% end %>",
            "Hello,\n\n    Your {{ parcel }}\n    waits for {{ name }}",
        ] {
            assert!(own(raw).contains("wait"), "{raw}");
            assert_eq!(draft(raw, Kind::Text).bodies[0].zones.len(), 1, "{raw}");
        }
        assert_eq!(
            own("{% comment %}\nOn Tue, 3 Mar 2026, Ann wrote:\n{% endcomment %}\nYou should wait."),
            "You should wait."
        );
        assert_eq!(own("{{#if all}}-----Original Message-----{{/if}}\nYou should wait.").lines().count(), 2);
        assert_eq!(own("{#\n-----Original Message-----\n> é\n#}\nYou should wait."), "You should wait.");
        assert_eq!(
            own("Hello,\n> {{ words }}\n{% if late %}You should wait.{% endif %}"),
            "Hello,|{% if late %}You should wait.{% endif %}"
        );
    }

    #[test]
    fn html_may_name_its_charset() {
        let message = read(b"<meta charset=koi8-r><p>\xd0\xd2", Kind::Html).unwrap();
        assert_eq!(message.bodies[0].text, "пр");
        assert!(message.notices.is_empty());
    }

    #[test]
    fn html_is_read_as_shown() {
        let message = draft("<p>You sho<b>uld</b></p>", Kind::Html);
        assert_eq!(message.bodies[0].text, "You should");
        assert_eq!(message.bodies[0].part, "text/html");
    }
}
