//! The open elements of a page: which are hidden, which are quotes, which end where.

use super::entity;
pub(super) use super::marks::Attributes;
use super::page::Page;
use super::tag::{Layout, TAGS, Tag};
use crate::decode::{Comment, Region, RegionKind};
use crate::span::Span;
use std::ops::Range;

/// Regions inside each other beyond this many are not told apart.
const DEEPEST: usize = 100;

/// How far an inline end tag looks for its start, past other inline elements.
const NEAR: usize = 64;

/// An open element.
struct Element {
    tag: Tag,
    region: Option<usize>,
    hidden: bool,
    preformatted: bool,
    blank: bool,
    /// Items so far, of a numbered list.
    count: usize,
}

/// What is known while the tokens of a page pass by.
pub(super) struct Tree<'a> {
    html: &'a str,
    page: Page,
    open: Vec<Element>,
    /// Open elements of each tag.
    counts: [usize; TAGS],
    hidden: usize,
    preformatted: usize,
    /// A `<pre>` was just opened: a line end right after it is not shown.
    fresh_pre: bool,
    regions: Vec<Region>,
    comments: Vec<Comment>,
    /// Open regions that hold no word yet.
    unset: Vec<usize>,
    open_regions: usize,
    /// Heights of the open quotes, and the regions a divider opened inside each.
    quotes: Vec<usize>,
    dividers: Vec<(usize, usize)>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self {
            html,
            page: Page::default(),
            open: Vec::new(),
            counts: [0; TAGS],
            hidden: 0,
            preformatted: 0,
            fresh_pre: false,
            regions: Vec::new(),
            comments: Vec::new(),
            unset: Vec::new(),
            open_regions: 0,
            quotes: Vec::new(),
            dividers: Vec::new(),
        }
    }

    /// A start tag.
    pub(super) fn start(&mut self, name: &[u8], attributes: &Attributes, raw: Range<usize>) {
        let Some(tag) = Tag::named(name) else { return };
        let raw = Span::new(raw.start, raw.end);
        while self.open.last().is_some_and(|top| tag.closes(top.tag)) {
            self.pop(raw);
        }
        let mark = attributes.mark(tag);
        let layout = tag.layout();
        let in_list = self.counts[Tag::Ul as usize] + self.counts[Tag::Ol as usize] > 0;
        let blank = match tag {
            Tag::Ul | Tag::Ol => !in_list,
            _ => layout == Layout::Paragraph && !mark.tight && tag != Tag::Hr,
        };
        let shown = self.hidden == 0 && !mark.hidden;
        if shown {
            match tag {
                Tag::Br => self.page.br(raw),
                Tag::Li => {
                    self.page.end_block(false, raw);
                    let bullet = self.bullet();
                    self.page.item(bullet, raw);
                }
                _ if matches!(layout, Layout::Block | Layout::Paragraph) => {
                    self.page.end_block(blank, raw);
                }
                _ => {}
            }
            if mark.divider {
                self.divide();
            }
        }
        let plain_inline = layout == Layout::Inline && mark.region.is_none() && !mark.hidden && !mark.preformatted;
        if tag.is_void() || tag == Tag::Body || plain_inline {
            // Nothing to remember; an end tag without its element is ignored.
            return;
        }
        let hidden = mark.hidden || layout == Layout::Unseen;
        let region = mark.region.filter(|_| shown).and_then(|kind| self.open_region(kind));
        if matches!(mark.region, Some(RegionKind::Quote | RegionKind::Blockquote)) {
            self.quotes.push(self.open.len());
        }
        self.hidden += usize::from(hidden);
        self.preformatted += usize::from(mark.preformatted);
        self.fresh_pre = mark.preformatted;
        self.counts[tag as usize] += 1;
        self.open.push(Element { tag, region, hidden, preformatted: mark.preformatted, blank, count: 0 });
    }

    /// A comment, which is shown to nobody.
    pub(super) fn comment(&mut self, value: &[u8]) {
        let at = self.page.out.text.len();
        let text = String::from_utf8_lossy(value).into_owned();
        self.comments.push(Comment { span: Span::new(at, at), text, alone: self.page.at_line_start() });
    }

    /// An end tag. It closes what is open inside its element; one without an element is ignored.
    pub(super) fn end(&mut self, name: &[u8], raw: Range<usize>) {
        let Some(tag) = Tag::named(name) else { return };
        let raw = Span::new(raw.start, raw.end);
        if tag == Tag::Br {
            // Browsers read `</br>` as `<br>`.
            if self.hidden == 0 {
                self.page.br(raw);
            }
            return;
        }
        if self.counts[tag as usize] == 0 {
            return;
        }
        if tag.layout() == Layout::Inline {
            // An inline end tag does not reach through a block.
            let inline = self.open.iter().rev().take(NEAR);
            let mut above = inline.take_while(|e| e.tag.layout() == Layout::Inline);
            if !above.any(|e| e.tag == tag) {
                return;
            }
        }
        while let Some(top) = self.open.last() {
            let found = top.tag == tag;
            self.pop(raw);
            if found {
                break;
            }
        }
    }

    /// A text token.
    pub(super) fn text(&mut self, value: &[u8], raw: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        let value = String::from_utf8_lossy(value);
        let mut value = &*value;
        let mut start = raw.start.min(self.html.len());
        let end = raw.end.min(self.html.len());
        let mut source = self.html.get(start..end).unwrap_or_default();
        if std::mem::take(&mut self.fresh_pre)
            && let Some(rest) = value.strip_prefix('\n')
        {
            let skipped = if source.starts_with("\r\n") { 2 } else { 1 };
            value = rest;
            source = source.get(skipped..).unwrap_or_default();
            start += skipped;
        }
        let (page, regions, unset) = (&mut self.page, &mut self.regions, &mut self.unset);
        let mut begin = |at: usize| {
            for region in unset.drain(..) {
                regions[region].span = Span::new(at, at);
            }
        };
        let keep = self.preformatted > 0;
        entity::pieces(source, value, start, |piece| {
            if keep {
                page.keep(&piece, &mut begin);
            } else {
                page.flow(&piece, &mut begin);
            }
        });
    }

    /// Closes what is open and gives the page.
    pub(super) fn finish(mut self) -> super::Page {
        let end = Span::new(self.html.len(), self.html.len());
        while !self.open.is_empty() {
            self.pop(end);
        }
        self.close_dividers(0);
        self.regions.retain(|r| !r.span.is_empty());
        self.regions.sort_by_key(|r| (r.span.start, std::cmp::Reverse(r.span.end)));
        super::Page { decoded: self.page.out, regions: self.regions, comments: self.comments }
    }

    fn pop(&mut self, raw: Span) {
        let Some(element) = self.open.pop() else { return };
        if self.quotes.last() == Some(&self.open.len()) {
            self.quotes.pop();
            self.close_dividers(self.quotes.len() + 1);
        }
        self.counts[element.tag as usize] -= 1;
        if element.tag == Tag::Li {
            self.page.end_item();
        }
        if self.hidden == 0 && matches!(element.tag.layout(), Layout::Block | Layout::Paragraph) {
            self.page.end_block(element.blank, raw);
        }
        self.hidden -= usize::from(element.hidden);
        self.preformatted -= usize::from(element.preformatted);
        if let Some(region) = element.region {
            self.close_region(region);
        }
    }

    fn open_region(&mut self, kind: RegionKind) -> Option<usize> {
        if self.open_regions >= DEEPEST {
            return None;
        }
        let index = self.regions.len();
        self.regions.push(Region { kind, span: Span::default() });
        self.unset.push(index);
        self.open_regions += 1;
        Some(index)
    }

    fn close_region(&mut self, index: usize) {
        self.open_regions -= 1;
        if let Some(at) = self.unset.iter().rposition(|i| *i == index) {
            self.unset.remove(at);
        } else {
            let start = self.regions[index].span.start as usize;
            self.regions[index].span = Span::new(start, self.page.out.text.len());
        }
    }

    /// Opens the quote that a divider announces: it lasts to the end of the quote it stands in,
    /// or of the page. Two dividers with no word between them are one.
    fn divide(&mut self) {
        if self.dividers.last().is_some_and(|(_, region)| self.unset.contains(region)) {
            return;
        }
        if let Some(region) = self.open_region(RegionKind::Quote) {
            self.dividers.push((self.quotes.len(), region));
        }
    }

    /// Closes the quotes of dividers that stand inside `depth` or more quotes.
    fn close_dividers(&mut self, depth: usize) {
        while let Some((_, region)) = self.dividers.pop_if(|(inside, _)| *inside >= depth) {
            self.close_region(region);
        }
    }

    /// The mark of the next item of the innermost list.
    fn bullet(&mut self) -> String {
        // Only what was opened since the list can stand above it; markup without a list has none.
        let list = self.open.iter_mut().rev().take(NEAR);
        match list.into_iter().find(|e| matches!(e.tag, Tag::Ul | Tag::Ol)) {
            Some(list) if list.tag == Tag::Ol => {
                list.count += 1;
                format!("{}. ", list.count)
            }
            _ => "- ".to_owned(),
        }
    }
}
