//! gettext's PO files: a list of entries with `msgctxt`, `msgid` and `msgstr`; several forms are a list.

use super::node::{Node, Pen, Scalar, Style};
use super::{CollectionError, Format};
use crate::decode::Decoded;
use crate::span::Span;

/// Reads a file. Comments and obsolete entries (`#~`) are passed over, and so is the head, whose `msgid` is empty.
pub(super) fn read(text: &str) -> Result<Node, CollectionError> {
    let mut entries = Vec::new();
    let mut entry = Entry::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let content = line.trim();
        let wrong = |message: &str| CollectionError::syntax(Format::Po, text, start, message.to_owned());
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let end = start + content.len();
        let Some(quote) = content.find('"') else { return Err(wrong("a string in quotes is missing")) };
        if !is_closed(&content[quote..]) {
            return Err(wrong("this quote is never closed"));
        }
        let place = Span::new(start + quote, end);
        let keyword = content[..quote].trim_end();
        if keyword.is_empty() {
            let last = entry.fields.last_mut().ok_or_else(|| wrong("a string that belongs to nothing"))?;
            last.place.end = place.end;
            continue;
        }
        let field = match keyword {
            "msgctxt" => Field::Context,
            "msgid" | "msgid_plural" => Field::Id,
            _ if keyword == "msgstr" || (keyword.starts_with("msgstr[") && keyword.ends_with(']')) => {
                Field::Translation
            }
            _ => return Err(wrong("expected msgctxt, msgid, msgid_plural or msgstr")),
        };
        let begins = field == Field::Context || keyword == "msgid";
        if begins && entry.translated {
            entries.extend(std::mem::take(&mut entry).node(text));
        }
        entry.translated |= field == Field::Translation;
        entry.fields.push(Part { field, place });
    }
    entries.extend(entry.node(text));
    Ok(Node::List(entries))
}

/// Whether `text` is one string in quotes and nothing after it.
fn is_closed(text: &str) -> bool {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1 == text.len(),
            _ => {}
        }
    }
    false
}

#[derive(Default)]
struct Entry {
    fields: Vec<Part>,
    /// Whether one of them is a translation: what comes then begins another entry.
    translated: bool,
}

struct Part {
    field: Field,
    /// From the first quote to the last, over several lines.
    place: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Context,
    Id,
    Translation,
}

impl Entry {
    /// The entry as a value; `None` for the head of the file.
    fn node(self, text: &str) -> Option<Node> {
        let of = |field: Field| -> Vec<Node> {
            let parts = self.fields.iter().filter(|part| part.field == field);
            parts.map(|part| Node::Text(Scalar::Written { place: part.place, style: Style::Po })).collect()
        };
        let first = self.fields.iter().find(|part| part.field == Field::Id)?;
        let in_context = self.fields.iter().any(|part| part.field == Field::Context);
        if !in_context && string(text, first.place).text.is_empty() {
            return None;
        }
        let named = [("msgctxt", of(Field::Context)), ("msgid", of(Field::Id)), ("msgstr", of(Field::Translation))];
        let entries = named.into_iter().filter_map(|(name, mut values)| {
            let value = if values.len() > 1 { Node::List(values) } else { values.pop()? };
            Some((Scalar::named(name), value))
        });
        Some(Node::Map(entries.collect()))
    }
}

/// Decodes the strings at `place`, which stand for one.
pub(super) fn string(text: &str, place: Span) -> Decoded {
    let mut pen = Pen::default();
    let (mut at, end) = (place.range().start, place.range().end);
    let mut inside = false;
    while let Some(next) = text[at..end].chars().next() {
        let length = match next {
            '"' => {
                inside = !inside;
                1
            }
            '\\' if inside => {
                let (unit, length) = escape(&text[at..end]);
                pen.unit(&unit, Span::new(at, at + length));
                length
            }
            _ => {
                if inside {
                    pen.copy(text, Span::new(at, at + next.len_utf8()));
                }
                next.len_utf8()
            }
        };
        at += length;
    }
    pen.decoded
}

/// What an escape of C stands for, and its length. Bytes in numbers that follow each other are read together: UTF-8
/// has several for a character.
fn escape(text: &str) -> (String, usize) {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some((byte, more)) = numbered(&text[length..]) {
        bytes.push(byte);
        length += more;
    }
    if length > 0 {
        return (String::from_utf8_lossy(&bytes).into_owned(), length);
    }
    let next = text[1..].chars().next().unwrap_or('\\');
    let character = match next {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'v' => '\u{b}',
        'f' => '\u{c}',
        other => other,
    };
    (character.to_string(), (1 + next.len_utf8()).min(text.len()))
}

/// The byte of an escape in octal (`\303`) or hexadecimal (`\xc3`), and its length.
fn numbered(text: &str) -> Option<(u8, usize)> {
    let rest = text.strip_prefix('\\')?;
    let (digits, radix, head) = match rest.strip_prefix('x') {
        Some(rest) => (rest, 16, 2),
        None => (rest, 8, 1),
    };
    let most = if radix == 16 { 2 } else { 3 };
    let count = digits.bytes().take(most).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let value = u32::from_str_radix(&digits[..count], radix).ok()?;
    Some((u8::try_from(value & 0xff).ok()?, head + count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_with_their_forms() {
        let file = "msgid \"\"\nmsgstr \"Language: en\\n\"\n\n# note\n#, fuzzy\nmsgctxt \"mail\"\nmsgid \"a\\\"b\"\nmsgstr \"\"\n\
            \"Hi,\\n\"\n  \"\\303\\251 there\"\n\nmsgid \"one\"\nmsgid_plural \"many\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n#~ msgid \"x\"\n";
        let Node::List(entries) = read(file).unwrap() else { panic!("a list") };
        assert_eq!(entries.len(), 2);
        let Node::Map(entry) = &entries[0] else { panic!("a map") };
        let said: Vec<String> = entry
            .iter()
            .map(|(name, value)| match value {
                Node::Text(text) => format!("{}={}", name.text(file), text.text(file)),
                _ => panic!("a text"),
            })
            .collect();
        assert_eq!(said, ["msgctxt=mail", "msgid=a\"b", "msgstr=Hi,\né there"]);
        let Node::Map(plural) = &entries[1] else { panic!("a map") };
        assert!(plural.iter().all(|(_, value)| matches!(value, Node::List(forms) if forms.len() == 2)));
    }

    #[test]
    fn broken_files_say_where() {
        let wrong = |file: &str| read(file).unwrap_err().to_string();
        assert!(wrong("msgid \"a\"\nmsgstr \"b").starts_with("no sound gettext file: line 2, column 1"));
        assert!(wrong("\"a\"").contains("belongs to nothing"));
        assert!(wrong("hello").contains("is missing"));
        assert!(wrong("msg \"x\"").contains("expected msgctxt"));
    }
}
