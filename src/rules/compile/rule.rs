//! A rule file beyond its patterns: what it must say, and its words for people.

use super::super::dictionary::{Role, Severity};
use super::super::prose::{Example, Prose, SenseProse};
use super::file::{ExampleEntry, FileError, RuleFile, SenseEntry, Source};
use super::number;

/// Whether `file` can stand, as far as the shape of TOML alone does not say.
///
/// # Errors
/// For the first thing that cannot.
pub(super) fn check(file: &RuleFile, stem: &str, source: Source<'_>) -> Result<(), FileError> {
    if file.id.get_ref() != stem {
        return Err(
            source.error(&file.id.span(), format!("the id and the file's name differ; write `id = \"{stem}\"`"))
        );
    }
    for (index, sense) in file.senses.iter().enumerate() {
        let name = sense.name.get_ref();
        if file.senses[..index].iter().any(|other| other.name.get_ref() == name) {
            return Err(source.error(&sense.name.span(), format!("a sense called `{name}` stands above already")));
        }
        if !file.examples.iter().any(|example| example.sense.as_ref().is_some_and(|s| s.get_ref() == name)) {
            return Err(source.error(
                &sense.name.span(),
                format!("the sense `{name}` has no example; add one with `sense = \"{name}\"`"),
            ));
        }
        if sense.severity.is_some_and(|severity| severity != Severity::Silent) && file.role != Role::Finding {
            return Err(source
                .error(&sense.name.span(), "credits and signals have a weight; their only severity is \"silent\""));
        }
        if sense.kind.is_none() && file.kind.is_none() && file.role != Role::Finding {
            return Err(source.error(&sense.name.span(), "a credit or signal says its `kind`, such as \"apology\""));
        }
        if sense.pattern.is_empty() == sense.shape.is_none() {
            let problem = if sense.pattern.is_empty() { "no pattern" } else { "both patterns and a shape" };
            return Err(source.error(&sense.name.span(), format!("the sense `{name}` has {problem}")));
        }
    }
    if !file.examples.iter().any(|example| example.sense.is_none() && !example.text.get_ref().contains("[[")) {
        return Err(source.error(
            &file.id.span(),
            "the rule has no silent example; add a sentence that it lets pass, without `sense`",
        ));
    }
    Ok(())
}

/// Its words for people.
///
/// # Errors
/// For an example of a sense that there is not.
pub(super) fn prose(file: &RuleFile, source: Source<'_>) -> Result<Prose, FileError> {
    let example = |entry: &ExampleEntry| {
        let sense = entry.sense.as_ref().map(|sense| {
            let known = file.senses.iter().any(|s| s.name.get_ref() == sense.get_ref());
            if known { Ok(sense.get_ref().clone()) } else { Err(source.error(&sense.span(), "no sense is called so")) }
        });
        let line = source.text[..entry.text.span().start].matches('\n').count() + 1;
        Ok(Example { text: entry.text.get_ref().clone(), sense: sense.transpose()?, line: number(line) })
    };
    let sense = |entry: &SenseEntry| SenseProse {
        patterns: entry.pattern.iter().map(|pattern| pattern.get_ref().clone()).collect(),
        message: entry.message.clone(),
        instead: entry.instead.clone(),
    };
    Ok(Prose {
        summary: file.summary.clone(),
        why: file.why.trim().to_owned(),
        instead: file.instead.clone(),
        source: file.source.clone(),
        senses: file.senses.iter().map(sense).collect(),
        examples: file.examples.iter().map(example).collect::<Result<_, _>>()?,
        path: source.path.into(),
    })
}
