//! What kind of document a file is, by its name and its first bytes.

use std::path::Path;

/// The kinds of document tonelint reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mail as it is sent or stored (RFC 5322).
    Eml,
    /// A page or a template in HTML.
    Html,
    /// A draft in Markdown.
    Markdown,
    /// A plain draft.
    Text,
    /// A file of many replies, each a message of its own.
    Collection(Format),
}

/// The formats of files that hold many replies; configurations call them by these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Exports of help desks, texts of applications (RFC 8259).
    Json,
    /// The same in YAML.
    Yaml,
    /// A table, a reply a row (RFC 4180).
    Csv,
    /// Translations of GNU gettext.
    Po,
    /// Message bundles of Java.
    Properties,
    /// Translations of Project Fluent.
    Fluent,
}

impl Format {
    /// The format that a file name's extension tells.
    #[must_use]
    pub fn named(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
        match extension.as_str() {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "csv" => Some(Self::Csv),
            "po" | "pot" => Some(Self::Po),
            "properties" => Some(Self::Properties),
            "ftl" => Some(Self::Fluent),
            _ => None,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
            Self::Csv => "CSV",
            Self::Po => "gettext file",
            Self::Properties => "properties file",
            Self::Fluent => "Fluent file",
        }
    }
}

/// Fields that show that a header block is a mail's and not just the head of a draft.
const MAIL_FIELDS: [&str; 6] = ["From", "Date", "Received", "MIME-Version", "Message-ID", "Return-Path"];

/// Extensions of template languages, behind the extension of what they make or alone.
const TEMPLATES: [&str; 13] =
    ["ejs", "erb", "handlebars", "hbs", "j2", "jinja", "jinja2", "liquid", "mustache", "njk", "tmpl", "tpl", "twig"];

impl Kind {
    /// The kind of single message a file name's extension tells; `None` without an extension, an error
    /// for one that tells another type of file.
    ///
    /// # Errors
    /// The extension, when it is none of a draft, a page, a mail or a template.
    pub fn named(path: &Path) -> Result<Option<Kind>, String> {
        let Some(extension) = path.extension() else { return Ok(None) };
        let extension = extension.to_string_lossy().to_ascii_lowercase();
        match extension.as_str() {
            "eml" => Ok(Some(Kind::Eml)),
            "html" | "htm" | "mjml" => Ok(Some(Kind::Html)),
            "md" | "markdown" => Ok(Some(Kind::Markdown)),
            "txt" | "text" => Ok(Some(Kind::Text)),
            // `reply.html.erb`: what is written in the template's language.
            _ if TEMPLATES.contains(&&*extension) => {
                let made = path.file_stem().map_or(Ok(None), |stem| Self::named(Path::new(stem)))?;
                Ok(made.or(Some(Kind::Text)))
            }
            _ => Err(extension),
        }
    }

    /// The kind of a document: by its extension, and for plain text by its first lines.
    #[must_use]
    pub fn of(path: &Path, bytes: &[u8]) -> Kind {
        match Self::named(path) {
            Ok(Some(kind @ (Kind::Eml | Kind::Html | Kind::Markdown))) => kind,
            Err(_) if let Some(format) = Format::named(path) => Kind::Collection(format),
            _ if begins_like_a_mail(bytes) => Kind::Eml,
            // `reply.hbs` does not say what it is a template of.
            Ok(Some(Kind::Text)) if is_bare_template(path) && memchr::memmem::find(bytes, b"</").is_some() => {
                Kind::Html
            }
            _ => Kind::Text,
        }
    }
}

/// Whether only the extension of a template language tells what `path` holds.
fn is_bare_template(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| TEMPLATES.contains(&&*extension))
        && path.file_stem().is_some_and(|stem| Path::new(stem).extension().is_none())
}

/// Whether `bytes` begin with two or more header fields, one of them a mail's own, and a blank line.
///
/// The first kilobytes of a file are enough: header blocks longer than what is given count too.
#[must_use]
pub fn begins_like_a_mail(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut fields, mut own) = (0, false);
    for (index, line) in bytes[..bytes.len().min(64 * 1024)].split(|b| *b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let folded = matches!(line[0], b' ' | b'\t') && fields > 0;
        let envelope = index == 0 && line.starts_with(b"From ");
        if folded || envelope {
            continue;
        }
        let Some(name) = field_name(line) else { return false };
        fields += 1;
        own |= MAIL_FIELDS.iter().any(|f| name.eq_ignore_ascii_case(f));
    }
    fields >= 2 && own
}

/// The name of the header field that `line` begins, when it begins one (RFC 5322, section 2.2).
#[must_use]
pub fn field_name(line: &[u8]) -> Option<&str> {
    let colon = line.iter().position(|b| *b == b':')?;
    let name = &line[..colon];
    let sound = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic());
    if sound { std::str::from_utf8(name).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_decides_and_then_the_first_lines() {
        let mail = b"From: a@b.example\r\nSubject: x\r\n y\r\n\r\nHi";
        assert_eq!(Kind::of(Path::new("reply"), mail), Kind::Eml);
        assert_eq!(Kind::of(Path::new("reply.txt"), mail), Kind::Eml);
        assert_eq!(Kind::of(Path::new("reply.md"), mail), Kind::Markdown);
        assert_eq!(Kind::of(Path::new("a.HTM"), b""), Kind::Html);
        assert_eq!(Kind::of(Path::new("a.html.erb"), b""), Kind::Html);
        assert_eq!(Kind::of(Path::new("a.txt.j2"), b"</p>"), Kind::Text);
        assert_eq!(Kind::of(Path::new("a.hbs"), b"<p>Hi</p>"), Kind::Html);
        assert_eq!(Kind::of(Path::new("a.liquid"), b"Hi"), Kind::Text);
        assert_eq!(Kind::named(Path::new("a.conf.j2")), Err("conf".to_owned()));
        let draft = b"Subject: x\nTo: a@b.example\n\nHi";
        assert_eq!(Kind::of(Path::new("reply"), draft), Kind::Text);
        let prose = b"Dear Anna,\nFrom: here\n\nHi";
        assert_eq!(Kind::of(Path::new("reply"), prose), Kind::Text);
    }
}
