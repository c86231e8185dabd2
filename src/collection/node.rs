//! What a file says, whatever its format: texts, lists and maps, every text still as it is written.
//!
//! Texts are decoded when their turn comes, so a file of many replies costs little more than itself.

use super::{csv, json, po, properties};
use crate::decode::{Decoded, SourceMap};
use crate::span::Span;
use std::borrow::Cow;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Words, or a name.
    Text(Scalar),
    /// Values by their names, in the order of the file; a name may stand twice.
    Map(Vec<(Scalar, Node)>),
    /// Values in order.
    List(Vec<Node>),
    /// A number, a switch, nothing: no words.
    Other,
}

/// Values lie in one another no deeper than this.
pub(super) const DEEPEST: usize = 128;

/// A text as it is written.
#[derive(Clone, Debug)]
pub(super) enum Scalar {
    /// To be decoded.
    Written {
        /// Where in the file's text, quotes and all.
        place: Span,
        /// How it is written there.
        style: Style,
    },
    /// Decoded already.
    Read(Box<Reading>),
}

/// A decoded text.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The text, with the way back to the file's text.
    pub(super) decoded: Decoded,
    /// Whether that way is exact; otherwise it leads to the whole place.
    pub(super) exact: bool,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it reads.
    Bare,
    /// A JSON string in its quotes (RFC 8259, section 7).
    Json,
    /// A quoted field of CSV (RFC 4180, section 2).
    Csv,
    /// Strings of gettext, which stand for one.
    Po,
    /// A name or text of a properties file.
    Properties,
}

impl Scalar {
    /// A text that reads as it is written at `place`.
    pub(super) fn bare(place: Span) -> Self {
        Self::Written { place, style: Style::Bare }
    }

    /// A name that stands nowhere.
    pub(super) fn named(name: &str) -> Self {
        let mut pen = Pen::default();
        pen.unit(name, Span::default());
        Self::Read(Box::new(Reading { decoded: pen.decoded, exact: false }))
    }

    /// The text, its map leading into `file`.
    pub(super) fn read(&self, file: &str) -> Reading {
        match self {
            Self::Read(reading) => (**reading).clone(),
            Self::Written { place, style } => Reading { decoded: decode(file, *place, *style), exact: true },
        }
    }

    /// The text alone.
    pub(super) fn text<'t>(&'t self, file: &'t str) -> Cow<'t, str> {
        match self {
            Self::Read(reading) => Cow::Borrowed(&reading.decoded.text),
            Self::Written { place, style: Style::Bare } => Cow::Borrowed(place.of(file)),
            Self::Written { place, style: Style::Json } if !place.of(file).contains('\\') => {
                Cow::Borrowed(place.of(file).trim_matches('"'))
            }
            Self::Written { place, style } => Cow::Owned(decode(file, *place, *style).text),
        }
    }

    /// Where it begins in the file's text.
    pub(super) fn start(&self) -> u32 {
        match self {
            Self::Written { place, .. } => place.start,
            Self::Read(reading) => reading.decoded.map.to_source(Span::default()).start,
        }
    }
}

fn decode(file: &str, place: Span, style: Style) -> Decoded {
    match style {
        Style::Bare => {
            let text = place.of(file).to_owned();
            Decoded { map: SourceMap::slice(place.start as usize, text.len()), text }
        }
        Style::Json => json::string(file, place),
        Style::Csv => csv::field(file, place),
        Style::Po => po::string(file, place),
        Style::Properties => properties::value(file, place),
    }
}

/// Decoded text in the making.
#[derive(Debug, Default)]
pub(super) struct Pen {
    /// What is written so far.
    pub(super) decoded: Decoded,
}

impl Pen {
    /// Writes what stands at `place` of `file`, as it stands.
    pub(super) fn copy(&mut self, file: &str, place: Span) {
        let text = place.of(file);
        self.decoded.text.push_str(text);
        self.decoded.map.push_linear(text.len(), place.start as usize);
    }

    /// Writes `unit`, for which all of `place` stands.
    pub(super) fn unit(&mut self, unit: &str, place: Span) {
        self.decoded.text.push_str(unit);
        self.decoded.map.push_atomic(unit.len(), place);
    }

    /// Writes a character, for which all of `place` stands.
    pub(super) fn character(&mut self, character: char, place: Span) {
        self.unit(character.encode_utf8(&mut [0; 4]), place);
    }
}
