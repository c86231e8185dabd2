//! Whole mails, and what must hold for any text.

use proptest::prelude::*;

use super::*;
use crate::decode::RegionKind;

/// Each zone as `kind depth: text`, white space folded.
fn read(text: &str) -> Vec<String> {
    read_with(text, &[])
}

fn read_with(text: &str, regions: &[Region]) -> Vec<String> {
    divide(text, regions)
        .iter()
        .map(|z| {
            format!("{:?} {}: {}", z.kind, z.depth, z.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect()
}

fn own(text: &str) -> String {
    divide(text, &[]).iter().filter(|z| z.kind == ZoneKind::Own).map(|z| z.span.of(text)).collect::<Vec<_>>().join("|")
}

#[test]
fn replies_between_quotes_are_own() {
    let text = "Hi Ann,\n\nOn Thu, 6 Nov 2025 at 18:32, Ann Holt <ann@mail.example> wrote:\n> When?\nToday.\n\n> > Before that?\n> Where?\n\nHere.\n";
    assert_eq!(
        read(text),
        [
            "Own 0: Hi Ann,",
            "Quoted 1: > When?",
            "Own 0: Today.",
            "Quoted 2: > > Before that?",
            "Quoted 1: > Where?",
            "Own 0: Here."
        ]
    );
    let zones = divide(text, &[]);
    let by = |z: &Zone| z.attribution.and_then(|a| attribution::parse(a.of(text))).and_then(|a| a.name);
    assert_eq!(by(&zones[1]).as_deref(), Some("Ann Holt"));
    assert_eq!(by(&zones[4]).as_deref(), Some("Ann Holt"), "the quote goes on after a reply");
}

#[test]
fn deeper_quotes_carry_their_own_attribution() {
    let text = "Yes.\n\nOn 6 Nov 2025, at 18:32, Ann Holt <ann@mail.example> wrote:\n\n> Sure?\n>\n> On 5 Nov 2025, at 9:00, Bo Lund <bo@shop.example> wrote:\n>> It ships.\n> Thanks\n";
    let zones = divide(text, &[]);
    let seen: Vec<_> = zones
        .iter()
        .map(|z| (z.depth, z.attribution.and_then(|a| attribution::parse(a.of(text))).and_then(|a| a.address)))
        .collect();
    let (ann, bo) = (Some("ann@mail.example".to_owned()), Some("bo@shop.example".to_owned()));
    assert_eq!(seen, [(0, None), (1, ann.clone()), (2, bo), (1, ann)]);
}

#[test]
fn an_introduction_without_marks_is_the_writers_own() {
    let text = "I asked Ann about it.\nOn Monday she wrote:\nthe hinge is fine.\n\nSo we left it.\n";
    assert_eq!(own(text), text.trim_end());
}

#[test]
fn all_below_an_unmarked_attribution_is_quoted() {
    let text = "Yes.\n\nOn Thu, Nov 6, 2025 at 6:32 PM, Ann Holt <\nann@mail.example> wrote:\n\nSure?\n\nOn Wed, Nov 5, 2025 at 9:00 AM Bo <bo@shop.example> wrote:\n\nIt ships.\n";
    assert_eq!(read(text), ["Own 0: Yes.", "Quoted 1: Sure?", "Quoted 2: It ships."]);
}

#[test]
fn outlook_blocks_nest() {
    let block = |name: &str| {
        format!("From: {name} <x@mail.example>\nSent: Tuesday, 11 March 2025 18:03\nTo: Bo\nSubject: Hinge\n\n")
    };
    let text = format!(
        "Done.\n\n________________________________\n{}Still broken.\n\n-----Original Message-----\n{}We fixed it.\n",
        block("Ann"),
        block("Bo")
    );
    assert_eq!(read(&text), ["Own 0: Done.", "Quoted 1: Still broken.", "Quoted 2: We fixed it."]);
}

#[test]
fn forwards_are_forwarded_marked_or_not() {
    let fields =
        "From: Ann <ann@mail.example>\nSubject: Hinge\nDate: 1 January 2025 at 12:00:00 CET\nTo: bo@shop.example\n";
    let text = format!("See below.\n\n---------- Forwarded message ---------\n{fields}\nIt broke.\n");
    assert_eq!(read(&text), ["Own 0: See below.", "Forwarded 1: It broke."]);
    let marked: String =
        format!("Begin forwarded message:\n\n{fields}\nIt broke.\n").lines().map(|l| format!("> {l}\n")).collect();
    assert_eq!(read(&format!("See below.\n\n{marked}")), ["Own 0: See below.", "Forwarded 1: > It broke."]);
}

#[test]
fn names_and_bars_mark_only_after_an_attribution() {
    let text = "No.\n\nOn 5 May 2025 at 10:00, ann wrote:\n\nAnn> Is it done?\nAnn> Really?\n\nSee a > b above.\nMenu> Save\n| a | b |\n";
    assert_eq!(
        read(text),
        ["Own 0: No.", "Quoted 1: Ann> Is it done? Ann> Really?", "Own 0: See a > b above. Menu> Save | a | b |"]
    );
}

#[test]
fn a_quoted_line_broken_by_wrapping_stays_quoted() {
    let text =
        "> We have now waited for the hinges you promised us since the\nthird of May\n> and nobody calls.\n\nSorry.\n";
    assert_eq!(own(text), "Sorry.");
}

#[test]
fn markup_quotes_and_attributions_are_believed() {
    let text = "Yes.\nOn Monday, Ann wrote:\nSure?\nReally?\n";
    let region = |kind, start, end| Region { kind, span: Span::new(start, end) };
    let regions = [
        region(RegionKind::Attribution, 5, 26),
        region(RegionKind::Blockquote, 27, 40),
        region(RegionKind::Blockquote, 33, 40),
    ];
    assert_eq!(read_with(text, &regions), ["Own 0: Yes.", "Quoted 1: Sure?", "Quoted 2: Really?"]);
    assert!(divide(text, &regions)[1].attribution.is_some());
}

#[test]
fn a_header_block_in_a_container_of_its_own_quotes_what_follows() {
    let fields = "From: Ann <ann@mail.example>\nSent: 11 March 2025\nTo: Bo\nSubject: Hinge\n";
    let text = format!("Done.\n{fields}It broke.\n");
    let quote = Region { kind: RegionKind::Quote, span: Span::new(6, 6 + fields.len()) };
    assert_eq!(read_with(&text, &[quote]), ["Own 0: Done.", "Quoted 1: It broke."]);
}

#[test]
fn signature_disclaimer_and_code_are_set_apart() {
    let text = "Run this:\n```\nmake\n```\nKind regards,\nAnn\n\nSent from my iPhone\n\nThis email and any attachments are confidential.\n";
    assert_eq!(
        read(text),
        [
            "Own 0: Run this:",
            "Code 0: ``` make ```",
            "Own 0: Kind regards, Ann",
            "Signature 0: Sent from my iPhone",
            "Disclaimer 0: This email and any attachments are confidential."
        ]
    );
}

#[test]
fn quoted_lines_lose_their_marks() {
    let text = "> a\n>\n> > b\n";
    let zones = divide(text, &[]);
    let seen: Vec<_> = zones.iter().flat_map(|z| quoted_lines(text, z)).map(|s| s.of(text)).collect();
    assert_eq!(seen, ["a", "b"]);
}

#[test]
fn hostile_mail_is_divided() {
    for text in [
        ">".repeat(1 << 20),
        "> ".repeat(1 << 19),
        "On \n".repeat(1 << 14),
        "On 1:00 <\n".repeat(1 << 12),
        "From: a@b.c\n".repeat(1 << 12),
        "-----Original Message-----\n".repeat(1 << 12),
        "```\n".repeat(1 << 14),
        "unsubscribe\n\n".repeat(1 << 14),
        "On 5 May 2025 at 10:00, a <a@b.c> wrote:\n".repeat(1 << 11),
    ] {
        let zones = divide(&text, &[]);
        assert!(zones.iter().all(|z| z.span.end as usize <= text.len()));
    }
}

fn mailish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\r\n",
        "> ",
        ">>",
        "|",
        "Ann> ",
        "On 6 Nov 2025 at 18:32, Ann <a@b.example> wrote:",
        "Am 21.04.2016 schrieb Bö:",
        "<",
        "wrote:",
        "From: a@b.example",
        "Sent: 11 March 2025",
        "Subject: é",
        "-- ",
        "--",
        "____________",
        "```",
        "    let a = b();",
        "Kind regards,",
        "Sent from my iPhone",
        "在 2025年11月6日 写道：",
        "Hello there, all is well.",
        "-----Original Message-----",
        "unsubscribe",
        "\u{a0}",
        "é",
        "$ make",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

fn regions() -> impl Strategy<Value = Vec<Region>> {
    let kind = prop::sample::select(vec![
        RegionKind::Blockquote,
        RegionKind::Quote,
        RegionKind::Attribution,
        RegionKind::Signature,
        RegionKind::Code,
        RegionKind::Deleted,
    ]);
    prop::collection::vec(
        (kind, 0..400usize, 0..400usize).prop_map(|(kind, a, b)| Region { kind, span: Span::new(a.min(b), a.max(b)) }),
        0..8,
    )
}

proptest! {
    #[test]
    fn zones_are_in_order_in_bounds_and_apart(text in mailish(), regions in regions()) {
        let mut last = 0;
        for zone in divide(&text, &regions) {
            let piece = text.get(zone.span.range());
            prop_assert!(piece.is_some_and(|p| !p.trim().is_empty()), "{:?}", zone);
            prop_assert!(zone.span.start >= last);
            prop_assert!((zone.depth == 0) == !matches!(zone.kind, ZoneKind::Quoted | ZoneKind::Forwarded));
            if let Some(a) = zone.attribution {
                prop_assert!(text.get(a.range()).is_some());
                let _ = attribution::parse(a.of(&text));
            }
            last = zone.span.end;
        }
    }
}
