//! What a repository holds: folders of replies, hook managers, CI.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use tonelint::collection::Format;

/// Words in the names of folders that hold replies.
const REPLIES: &[&str] = &[
    "reply",
    "replies",
    "response",
    "responses",
    "canned",
    "macro",
    "macros",
    "template",
    "templates",
    "mail",
    "mails",
    "email",
    "emails",
    "letter",
    "letters",
    "message",
    "messages",
    "snippet",
    "snippets",
    "answer",
    "answers",
    "outbox",
];
/// Words in the names of folders that hold what tests need.
const TESTS: &[&str] = &["test", "tests", "fixture", "fixtures", "spec", "specs", "testdata"];
/// Words in the names of folders whose texts are bound to their wording.
const LEGAL: &[&str] = &["legal", "terms", "contract", "contracts", "privacy", "compliance"];

/// What is there.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Folders that seem to hold replies, with how many files each.
    pub replies: BTreeMap<String, usize>,
    /// Folders in them whose texts are bound to their wording.
    pub legal: Vec<String>,
    /// Files of known types elsewhere.
    pub others: usize,
    /// Files of many replies elsewhere: exports of a help desk, texts of an application.
    pub collections: Vec<String>,
    /// What runs before a commit.
    pub hooks: Option<Hooks>,
    /// What runs on a server.
    pub ci: Option<Ci>,
}

/// What runs before a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hooks {
    /// pre-commit or prek, by `.pre-commit-config.yaml`.
    PreCommit,
    /// lefthook.
    Lefthook,
    /// husky.
    Husky,
    /// None of them, in a repository of git.
    Git,
}

/// What runs on a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions.
    GitHub,
    /// GitLab's.
    GitLab,
    /// Another one.
    Other,
}

impl Survey {
    /// Looks at `folder` and at the files of known types in it, which are told from it.
    pub fn of<'f>(folder: &Path, files: impl Iterator<Item = &'f Path>) -> Self {
        let mut survey = Self { hooks: hooks(folder), ci: ci(folder), ..Self::default() };
        for file in files {
            let Some(home) = home(file) else {
                match Format::named(file) {
                    Some(_) => survey.collections.push(slashed(file)),
                    None => survey.others += 1,
                }
                continue;
            };
            *survey.replies.entry(slashed(&home)).or_default() += 1;
            let legal = file.parent().and_then(|inside| inside.ancestors().find(|folder| is_called(folder, LEGAL)));
            if let Some(legal) = legal.map(slashed).filter(|legal| !survey.legal.contains(legal)) {
                survey.legal.push(legal);
            }
        }
        let folders: Vec<String> = survey.replies.keys().cloned().collect();
        for folder in folders {
            survey.join(&folder);
        }
        survey
    }

    /// Whether `file` lies in a folder that seems to hold replies.
    pub fn holds(&self, file: &Path) -> bool {
        file.ancestors().any(|folder| self.replies.contains_key(&slashed(folder)))
    }

    /// Counts `folder` with a folder of replies that it lies in.
    fn join(&mut self, folder: &str) {
        let outer = folder.match_indices('/').map(|(end, _)| &folder[..end]);
        if let Some(outer) = outer.into_iter().find(|outer| self.replies.contains_key(*outer)) {
            let files = self.replies.remove(folder).unwrap_or_default();
            *self.replies.entry(outer.to_owned()).or_default() += files;
        }
    }
}

/// The folder of replies that `file` lies in: the first on the way that is called so, or any that holds a mail.
fn home(file: &Path) -> Option<PathBuf> {
    let folder = file.parent()?;
    let mut folders: Vec<&Path> = folder.ancestors().filter(|f| !f.as_os_str().is_empty()).collect();
    if folders.iter().any(|folder| is_called(folder, TESTS)) {
        return None;
    }
    folders.reverse();
    let named = folders.iter().find(|folder| is_called(folder, REPLIES));
    let mail = || folders.last().filter(|_| file.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("eml")));
    named.or_else(mail).map(|folder| folder.to_path_buf())
}

fn is_called(folder: &Path, words: &[&str]) -> bool {
    let name = folder.file_name().map_or(String::new(), |name| name.to_string_lossy().to_lowercase());
    name.split(|c: char| !c.is_alphanumeric()).any(|part| words.contains(&part))
}

fn slashed(path: &Path) -> String {
    let names = path.components().filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir));
    names.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

fn hooks(folder: &Path) -> Option<Hooks> {
    let there = |name: &str| folder.join(name).exists();
    if there(".pre-commit-config.yaml") {
        Some(Hooks::PreCommit)
    } else if ["lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml"].into_iter().any(there) {
        Some(Hooks::Lefthook)
    } else if there(".husky") {
        Some(Hooks::Husky)
    } else {
        there(".git").then_some(Hooks::Git)
    }
}

fn ci(folder: &Path) -> Option<Ci> {
    let there = |name: &str| folder.join(name).exists();
    if fs::read_dir(folder.join(".github/workflows")).is_ok_and(|mut files| files.next().is_some()) {
        Some(Ci::GitHub)
    } else if there(".gitlab-ci.yml") {
        Some(Ci::GitLab)
    } else {
        let others = [".circleci", "azure-pipelines.yml", "bitbucket-pipelines.yml", "Jenkinsfile", ".woodpecker.yml"];
        others.into_iter().any(there).then_some(Ci::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_replies_are_known_by_their_names_and_mails() {
        let files = [
            "README.md",
            "docs/mailing.md",
            "support/canned-replies/late.md",
            "support/canned-replies/legal/terms.html",
            "outgoing/2/offer.eml",
            "outgoing/2/sent/offer.eml",
            "tests/replies/odd.md",
            "exports/zendesk.json",
        ];
        let survey = Survey::of(Path::new("/nowhere"), files.iter().map(Path::new));
        let replies = [("outgoing/2".to_owned(), 2), ("support/canned-replies".to_owned(), 2)];
        assert_eq!(survey.replies, BTreeMap::from(replies));
        assert_eq!(survey.legal, ["support/canned-replies/legal"]);
        assert_eq!(survey.collections, ["exports/zendesk.json"]);
        assert_eq!((survey.others, survey.hooks, survey.ci), (3, None, None));
        let held = files.map(|file| survey.holds(Path::new(file)));
        assert_eq!(held, [false, false, true, true, true, true, false, false]);
    }

    #[test]
    fn what_runs_is_known_by_its_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        assert_eq!(hooks(folder.path()), Some(Hooks::Git));
        fs::write(folder.path().join(".pre-commit-config.yaml"), "repos: []\n").unwrap();
        fs::create_dir_all(folder.path().join(".github/workflows")).unwrap();
        assert_eq!((hooks(folder.path()), ci(folder.path())), (Some(Hooks::PreCommit), None));
        fs::write(folder.path().join(".github/workflows/test.yml"), "").unwrap();
        assert_eq!(ci(folder.path()), Some(Ci::GitHub));
    }
}
