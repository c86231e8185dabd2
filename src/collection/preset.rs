//! Exports that are known by their shape.
//!
//! Zendesk's, Freshdesk's, Intercom's and Front's are as their API documentation shows them; Help Scout's, Gorgias'
//! and GitHub's were not held against a real export. A file counts as one when what it must hold is there.

use super::choice::{Choice, Group, Pick};
use super::node::Node;
use crate::decode::{Format, Kind};
use std::path::Path;

/// A known shape.
pub(super) struct Preset {
    /// What people call it.
    pub(super) name: &'static str,
    formats: &'static [Format],
    /// Names that a file of this shape holds, so that others are passed over unread.
    marks: &'static [&'static str],
    /// Where single replies are: the first of these that gives any.
    each: &'static [&'static str],
    /// The words of a reply: of each group the first that is there.
    bodies: &'static [&'static [Body]],
    subject: &'static [&'static str],
    title: &'static [&'static str],
    /// Whether it is told from other files surely enough to be taken in folders, too.
    sure: bool,
}

/// A path, and how its words are to be read; by how they look, where nothing is said.
type Body = (&'static str, Option<Kind>);

const HTML: Option<Kind> = Some(Kind::Html);
const PLAIN: Option<Kind> = Some(Kind::Text);
const MARKDOWN: Option<Kind> = Some(Kind::Markdown);
const TREES: &[Format] = &[Format::Json, Format::Yaml];

/// All of them; the first that fits counts.
pub(super) const PRESETS: &[Preset] = &[
    Preset {
        name: "Zendesk macros",
        formats: TREES,
        marks: &["actions", "field", "value"],
        each: &["$.macros[*]", "$.macro", "$[*]", "$"],
        bodies: &[
            &[("$.actions[?field=comment_value_html].value", HTML)],
            &[("$.actions[?field=comment_value_html].value[1]", HTML)],
            &[("$.actions[?field=comment_value].value", None)],
            &[("$.actions[?field=comment_value].value[1]", None)],
            &[("$.actions[?field=side_conversation*].value[1]", None)],
        ],
        subject: &["$.actions[?field=subject].value", "$.actions[?field=side_conversation*].value[0]"],
        title: &["$.title"],
        sure: true,
    },
    Preset {
        name: "Freshdesk canned responses",
        formats: TREES,
        marks: &["title", "content", "folder_id"],
        each: &["$.canned_responses[*]", "$[?folder_id=*]", "$[*]", "$"],
        bodies: &[&[("$.content_html", HTML), ("$.content", None)]],
        subject: &[],
        title: &["$.title"],
        sure: true,
    },
    Preset {
        name: "Help Scout saved replies",
        formats: TREES,
        marks: &["name", "text", "chatText"],
        each: &["$._embedded['saved-replies'][*]", "$.savedReplies[*]", "$[*]", "$"],
        bodies: &[&[("$.text", HTML), ("$.chatText", PLAIN)]],
        subject: &[],
        title: &["$.name"],
        sure: true,
    },
    Preset {
        name: "Gorgias macros",
        formats: TREES,
        marks: &["actions", "arguments", "body_"],
        each: &["$.data[*]", "$.macros[*]", "$[*]", "$"],
        bodies: &[&[("$.actions[*].arguments.body_html", HTML), ("$.actions[*].arguments.body_text", PLAIN)]],
        subject: &["$.actions[*].arguments.subject"],
        title: &["$.name"],
        sure: true,
    },
    Preset {
        name: "Intercom macros",
        formats: TREES,
        marks: &["macro", "name", "body"],
        each: &["$.data[?type=macro]", "$.macros[?type=macro]", "$[?type=macro]"],
        bodies: &[&[("$.body", HTML), ("$.body_text", PLAIN)]],
        subject: &[],
        title: &["$.name"],
        sure: true,
    },
    Preset {
        name: "Front message templates",
        formats: TREES,
        marks: &["_results", "name", "body"],
        each: &["$._results[*]"],
        bodies: &[&[("$.body", HTML)]],
        subject: &["$.subject"],
        title: &["$.name"],
        sure: true,
    },
    Preset {
        name: "GitHub saved replies",
        formats: TREES,
        marks: &["savedReplies", "body"],
        each: &["$..savedReplies.nodes[*]", "$..savedReplies[*]"],
        bodies: &[&[("$.body", MARKDOWN)]],
        subject: &[],
        title: &["$.title"],
        sure: true,
    },
    Preset {
        name: "gettext translations",
        formats: &[Format::Po],
        marks: &["msgid"],
        each: &["$[*]"],
        bodies: &[&[("$.msgstr", None), ("$.msgstr[*]", None), ("$.msgid", None), ("$.msgid[*]", None)]],
        subject: &[],
        title: &["$.msgid", "$.msgid[0]"],
        sure: true,
    },
    Preset {
        name: "a list of replies",
        formats: &[Format::Json, Format::Yaml, Format::Csv],
        marks: &[],
        each: &["$.replies[*]", "$.templates[*]", "$.responses[*]", "$.macros[*]", "$.snippets[*]", "$[*]"],
        bodies: &[
            &[("$.body", None), ("$.Body", None)],
            &[("$.reply", None), ("$.Reply", None)],
            &[("$.content", None), ("$.Content", None)],
            &[("$.message", None), ("$.Message", None)],
        ],
        subject: &["$.subject", "$.Subject"],
        title: &["$.title", "$.Title", "$.name", "$.Name", "$.key", "$.id"],
        sure: false,
    },
];

/// The names of the shapes that a file of `format` may have, for people.
pub(super) fn names(format: Format) -> Vec<&'static str> {
    let named = PRESETS.iter().filter(|preset| preset.formats.contains(&format) && preset.sure);
    named.map(|preset| preset.name).collect()
}

/// The shape of the file at `path`. Found in a folder, it must be told `surely`.
pub(super) fn recognise(path: &Path, text: &str, root: &Node, format: Format, surely: bool) -> Option<Choice> {
    let by_shape =
        PRESETS.iter().filter(|preset| !surely || preset.sure).find_map(|preset| preset.fit(text, root, format));
    by_shape.or_else(|| texts_of_a_language(path, root, format, text))
}

impl Preset {
    /// Whether a file can have this shape at all.
    fn may_fit(&self, text: &str, format: Format) -> bool {
        let quote = if format == Format::Json { "\"" } else { "" };
        self.formats.contains(&format) && self.marks.iter().all(|mark| text.contains(&format!("{quote}{mark}")))
    }

    fn fit(&self, text: &str, root: &Node, format: Format) -> Option<Choice> {
        if !self.may_fit(text, format) {
            return None;
        }
        let path = |written: &&str| written.parse().ok();
        let pick = |&(written, kind): &Body| Some(Pick { path: written.parse().ok()?, kind });
        let bodies: Vec<Group> = self.bodies.iter().map(|group| group.iter().filter_map(pick).collect()).collect();
        self.each.iter().find_map(|each| {
            let choice = Choice {
                each: each.parse().ok(),
                bodies: bodies.clone(),
                subject: self.subject.iter().filter_map(path).collect(),
                title: self.title.iter().filter_map(path).collect(),
            };
            choice.gives_any(root, text).then_some(choice)
        })
    }
}

/// Whether a file may have a shape that is told surely, by a look at its words alone.
pub(super) fn may_be_sure(path: &Path, text: &str, format: Format) -> bool {
    let rails = || {
        let words = |line: &&str| !(line.trim().is_empty() || line.starts_with(['#', '-', '%']));
        let head = text.lines().find(words).unwrap_or_default();
        format == Format::Yaml
            && head.trim_end().strip_suffix(':').is_some_and(|key| is_language(key.trim_matches(['"', '\''])))
    };
    is_of_a_language(path, format)
        || rails()
        || PRESETS.iter().any(|preset| preset.sure && preset.may_fit(text, format))
}

/// Whether the head line of a table names a column that replies are in.
pub(super) fn may_list(table: &str) -> bool {
    let mut names = table.lines().next().unwrap_or_default().split(|c: char| !c.is_alphanumeric());
    names.any(|name| ["body", "reply", "content", "message"].iter().any(|column| name.eq_ignore_ascii_case(column)))
}

/// Files of an application's texts, a file a language: every text in them is a reply of its own.
fn texts_of_a_language(path: &Path, root: &Node, format: Format, text: &str) -> Option<Choice> {
    let rails = || match root {
        Node::Map(entries) => {
            let [(key, Node::Map(_))] = &entries[..] else { return false };
            format == Format::Yaml && is_language(&key.text(text))
        }
        _ => false,
    };
    (is_of_a_language(path, format) || rails()).then(Choice::everything)
}

/// Formats that hold texts for people and nothing else, and names and folders that say as much.
pub(super) fn is_of_a_language(path: &Path, format: Format) -> bool {
    const FOLDERS: [&str; 9] =
        ["locales", "locale", "_locales", "i18n", "l10n", "lang", "langs", "languages", "translations"];
    match format {
        Format::Fluent => return true,
        Format::Csv | Format::Po => return false,
        Format::Json | Format::Yaml | Format::Properties => {}
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let last = stem.rsplit(['.', '_']).next().unwrap_or_default();
    let in_folder = path
        .parent()
        .is_some_and(|parent| parent.iter().any(|folder| FOLDERS.iter().any(|name| folder.eq_ignore_ascii_case(name))));
    in_folder || is_language(&stem) || (stem.contains('.') && is_language(last)) || messages(&stem, format)
}

/// `messages_en_GB.properties`, as Java's bundles are called.
fn messages(stem: &str, format: Format) -> bool {
    format == Format::Properties
        && (stem == "messages" || stem.split_once('_').is_some_and(|(_, tag)| is_language(&tag.replace('_', "-"))))
}

/// Whether `tag` is a language tag as files are named by it: `en`, `en-GB`, `pt_BR` (BCP 47).
fn is_language(tag: &str) -> bool {
    const KNOWN: &[&str] = &[
        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi",
        "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "ms", "nb", "nl", "nn", "no",
        "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh",
    ];
    let (language, region) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
    let plain = region.len() <= 4 && region.bytes().all(|byte| byte.is_ascii_alphanumeric());
    KNOWN.contains(&language) && plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_every_shape_can_be_read() {
        for preset in PRESETS {
            let bodies = preset.bodies.iter().flat_map(|group| group.iter().map(|body| body.0));
            for written in bodies.chain([preset.each, preset.subject, preset.title].concat()) {
                assert!(written.parse::<super::super::select::Path>().is_ok(), "{}: {written}", preset.name);
            }
        }
    }

    #[test]
    fn names_of_files_tell_a_language() {
        let tells = |path: &str, format| is_of_a_language(Path::new(path), format);
        assert!(tells("config/locales/mails.yml", Format::Yaml) && tells("en-GB.json", Format::Json));
        assert!(tells("client.en.yml", Format::Yaml) && tells("messages_en_GB.properties", Format::Properties));
        assert!(!tells("package.json", Format::Json) && !tells("gradle.properties", Format::Properties));
        assert!(!tells("docker-compose.yml", Format::Yaml) && !tells("my.json", Format::Json));
    }
}
