//! What is proposed for a repository: a configuration, and the next commands.

use super::survey::{Ci, Hooks, Survey};
use crate::cli::hook::word;
use std::fmt::Write;
use tonelint::report::counted;

/// The configuration, each line of it explained.
pub fn configuration(survey: &Survey) -> String {
    let mut out = String::from(
        "# tonelint reads the words of replies to customers before they are sent.\n\
         # All keys: README.md of tonelint. What is in force: tonelint config show\n\n\
         # From which level on a run ends with exit code 1: note, warning, error, call, never.\n\
         fail-on = \"warning\"\n\n\
         # Notes are words worth a second look. People see them when this is true, machines always.\n\
         notes = false\n\n\
         # What stood here before, and is let stand. `tonelint baseline` writes it.\n\
         baseline = \"tonelint-baseline.json\"\n\n\
         # A rule or a whole category: off, on, note, warning, error. All rules: tonelint rules list\n\
         [rules]\n\
         # \"promise/overpromise\" = \"note\"\n",
    );
    if !survey.legal.is_empty() {
        let globs: Vec<String> = survey.legal.iter().map(|folder| quoted(&format!("{folder}/**"))).collect();
        let _ = write!(
            out,
            "\n# Texts that are bound to their wording: only an error ends a run with exit code 1.\n\
             [[files]]\nmatch = [{}]\nfail-on = \"error\"\n",
            globs.join(", ")
        );
    }
    out.push_str(
        "\n# An exception has its reason, and may have its last day.\n\
         # [[allow]]\n\
         # rule = \"policy/our-policy\"\n\
         # phrase = \"our privacy policy\"\n\
         # until = 2027-01-31\n\
         # reason = \"the policy itself is what they asked for\"\n",
    );
    out
}

/// No more files of many replies than this are named: an application has its texts in every language.
const MOST_NAMED: usize = 5;

/// What was seen, a line each.
pub fn seen(survey: &Survey) -> String {
    let mut out = String::new();
    for (folder, files) in &survey.replies {
        let _ = writeln!(
            out,
            "{folder}/  {}",
            if *files == 1 { "1 reply, it seems".to_owned() } else { format!("{files} replies, it seems") }
        );
    }
    if survey.replies.is_empty() {
        out.push_str("No folder here seems to hold replies.\n");
    }
    if survey.others > 0 {
        let _ = writeln!(out, "{} elsewhere, left alone unless named", counted(survey.others, "file"));
    }
    for file in survey.collections.iter().take(MOST_NAMED) {
        let _ = writeln!(out, "{file}  many replies in one file, it seems; left alone unless named");
    }
    if let more @ 1.. = survey.collections.len().saturating_sub(MOST_NAMED) {
        let _ = writeln!(out, "{} more like these", counted(more, "file"));
    }
    let hooks = survey.hooks.and_then(|hooks| match hooks {
        Hooks::PreCommit => Some(".pre-commit-config.yaml"),
        Hooks::Lefthook => Some("lefthook"),
        Hooks::Husky => Some("husky"),
        Hooks::Git => None,
    });
    let ci = survey.ci.map(|ci| match ci {
        Ci::GitHub => "GitHub Actions",
        Ci::GitLab => "GitLab CI",
        Ci::Other => "CI",
    });
    let there: Vec<&str> = hooks.into_iter().chain(ci).collect();
    if !there.is_empty() {
        let _ = writeln!(out, "{}", there.join(", "));
    }
    out
}

/// What to do next, a command each; `found` is how many findings the folders hold.
pub fn next(survey: &Survey, found: usize) -> String {
    let folders: Vec<String> = survey.replies.keys().map(|folder| word(folder)).collect();
    let paths = if folders.is_empty() { "FOLDER".to_owned() } else { folders.join(" ") };
    let mut out = String::new();
    match found {
        0 => drop(writeln!(out, "See how they read:\n  tonelint check {paths}")),
        _ => {
            let _ = writeln!(out, "See the {} there are:\n  tonelint check {paths}", counted(found, "finding"));
            let _ = writeln!(out, "Let them stand, and hear only of what comes after:\n  tonelint baseline {paths}");
        }
    }
    match survey.hooks {
        Some(Hooks::PreCommit) => {
            let files: Vec<String> = survey.replies.keys().map(|folder| regex::escape(folder)).collect();
            let files = if files.is_empty() { "FOLDER".to_owned() } else { files.join("|") };
            let _ = writeln!(
                out,
                "Before each commit, in .pre-commit-config.yaml (docs/ci.md of tonelint has the rest):\n      \
                 - id: tonelint\n        files: ^({files})/"
            );
        }
        Some(Hooks::Lefthook | Hooks::Husky) => {
            let _ =
                writeln!(out, "Before each commit, in your hooks:\n  tonelint check --staged --new-only -- {paths}");
        }
        Some(Hooks::Git) => drop(writeln!(out, "Before each commit:\n  tonelint hook install {paths}")),
        None => {}
    }
    let format = survey.ci.map(|ci| match ci {
        Ci::GitHub => "--format github",
        Ci::GitLab => "--output gitlab=tone.json",
        Ci::Other => "--output junit=tone.xml",
    });
    if let Some(format) = format {
        let _ =
            writeln!(out, "In CI (docs/ci.md of tonelint has whole snippets):\n  tonelint check {format} -- {paths}");
    }
    out
}

/// `text` as a string of TOML.
fn quoted(text: &str) -> String {
    serde_json::json!(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use tonelint::config::ConfigFile;

    #[test]
    fn what_is_proposed_can_stand() {
        let files = ["replies/legal \"x\"/a.md", "it's mail/b.md"];
        let survey = Survey::of(Path::new("/nowhere"), files.iter().map(Path::new));
        for survey in [Survey::default(), survey] {
            let file = ConfigFile::parse(Path::new("tonelint.toml"), &configuration(&survey), false).unwrap();
            assert_eq!(file.files.len(), usize::from(!survey.legal.is_empty()));
            assert!(file.baseline.is_some());
        }
    }

    #[test]
    fn the_next_command_names_the_folders() {
        let survey = Survey::of(Path::new("/nowhere"), [Path::new("it's mail/b.md")].into_iter());
        assert!(next(&survey, 2).contains("tonelint baseline 'it'\\''s mail'\n"));
        assert!(next(&Survey::default(), 0).contains("tonelint check FOLDER\n"));
    }
}
