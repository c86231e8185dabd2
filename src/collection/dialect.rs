//! Files that go by the name of a format and are in a dialect of it that no replies are kept in.

use super::{Format, json, preset, recognises};
use crate::decode::charset;
use std::path::Path;

/// Whether the file at `path`, which is no sound `format`, is some other thing and not a broken file of replies.
pub(super) fn is_another(path: &Path, bytes: &[u8], format: Format) -> bool {
    let Ok(found) = charset::detect(bytes) else { return false };
    let text = &*found.decoded.text;
    if recognises(path, bytes, format) {
        return false;
    }
    text.trim().is_empty()
        || match format {
            // The settings of editors and compilers.
            Format::Json => {
                let plain = without_comments(text);
                json::read(&plain).is_ok_and(|root| preset::recognise(path, &plain, &root, format, false).is_none())
            }
            // What tools make YAML of.
            Format::Yaml => text.contains("{{") || text.contains("{%"),
            Format::Csv => !preset::may_list(text),
            Format::Po | Format::Properties | Format::Fluent => false,
        }
}

/// JSON without its comments, and without commas behind the last of a list: each is blank.
fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // A comma that nothing but blanks and comments has followed.
    let mut comma = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '"' => string(rest),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => c.len_utf8(),
        };
        if c == '/' && len > 1 {
            plain.push(' ');
        } else {
            match (c, comma) {
                ('}' | ']', Some(comma)) => plain.replace_range(comma..=comma, " "),
                (',', _) => comma = Some(plain.len()),
                _ => {}
            }
            if !c.is_whitespace() && c != ',' {
                comma = None;
            }
            plain.push_str(&rest[..len]);
        }
        rest = &rest[len..];
    }
    plain
}

/// The length of the string that `text` begins with.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return at + 1,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_commas_too_many_are_blank() {
        let text = "{ // é\n \"a\": [1, 2, /* x */ ], \"b//\": \"\\\",}\", }";
        assert_eq!(without_comments(text), "{  \n \"a\": [1, 2    ], \"b//\": \"\\\",}\"  }");
        assert_eq!(without_comments("/* a"), " ");
    }
}
