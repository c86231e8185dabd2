//! The brief on a page: for the terminal, as Markdown, as JSON and as HTML.
//!
//! The words are a stranger's, so each format escapes them. `locate` says a place for people, such as
//! `draft.eml:12`.

use super::{Brief, Line, LineKind};
use crate::advice::Source;
use serde_json::{Value, json};
use std::fmt::Write;

/// Plain lines for a terminal. `clean` takes out what a terminal would obey.
#[must_use]
pub fn terminal(brief: &Brief, locate: impl Fn(&Source) -> String, clean: impl Fn(&str) -> String) -> String {
    let mut page = format!("BRIEF  {}\n", clean(&brief.subject));
    for section in &brief.sections {
        let _ = writeln!(page, "\n{}", section.heading);
        for line in &section.lines {
            let _ = writeln!(page, "  {} {}{}", sign(line), clean(&line.text), place(line, &locate, "  "));
        }
    }
    page
}

/// Markdown. `clean` is as for [`terminal`]: the page is shown there, too.
#[must_use]
pub fn markdown(brief: &Brief, locate: impl Fn(&Source) -> String, clean: impl Fn(&str) -> String) -> String {
    let in_markdown = |text: &str| in_markdown(&clean(text));
    let mut page = format!("# {}\n", in_markdown(&brief.subject));
    for section in &brief.sections {
        let _ = writeln!(page, "\n## {}\n", section.heading);
        for line in &section.lines {
            let place = line.source.as_ref().map_or_else(String::new, |s| format!(" ({})", in_markdown(&locate(s))));
            let _ = writeln!(page, "- {}{place}", in_markdown(&line.text));
        }
    }
    page
}

/// JSON: `{"version":1,"subject":…,"sections":[{"name","heading","lines":[{"kind","text","source"}]}]}`.
#[must_use]
pub fn json(brief: &Brief, locate: impl Fn(&Source) -> String) -> Value {
    let line = |line: &Line| json!({ "kind": line.kind.name(), "text": line.text, "source": line.source.as_ref().map(&locate) });
    let sections: Vec<Value> = brief
        .sections
        .iter()
        .map(|s| json!({ "name": s.name, "heading": s.heading, "lines": s.lines.iter().map(line).collect::<Vec<_>>() }))
        .collect();
    json!({ "version": 1, "subject": brief.subject, "sections": sections })
}

/// A page of HTML that loads nothing. `clean` is as for [`terminal`].
#[must_use]
pub fn html(brief: &Brief, locate: impl Fn(&Source) -> String, clean: impl Fn(&str) -> String) -> String {
    let in_html = |text: &str| in_html(&clean(text));
    let title = in_html(&brief.subject);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>body{{font:16px/1.5 sans-serif;max-width:44em;margin:2em auto}}cite{{color:#666}}</style>\n<h1>{title}</h1>\n"
    );
    for section in &brief.sections {
        let _ = writeln!(page, "<h2>{}</h2>\n<ul>", section.heading);
        for line in &section.lines {
            let place =
                line.source.as_ref().map_or_else(String::new, |s| format!(" <cite>{}</cite>", in_html(&locate(s))));
            let _ = writeln!(page, "<li>{}{place}</li>", in_html(&line.text));
        }
        page.push_str("</ul>\n");
    }
    page.push_str("</html>\n");
    page
}

fn sign(line: &Line) -> char {
    match line.kind {
        LineKind::Quote => '>',
        LineKind::Fact => '-',
        LineKind::Prompt => '*',
        LineKind::Missing => '?',
    }
}

fn place(line: &Line, locate: impl Fn(&Source) -> String, gap: &str) -> String {
    line.source.as_ref().map_or_else(String::new, |source| format!("{gap}[{}]", locate(source)))
}

/// `text`, on one line already, as words (CommonMark 0.31, sections 2.4 and 5.2).
fn in_markdown(text: &str) -> String {
    let text = text.trim_start();
    let mut out = String::with_capacity(text.len());
    // What would begin a list, a rule or a heading: a sign, or a full stop after a number.
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let anywhere = "\\`*_[]<>#|!~&$".contains(c);
        let first = (at == 0 && "-+=".contains(c)) || (at == number && ".)".contains(c));
        if anywhere || first {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn in_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_words_stay_words_in_markdown() {
        assert_eq!(in_markdown("<img src=x onerror=f()> &lt;b&gt;"), "\\<img src=x onerror=f()\\> \\&lt;b\\&gt;");
        assert_eq!(in_markdown("[a](javascript:x) ![b](c)"), "\\[a\\](javascript:x) \\!\\[b\\](c)");
        assert_eq!(in_markdown("- [ ] ship"), "\\- \\[ \\] ship");
        assert_eq!(in_markdown("    12. or 3."), "12\\. or 3.");
        assert_eq!(in_markdown("--- ==="), "\\--- ===");
        assert_eq!(in_markdown("`$x$`"), "\\`\\$x\\$\\`");
    }

    #[test]
    fn a_strangers_words_stay_words_in_html() {
        assert_eq!(in_html("</li><script>'\"&amp;"), "&lt;/li&gt;&lt;script&gt;&#39;&quot;&amp;amp;");
    }

    #[test]
    fn every_page_is_cleaned() {
        let brief = Brief { subject: "\u{1b}]0;x".to_owned(), ..Brief::default() };
        let clean = |text: &str| text.replace('\u{1b}', "ESC");
        let nowhere = |_: &Source| String::new();
        for page in [terminal(&brief, nowhere, clean), markdown(&brief, nowhere, clean), html(&brief, nowhere, clean)] {
            assert!(page.contains("ESC") && !page.contains('\u{1b}'), "{page}");
        }
    }
}
