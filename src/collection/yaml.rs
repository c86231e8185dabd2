//! YAML 1.2: saphyr-parser reads it, and each text is laid beside what is written.
//!
//! Folding and indentation change white space alone, and escapes stand for a character each; so the words of a text
//! are found again one after the other, and a run of white space that is written otherwise leads to the whole run.

use super::node::{DEEPEST, Node, Pen, Reading, Scalar};
use super::{CollectionError, Format};
use crate::span::Span;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

/// Reads a file; one with several documents is a list of them.
pub(super) fn read(text: &str) -> Result<Node, CollectionError> {
    let offsets = Offsets::new(text);
    let mut documents = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    // After an error the parser would give it again and again.
    for event in Parser::new_from_str(text) {
        let (event, place) = event.map_err(|error| syntax(*error.marker(), error.info()))?;
        let node = match event {
            Event::MappingStart(..) | Event::SequenceStart(..) if open.len() == DEEPEST => {
                return Err(syntax(place.start, "values lie in one another too deep"));
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(Vec::new(), None));
                continue;
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(Open::Map(entries, _)) => Node::Map(entries),
                Some(Open::List(values)) => Node::List(values),
                None => continue,
            },
            // What it repeats is read where it is written.
            Event::Alias(_) => Node::Other,
            Event::Scalar(value, style, ..) => {
                let place = Span::new(offsets.byte(place.start.index()), offsets.byte(place.end.index()));
                let is_key = matches!(open.last(), Some(Open::Map(_, None)));
                if style == ScalarStyle::Plain && !is_key && is_no_text(&value) {
                    Node::Other
                } else {
                    Node::Text(scalar(text, place, style, &value))
                }
            }
            _ => continue,
        };
        match open.last_mut() {
            None => documents.push(node),
            Some(Open::List(values)) => values.push(node),
            Some(Open::Map(entries, name)) => match (name.take(), node) {
                (Some(name), value) => entries.push((name, value)),
                (None, Node::Text(key)) => *name = Some(key),
                // A key that is no text has no name.
                (None, _) => *name = Some(Scalar::bare(Span::default())),
            },
        }
    }
    Ok(if documents.len() > 1 { Node::List(documents) } else { documents.pop().unwrap_or(Node::Other) })
}

/// A map or list whose end is still to come; a map with the name of the value that comes next.
enum Open {
    Map(Vec<(Scalar, Node)>, Option<Scalar>),
    List(Vec<Node>),
}

fn syntax(marker: Marker, message: &str) -> CollectionError {
    CollectionError::Syntax {
        format: Format::Yaml,
        line: marker.line(),
        column: marker.col() + 1,
        message: message.to_owned(),
    }
}

/// A number, a switch or nothing (the core schema, section 10.3).
fn is_no_text(value: &str) -> bool {
    matches!(value, "" | "~" | "null" | "true" | "false") || value.parse::<f64>().is_ok()
}

/// The text `value`, which is written at `place`.
fn scalar(file: &str, place: Span, style: ScalarStyle, value: &str) -> Scalar {
    let written = place.of(file);
    if style == ScalarStyle::Plain && written == value {
        return Scalar::bare(place);
    }
    let aligned = Alignment { file, at: place.range().start, end: place.range().end, style, pen: Pen::default() };
    let reading = match aligned.run(value) {
        Some(decoded) => Reading { decoded, exact: true },
        None => {
            let mut pen = Pen::default();
            pen.unit(value, place);
            Reading { decoded: pen.decoded, exact: false }
        }
    };
    Scalar::Read(Box::new(reading))
}

/// A text laid beside what is written.
struct Alignment<'f> {
    file: &'f str,
    at: usize,
    end: usize,
    style: ScalarStyle,
    pen: Pen,
}

impl Alignment<'_> {
    /// The text with its map; `None` when it is not what is written.
    fn run(mut self, value: &str) -> Option<crate::decode::Decoded> {
        self.open();
        let mut left = value;
        while let Some(next) = left.chars().next() {
            if is_blank(next) {
                let words = left.trim_start_matches(is_blank);
                self.blanks(&left[..left.len() - words.len()]);
                left = words;
                continue;
            }
            // Blanks that are written and not read: indentation, and what stands before a line's end.
            self.skip_blanks();
            let (read, length) = self.character()?;
            if read != next {
                return None;
            }
            let place = Span::new(self.at, self.at + length);
            if length == next.len_utf8() {
                self.pen.copy(self.file, place);
            } else {
                self.pen.character(next, place);
            }
            self.at += length;
            left = &left[next.len_utf8()..];
        }
        self.skip_blanks();
        (self.at >= self.end).then_some(self.pen.decoded)
    }

    /// Goes past tag and anchor, and into the quotes.
    fn open(&mut self) {
        while matches!(self.style, ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
            && self.rest().starts_with(['!', '&'])
        {
            let word = self.rest().find(is_blank).unwrap_or(self.rest().len());
            self.at += word;
            self.at += self.rest().len() - self.rest().trim_start_matches(is_blank).len();
        }
        let quote = match self.style {
            ScalarStyle::SingleQuoted => "'",
            ScalarStyle::DoubleQuoted => "\"",
            _ => return,
        };
        if self.rest().starts_with(quote) && self.rest().len() > 1 && self.rest().ends_with(quote) {
            self.at += 1;
            self.end -= 1;
        }
    }

    fn rest(&self) -> &str {
        self.file.get(self.at..self.end).unwrap_or("")
    }

    /// The next character and the length of what stands for it.
    fn character(&self) -> Option<(char, usize)> {
        let rest = self.rest();
        match self.style {
            ScalarStyle::SingleQuoted if rest.starts_with("''") => Some(('\'', 2)),
            ScalarStyle::DoubleQuoted if rest.starts_with('\\') => escape(rest),
            _ => rest.chars().next().map(|next| (next, next.len_utf8())),
        }
    }

    /// Length of the blanks that are written next, escaped ones included.
    fn blank_length(&self) -> usize {
        let rest = self.rest();
        let mut length = 0;
        while let Some(next) = rest[length..].chars().next() {
            let escaped =
                if next == '\\' && self.style == ScalarStyle::DoubleQuoted { escape(&rest[length..]) } else { None };
            match escaped {
                Some((blank, more)) if is_blank(blank) => length += more,
                None if is_blank(next) => length += 1,
                _ => break,
            }
        }
        length
    }

    fn skip_blanks(&mut self) {
        self.at += self.blank_length();
    }

    /// Writes the blanks `read`.
    fn blanks(&mut self, read: &str) {
        let place = Span::new(self.at, self.at + self.blank_length());
        if place.of(self.file) == read {
            self.pen.copy(self.file, place);
        } else {
            self.pen.unit(read, place);
        }
        self.at = place.range().end;
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// The character that an escape stands for, and its length (section 5.7). An escaped line end is a blank.
fn escape(text: &str) -> Option<(char, usize)> {
    let coded = |digits: usize| {
        let code = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
        Some((char::from_u32(code)?, 2 + digits))
    };
    let next = text.chars().nth(1)?;
    let character = match next {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return coded(2),
        'u' => return coded(4),
        'U' => return coded(8),
        other => other,
    };
    Some((character, 1 + next.len_utf8()))
}

/// Characters → bytes: where every sixty-fourth character begins.
struct Offsets<'t> {
    text: &'t str,
    marks: Vec<usize>,
}

const EVERY: usize = 64;

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, marks: text.char_indices().step_by(EVERY).map(|(byte, _)| byte).collect() }
    }

    fn byte(&self, character: usize) -> usize {
        let Some(&mark) = self.marks.get(character / EVERY) else { return self.text.len() };
        self.text[mark..].char_indices().nth(character % EVERY).map_or(self.text.len(), |(byte, _)| mark + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(node: &Node, file: &str, into: &mut Vec<(String, Vec<String>, bool)>) {
        match node {
            Node::Map(entries) => entries.iter().for_each(|(_, value)| texts(value, file, into)),
            Node::List(values) => values.iter().for_each(|value| texts(value, file, into)),
            Node::Text(text) => {
                let Reading { decoded, exact } = text.read(file);
                let back = decoded.text.split_whitespace().map(|word| {
                    let start = word.as_ptr() as usize - decoded.text.as_ptr() as usize;
                    decoded.map.to_source(Span::new(start, start + word.len())).of(file).to_owned()
                });
                into.push((decoded.text.clone(), back.collect(), exact));
            }
            Node::Other => {}
        }
    }

    #[test]
    fn every_style_leads_back_to_its_words() {
        let file = "a: plain é\n   goes  on\n\n   here # no\nb: \"dq \\u00e9 \\\n   x\\ty\n   z\"\nc: &id !!str 'it''s\n\n  so'\n\
            d: |2-\n   lit é\n  on\n\ne: >\n  fold\n  ed\n\n  para\n    ind\nf: [*id, yes it is, 12, \"\"]\n";
        for file in [file.to_owned(), file.replace('\n', "\r\n")] {
            let mut found = Vec::new();
            texts(&read(&file).unwrap(), &file, &mut found);
            let said: Vec<&str> = found.iter().map(|(text, ..)| text.as_str()).collect();
            let expected = [
                "plain é goes  on\nhere",
                "dq é x\ty z",
                "it's\nso",
                " lit é\non",
                "fold ed\npara\n  ind\n",
                "yes it is",
                "",
            ];
            assert_eq!(said, expected);
            assert!(found.iter().all(|(_, _, exact)| *exact));
            assert_eq!(found[1].1, ["dq", "\\u00e9", "x", "y", "z"]);
            assert_eq!(found[2].1, ["it''s", "so"]);
            assert_eq!(found[4].1, ["fold", "ed", "para", "ind"]);
        }
    }

    #[test]
    fn broken_files_say_where() {
        let message = read("a: [1,\nb: \"x").unwrap_err().to_string();
        assert!(message.starts_with("no sound YAML: line 2, column"), "{message}");
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
