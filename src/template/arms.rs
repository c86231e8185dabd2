//! Which arm of each conditional a reading shows.

use super::lexer::tags_of_template;
use super::{Role, Tag};
use crate::span::Span;
use crate::text::PLACEHOLDER;
use std::collections::HashMap;

/// No more than this many bytes of readings are made of one text; one that asks for more is read once,
/// with all arms one after another.
const MOST: usize = 4 * 1024 * 1024;

/// A block and its arms.
struct Block {
    span: Span,
    arms: Vec<Arm>,
}

/// An arm: where it stands, and how many readings it takes to show all there is in it.
struct Arm {
    span: Span,
    readings: usize,
}

impl Block {
    fn readings(&self) -> usize {
        self.arms.iter().map(|arm| arm.readings).fold(0, usize::saturating_add)
    }
}

/// The readings of a text: each as long as the text, byte for byte in its place. `None` for a text without
/// template syntax.
#[must_use]
pub fn readings(text: &str) -> Option<Vec<String>> {
    let tags = tags_of_template(text)?;
    let blocks = blocks(text, &tags);
    let wanted = blocks.iter().map(Block::readings).max().unwrap_or(1);
    if wanted.saturating_mul(text.len()) > MOST {
        return Some(vec![reading(text, &tags, &[])]);
    }
    Some((0..wanted).map(|number| reading(text, &tags, &hidden(&blocks, number))).collect())
}

/// The blocks that are closed, outer ones first. One that is not closed is none: all of it is read.
fn blocks(text: &str, tags: &[Tag<'_>]) -> Vec<Block> {
    let mut open = Open::default();
    let mut closed: Vec<(&str, Vec<Span>)> = Vec::new();
    for tag in tags {
        match tag.role {
            Role::Open(name) => open.push(name, vec![tag.span]),
            Role::Middle => {
                if let Some((_, marks)) = open.blocks.last_mut() {
                    marks.push(tag.span);
                }
            }
            Role::Inverted(name) => {
                let follows = |(last, marks): &mut (&str, Vec<Span>)| {
                    *last == name && marks.last().is_some_and(|end| between(text, *end, tag.span).trim().is_empty())
                };
                match closed.pop_if(follows) {
                    Some((_, mut marks)) => {
                        // Both ends are one mark between two arms.
                        if let Some(last) = marks.last_mut() {
                            last.end = tag.span.end;
                        }
                        open.push(name, marks);
                    }
                    None => open.push(name, vec![tag.span]),
                }
            }
            Role::Close(name) => {
                if let Some((name, mut marks)) = open.close(name) {
                    marks.push(tag.span);
                    closed.push((name, marks));
                }
            }
            Role::Output | Role::Hidden => {}
        }
    }
    weighed(closed.into_iter().map(|(_, marks)| marks))
}

/// The blocks that are open, inner ones last.
#[derive(Default)]
struct Open<'t> {
    blocks: Vec<(&'t str, Vec<Span>)>,
    /// How many of each name: what closes none of them looks at none.
    names: HashMap<&'t str, usize>,
}

impl<'t> Open<'t> {
    fn push(&mut self, name: &'t str, marks: Vec<Span>) {
        self.blocks.push((name, marks));
        *self.names.entry(name).or_default() += 1;
    }

    /// Takes the innermost block of `name`, or of any name when that is empty, and drops those inside it.
    fn close(&mut self, name: &str) -> Option<(&'t str, Vec<Span>)> {
        if !name.is_empty() && self.names.get(name).is_none_or(|count| *count == 0) {
            return None;
        }
        while let Some((opened, marks)) = self.blocks.pop() {
            self.names.entry(opened).and_modify(|count| *count -= 1);
            if name.is_empty() || opened == name {
                return Some((opened, marks));
            }
        }
        None
    }
}

/// Blocks of their marks, which come inner ones first, with the readings that each arm takes.
fn weighed(closed: impl Iterator<Item = Vec<Span>>) -> Vec<Block> {
    // Blocks that no outer one has taken in yet.
    let mut loose: Vec<(Span, usize)> = Vec::new();
    let mut blocks = Vec::new();
    for marks in closed {
        let span = Span { start: marks[0].start, end: marks[marks.len() - 1].end };
        let inner = loose.split_off(loose.partition_point(|(other, _)| other.start < span.start));
        let arm = |pair: &[Span]| {
            let span = Span { start: pair[0].end, end: pair[1].start };
            let from = inner.partition_point(|(other, _)| other.start < span.start);
            let most = inner[from..].iter().take_while(|(other, _)| other.end <= span.end).map(|(_, n)| *n).max();
            Arm { span, readings: most.unwrap_or(1) }
        };
        let block = Block { span, arms: marks.windows(2).map(arm).collect() };
        loose.push((span, block.readings()));
        blocks.push(block);
    }
    blocks.sort_by_key(|block| block.span.start);
    blocks
}

/// The arms that reading `number` does not show.
fn hidden(blocks: &[Block], number: usize) -> Vec<Span> {
    let mut hidden = Vec::new();
    // For each block entered: the arm shown, and which reading of that arm.
    let mut entered: Vec<(Span, usize)> = Vec::new();
    for block in blocks {
        while entered.pop_if(|(arm, _)| arm.end <= block.span.start).is_some() {}
        let inside = entered.last().filter(|(arm, _)| arm.contains(block.span));
        let mut turn = inside.map_or(number, |(_, turn)| *turn).min(block.readings() - 1);
        let mut shown = None;
        for arm in &block.arms {
            if shown.is_none() && turn < arm.readings {
                shown = Some((arm.span, turn));
            } else {
                hidden.push(arm.span);
                turn = turn.saturating_sub(arm.readings);
            }
        }
        entered.extend(shown);
    }
    hidden
}

/// `text` with outputs as placeholders, and with what steers and `hidden` blank.
fn reading(text: &str, tags: &[Tag<'_>], hidden: &[Span]) -> String {
    let mut out = text.as_bytes().to_vec();
    for tag in tags {
        if tag.role == Role::Output {
            out[tag.span.range()].fill(PLACEHOLDER as u8);
            continue;
        }
        out[tag.span.range()].fill(b' ');
        // A tag alone on its line leaves no blank line, which would part what reads on.
        if let Some(line_end) = line_end_before(text, tag.span) {
            out[line_end] = b' ';
        }
    }
    for arm in hidden {
        out[arm.range()].fill(b' ');
    }
    // Only whole characters were replaced, by ASCII.
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Where the line before ends, when the tag stands alone on its own.
fn line_end_before(text: &str, tag: Span) -> Option<usize> {
    let before = text[..tag.start as usize].trim_end_matches([' ', '\t']);
    let after = text[tag.end as usize..].trim_start_matches([' ', '\t', '\r']);
    (before.ends_with('\n') && (after.is_empty() || after.starts_with('\n'))).then(|| before.len() - 1)
}

fn between(text: &str, first: Span, second: Span) -> &str {
    &text[first.end as usize..second.start as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::covered;

    fn plain(text: &str) -> Vec<String> {
        let shown = |reading: String| {
            assert_eq!(reading.len(), text.len());
            reading.replace(PLACEHOLDER, "").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        readings(text).into_iter().flatten().map(shown).collect()
    }

    #[test]
    fn every_dialect_has_arms() {
        let conditionals = [
            "{% if a %}one{% elsif b %}two{% else %}three{% endif %}",
            "{%- case a -%}{% when 1 %}one{% when 2 %}two{% else %}three{%- endcase -%}",
            "{{#if a}}one{{else if b}}two{{else}}three{{/if}}",
            "{{if .A}}one{{else if .B}}two{{else}}three{{end}}",
            "<% if a %>one<% elsif b %>two<% else %>three<% end %>",
            "<% if (a) { %>one<% } else if (b) { %>two<% } else { %>three<% } %>",
            "*|IF:A|*one*|ELSEIF:B|*two*|ELSE:|*three*|END:IF|*",
            "{n, plural, =0 {one} one {two} other {three}}",
            "{ $n ->\n [0] one\n [one] two\n *[other] three\n }",
        ];
        for text in conditionals {
            let shown: Vec<String> = plain(text).into_iter().filter(|reading| !reading.is_empty()).collect();
            assert_eq!(shown, ["one", "two", "three"], "{text}");
        }
        assert_eq!(plain("{{#a}}one{{/a}} {{^a}}two{{/a}}"), ["one", "two"]);
    }

    #[test]
    fn each_arm_of_a_nest_is_shown_once_among_its_own() {
        let text =
            "a {% if x %}b {% if y %}c{% else %}d{% endif %}{% else %}e{% endif %} {% if z %}f{% else %}g{% endif %}";
        assert_eq!(plain(text), ["a b c f", "a b d g", "a e g"]);
    }

    #[test]
    fn what_closes_nothing_leaves_the_open_ones_open() {
        let mut open = Open::default();
        for name in ["a", "b", "b"] {
            open.push(name, Vec::new());
        }
        assert_eq!(open.close("c"), None);
        assert_eq!(open.blocks.len(), 3);
        assert_eq!(open.close("a"), Some(("a", Vec::new())));
        assert_eq!((open.blocks.len(), open.close("b")), (0, None));
    }

    #[test]
    fn what_is_not_closed_is_read_whole() {
        assert_eq!(plain("a {% if x %}b {% else %}c"), ["a b c"]);
        assert_eq!(plain("a {% endif %}b {% if x %}{% for y in z %}c{% endif %}d"), ["a b c d"]);
        assert_eq!(readings("100% sure"), None);
    }

    proptest::proptest! {
        #[test]
        fn readings_stay_in_place(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..30)) {
            let text = pieces.concat();
            let all = readings(&text);
            proptest::prop_assert_eq!(all.is_some(), covered(&text).is_some());
            for reading in all.iter().flatten() {
                proptest::prop_assert_eq!(reading.len(), text.len());
                for (read, wrote) in reading.bytes().zip(text.bytes()) {
                    proptest::prop_assert!(read == wrote || read == b' ' || read == PLACEHOLDER as u8);
                }
            }
            // Words outside the tags are read somewhere; inside a tag nowhere.
            if let (Some(covered), Some(all)) = (covered(&text), all) {
                for (at, _) in covered.match_indices("wörd") {
                    proptest::prop_assert!(all.iter().any(|reading| reading[at..].starts_with("wörd")));
                }
            }
        }
    }

    const PIECES: &[&str] = &[
        "wörd ",
        "wörd",
        "\n",
        "{% if wörd %}",
        "{% else %}",
        "{% endif %}",
        "{{#if a}}",
        "{{else}}",
        "{{/if}}",
        "{{^a}}",
        "{{/a}}",
        "{{#a}}",
        "{{ wörd }}",
        "{{",
        "}}",
        "{%",
        "%}",
        "<% if a %>",
        "<% end %>",
        "<%",
        "%>",
        "{n, plural, one {",
        "} other {",
        "{",
        "}",
        "{ $n ->",
        "\n[one] ",
        "*|IF:A|*",
        "*|ELSE:|*",
        "*|END:IF|*",
        "{#",
        "#}",
        "{% comment %}",
        "{% endcomment %}",
        "{% raw %}",
        "{% endraw %}",
        "{{{{a}}}}",
        "{{{{/a}}}}",
        "{n, plural, one {{% if x } other {b}} y %}",
        "{$n->[a]",
        "{$r->[}",
        "%s",
        "${",
        "|*",
    ];

    #[test]
    fn a_tag_alone_on_its_line_parts_nothing() {
        let text = "Please\n{% if x %}\ncall\n{% else %}\nwrite\n{% endif %}\nsoon.\n\nBye";
        for reading in readings(text).unwrap() {
            let paragraphs = crate::text::blocks(&reading, Span::new(0, reading.len()));
            assert_eq!(paragraphs.len(), 2, "{reading:?}");
        }
    }

    #[test]
    fn too_many_readings_become_one() {
        let text = format!("{{% case x %}}{}{{% endcase %}}", "{% when 1 %}you ".repeat(5_000));
        assert_eq!(readings(&text).unwrap().len(), 1);
    }
}
