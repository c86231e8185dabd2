//! The program that sends: as named by the environment or the configuration, or the first one there is.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Where sendmail lives.
const SENDMAIL: [&str; 2] = ["/usr/sbin/sendmail", "/usr/lib/sendmail"];

/// A program with its first arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// A path, or a name to look for in the `PATH`.
    pub path: OsString,
    /// What stands before the arguments of the caller.
    pub arguments: Vec<OsString>,
}

/// Why no program can be run.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum NoProgram {
    /// None is named, and none of the usual ones is there.
    #[error(
        "no program to send with is named, and neither /usr/sbin/sendmail, /usr/lib/sendmail nor msmtp is there; \
         set TONELINT_SENDMAIL, or program in [sending] of your own configuration"
    )]
    NotFound,
    /// It is tonelint.
    #[error("the program to send with, {}, is tonelint itself; name the one that sends", .0.to_string_lossy())]
    Ourselves(OsString),
}

impl Program {
    /// The program that sends: `environment` (words parted by blanks) before `configured`, else the first
    /// of the usual ones that is there and is not the program at `ourselves`. Names without a slash are
    /// looked for in `search`, a list as `PATH` is one.
    ///
    /// A named program may turn out to be missing only when it is run.
    ///
    /// # Errors
    /// When there is none, or it is the one at `ourselves`.
    pub fn choose(
        environment: Option<&str>,
        configured: Option<&[String]>,
        search: Option<&OsStr>,
        ourselves: Option<&Path>,
    ) -> Result<Self, NoProgram> {
        let ourselves = ourselves.and_then(|path| path.canonicalize().ok());
        let is_ours = |path: &Path| ourselves.is_some() && path.canonicalize().ok() == ourselves;
        let environment: Vec<OsString> = environment.unwrap_or("").split_whitespace().map(Into::into).collect();
        let words = match configured {
            _ if !environment.is_empty() => environment,
            Some(words) => words.iter().map(Into::into).collect(),
            None => Vec::new(),
        };
        if let Some((path, arguments)) = words.split_first() {
            let found = find(path, search);
            if found.is_some_and(|found| is_ours(&found)) {
                return Err(NoProgram::Ourselves(path.clone()));
            }
            return Ok(Self { path: path.clone(), arguments: arguments.to_vec() });
        }
        let usual = SENDMAIL.map(PathBuf::from).into_iter().chain(find(OsStr::new("msmtp"), search));
        let path = usual.into_iter().find(|path| path.is_file() && !is_ours(path)).ok_or(NoProgram::NotFound)?;
        Ok(Self { path: path.into(), arguments: Vec::new() })
    }
}

/// The file that a shell would run for `name`.
fn find(name: &OsStr, search: Option<&OsStr>) -> Option<PathBuf> {
    if Path::new(name).components().count() > 1 {
        return Some(name.into());
    }
    std::env::split_paths(search?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_environment_counts_before_the_configuration() {
        let configured = ["/opt/my sender".to_owned(), "-oi".to_owned()];
        let named = Program::choose(Some(" msmtp -a  work "), Some(&configured), None, None).unwrap();
        assert_eq!(named, Program { path: "msmtp".into(), arguments: vec!["-a".into(), "work".into()] });
        for blank in [None, Some(""), Some("  ")] {
            let named = Program::choose(blank, Some(&configured), None, None).unwrap();
            assert_eq!(named, Program { path: "/opt/my sender".into(), arguments: vec!["-oi".into()] });
        }
    }

    #[cfg(unix)]
    #[test]
    fn it_is_never_ourselves() {
        let folder = tempfile::tempdir().unwrap();
        let ours = folder.path().join("tonelint");
        fs::write(&ours, "").unwrap();
        let link = folder.path().join("msmtp");
        std::os::unix::fs::symlink(&ours, &link).unwrap();
        let search = Some(folder.path().as_os_str());
        for name in [ours.to_str().unwrap(), "tonelint", link.to_str().unwrap(), "msmtp"] {
            let chosen = Program::choose(None, Some(&[name.to_owned()]), search, Some(&ours));
            assert_eq!(chosen, Err(NoProgram::Ourselves(name.into())), "{name}");
        }
        let usual = Program::choose(None, None, search, Some(&ours));
        assert!(usual.as_ref().is_err() || usual.as_ref().is_ok_and(|p| p.path != link), "{usual:?}");
        let other = Program::choose(None, None, search, None).unwrap();
        assert!(Path::new(&other.path).is_file());
    }
}
