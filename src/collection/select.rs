//! Paths that name values of a file: a small part of JSONPath (RFC 9535).
//!
//! | written | names |
//! | --- | --- |
//! | `$` | the whole file |
//! | `.body`, `['Reply text']` | the value of that name |
//! | `.*`, `[*]` | every value of a list or a map |
//! | `[1]` | the second value of a list |
//! | `..body` | every value of that name, however deep; `..*` is every value |
//! | `[?field=comment_value*]` | the values of a list whose `field` says so; `*` stands for anything |
//!
//! A path that does not begin with `$` is a name at the top: `Reply text` is `$['Reply text']`.

use super::node::Node;
use std::fmt::{self, Display};
use std::str::FromStr;

/// A path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    written: String,
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Any,
    Place(usize),
    /// This value and all below it.
    Deep,
    Says {
        name: String,
        pattern: String,
    },
}

/// Why a path cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` is no path: {reason} at character {at}; write it like $.macros[*].body, $..body or $['Reply text']")]
pub struct PathError {
    path: String,
    reason: &'static str,
    /// One-based.
    at: usize,
}

/// A value that a path names, and how it is reached.
pub(super) struct Found<'n> {
    pub(super) node: &'n Node,
    /// `macros[2].body`: the names and places on the way.
    pub(super) trail: String,
}

impl Path {
    /// The values it names in `root`, in the order of the file.
    pub(super) fn select<'n>(&self, root: &'n Node, file: &str) -> Vec<Found<'n>> {
        let mut found = vec![Found { node: root, trail: String::new() }];
        for step in &self.steps {
            let mut next = Vec::new();
            for value in found {
                step.take(value, file, &mut next);
            }
            found = next;
        }
        found
    }
}

impl Step {
    fn take<'n>(&self, from: Found<'n>, file: &str, into: &mut Vec<Found<'n>>) {
        match self {
            Self::Name(wanted) => children(&from, file, |name, child| {
                if name == Some(wanted) {
                    into.push(child);
                }
            }),
            Self::Any => children(&from, file, |_, child| into.push(child)),
            Self::Place(place) => {
                if let Node::List(values) = from.node
                    && let Some(node) = values.get(*place)
                {
                    into.push(Found { node, trail: way(&from.trail, &format!("[{place}]")) });
                }
            }
            Self::Says { name, pattern } => children(&from, file, |_, child| {
                let Node::Map(entries) = child.node else { return };
                let says = |(key, value): &(super::node::Scalar, Node)| match value {
                    Node::Text(text) => key.text(file) == *name && fits(pattern, &text.text(file)),
                    _ => false,
                };
                if entries.iter().any(says) {
                    into.push(child);
                }
            }),
            Self::Deep => {
                // Values lie no deeper than a file may go, so neither does this.
                children(&from, file, |_, child| self.take(child, file, into));
                into.push(from);
            }
        }
    }
}

/// Calls `visit` with every value of a list or a map, and its name.
fn children<'n>(from: &Found<'n>, file: &str, mut visit: impl FnMut(Option<&str>, Found<'n>)) {
    match from.node {
        Node::Map(entries) => {
            for (key, node) in entries {
                let name = key.text(file);
                let dot = if from.trail.is_empty() { "" } else { "." };
                visit(Some(&name), Found { node, trail: way(&from.trail, &format!("{dot}{name}")) });
            }
        }
        Node::List(values) => {
            for (place, node) in values.iter().enumerate() {
                visit(None, Found { node, trail: way(&from.trail, &format!("[{place}]")) });
            }
        }
        Node::Text(_) | Node::Other => {}
    }
}

/// Longest way told, in bytes. Names are the file's, and stand in the way of every value below them.
const LONGEST: usize = 400;

/// The way `trail` and a `step` more; of a long one the end.
pub(super) fn way(trail: &str, step: &str) -> String {
    if trail.len() + step.len() <= LONGEST {
        return format!("{trail}{step}");
    }
    let step = &step[step.ceil_char_boundary(step.len().saturating_sub(LONGEST))..];
    let trail = &trail[trail.ceil_char_boundary(trail.len().saturating_sub(LONGEST - step.len()))..];
    format!("…{trail}{step}")
}

/// Whether `text` is `pattern`, in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return left.ends_with(part);
        }
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    true
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(written: &str) -> Result<Self, PathError> {
        let Some(mut rest) = written.strip_prefix('$') else {
            let named = !written.trim().is_empty();
            let steps = vec![Step::Name(written.to_owned())];
            let empty = || PathError { path: written.to_owned(), reason: "nothing is named", at: 1 };
            return named.then(|| Self { written: written.to_owned(), steps }).ok_or_else(empty);
        };
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let at = written[..written.len() - rest.len()].chars().count() + 1;
            let wrong = |reason| PathError { path: written.to_owned(), reason, at };
            if let Some(after) = rest.strip_prefix("..") {
                steps.push(Step::Deep);
                rest = after;
                if rest.starts_with('[') {
                    continue;
                }
            } else if let Some(after) = rest.strip_prefix('.') {
                rest = after;
            } else if let Some(after) = rest.strip_prefix('[') {
                let (step, left) = bracket(after).map_err(wrong)?;
                steps.push(step);
                rest = left;
                continue;
            } else {
                return Err(wrong("expected `.` or `[`"));
            }
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let name = &rest[..end];
            match name {
                "" => return Err(wrong("a name is missing")),
                "*" => steps.push(Step::Any),
                _ => steps.push(Step::Name(name.to_owned())),
            }
            rest = &rest[end..];
        }
        Ok(Self { written: written.to_owned(), steps })
    }
}

/// A step in brackets, after the first of them, and what follows it.
fn bracket(text: &str) -> Result<(Step, &str), &'static str> {
    for quote in ['\'', '"'] {
        if let Some(name) = text.strip_prefix(quote) {
            let close = format!("{quote}]");
            let (name, rest) = name.split_once(&close).ok_or("a quote and `]` are missing")?;
            return Ok((Step::Name(name.to_owned()), rest));
        }
    }
    let (inside, rest) = text.split_once(']').ok_or("`]` is missing")?;
    if inside == "*" {
        return Ok((Step::Any, rest));
    }
    if let Some(test) = inside.strip_prefix('?') {
        let (name, pattern) = test.split_once('=').ok_or("a test is [?name=value]")?;
        if name.contains(['@', '(', ' ', '!', '<', '>']) || pattern.starts_with('=') {
            return Err("a test is [?name=value], without `@`, `==` and blanks");
        }
        return Ok((Step::Says { name: name.to_owned(), pattern: pattern.to_owned() }, rest));
    }
    match inside.parse() {
        Ok(place) => Ok((Step::Place(place), rest)),
        Err(_) => Err("in brackets stand a number, `*`, ?name=value or 'a name in quotes'"),
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    const FILE: &str = r#"{"macros":[{"title":"One","actions":[{"field":"status","value":"open"},
        {"field":"comment_value","value":["channel:all","Hello"]},{"field":"comment_value_html","value":"<p>Hi"}]}],
        "a b":{"body":"deep"},"body":"top"}"#;

    fn select(path: &str) -> Vec<String> {
        let root = json::read(FILE).unwrap();
        let path: Path = path.parse().unwrap();
        let said = |found: Found<'_>| match found.node {
            Node::Text(text) => format!("{}={}", found.trail, text.text(FILE)),
            _ => found.trail,
        };
        path.select(&root, FILE).into_iter().map(said).collect()
    }

    #[test]
    fn paths_name_values() {
        assert_eq!(select("$.macros[*].title"), ["macros[0].title=One"]);
        assert_eq!(select("$.macros[*].actions[?field=comment*].value[1]"), ["macros[0].actions[1].value[1]=Hello"]);
        assert_eq!(select("$.macros[0].actions[?field=comment_value_html].value").len(), 1);
        assert_eq!(select("$..body"), ["a b.body=deep", "body=top"]);
        assert_eq!(select("$['a b'].body"), ["a b.body=deep"]);
        assert_eq!(select("body"), ["body=top"]);
        assert_eq!(select("$.nothing[*]"), [""; 0]);
    }

    #[test]
    fn a_long_name_is_not_told_of_every_value_below_it() {
        assert_eq!(way("a", ".b"), "a.b");
        let long = way(&"é".repeat(LONGEST), ".b");
        assert!(long.starts_with("…é") && long.ends_with("é.b") && long.len() <= LONGEST + 3, "{long}");
        let long = way("a", &"é".repeat(LONGEST));
        assert!(long.starts_with("…é") && long.len() <= LONGEST + 3, "{long}");
    }

    #[test]
    fn wrong_paths_say_what_is_wrong() {
        let wrong = |path: &str| path.parse::<Path>().unwrap_err().to_string();
        assert!(wrong("$.a[").contains("`]` is missing at character 4"));
        assert!(wrong("$a").contains("expected `.` or `[`"));
        assert!(wrong("$.a..").contains("a name is missing"));
        assert!(wrong("$[?(@.field=='x')]").contains("[?name=value]"));
        assert!(wrong("").contains("nothing is named"));
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(fits("comment*", "comment_value") && fits("*_value", "comment_value") && fits("a*b*c", "aXbYbc"));
        assert!(!fits("comment*", "my_comment") && !fits("a*b*c", "ac") && !fits("a", "ab"));
    }
}
