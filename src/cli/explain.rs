//! `tonelint explain`

use super::session::Session;
use super::{Common, output};
use tonelint::report::reference;

#[derive(clap::Args)]
pub struct Arguments {
    /// A rule, as `category/name`, or a category
    rule: String,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let session = Session::here(common)?;
    let rules = session.first().1;
    let of_category = |id: &str| id.split_once('/').is_some_and(|(category, _)| category == arguments.rule);
    let ids: Vec<&str> = rules.dictionary.rules.iter().map(|rule| rule.id.as_str()).collect();
    let chosen: Vec<&str> = ids.iter().copied().filter(|id| *id == arguments.rule || of_category(id)).collect();
    if chosen.is_empty() {
        let meant = ids.iter().max_by(|a, b| {
            let near = |id: &str| strsim::jaro_winkler(id, &arguments.rule);
            near(a).total_cmp(&near(b))
        });
        anyhow::bail!(
            "there is no rule `{}`; did you mean `{}`? See: tonelint rules list",
            arguments.rule,
            meant.unwrap_or(&"")
        );
    }
    let pages: Vec<String> =
        chosen.iter().filter_map(|id| rules.find(id)).map(|number| reference::rule(rules, number)).collect();
    output::write(&pages.join("\n"))?;
    Ok(0)
}
