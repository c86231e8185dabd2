//! The arrows between the rooms of the house run one way, and only the command line prints or exits.

mod common;

use std::path::Path;

/// Each room and the rooms it may use, which all stand above it.
const ROOMS: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("bounded", &[]),
    ("decode", &["span"]),
    ("text", &["span"]),
    ("collection", &["span", "decode"]),
    ("template", &["span", "text"]),
    ("source", &["bounded", "decode", "collection"]),
    ("message", &["span", "decode", "text", "template", "collection"]),
    ("rules", &["span", "bounded", "text"]),
    ("lint", &["span", "text", "template", "message", "rules"]),
    ("drafts", &["span", "bounded", "decode", "text", "message", "rules", "lint"]),
    ("state", &["bounded"]),
    ("advice", &["span", "decode", "text", "message", "rules", "lint", "drafts"]),
    ("config", &["bounded", "collection", "rules", "lint", "advice"]),
    ("report", &["span", "decode", "message", "rules", "lint", "drafts", "advice"]),
    ("sending", &["bounded", "message", "rules", "lint", "config", "state", "advice", "report"]),
];

/// The modules that belong to the binary.
const COMMAND_LINE: [&str; 2] = ["cli", "main"];

/// A source file: its module path (`["rules", "matcher"]`) and its code without comments and tests.
struct Source {
    module: Vec<String>,
    code: String,
}

impl Source {
    fn read(path: &Path) -> Self {
        let inside = path.strip_prefix(common::root().join("src")).expect("it lies in src").with_extension("");
        let mut module: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        module.pop_if(|last| last == "mod");
        let text = common::text(path);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Self { module, code }
    }

    fn room(&self) -> &str {
        &self.module[0]
    }

    /// The first two segments after `crate` of every path in the code, `super::…` resolved.
    fn paths(&self) -> Vec<String> {
        let of_crate = after(&self.code, "crate::").map(first_name);
        // A file's own module is the first that `super` leaves.
        let of_super = after(&self.code, "super::").filter_map(|rest| {
            let more = rest.split("super::").take_while(|piece| piece.is_empty()).count();
            (more + 1 == self.module.len()).then(|| first_name(&rest["super::".len() * more..]))
        });
        of_crate.chain(of_super).map(str::to_owned).collect()
    }
}

/// What follows each `start`, which does not itself follow a path.
fn after<'c>(code: &'c str, start: &'c str) -> impl Iterator<Item = &'c str> {
    let begins = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '$'));
    code.match_indices(start).filter(move |&(at, _)| begins(at)).map(move |(at, _)| &code[at + start.len()..])
}

fn first_name(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn sources() -> Vec<Source> {
    let files = common::files("src", &["rs"]);
    let library = files.iter().filter(|path| !path.ends_with("tests.rs") && !path.ends_with("lib.rs"));
    library.map(|path| Source::read(path)).collect()
}

#[test]
fn the_table_has_no_circle() {
    for (number, (room, may_use)) in ROOMS.iter().enumerate() {
        for used in *may_use {
            let above = ROOMS[..number].iter().any(|(other, _)| other == used);
            assert!(above, "`{room}` may use `{used}`, which stands below it");
        }
    }
}

#[test]
fn arrows_run_one_way() {
    let mut arrows = 0;
    for source in sources() {
        let room = source.room();
        if COMMAND_LINE.contains(&room) {
            continue;
        }
        let row = ROOMS.iter().find(|(name, _)| *name == room);
        let (_, may_use) = row.unwrap_or_else(|| panic!("src/{room} has no row in the table of tests/architecture.rs"));
        for used in source.paths() {
            let allowed = used == room || may_use.contains(&&*used);
            assert!(allowed, "{} uses `{used}`, and may use {may_use:?} alone", source.module.join("::"));
            arrows += usize::from(used != room);
        }
    }
    assert!(arrows > 30, "only {arrows} arrows were seen");
}

#[test]
fn only_the_command_line_prints_or_exits() {
    for source in sources() {
        for word in ["println!", "print!", "dbg!", "process::exit", "process::ExitCode", "io::stdout", "io::stderr"] {
            let there = source.code.contains(word);
            assert!(!there || COMMAND_LINE.contains(&source.room()), "{} says {word}", source.module.join("::"));
        }
    }
}

#[test]
fn a_path_is_followed_to_its_room() {
    let code =
        "use crate::span::Span;\n    super::super::lint::x(); super::y(); self.mycrate::z; super::super::super::w";
    let source = Source { module: vec!["rules".into(), "compile".into()], code: code.into() };
    assert_eq!(source.paths(), ["span", "lint"]);
}
