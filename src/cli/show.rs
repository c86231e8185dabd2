//! `tonelint show`

use super::Common;
use super::output;
use super::single::Single;
use clap::ValueEnum;
use std::fmt::Write;
use tonelint::message::{Message, Passage, ZoneKind};
use tonelint::report::{Lines, escape, style};
use tonelint::text;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    draft: Single,
    /// How to show it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// For machines: zones with their bytes in the file
    Json,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<u8> {
    let (document, message) = arguments.draft.open(common)?;
    output::write(&match arguments.format {
        Format::Human => human(&message, &Lines::new(&document.bytes)),
        Format::Json => json(&message),
    })?;
    Ok(0)
}

fn human(message: &Message, lines: &Lines<'_>) -> String {
    let mut out = String::new();
    if let Some(subject) = &message.subject {
        let _ = writeln!(out, "{}  {}", style::strong("subject"), escape::line(&subject.text));
    }
    for passage in &message.bodies {
        let exact = if passage.exact { "" } else { ", positions only to the part" };
        let _ = writeln!(out, "{}  {}{exact}", style::strong("body"), escape::line(&passage.part));
        for zone in &passage.zones {
            let raw = passage.map.to_source(zone.span);
            let depth = if zone.depth > 0 { format!(", level {}", zone.depth) } else { String::new() };
            let place = format!("lines {}–{}{depth}", line(lines, raw.start), line(lines, raw.end.max(1) - 1));
            let _ = writeln!(out, "  {}  {}", style::strong(kind_name(zone.kind)), style::faint(&place));
            for sentence in text::sentences(&passage.text, zone.span) {
                let _ = writeln!(out, "    {}", escape::line(sentence.span.of(&passage.text)));
            }
        }
    }
    for attached in &message.attached {
        let subject = attached.headers.subject.as_deref().unwrap_or("(no subject)");
        let _ = writeln!(out, "{}  {}", style::strong("attached mail"), escape::line(subject));
    }
    for notice in &message.notices {
        let _ = writeln!(out, "{}", style::faint(&escape::line(notice)));
    }
    out
}

fn line(lines: &Lines<'_>, byte: u32) -> usize {
    lines.position(byte as usize).line
}

fn kind_name(kind: ZoneKind) -> &'static str {
    match kind {
        ZoneKind::Own => "own",
        ZoneKind::Quoted => "quoted",
        ZoneKind::Forwarded => "forwarded",
        ZoneKind::Signature => "signature",
        ZoneKind::Disclaimer => "disclaimer",
        ZoneKind::Code => "code",
    }
}

fn json(message: &Message) -> String {
    let zones: Vec<_> = message.bodies.iter().flat_map(zones).collect();
    escape::json(serde_json::json!({"version": 1, "zones": zones, "notices": message.notices}).to_string()) + "\n"
}

fn zones(passage: &Passage) -> impl Iterator<Item = serde_json::Value> {
    passage.zones.iter().map(|zone| {
        let raw = passage.map.to_source(zone.span);
        serde_json::json!({
            "kind": zone.kind, "text": zone.span.of(&passage.text), "start": raw.start, "end": raw.end,
            "depth": zone.depth, "exact": passage.exact,
            "sentences": text::sentences(&passage.text, zone.span).len(),
        })
    })
}
