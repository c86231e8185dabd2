//! Lays out text in lines: collapses white space and puts line ends where a browser would.

use super::entity::Piece;
use crate::decode::Decoded;
use crate::span::Span;

/// The page being written.
#[derive(Default)]
pub(super) struct Page {
    pub(super) out: Decoded,
    /// White space that becomes a space if a word follows on the same line.
    space: Option<Span>,
    /// Line ends to write before the next word, and the markup they come from.
    breaks: usize,
    break_at: Option<Span>,
    /// The current line holds words.
    in_line: bool,
    /// The mark of a list item, written before its first word.
    bullet: Option<(String, Span)>,
}

impl Page {
    /// Ends the current line, if any, as a block does; `blank` asks for a blank line too.
    pub(super) fn end_block(&mut self, blank: bool, raw: Span) {
        self.space = None;
        let least = if blank { 2 } else { 1 };
        if self.in_line {
            self.note_break(raw, least);
        } else if self.breaks > 0 && self.breaks < least {
            self.note_break(raw, least - self.breaks);
        }
    }

    /// Whether no word stands on the current line.
    pub(super) fn at_line_start(&self) -> bool {
        !self.in_line
    }

    /// Ends the current line as `<br>` does: on an empty line it makes a blank one.
    pub(super) fn br(&mut self, raw: Span) {
        self.space = None;
        self.note_break(raw, 1);
    }

    /// Sets the mark of the list item whose start tag is at `raw`.
    pub(super) fn item(&mut self, mark: String, raw: Span) {
        self.bullet = Some((mark, raw));
    }

    /// Forgets the mark of an item without words.
    pub(super) fn end_item(&mut self) {
        self.bullet = None;
    }

    /// Adds text whose white space collapses. Calls `start` before the first word is written.
    pub(super) fn flow(&mut self, piece: &Piece<'_>, mut start: impl FnMut(usize)) {
        let mut rest = piece.text;
        let mut at = piece.raw.start as usize;
        while !rest.is_empty() {
            let blank = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
            if blank > 0 {
                let raw = if piece.linear { Span::new(at, at + blank) } else { piece.raw };
                self.space = self.space.or(Some(raw));
            }
            rest = &rest[blank..];
            at += blank;
            let word = rest.find(is_blank).unwrap_or(rest.len());
            if word > 0 {
                self.before_word();
                start(self.out.text.len());
                self.word(&rest[..word], at, piece);
            }
            rest = &rest[word..];
            at += word;
        }
    }

    /// Adds text whose line ends and spaces are kept, as in `<pre>`.
    pub(super) fn keep(&mut self, piece: &Piece<'_>, mut start: impl FnMut(usize)) {
        let mut at = piece.raw.start as usize;
        for line in piece.text.split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            if !words.is_empty() {
                self.before_word();
                start(self.out.text.len());
                self.word(words, at, piece);
            }
            at += words.len();
            if words.len() < line.len() {
                self.br(if piece.linear { Span::new(at, at + 1) } else { piece.raw });
                at += 1;
            }
        }
    }

    fn word(&mut self, word: &str, at: usize, piece: &Piece<'_>) {
        self.out.text.push_str(word);
        if piece.linear {
            self.out.map.push_linear(word.len(), at);
        } else {
            self.out.map.push_atomic(word.len(), piece.raw);
        }
        self.in_line = true;
    }

    fn note_break(&mut self, raw: Span, lines: usize) {
        self.breaks += lines;
        self.in_line = false;
        self.break_at = Some(self.break_at.map_or(raw, |first| first.cover(raw)));
    }

    /// Writes the line ends, the bullet or the space that stand before a word.
    fn before_word(&mut self) {
        let space = self.space.take();
        if let Some(raw) = self.break_at.take() {
            // Nothing stands above the first line.
            if !self.out.text.is_empty() {
                // More blank lines than two say nothing more, and markup may ask for millions.
                self.atom(&"\n\n\n"[..self.breaks.min(3)], raw);
            }
            self.breaks = 0;
        } else if let (Some(raw), true) = (space, self.in_line) {
            self.atom(" ", raw);
        }
        if let Some((mark, raw)) = self.bullet.take() {
            self.atom(&mark, raw);
        }
    }

    fn atom(&mut self, text: &str, raw: Span) {
        self.out.text.push_str(text);
        self.out.map.push_atomic(text.len(), raw);
    }
}

/// HTML's white space: a no-break space is not among it.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}
