//! Project Fluent's `.ftl`: fluent-syntax reads it, and its pieces of text are pieces of the file.
//!
//! Placeables stand in a text as they are written. Of a choice the default stands in the text, and every other variant
//! is a text of its own, so nothing is read twice.

use super::node::{Node, Pen, Reading, Scalar};
use super::{CollectionError, Format};
use crate::span::Span;
use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::parser;

/// Placeables lie in one another no deeper than this.
const DEEPEST: usize = 50;

/// Reads a file.
pub(super) fn read(text: &str) -> Result<Node, CollectionError> {
    let wrong = |at, message| CollectionError::syntax(Format::Fluent, text, at, message);
    if let Some(at) = too_deep(text) {
        return Err(wrong(at, "placeables lie in one another too deep".to_owned()));
    }
    let resource = parser::parse_runtime(text).map_err(|(_, errors)| match errors.first() {
        Some(error) => wrong(error.pos.start, error.kind.to_string()),
        None => wrong(0, "it cannot be read".to_owned()),
    })?;
    let mut messages = Messages { file: text, entries: Vec::new() };
    for entry in &resource.body {
        let (id, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name, message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (term.id.name, Some(&term.value), &term.attributes),
            _ => continue,
        };
        if let Some(value) = value {
            messages.add(id.to_owned(), value, id);
        }
        for attribute in attributes {
            messages.add(format!("{id}.{}", attribute.id.name), &attribute.value, attribute.id.name);
        }
    }
    Ok(Node::Map(messages.entries))
}

/// Where placeables lie too deep in one another for the parser, which calls itself for each.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut line_start) = (0_usize, true);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            // Here a message begins, whatever the one before left open.
            b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'#' if line_start => depth = 0,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
        line_start = byte == b'\n';
    }
    None
}

struct Messages<'t> {
    file: &'t str,
    entries: Vec<(Scalar, Node)>,
}

/// A variant that is a text of its own: its name, what it says, and the key it follows.
type Other<'p, 't> = (String, &'p Pattern<&'t str>, &'t str);

impl<'t> Messages<'t> {
    /// Adds the text of `pattern`, which follows the name or key `after`, and its variants.
    fn add(&mut self, name: String, pattern: &Pattern<&'t str>, after: &'t str) {
        let mut pen = Pen::default();
        let mut others = Vec::new();
        self.write(pattern, self.place(after).range().end, &name, &mut pen, &mut others);
        let text = Scalar::Read(Box::new(Reading { decoded: pen.decoded, exact: true }));
        self.entries.push((Scalar::named(&name), Node::Text(text)));
        for (name, pattern, after) in others {
            self.add(name, pattern, after);
        }
    }

    /// Writes `pattern`, which begins after the byte `at`; gives where it ends. Variants that have no place in the
    /// text are added to `others`.
    fn write<'p>(
        &self,
        pattern: &'p Pattern<&'t str>,
        mut at: usize,
        name: &str,
        pen: &mut Pen,
        others: &mut Vec<Other<'p, 't>>,
    ) -> usize {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    let place = self.place(value);
                    pen.copy(self.file, place);
                    at = place.range().end;
                }
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    for variant in variants {
                        let key = key(variant);
                        at = self.place(key).range().end;
                        let name = format!("{name}[{key}]");
                        if variant.default {
                            at = self.write(&variant.value, at, &name, pen, others);
                        } else {
                            others.push((name, &variant.value, key));
                            at = self.end(&variant.value, at);
                        }
                    }
                    at = self.file[at..].find('}').map_or(self.file.len(), |length| at + length + 1);
                }
                PatternElement::Placeable { .. } => {
                    let place = self.placeable(at);
                    pen.copy(self.file, place);
                    at = place.range().end;
                }
            }
        }
        at
    }

    /// Where `pattern` ends, which begins after the byte `at`.
    fn end(&self, pattern: &Pattern<&'t str>, mut at: usize) -> usize {
        for element in &pattern.elements {
            at = match element {
                PatternElement::TextElement { value } => self.place(value).range().end,
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    let last =
                        variants.last().map_or(at, |last| self.end(&last.value, self.place(key(last)).range().end));
                    self.file[last..].find('}').map_or(self.file.len(), |length| last + length + 1)
                }
                PatternElement::Placeable { .. } => self.placeable(at).range().end,
            };
        }
        at
    }

    /// Where a piece of the file stands in it.
    fn place(&self, piece: &str) -> Span {
        let start = (piece.as_ptr() as usize).saturating_sub(self.file.as_ptr() as usize).min(self.file.len());
        Span::new(start, (start + piece.len()).min(self.file.len()))
    }

    /// The placeable that comes next after the byte `at`, in its braces.
    fn placeable(&self, at: usize) -> Span {
        let start = self.file[at..].find('{').map_or(self.file.len(), |length| at + length);
        let (mut depth, mut in_string, mut escaped) = (0, false, false);
        for (length, byte) in self.file[start..].bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' if !in_string => depth += 1,
                b'}' if !in_string => {
                    depth -= 1;
                    if depth == 0 {
                        return Span::new(start, start + length + 1);
                    }
                }
                _ => {}
            }
        }
        Span::new(start, self.file.len())
    }
}

fn key<'t>(variant: &Variant<&'t str>) -> &'t str {
    match variant.key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_variants_and_attributes_are_read_where_they_stand() {
        let file = "# note {\nlate = You { $who } should\n    wait { \"}\" }.\n\n      Bye\n    .label = Hint\n-brand = { $n ->\n   [one] one \"\n  *[other] { $n } many\n } now\n";
        for file in [file.to_owned(), file.replace('\n', "\r\n")] {
            let Node::Map(entries) = read(&file).unwrap() else { panic!("a map") };
            let said: Vec<String> = entries
                .iter()
                .map(|(name, value)| match value {
                    Node::Text(text) => {
                        let decoded = text.read(&file).decoded;
                        let whole = decoded.map.to_source(Span::new(0, decoded.text.len()));
                        assert!(whole.of(&file).starts_with(&decoded.text[..2]), "{whole:?}");
                        format!("{}={}", name.text(&file), decoded.text.replace('\r', ""))
                    }
                    _ => panic!("a text"),
                })
                .collect();
            let late = "late=You { $who } should\nwait { \"}\" }.\n\n  Bye";
            assert_eq!(said, [late, "late.label=Hint", "brand={ $n } many now", "brand[one]=one \""]);
        }
    }

    #[test]
    fn broken_files_say_where() {
        let message = read("a = b\nc = {\n").unwrap_err().to_string();
        assert!(message.starts_with("no sound Fluent file: line"), "{message}");
        assert!(read(&format!("a = {}", "{".repeat(100_000))).is_err());
    }
}
