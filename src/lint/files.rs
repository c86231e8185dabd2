//! Files as a configuration names them: by a glob, from its own folder.

use globset::{Error, Glob, GlobBuilder, GlobMatcher};
use std::path::{Component, Path, PathBuf, absolute};

/// The files that a glob of a configuration means.
#[derive(Clone, Debug)]
pub struct Files {
    glob: GlobMatcher,
    folder: PathBuf,
}

impl Files {
    /// The files that match `glob`, told from `folder`, where the configuration lies.
    ///
    /// # Errors
    /// When the glob cannot be read.
    pub fn new(glob: &str, folder: &Path) -> Result<Self, Error> {
        Ok(Self { glob: Glob::new(glob)?.compile_matcher(), folder: folder.to_owned() })
    }

    /// As [`new`](Self::new), but `*` does not lead into other folders; `**` does.
    ///
    /// # Errors
    /// When the glob cannot be read.
    pub fn by_folder(glob: &str, folder: &Path) -> Result<Self, Error> {
        let glob = GlobBuilder::new(glob).literal_separator(true).build()?;
        Ok(Self { glob: glob.compile_matcher(), folder: folder.to_owned() })
    }

    /// Whether the file at `path` is one of them: as it is told from the folder, or as it is named.
    ///
    /// The second is for a user's own configuration, which lies where no reply does.
    #[must_use]
    pub fn contain(&self, path: &Path) -> bool {
        self.glob.is_match(path) || self.glob.is_match(from_folder(&self.folder, path))
    }

    /// The glob, as written.
    #[must_use]
    pub fn glob(&self) -> &str {
        self.glob.glob().glob()
    }
}

/// `file` as it is told from `folder`, with `/` on every system.
///
/// Works on the names alone: a link is told as it is named, wherever it leads.
#[must_use]
pub fn from_folder(folder: &Path, file: &Path) -> String {
    let folder = plain(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let file = plain(file);
    let shared = folder.iter().zip(&file).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".into(), folder.len() - shared);
    let names: Vec<String> = up.chain(file.into_iter().skip(shared)).collect();
    names.join("/")
}

/// The names on the way to `path` from the root, without `.` and `..`.
fn plain(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for component in absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::CurDir | Component::RootDir => {}
            Component::ParentDir => drop(names.pop()),
            Component::Prefix(_) | Component::Normal(_) => {
                names.push(component.as_os_str().to_string_lossy().into_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_from_a_folder() {
        let name = |folder: &str, file: &str| from_folder(Path::new(folder), Path::new(file));
        assert_eq!(name("", "replies/late.md"), "replies/late.md");
        assert_eq!(name("../shop", "../shop/./a/../late.md"), "late.md");
        assert_eq!(name("shop/tone", "shop/replies/late.md"), "../replies/late.md");
        let here = std::env::current_dir().unwrap();
        assert_eq!(name("", here.join("late.md").to_str().unwrap()), "late.md");
    }

    #[test]
    fn a_glob_means_the_same_files_from_every_folder() {
        let legal = Files::new("legal/**", Path::new("../shop")).unwrap();
        assert!(legal.contain(Path::new("../shop/legal/en/terms.md")));
        assert!(!legal.contain(Path::new("../shop/replies/legal.md")));
        assert!(Files::new("*.md", Path::new("/home/ola/.config/tonelint")).unwrap().contain(Path::new("a.md")));
    }
}
