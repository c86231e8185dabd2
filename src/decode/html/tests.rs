//! Pages as mail clients write them.

use super::read;
use crate::decode::RegionKind;
use crate::span::Span;

fn text(html: &str) -> String {
    read(html).decoded.text
}

fn regions(html: &str) -> Vec<(RegionKind, String)> {
    let page = read(html);
    let of = |span: Span| span.of(&page.decoded.text).to_owned();
    page.regions.iter().map(|r| (r.kind, of(r.span))).collect()
}

#[test]
fn blocks_end_lines_and_paragraphs_leave_a_blank_one() {
    assert_eq!(text("<p>Dear\n   Anna,</p>\n<p>You <b>sh</b>ould<br>wait. </p>"), "Dear Anna,\n\nYou should\nwait.");
    assert_eq!(text("<div>A<br></div><div><br></div><div>B</div>C"), "A\n\nB\nC");
    assert_eq!(text("a <b> b </b> c"), "a b c");
    assert_eq!(text("<p class=MsoNormal>A</p><p class=MsoNormal>B</p>"), "A\nB");
}

#[test]
fn lists_have_their_marks() {
    assert_eq!(
        text("Try:<ul><li>one<li>two<ol><li>first</li><li>second</ol><li></ul>Bye"),
        "Try:\n\n- one\n- two\n1. first\n2. second\n\nBye"
    );
}

#[test]
fn what_a_reader_does_not_see_is_not_there() {
    let html = "<head><title>T</title><style>p{}</style></head><body>\
        <div style='display:none'>Preheader <b>x</b></div><!-- c --><script>var a='<p>'</script>\
        <!--[if mso]>m<![endif]-->Seen<img alt='alt'><span hidden>no</span>.</body>";
    assert_eq!(text(html), "Seen.");
}

#[test]
fn preformatted_text_keeps_its_lines() {
    assert_eq!(text("<pre>\nfn  a()\n\n  b\n</pre>end"), "fn  a()\n\n  b\n\nend");
    assert_eq!(regions("x <pre>code</pre> y"), [(RegionKind::Code, "code".into())]);
}

#[test]
fn a_word_is_found_through_tags_and_entities() {
    let html = "<p>You&nbsp;sh<i>ou</i>ld &amp; can</p>";
    let page = read(html);
    assert_eq!(page.decoded.text, "You\u{a0}should & can");
    let at = page.decoded.text.find("should").unwrap();
    let place = page.decoded.map.to_source(Span::new(at, at + 6));
    assert_eq!(&html[place.range()], "sh<i>ou</i>ld");
    let at = page.decoded.text.find('&').unwrap();
    assert_eq!(&html[page.decoded.map.to_source(Span::new(at, at + 1)).range()], "&amp;");
}

#[test]
fn quotes_of_the_clients_are_regions() {
    let gmail = "<div dir=ltr>Hello</div><br><div class='gmail_quote'><div class=gmail_attr>On Monday Anna wrote:<br></div>\
        <blockquote class=gmail_quote>First<blockquote>Second</blockquote></blockquote></div>After";
    assert_eq!(
        regions(gmail),
        [
            (RegionKind::Quote, "On Monday Anna wrote:\n\nFirst\n\nSecond".into()),
            (RegionKind::Attribution, "On Monday Anna wrote:".into()),
            (RegionKind::Blockquote, "First\n\nSecond".into()),
            (RegionKind::Blockquote, "Second".into()),
        ]
    );
    let outlook = "<div>Hello</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg>From: Anna</div><div>Old</div>";
    assert_eq!(regions(outlook), [(RegionKind::Quote, "From: Anna\nOld".into())]);
}

#[test]
fn a_divider_ends_with_the_quote_it_stands_in() {
    let html = "<blockquote>a<div id=divRplyFwdMsg>From</div>b</blockquote>mine";
    assert_eq!(regions(html), [(RegionKind::Blockquote, "a\nFrom\nb".into()), (RegionKind::Quote, "From\nb".into())]);
}

#[test]
fn misnested_tags_do_not_end_a_quote() {
    let html = "<s>x</s><b><div class=gmail_quote>a</b>b</span></div>c";
    assert_eq!(regions(html), [(RegionKind::Deleted, "x".into()), (RegionKind::Quote, "ab".into())]);
}

#[test]
fn hostile_nesting_is_read_in_one_pass() {
    for tag in ["div", "blockquote", "b", "code", "ul><li", "p hidden", "div id=appendonsend"] {
        let html = format!("{}word{}", format!("<{tag}>").repeat(30_000), "</i></s></p></div>".repeat(30_000));
        let page = read(&html);
        assert!(page.regions.len() < 200, "{tag}");
    }
}

#[test]
fn what_is_shown_without_scripts_is_read() {
    assert_eq!(text("<noscript><p>You <b>forgot</b></p></NoScript> it"), "You forgot\n\nit");
}
