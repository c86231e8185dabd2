//! Colours. The one file that knows the crate `colored`.

use crate::advice::Action;
use crate::rules::dictionary::Severity;
use colored::Colorize;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Decides for the whole run. `terminal` says whether the output is one.
pub fn decide(colour: Colour, terminal: bool) {
    let on = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    colored::control::set_override(on);
}

/// Words pointed at.
pub(super) fn marked(text: &str, severity: Severity) -> String {
    match severity {
        Severity::Error => text.red().bold().to_string(),
        Severity::Warning => text.yellow().bold().to_string(),
        Severity::Note | Severity::Silent => text.cyan().to_string(),
    }
}

/// Words that went.
pub(super) fn removed(text: &str) -> String {
    text.red().to_string()
}

/// Words that came.
pub(super) fn added(text: &str) -> String {
    text.green().to_string()
}

/// Something of less weight than what stands around it.
pub fn faint(text: &str) -> String {
    text.dimmed().to_string()
}

/// A heading.
pub fn strong(text: &str) -> String {
    text.bold().to_string()
}

/// What to do.
pub(super) fn action(text: &str, action: Action) -> String {
    match action {
        Action::Send => text.green().bold().to_string(),
        Action::Rework => text.yellow().bold().to_string(),
        Action::Call | Action::Visit => text.magenta().bold().to_string(),
    }
}
