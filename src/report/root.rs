//! Paths as machines look for them: from the top of the repository.

use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// Where paths lead from, and where they are looked for.
#[derive(Clone, Debug, Default)]
pub struct Root {
    here: PathBuf,
    top: PathBuf,
}

impl Root {
    /// Paths lead from the folder `here`, and are looked for from the folder `top` above it. Both are absolute;
    /// by default both are nowhere, and relative paths stay as they are.
    #[must_use]
    pub fn new(here: PathBuf, top: PathBuf) -> Self {
        Self { here, top }
    }

    /// `path` from the top, with `/` between its parts; absolute when it lies elsewhere.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        let whole = self.whole(path);
        slashed(whole.strip_prefix(&self.top).unwrap_or(&whole))
    }

    /// `path` from the top as a relative URI reference (RFC 3986); a `file:` URI when it lies elsewhere.
    #[must_use]
    pub fn uri(&self, path: &str) -> String {
        let path = self.path(path);
        let encoded = percent_encoded(&path);
        match encoded.strip_prefix('/') {
            Some(absolute) => format!("file:///{absolute}"),
            None if Path::new(&path).is_absolute() => format!("file:///{encoded}"),
            None => encoded,
        }
    }

    /// `path` without `.` and `..`, taken as it is written: links are not followed.
    fn whole(&self, path: &str) -> PathBuf {
        let mut whole = PathBuf::new();
        for part in self.here.join(path).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if matches!(whole.components().next_back(), Some(Component::Normal(_))) => {
                    whole.pop();
                }
                part => whole.push(part),
            }
        }
        whole
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().filter(|part| *part != Component::RootDir).collect();
    let parts: Vec<_> = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect();
    let root =
        if path.has_root() && !path.components().any(|part| matches!(part, Component::Prefix(_))) { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// Everything but unreserved characters and `/` as `%41`.
fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte.into()),
            byte => write!(out, "%{byte:02X}").unwrap_or_default(),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_top() {
        let root = Root::new("/work/shop/mails".into(), "/work/shop".into());
        assert_eq!(root.path("./late.md"), "mails/late.md");
        assert_eq!(root.path("../a/../b.md"), "b.md");
        assert_eq!(root.path("/work/shop/c.md"), "c.md");
        assert_eq!(root.path("/tmp/d.md"), "/tmp/d.md");
        assert_eq!(Root::default().path("./a/b.md"), "a/b.md");
        assert_eq!(Root::default().path("../b.md"), "../b.md");
    }

    #[test]
    fn uris_are_relative_and_encoded() {
        let root = Root::default();
        assert_eq!(root.uri("a b/ü#1%?.md"), "a%20b/%C3%BC%231%25%3F.md");
        assert_eq!(root.uri("c:d.md"), "c%3Ad.md");
        assert_eq!(root.uri("/tmp/d e.md"), "file:///tmp/d%20e.md");
    }
}
