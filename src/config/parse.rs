//! Reading a configuration file: what the shape of TOML alone does not say.

use super::file::ConfigFile;
use crate::rules::compile::file::FileError;
use std::ops::RangeInclusive;
use std::path::Path;
use toml::value::Datetime;

/// For how many minutes a held text may be remembered: a hold is advice, so it passes at some time, and
/// the record keeps nothing for longer than a fortnight.
const WINDOW: RangeInclusive<u32> = 1..=7 * 24 * 60;

impl ConfigFile {
    /// Reads a file. `private` files may name accounts.
    ///
    /// # Errors
    /// With line and caret, and for an unknown key with what may have been meant.
    pub fn parse(path: &Path, text: &str, private: bool) -> Result<Self, FileError> {
        let shown = path.display().to_string();
        let file: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            FileError::new(&shown, text, at, with_suggestion(error.message().trim()))
        })?;
        let wrong = |at: &str, message: String| Err(FileError::new(&shown, text, text.find(at).unwrap_or(0), message));
        let own = || super::user_path().map_or("your own configuration".into(), |path| path.display().to_string());
        if let Some(entry) = file.allow.iter().find(|entry| entry.reason.trim().is_empty()) {
            return wrong("[[allow]]", format!("the allowance of `{}` needs a reason", entry.rule));
        }
        if let Some(entry) = file.allow.iter().find(|entry| entry.until.is_some_and(|until| day(until).is_none())) {
            let rule = &entry.rule;
            return wrong("until", format!("the allowance of `{rule}` ends with a day, such as until = 2027-01-31"));
        }
        if !private && !file.accounts.key.is_empty() {
            let own = own();
            let message = format!("customers' names do not belong in a repository; name key accounts in {own}");
            return wrong("[accounts]", message);
        }
        if let Some(window) = file.sending.window.filter(|minutes| !WINDOW.contains(minutes)) {
            return wrong("window", format!("window = {window}: from 1 minute to a week ({} minutes)", WINDOW.end()));
        }
        for (key, words) in [("program", &file.sending.program), ("notify", &file.sending.notify)] {
            let Some(words) = words else { continue };
            if !private {
                // Whoever clones a repository has not agreed to run what it names.
                let what = if key == "program" { "the program that sends your mail" } else { "what is run on a hold" };
                return wrong(key, format!("a project does not choose {what}; name it in {}", own()));
            }
            if words.first().is_none_or(String::is_empty) {
                return wrong(key, format!("`{key}` names no program"));
            }
        }
        Ok(file)
    }
}

/// The day of a date that has no time, as `2027-01-31`.
pub(super) fn day(date: Datetime) -> Option<String> {
    match date {
        Datetime { date: Some(day), time: None, offset: None } => Some(day.to_string()),
        _ => None,
    }
}

/// serde lists what it expected in backticks; the nearest of them is what was meant.
fn with_suggestion(message: &str) -> String {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let [unknown, known @ ..] = names.as_slice() else { return message.to_owned() };
    let near = |name: &&&str| strsim::jaro_winkler(name, unknown);
    match known.iter().max_by(|a, b| near(a).total_cmp(&near(b))).filter(|name| near(name) > 0.7) {
        Some(meant) => format!("{message}; did you mean `{meant}`?"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        ConfigFile::parse(Path::new("tonelint.toml"), text, false).expect_err("cannot stand").to_string()
    }

    #[test]
    fn unknown_keys_and_values_say_what_was_meant() {
        assert!(problem("fial-on = \"error\"").contains("did you mean `fail-on`?"));
        assert!(problem("[rules]\n\"judgement\" = \"warn\"").contains("did you mean `warning`?"));
        assert!(problem("[[allow]]\nrule = \"a/b\"").contains("missing field `reason`"));
        assert!(problem("[[allow]]\nrule = \"a/b\"\nreason = \" \"").contains("needs a reason"));
        assert!(
            problem("[[allow]]\nrule = \"a/b\"\nreason = \"ours\"\nuntil = 2027-01-31T10:00:00Z").contains("a day")
        );
        assert!(problem("[[files]]\nfail-on = \"error\"").contains("missing field `match`"));
        assert!(problem("[[files]]\nmatch = \"a\"\nfial-on = \"error\"").contains("did you mean `fail-on`?"));
        assert!(problem("[accounts]\nkey = [\"@big.example\"]").contains("do not belong in a repository"));
        assert!(problem("[sending]\nhold = \"errors\"").contains("did you mean `error`?"));
        assert!(problem("[sending]\nwindow = 0").contains("from 1 minute to a week"));
        assert!(problem("[sending]\nprogram = [\"./send\"]").contains("a project does not choose the program"));
        assert!(problem("[sending]\nnotify = [\"./x\"]").contains("a project does not choose what is run on a hold"));
        let empty = ConfigFile::parse(Path::new("config.toml"), "[sending]\nnotify = []", true);
        assert!(empty.expect_err("cannot stand").to_string().contains("`notify` names no program"));
    }
}
