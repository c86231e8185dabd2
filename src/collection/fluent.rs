//! Project Fluent's `.ftl`: fluent-syntax reads it, and its pieces of text are pieces of the file.
//!
//! Placeables stand in a text as they are written. Of a choice the default stands in the text, and every other variant
//! is a text of its own, so nothing is read twice.

use super::node::{Node, Pen, Reading, Scalar};
use super::select::way;
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
            messages.add(way("", id), value, id);
        }
        for attribute in attributes {
            messages.add(way(&way("", id), &format!(".{}", attribute.id.name)), &attribute.value, attribute.id.name);
        }
    }
    Ok(Node::Map(messages.entries))
}

/// Where placeables or calls lie too deep in one another for the parser, which calls itself for each.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Of each placeable that is open, whether its variants have begun, in which quotes and parentheses are words.
    let (mut open, mut calls) = (Vec::new(), 0_usize);
    let (mut at, mut line_start) = (0, true);
    while let Some(&byte) = bytes.get(at) {
        if line_start && begins_message(&bytes[at..]) {
            // Whatever the one before left open.
            (open, calls) = (Vec::new(), 0);
        }
        let in_expression = open.last() == Some(&false);
        match byte {
            b'{' => open.push(false),
            b'}' => drop(open.pop()),
            b'(' if in_expression => calls += 1,
            b')' if in_expression => calls = calls.saturating_sub(1),
            b'"' if in_expression => at = string_end(bytes, at),
            b'-' if in_expression && bytes.get(at + 1) == Some(&b'>') => {
                open.pop();
                open.push(true);
            }
            _ => {}
        }
        if open.len() + calls > DEEPEST {
            return Some(at);
        }
        line_start = bytes.get(at) == Some(&b'\n');
        at += 1;
    }
    None
}

/// Whether `line` begins a message or a term: `name =`.
fn begins_message(line: &[u8]) -> bool {
    let name = line.strip_prefix(b"-").unwrap_or(line);
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    let blanks = name[length..].iter().take_while(|byte| **byte == b' ').count();
    name.first().is_some_and(u8::is_ascii_alphabetic) && name.get(length + blanks) == Some(&b'=')
}

/// The quote that ends the string which begins at `at`, or the end of its line.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    at += 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' | b'\n' => break,
            b'\\' if bytes.get(at + 1) != Some(&b'\n') => at += 2,
            _ => at += 1,
        }
    }
    at
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
                        let name = way(name, &format!("[{key}]"));
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

    #[test]
    fn what_lies_too_deep_is_no_fault_of_the_stack() {
        for deep in ["{", "{F(\nb,", "F(", "{F(\"}\", ", "{F(\"\\\"}\", ", "{ $n ->\n *[o] \" "] {
            let error = read(&format!("a = {{ {}", deep.repeat(50_000))).unwrap_err().to_string();
            assert!(error.contains("too deep"), "{deep}: {error}");
        }
        // Signs in words, and messages that leave something open, lie in nothing.
        assert_eq!(too_deep(&"a = { \"{\" } (:( \"\n".repeat(100)), None);
        assert_eq!(too_deep(&"a = { $n ->\n *[o] (:( \" x\n }\n { \"{{\" }\n".repeat(100)), None);
        assert_eq!(too_deep(&"-a = {{{\nb={\n".repeat(100)), None);
    }
}
