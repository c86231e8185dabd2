//! CSV (RFC 4180): a list of rows, each a map by the names in the head line.
//!
//! Read by a walk of our own, as readers of CSV tell where a record is and not where its fields are. The separator is
//! a comma, a semicolon or a tab, whichever the head line has most of.

use super::node::{Node, Pen, Scalar, Style};
use super::{CollectionError, Format};
use crate::decode::Decoded;
use crate::span::Span;

/// Reads a file.
pub(super) fn read(text: &str) -> Result<Node, CollectionError> {
    let head = text.lines().next().unwrap_or("");
    let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let mut walk = Walk { text, at: 0, separator };
    let names = walk.record()?.unwrap_or_default();
    let mut rows = Vec::new();
    while let Some(fields) = walk.record()? {
        if fields.len() > names.len() {
            let message =
                format!("{} fields, and the head line names {}; is a quote missing?", fields.len(), names.len());
            return Err(CollectionError::syntax(Format::Csv, text, fields[0].start() as usize, message));
        }
        rows.push(Node::Map(names.iter().cloned().zip(fields.into_iter().map(Node::Text)).collect()));
    }
    Ok(Node::List(rows))
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
}

impl Walk<'_> {
    /// The fields of the next record; blank lines are none.
    fn record(&mut self) -> Result<Option<Vec<Scalar>>, CollectionError> {
        let bytes = self.text.as_bytes();
        self.at += bytes[self.at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if self.at == bytes.len() {
            return Ok(None);
        }
        let mut fields = vec![self.field()?];
        while bytes.get(self.at) == Some(&self.separator) {
            self.at += 1;
            fields.push(self.field()?);
        }
        Ok(Some(fields))
    }

    fn field(&mut self) -> Result<Scalar, CollectionError> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        let wrong = |at, message: &str| CollectionError::syntax(Format::Csv, self.text, at, message.to_owned());
        if bytes.get(start) != Some(&b'"') {
            let ends = |byte: &u8| *byte == self.separator || matches!(byte, b'\r' | b'\n');
            self.at = bytes[start..].iter().position(ends).map_or(bytes.len(), |length| start + length);
            return Ok(Scalar::bare(Span::new(start, self.at)));
        }
        let mut at = start + 1;
        loop {
            at += memchr::memchr(b'"', &bytes[at..]).ok_or_else(|| wrong(start, "this quote is never closed"))? + 1;
            if bytes.get(at) != Some(&b'"') {
                break;
            }
            at += 1;
        }
        match bytes.get(at) {
            None | Some(b'\r' | b'\n') => {}
            Some(byte) if *byte == self.separator => {}
            Some(_) => return Err(wrong(at, "a quoted field goes on after its quote; double the quotes in it")),
        }
        self.at = at;
        Ok(Scalar::Written { place: Span::new(start, at), style: Style::Csv })
    }
}

/// Decodes the quoted field at `place`.
pub(super) fn field(text: &str, place: Span) -> Decoded {
    let mut pen = Pen::default();
    let end = place.range().end - 1;
    let mut at = place.range().start + 1;
    while at < end {
        match memchr::memchr(b'"', &text.as_bytes()[at..end]) {
            Some(length) => {
                pen.copy(text, Span::new(at, at + length));
                at += length + 2;
                pen.unit("\"", Span::new(at - 2, at));
            }
            None => {
                pen.copy(text, Span::new(at, end));
                at = end;
            }
        }
    }
    pen.decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_maps_by_the_head_line() {
        let file = "Name;\"Re\"\"ply\"\r\nlate;\"say \"\"hi\"\",\r\nAnna\"\r\n\r\nshort\r\n";
        let Node::List(rows) = read(file).unwrap() else { panic!("a list") };
        let said = |node: &Node| match node {
            Node::Map(entries) => entries
                .iter()
                .map(|(key, value)| match value {
                    Node::Text(text) => format!("{}={}", key.text(file), text.text(file)),
                    _ => panic!("fields are texts"),
                })
                .collect::<Vec<_>>(),
            _ => panic!("rows are maps"),
        };
        assert_eq!(said(&rows[0]), ["Name=late", "Re\"ply=say \"hi\",\r\nAnna"]);
        assert_eq!(said(&rows[1]), ["Name=short"]);
    }

    #[test]
    fn broken_files_say_where() {
        let wrong = |file: &str| read(file).unwrap_err().to_string();
        assert!(wrong("a,b\n1,\"x\ny").starts_with("no sound CSV: line 2, column 3: this quote is never closed"));
        assert!(wrong("a,b\n1,2,3").contains("line 2, column 1: 3 fields"));
        assert!(wrong("a\n\"x\"y").contains("goes on after its quote"));
    }
}
