//! Replies in files of many lead back to the bytes that encode them, through every format's escapes.
//!
//! The encoders here note where each character went; the readers, which know nothing of that, must lead back to the
//! same places.

mod common;

use proptest::prelude::*;
use std::path::Path;
use tonelint::collection::{self, Choice, Collection, CollectionError, Words};
use tonelint::decode::Format;
use tonelint::message::Message;
use tonelint::span::Span;

/// A file that holds one text, and where in it each character of the text went.
#[derive(Debug, Default)]
struct Encoded {
    file: String,
    places: Vec<(usize, usize)>,
}

impl Encoded {
    fn unit(&mut self, unit: &str) {
        let start = self.file.len();
        self.file.push_str(unit);
        self.places.push((start, self.file.len()));
    }
}

/// A source of decisions for the encoders.
struct Dice<'a>(std::iter::Cycle<std::slice::Iter<'a, u8>>);

impl Dice<'_> {
    fn roll(&mut self, sides: u8) -> u8 {
        self.0.next().map_or(0, |n| n % sides)
    }
}

/// Escapes that JSON and YAML share; other characters as they are, or by their number.
fn escaped(c: char, dice: &mut Dice<'_>) -> String {
    let short = match c {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        '\n' => Some("\\n"),
        '\t' => Some("\\t"),
        '/' if dice.roll(2) == 0 => Some("\\/"),
        _ => None,
    };
    match short {
        Some(short) => short.to_owned(),
        None if dice.roll(4) == 0 => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        None => c.to_string(),
    }
}

fn json(text: &str, dice: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "{\"é\\n\": [1, {\"other\": \"x\", \"body\" : \"".to_owned(), places: Vec::new() };
    text.chars().for_each(|c| out.unit(&escaped(c, dice)));
    out.file.push_str("\"}]}\n");
    out
}

fn yaml_double(text: &str, dice: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "é:\n  - other: 1\n    body: &a \"".to_owned(), places: Vec::new() };
    for c in text.chars() {
        // An escaped line end, and the indentation after it, stand for nothing.
        if !c.is_whitespace() && dice.roll(6) == 0 {
            out.file.push_str("\\\n      ");
        }
        match (c, dice.roll(4)) {
            ('é', 1) => out.unit("\\xe9"),
            (c, 2) if u32::from(c) > 0xffff => out.unit(&format!("\\U{:08x}", u32::from(c))),
            (c, _) if u32::from(c) > 0xffff => out.unit(&c.to_string()),
            (c, _) => {
                let unit = escaped(c, dice);
                out.unit(&unit);
            }
        }
    }
    out.file.push_str("\"\nlast: x\n");
    out
}

fn yaml_single(text: &str, _: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "body: 'x".to_owned(), places: vec![(7, 8)] };
    for c in text.chars() {
        match c {
            '\'' => out.unit("''"),
            // A blank line in the file is a line end of the text.
            '\n' => out.unit("\n\n  "),
            c => out.unit(&c.to_string()),
        }
    }
    out.unit("x");
    out.file.push_str("'\n");
    out
}

fn yaml_literal(text: &str, _: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "other: >\n  x\nbody: |-\n    ".to_owned(), places: Vec::new() };
    out.unit("x");
    for c in text.chars() {
        match c {
            '\n' => out.unit("\n    "),
            c => out.unit(&c.to_string()),
        }
    }
    out.unit("x");
    out.file.push_str("\nlast: x\n");
    out
}

fn csv(text: &str, _: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "Other,body\r\n\"x\"\"\ny\",\"".to_owned(), places: Vec::new() };
    text.chars().for_each(|c| out.unit(&if c == '"' { "\"\"".to_owned() } else { c.to_string() }));
    out.file.push_str("\"\r\n");
    out
}

fn po(text: &str, dice: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "# é\nmsgid \"body\"\nmsgstr \"\"\n\"".to_owned(), places: Vec::new() };
    for c in text.chars() {
        if dice.roll(5) == 0 {
            out.file.push_str("\"\n  \"");
        }
        match c {
            '"' => out.unit("\\\""),
            '\\' => out.unit("\\\\"),
            '\n' => out.unit("\\n"),
            '\t' => out.unit("\\t"),
            'é' if dice.roll(2) == 0 => {
                // Bytes in numbers that follow each other are read together, so this one stands alone.
                out.file.push_str("\"\n\"");
                out.unit("\\303\\251");
                out.file.push_str("\"\n\"");
            }
            c => out.unit(&c.to_string()),
        }
    }
    out.file.push_str("\"\n");
    out
}

fn properties(text: &str, dice: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "# é \\\nother = x\\\n y\n  body : ".to_owned(), places: Vec::new() };
    for (number, c) in text.chars().enumerate() {
        if number > 0 && !c.is_whitespace() && dice.roll(6) == 0 {
            out.file.push_str("\\\n    ");
        }
        match c {
            '\\' => out.unit("\\\\"),
            '\n' => out.unit("\\n"),
            '\t' => out.unit("\\t"),
            ' ' if number == 0 => out.unit("\\ "),
            ':' | '=' if number == 0 || dice.roll(2) == 0 => out.unit(&format!("\\{c}")),
            c if !c.is_ascii() && dice.roll(2) == 0 => {
                let units = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect::<String>();
                out.unit(&units);
            }
            c => out.unit(&c.to_string()),
        }
    }
    out.file.push_str("\nlast=x\n");
    out
}

fn fluent(text: &str, _: &mut Dice<'_>) -> Encoded {
    let mut out = Encoded { file: "# é\nother = { $x }\nbody =\n    x".to_owned(), places: vec![(31, 32)] };
    for c in text.chars() {
        match c {
            '\n' => {
                out.unit("\n");
                out.file.push_str("    ");
            }
            c => out.unit(&c.to_string()),
        }
    }
    out.unit("x");
    out.file.push('\n');
    out
}

/// The words of the only text at `select`.
fn only(file: &[u8], format: Format, select: &str) -> Result<Words, TestCaseError> {
    let fail =
        |error: &dyn std::fmt::Display| TestCaseError::fail(format!("{error}: {}", String::from_utf8_lossy(file)));
    let path = select.parse().map_err(|error| fail(&error))?;
    let choice = Choice::new(None, vec![path], None, None, Some(false));
    let opened = Collection::open(Path::new("x"), file, format, Some(&choice)).map_err(|error| fail(&error))?;
    prop_assert_eq!(opened.len(), 1);
    let entry = opened.entry(0).ok_or_else(|| fail(&"no entry"))?;
    entry.bodies.into_iter().next().ok_or_else(|| fail(&"no words"))
}

/// Asserts that each stretch of the text leads to where its characters were put. Where blanks are written otherwise
/// (`blanks_as_one`), only stretches between words have a place of their own.
fn check(words: &Words, text: &str, encoded: &Encoded, shift: usize, blanks_as_one: bool) -> Result<(), TestCaseError> {
    prop_assert!(words.exact, "{}", &encoded.file);
    prop_assert_eq!(&words.decoded.text, text, "{}", &encoded.file);
    prop_assert_eq!(words.decoded.map.len(), text.len());
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let outside = |c: char| blanks_as_one && c.is_whitespace();
    for (first, &(start, one)) in characters.iter().enumerate() {
        for (last, &(end, other)) in characters.iter().enumerate().skip(first) {
            if outside(one) || outside(other) {
                continue;
            }
            let place = words.decoded.map.to_source(Span::new(start, end + other.len_utf8()));
            let expected = Span::new(encoded.places[first].0 + shift, encoded.places[last].1 + shift);
            prop_assert_eq!(place, expected, "{:?} of {}", &text[start..end + other.len_utf8()], &encoded.file);
        }
    }
    Ok(())
}

fn through(
    text: &str,
    seed: &[u8],
    encode: fn(&str, &mut Dice<'_>) -> Encoded,
    format: Format,
    select: &str,
) -> Result<(), TestCaseError> {
    let encoded = encode(text, &mut Dice(seed.iter().cycle()));
    let framed = encoded.places.len() == text.chars().count() + 2;
    let text = if framed { format!("x{text}x") } else { text.to_owned() };
    let blanks = format == Format::Yaml;
    for mark in ["", "\u{feff}"] {
        let file = format!("{mark}{}", encoded.file);
        check(&only(file.as_bytes(), format, select)?, &text, &encoded, mark.len(), blanks)?;
    }
    Ok(())
}

fn seed() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 1..40)
}

/// A text with a word in it.
fn text() -> impl Strategy<Value = String> {
    "[a-c \"'\\\\/:=#\n\téß€😀]{0,12}[a-cé😀][a-c \"'\\\\/:=#\n\téß€😀]{0,12}"
}

/// Words in lines, without blanks around a line's end: where a format folds lines, those are lost.
fn lines() -> impl Strategy<Value = String> {
    "[a-cé😀'\"\\\\]{1,4}( [a-cé#:😀'\"]{1,4}|\n[a-cé😀'\"\\\\]{1,4}){0,6}"
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn through_json(text in text(), seed in seed()) {
        through(&text, &seed, json, Format::Json, "$..body")?;
    }

    #[test]
    fn through_double_quoted_yaml(text in text(), seed in seed()) {
        through(&text, &seed, yaml_double, Format::Yaml, "$..body")?;
    }

    #[test]
    fn through_single_quoted_yaml(text in lines(), seed in seed()) {
        through(&text, &seed, yaml_single, Format::Yaml, "$..body")?;
    }

    #[test]
    fn through_literal_yaml(text in lines(), seed in seed()) {
        through(&text, &seed, yaml_literal, Format::Yaml, "$..body")?;
    }

    #[test]
    fn through_csv(text in text(), seed in seed()) {
        through(&text, &seed, csv, Format::Csv, "$..body")?;
    }

    #[test]
    fn through_gettext(text in text(), seed in seed()) {
        through(&text, &seed, po, Format::Po, "$..msgstr")?;
    }

    #[test]
    fn through_properties(text in text(), seed in seed()) {
        through(&text, &seed, properties, Format::Properties, "body")?;
    }

    #[test]
    fn through_fluent(text in lines(), seed in seed()) {
        through(&text, &seed, fluent, Format::Fluent, "body")?;
    }

    #[test]
    fn through_html_in_json(text in "[a-c&\"é😀]{1,12}", seed in seed()) {
        // The words pass two steps: the page's references, then the string's escapes.
        let mut dice = Dice(seed.iter().cycle());
        let mut encoded = Encoded { file: "{\"body\":\"<p>".to_owned(), places: Vec::new() };
        for c in text.chars() {
            if dice.roll(4) == 0 {
                encoded.file.push_str("<b class=\\\"x\\\">");
            }
            match c {
                '&' => encoded.unit("\\u0026amp;"),
                '"' => encoded.unit("&quot;"),
                'é' if dice.roll(2) == 0 => encoded.unit("&eacut\\u0065;"),
                c => encoded.unit(&escaped(c, &mut dice)),
            }
        }
        encoded.file.push_str("<\\/p>\"}");
        let choice = Choice::new(None, vec!["body".parse().expect("a path")], None, None, Some(true));
        let opened = Collection::open(Path::new("x"), encoded.file.as_bytes(), Format::Json, Some(&choice));
        let opened = opened.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let message = Message::of_entry(opened.entry(0).expect("one reply"));
        let body = &message.bodies[0];
        let words = Words {
            decoded: tonelint::decode::Decoded { text: body.text.clone(), map: body.map.clone() },
            kind: tonelint::decode::Kind::Html,
            exact: body.exact,
        };
        check(&words, &text, &encoded, 0, false)?;
    }

    #[test]
    fn hostile_files_are_read_without_a_panic(pieces in proptest::collection::vec(piece(), 0..40)) {
        let raw = pieces.concat();
        for format in FORMATS {
            let path = Path::new("locales/en.x");
            let _ = collection::recognises(path, raw.as_bytes(), format);
            let everything = Choice::new(None, vec!["$..*".parse().expect("a path")], None, None, None);
            let Ok(opened) = Collection::open(path, raw.as_bytes(), format, Some(&everything)) else { continue };
            for entry in opened.entries() {
                let message = Message::of_entry(entry);
                for passage in message.bodies.iter().chain(&message.subject) {
                    prop_assert_eq!(passage.map.len(), passage.text.len());
                    for at in 0..passage.text.len() {
                        let place = passage.map.to_source(Span::new(at, at + 1));
                        prop_assert!(place.start <= place.end && place.end as usize <= raw.len());
                    }
                }
            }
        }
    }
}

const FORMATS: [Format; 6] = [Format::Json, Format::Yaml, Format::Csv, Format::Po, Format::Properties, Format::Fluent];

/// What files of replies are made of.
fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "\\",
        "\\u00e9",
        "\\ud83d",
        "\\x4",
        "\\\n",
        ":",
        ",",
        ";",
        "\n",
        "\r\n",
        "  ",
        "\t",
        "a",
        "é",
        "😀",
        "- ",
        "key: ",
        "key = ",
        "|\n",
        ">-\n",
        "|2\n",
        "&x ",
        "*x",
        "!!str ",
        "# c",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "msgid ",
        "msgstr ",
        "msgstr[1] ",
        "msgctxt \"c\"",
        "\"a\"",
        "\\303",
        "a = ",
        "{ $x ->\n",
        " [one] b\n",
        " *[other] c\n",
        ".attr = ",
        "-term = ",
        "\u{feff}",
        "\0",
        "1",
        "<p>",
        "&amp;",
        "~",
        "#~ ",
    ])
}

#[test]
fn every_reply_of_the_fixtures_has_words_and_an_exact_place() {
    let mut replies = 0;
    for (path, raw, collection) in common::collections() {
        assert!(!collection.is_empty(), "{path}");
        for entry in collection.entries() {
            let name = entry.name.clone();
            let message = Message::of_entry(entry);
            for passage in message.bodies.iter().chain(&message.subject) {
                assert!(passage.exact && !passage.text.trim().is_empty(), "{path}: {name}");
                let whole = passage.map.to_source(Span::new(0, passage.text.len()));
                assert!(whole.end as usize <= raw.len(), "{path}: {name}");
            }
            replies += 1;
        }
    }
    assert!(replies > 20, "only {replies} replies were read");
}

/// A file of the help desks, and the names and subjects of the replies in it.
fn shape(file: &str) -> Vec<String> {
    let opened = Collection::open(Path::new("export.json"), file.as_bytes(), Format::Json, None);
    let opened = opened.unwrap_or_else(|error| panic!("{error}: {file}"));
    assert!(collection::recognises(Path::new("export.json"), file.as_bytes(), Format::Json), "{file}");
    opened
        .entries()
        .map(|entry| {
            let texts = entry.subject.iter().chain(&entry.bodies);
            let texts: Vec<String> = texts.map(|words| format!("{:?} {}", words.kind, words.decoded.text)).collect();
            format!("{}: {}", entry.name, texts.join(", "))
        })
        .collect()
}

#[test]
fn exports_are_known_by_their_shape() {
    let zendesk = r#"{"macro":{"title":"A","actions":[{"field":"comment_value","value":["channel:all","x"]},
        {"field":"subject","value":"s"},{"field":"comment_value_html","value":"<p>y"}]}}"#;
    assert_eq!(shape(zendesk), ["A: Text s, Text x, Html <p>y"]);
    let freshdesk = r#"[{"id":1,"title":"A","folder_id":"7","content":"x","content_html":"<div>x</div>"}]"#;
    assert_eq!(shape(freshdesk), ["A: Html <div>x</div>"]);
    let help_scout = r#"[{"id":1,"name":"A","text":"<p>x","chatText":"x"},{"id":2,"name":"A","chatText":"y"}]"#;
    assert_eq!(shape(help_scout), ["A: Html <p>x", "A (2): Text y"]);
    let gorgias = r#"{"data":[{"name":"A","actions":[{"name":"setSubject","arguments":{"subject":"s"}},
        {"name":"setResponseText","arguments":{"body_html":"<p>x","body_text":"x"}}]}]}"#;
    assert_eq!(shape(gorgias), ["A: Text s, Html <p>x"]);
    let intercom = r#"{"type":"list","data":[{"type":"macro","name":"A","body":"<p>x","body_text":"x"}]}"#;
    assert_eq!(shape(intercom), ["A: Html <p>x"]);
    let front = r#"{"_results":[{"id":"rsp_1","name":"A","subject":"s","body":"<p>x"}]}"#;
    assert_eq!(shape(front), ["A: Text s, Html <p>x"]);
    let github = r#"{"data":{"viewer":{"savedReplies":{"nodes":[{"title":"A","body":"*x*"}]}}}}"#;
    assert_eq!(shape(github), ["A: Markdown *x*"]);
}

#[test]
fn replies_of_one_name_are_told_apart() {
    let file =
        br#"[{"title":"A","body":"x"},{"title":"A","body":"y"},{"title":"A (2)","body":"z"},{"title":"B","body":"A"}]"#;
    let collection = Collection::open(Path::new("r.json"), file, Format::Json, None).expect("a list");
    assert_eq!(collection.names().collect::<Vec<_>>(), ["A", "A (2)", "A (2) (2)", "B"]);
    assert_eq!(collection.namesakes(0).collect::<Vec<_>>(), [1]);
    assert_eq!((collection.namesakes(1).collect::<Vec<_>>(), collection.namesakes(3).count()), (vec![2], 0));
    assert_eq!(collection.begins_at(1).map(|at| file[at..].starts_with(b"\"y")), Some(true));
}

#[test]
fn what_is_some_other_thing_is_told_from_what_is_broken() {
    let other = |path: &str, bytes: &[u8]| {
        let path = Path::new(path);
        let format = Format::named(path).expect("a format");
        Collection::open(path, bytes, format, None).expect_err("no replies").is_of_another_shape(path, bytes)
    };
    assert!(other("package.json", b"{\"name\": \"x\"}") && other("prices.csv", b"Name,Price\nA,1\n"));
    assert!(
        other("tsconfig.json", b"{\n  // strict\n  \"a\": 1\n}") && other("chart.yaml", b"a: {{ .Values.b }}\n- c\n")
    );
    assert!(other("prices.csv", b"Name,Price\n\"A,1\n"));
    assert!(other("empty.json", b" \n") && !other("notes.json", b"{\"a\" \"b\"}"));
    assert!(!other("notes.json", b"{ // ours\n \"replies\": [{\"title\": \"A\", \"body\": \"x\"}]}"));
    assert!(!other("en.json", b"{\"a\": \"b\",}") && !other("replies.csv", b"Name,Reply\n\"A,1\n"));
    assert!(!other("locales/de.yml", b"de:\n  a: \"x\n") && !other("macros.json", b"{\"a\": \"\0\"}"));
}

#[test]
fn other_files_are_not_taken_for_replies() {
    let package = br#"{"name":"x","version":"1","scripts":{"text":"y"},"actions":[],"field":1,"value":2}"#;
    assert!(!collection::recognises(Path::new("package.json"), package, Format::Json));
    assert!(!collection::recognises(Path::new("compose.yml"), b"services:\n  web:\n    image: x\n", Format::Yaml));
    assert!(collection::recognises(Path::new("mails.yml"), b"en:\n  a: b\n", Format::Yaml));
    let error = Collection::open(Path::new("package.json"), package, Format::Json, None).expect_err("no shape");
    assert!(
        matches!(error, CollectionError::Unknown { .. }) && error.to_string().contains("[[collection]]"),
        "{error}"
    );
}
