//! Text → its template tags.

use super::{Role, Tag, code, select};
use crate::span::Span;

/// The tags of `text`, in order and without overlap; `None` when it has none, and so is no template.
pub(super) fn tags_of_template(text: &str) -> Option<Vec<Tag<'_>>> {
    Some(tags(text, Raw::Known)).filter(|tags| !tags.is_empty())
}

/// Whether what stands between `{% raw %}` and its end is literal.
#[derive(Clone, Copy, PartialEq)]
enum Raw {
    Known,
    /// It is literal here already: nothing in it begins anything.
    Within,
}

fn tags(text: &str, raw: Raw) -> Vec<Tag<'_>> {
    let mut lexer = Lexer { text, raw, ahead: Vec::new(), tags: Vec::new() };
    // Marks of a selection that stand further on; the next on top.
    let mut ahead: Vec<Tag<'_>> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'{', b'%', b'|', &text.as_bytes()[at..]).map(|n| at + n) {
        if let Some(tag) = ahead.pop_if(|tag| tag.span.start as usize <= found) {
            // A tag in an arm may have taken it in.
            if tag.span.start as usize >= at {
                at = tag.span.end as usize;
                lexer.tags.push(tag);
            }
            continue;
        }
        // A selection in an arm ends in it.
        let ends = |marks: &Vec<Tag<'_>>| marks.last().map_or(0, |mark| mark.span.end);
        let room = ahead.last().map_or(u32::MAX, |tag| tag.span.start);
        if let Some(mut marks) = select::selection(text, found).filter(|marks| ends(marks) <= room) {
            marks.reverse();
            ahead.append(&mut marks);
            continue;
        }
        at = lexer.tag(at, found).unwrap_or(found + 1);
    }
    lexer.tags.extend(ahead.into_iter().rev().skip_while(|tag| (tag.span.start as usize) < at));
    lexer.tags
}

/// No tag but a comment is longer than this many bytes: an opening in prose shall not hide what follows it.
const LONGEST: usize = 4_096;

/// A closing mark, from where it was looked for, and where it was found.
struct Ahead {
    close: &'static str,
    from: usize,
    found: Option<usize>,
}

struct Lexer<'t> {
    text: &'t str,
    raw: Raw,
    /// Closing marks that were looked for: no stretch is searched twice for one.
    ahead: Vec<Ahead>,
    tags: Vec<Tag<'t>>,
}

impl<'t> Lexer<'t> {
    /// Takes the tag whose mark is found at `found`, not before `from`; gives where it ends.
    fn tag(&mut self, from: usize, found: usize) -> Option<usize> {
        let text = self.text;
        let (before, rest) = (&text[from..found], &text[found..]);
        match rest.as_bytes().get(..2)? {
            b"{{" => self.double_braces(found),
            b"{%" => self.percent_braces(found),
            b"{#" => self.find(found + 2, "#}").map(|end| self.push(found, end + 2, Role::Hidden)),
            b"%{" => self.output(found, 2),
            [b'%', _] if before.ends_with('<') => self.embedded_code(found - 1),
            [b'%', _] => printf(text, found).map(|end| self.push(found, end, Role::Output)),
            [b'|', _] if before.ends_with('*') => self.mailchimp(found - 1),
            [b'{', b'!'] => self.output(found, 2),
            [b'{', _] if before.ends_with('$') => {
                let (_, end) = self.closed(found, 1, "}")?;
                Some(self.push(found - 1, end, Role::Output))
            }
            [b'{', _] => self.output(found, 1),
            _ => None,
        }
    }

    /// `{x}` and the like, whose inside is a plain name.
    fn output(&mut self, start: usize, open: usize) -> Option<usize> {
        let rest = &self.text[start + open..];
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '$');
        let inside = rest.trim_start_matches(' ').trim_start_matches(name).trim_start_matches(' ');
        let len = rest.len() - inside.len();
        (len > 0 && inside.starts_with('}') && rest[..len].contains(name))
            .then(|| self.push(start, start + open + len + 1, Role::Output))
    }

    /// Handlebars, Mustache, Go, and the output of Liquid and its kin.
    fn double_braces(&mut self, start: usize) -> Option<usize> {
        let rest = &self.text[start..];
        if rest.starts_with("{{{{")
            && let Some(end) = self.raw_block(start)
        {
            return Some(end);
        }
        if rest.starts_with("{{!--")
            && let Some(end) = self.find(start + 5, "--}}")
        {
            return Some(self.push(start, end + "--}}".len(), Role::Hidden));
        }
        if rest.starts_with("{{{")
            && let Some((_, end)) = self.closed(start, 3, "}}}")
        {
            return Some(self.push(start, end, Role::Output));
        }
        let (inside, end) = self.closed(start, 2, "}}")?;
        Some(self.push(start, end, code::double_braces(inside)))
    }

    /// Liquid, Jinja, Twig, Nunjucks, and the output of Help Scout.
    fn percent_braces(&mut self, start: usize) -> Option<usize> {
        let (inside, end) = self.closed(start, 2, "%}")?;
        let role = code::percent_braces(inside);
        if code::keyword(inside) == "comment"
            && let Some(comment) = self.find(end, "endcomment")
            && let Some(close) = self.text[comment..near(self.text, comment)].find("%}")
        {
            return Some(self.push(start, comment + close + 2, Role::Hidden));
        }
        if let Some(name) = ["endraw", "endverbatim"].into_iter().find(|name| name[3..] == *code::keyword(inside))
            && let Some(close) = self.search(end, name, end_tag).filter(|_| self.raw == Raw::Known)
            && let Some((_, close_end)) = self.closed(close, 2, "%}")
        {
            return Some(self.literal(Span::new(start, end), Span::new(close, close_end)));
        }
        Some(self.push(start, end, role))
    }

    /// `{{{{raw}}}} … {{{{/raw}}}}` of Handlebars.
    fn raw_block(&mut self, start: usize) -> Option<usize> {
        if self.raw == Raw::Within {
            return None;
        }
        let (inside, end) = self.closed(start, 4, "}}}}")?;
        let close = self.find(end, "{{{{/")?;
        let name = inside.split_whitespace().next()?;
        let after = self.text[close + 5..].strip_prefix(name)?.strip_prefix("}}}}")?;
        Some(self.literal(Span::new(start, end), Span::new(close, self.text.len() - after.len())))
    }

    /// Takes a stretch that is put out as it is written: what looks like a tag in it is shown to the reader.
    fn literal(&mut self, open: Span, close: Span) -> usize {
        self.push(open.start as usize, open.end as usize, Role::Hidden);
        let from = open.end as usize;
        for Tag { span, .. } in tags(&self.text[from..close.start as usize], Raw::Within) {
            self.push(from + span.start as usize, from + span.end as usize, Role::Output);
        }
        self.push(close.start as usize, close.end as usize, Role::Hidden)
    }

    /// ERB and EJS.
    fn embedded_code(&mut self, start: usize) -> Option<usize> {
        let (inside, end) = self.closed(start, 2, "%>")?;
        Some(self.push(start, end, code::embedded(inside)))
    }

    /// `*|FNAME|*`
    fn mailchimp(&mut self, start: usize) -> Option<usize> {
        let (inside, end) = self.closed(start, 2, "|*")?;
        Some(self.push(start, end, code::mailchimp(inside)?))
    }

    /// What stands between an opening of `open` bytes at `start` and `close`, and where that ends.
    fn closed(&mut self, start: usize, open: usize, close: &'static str) -> Option<(&'t str, usize)> {
        let inside = start + open;
        let found = self.find(inside, close).filter(|found| found - inside <= LONGEST)?;
        Some((&self.text[inside..found], found + close.len()))
    }

    /// Where `close` stands, not before `from`.
    fn find(&mut self, from: usize, close: &'static str) -> Option<usize> {
        self.search(from, close, |text, close| text.find(close))
    }

    /// Where `look` sees `close`, not before `from`.
    fn search(&mut self, from: usize, close: &'static str, look: fn(&str, &str) -> Option<usize>) -> Option<usize> {
        let known = self.ahead.iter().position(|ahead| ahead.close == close);
        if let Some(ahead) = known.map(|known| &self.ahead[known])
            && ahead.from <= from
            && ahead.found.is_none_or(|found| from <= found)
        {
            return ahead.found;
        }
        let found = look(&self.text[from..], close).map(|n| from + n);
        let ahead = Ahead { close, from, found };
        match known {
            Some(known) => self.ahead[known] = ahead,
            None => self.ahead.push(ahead),
        }
        found
    }

    fn push(&mut self, start: usize, end: usize, role: Role<'t>) -> usize {
        self.tags.push(Tag { span: Span::new(start, end), role });
        end
    }
}

/// Where the tag `{% name %}` stands.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).find_map(|(at, _)| {
        let before = text[..at].trim_end().trim_end_matches(['-', '~', '+']).strip_suffix("{%")?;
        let whole = !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        whole.then_some(before.len())
    })
}

/// The end of the stretch behind `at` in which a tag is closed.
fn near(text: &str, at: usize) -> usize {
    at + text[at..].floor_char_boundary(LONGEST)
}

/// Where a printf placeholder at `at` ends: `%s`, `%1$s`, `%(name)s`, `%.2f`. "100% sure" is none.
fn printf(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || c == '%') {
        return None;
    }
    let rest = &text[at + 1..];
    let mut spec = rest;
    if let Some(named) = rest.strip_prefix('(') {
        let len = named.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        spec = named[len..].strip_prefix(')')?;
    }
    let spec = spec.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '$' | '.' | '-' | '+'));
    let letter = spec.chars().next().filter(|c| "sdiuf@".contains(*c))?;
    let after = spec[letter.len_utf8()..].chars().next();
    (!after.is_some_and(char::is_alphanumeric)).then_some(at + 1 + (rest.len() - spec.len()) + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stretch_is_searched_twice_and_prose_is_not_swallowed() {
        let text = format!("{}|*", "*|a ".repeat(2_000));
        let mut lexer = Lexer { text: &text, raw: Raw::Known, ahead: Vec::new(), tags: Vec::new() };
        assert_eq!(lexer.find(2, "|*"), Some(8_000));
        assert_eq!(lexer.find(6, "|*"), Some(8_000));
        // The second was answered by the first.
        assert_eq!((lexer.ahead.len(), lexer.ahead[0].from), (1, 2));
        assert_eq!(lexer.find(8_001, "|*"), None);
        let far = format!("Mind the {{{{ here. {} And }}}} there.", "You see. ".repeat(1_000));
        assert_eq!(tags(&far, Raw::Known), []);
    }

    #[test]
    fn an_end_that_is_not_closed_is_looked_at_nearby() {
        let open = "{% comment %}endcomment";
        assert_eq!(tags(&format!("{open}{}%}}", " ".repeat(LONGEST)), Raw::Known).len(), 1);
        assert_eq!(roles(&format!("{open} %}}")), [("{% comment %}endcomment %}", Role::Hidden)]);
        let text = format!("{open}{}", "é ".repeat(LONGEST));
        let mut lexer = Lexer { text: &text, raw: Raw::Known, ahead: Vec::new(), tags: Vec::new() };
        lexer.percent_braces(0);
        // The search at the far end did not take the place of the near one.
        let searched: Vec<usize> = lexer.ahead.iter().filter(|a| a.close == "%}").map(|a| a.from).collect();
        assert_eq!(searched, [2]);
    }

    fn roles(text: &str) -> Vec<(&str, Role<'_>)> {
        tags(text, Raw::Known).into_iter().map(|tag| (tag.span.of(text), tag.role)).collect()
    }

    #[test]
    fn what_puts_out_words_is_known_in_every_dialect() {
        let placeholders = [
            "{{ ticket.requester.first_name | default: 'there' }}",
            "{{{body}}}",
            "{%customer.firstName,fallback=there%}",
            "<%= user.name %>",
            "<%- user.name %>",
            "%{name}",
            "${name}",
            "{!Contact.FirstName}",
            "{name}",
            "{0}",
            "{ $name }",
            "%s",
            "%1$s",
            "%(name)s",
            "%.2f",
            "*|FNAME|*",
        ];
        for placeholder in placeholders {
            let text = format!("Hi {placeholder}, hello");
            assert_eq!(roles(&text), [(placeholder, Role::Output)], "{text}");
        }
    }

    #[test]
    fn prose_holds_no_tags() {
        let prose = [
            "100% sure, 50% discount, 20%s",
            "{see below}",
            "a | b *|x",
            "{{ open",
            "<% open",
            "{% open",
            "5 % der",
            "{\"a\": 1}",
            "*| lower |*",
            "{}",
            "{ }",
            "%",
            "%%s",
        ];
        for text in prose {
            assert_eq!(roles(text), [], "{text}");
        }
    }

    #[test]
    fn comments_are_hidden_whole() {
        for comment in [
            "{# a {{b}} #}",
            "{!--x",
            "{{!-- }} --}}",
            "{{! x }}",
            "<%# x %>",
            "{% comment %}a {% if %}{% endcomment %}",
        ] {
            let found = roles(comment);
            if comment != "{!--x" {
                assert_eq!(found, [(comment, Role::Hidden)]);
            }
        }
    }

    #[test]
    fn what_is_raw_is_put_out_as_it_is_written() {
        let dialects = [
            ("{% raw %}", "{% endraw %}"),
            ("{%- raw -%}", "{%- endraw -%}"),
            ("{% verbatim x %}", "{% endverbatim x %}"),
            ("{{{{raw}}}}", "{{{{/raw}}}}"),
            ("{{{{ mail to=x }}}}", "{{{{/mail}}}}"),
        ];
        for (open, close) in dialects {
            let text = format!("{open}Put {{{{ name }}}} and {{% if x %}} and {{# y #}}{close}, {{{{#if a}}}}");
            let expected = [
                (open, Role::Hidden),
                ("{{ name }}", Role::Output),
                ("{% if x %}", Role::Output),
                ("{# y #}", Role::Output),
                (close, Role::Hidden),
                ("{{#if a}}", Role::Open("if")),
            ];
            assert_eq!(roles(&text), expected, "{text}");
        }
        // What is not closed is no such stretch, and what begins in it ends in it.
        assert_eq!(roles("{% raw %}{{ a }} endraw {% endrawer %}")[1], ("{{ a }}", Role::Output));
        assert_eq!(roles("{% raw %}{{ {% endraw %} }}").len(), 2);
        assert_eq!(roles("{{{{a}}}} {{{{/b}}}}").len(), 2);
    }

    #[test]
    fn tags_do_not_overlap() {
        for text in ["{n, plural, one {{% if x } other {b}} y %} {{ z }}", "{$n->[a]{$r->[}\n[b]{{^a}}}"] {
            let tags = tags(text, Raw::Known);
            assert!(tags.is_sorted_by(|a, b| a.span.end <= b.span.start), "{tags:?}");
        }
    }

    #[test]
    fn a_selection_has_arms() {
        let text = "{n, plural, =0 {none} one {an {x}} other {# of them}} left";
        assert_eq!(
            roles(text),
            [
                ("{n, plural, =0 {", Role::Open("")),
                ("} one {", Role::Middle),
                ("{x}", Role::Output),
                ("} other {", Role::Middle),
                ("}}", Role::Close("")),
            ]
        );
    }
}
