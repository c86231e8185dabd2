//! The thread: who said what, and when, as far as the mails themselves tell.
//!
//! Turns come from three places: the quotes inside the draft, mails attached to it, and earlier mails
//! that the user names. Quote marks are taken out of a turn's text, so that sentences read on over
//! line ends; every byte still leads back to where it was read.

use crate::decode::SourceMap;
use crate::lint::PassageId;
use crate::message::zones::{attribution, quoted_lines};
use crate::message::{Date, Headers, Mailbox, Message, Zone, ZoneKind};
use crate::span::Span;
use crate::text::days::{WEEKDAYS, in_full};
use crate::text::{self, Tokenised, Word};
use std::sync::OnceLock;

/// Everything said before the draft, newest first.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// The turns, newest first; the draft is not among them.
    pub turns: Vec<Turn>,
}

/// One earlier mail, or the part of it that was quoted.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Which side spoke.
    pub side: Side,
    /// The writer's name, where known.
    pub name: Option<String>,
    /// When, where known.
    pub date: Option<Date>,
    /// Its words, without quote marks.
    pub text: String,
    /// Where the words were read.
    pub document: Document,
    /// The passage of that document.
    pub passage: PassageId,
    map: SourceMap,
    depth: u8,
    sentences: OnceLock<Vec<Tokenised>>,
}

/// Which side of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The house the draft is written in.
    Us,
    /// The one it is written to.
    Customer,
}

/// The document that something was read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Document {
    /// The draft itself, its quotes included.
    Draft,
    /// A mail attached to the draft, by number.
    Attached(usize),
    /// An earlier mail named by the user, by number.
    Earlier(usize),
}

/// Quotes nest no deeper than this in what is read; deeper ones are older than anything that counts.
const MOST_TURNS: usize = 40;

impl Thread {
    /// Reads the turns before `draft`: its quotes, its attached mails, and `earlier` ones.
    #[must_use]
    pub fn read(draft: &Message, earlier: &[Message]) -> Self {
        let house = House::of(&draft.headers);
        let mut turns = quoted(draft, Document::Draft, &house);
        let others = draft.attached.iter().enumerate().map(|(n, mail)| (Document::Attached(n), mail));
        for (document, mail) in others.chain(earlier.iter().enumerate().map(|(n, m)| (Document::Earlier(n), m))) {
            turns.extend(written(mail, document, &house));
            turns.extend(quoted(mail, document, &house));
        }
        // A mail that is quoted here and attached or named there is one turn.
        let mut seen: Vec<(String, Document)> = Vec::new();
        turns.retain(|turn| {
            let key = fingerprint(&turn.text);
            let new = !key.is_empty() && !seen.iter().any(|(known, other)| *known == key && *other != turn.document);
            if new {
                seen.push((key, turn.document));
            }
            new
        });
        if turns.iter().all(|turn| turn.date.is_some()) {
            turns.sort_by_key(|turn| std::cmp::Reverse(turn.date.map(|date| date.timestamp)));
        } else {
            turns.sort_by_key(|turn| (turn.document, turn.depth));
        }
        turns.truncate(MOST_TURNS);
        Self { turns }
    }

    /// How often the customer asked again after an answer of ours. Turns that only give thanks, agree
    /// or settle a day do not count.
    #[must_use]
    pub fn rounds(&self) -> usize {
        let asked = |turn: &Turn| turn.side == Side::Customer && clarifies(turn);
        self.turns.windows(2).filter(|pair| asked(&pair[0]) && pair[1].side == Side::Us).count()
    }

    /// The customer's turns, newest first, with their numbers.
    pub fn customer(&self) -> impl Iterator<Item = (usize, &Turn)> {
        self.turns.iter().enumerate().filter(|(_, turn)| turn.side == Side::Customer)
    }

    /// Our earlier turns, newest first, with their numbers.
    pub fn ours(&self) -> impl Iterator<Item = (usize, &Turn)> {
        self.turns.iter().enumerate().filter(|(_, turn)| turn.side == Side::Us)
    }

    /// The customer's turns since we last wrote, newest first, with their numbers.
    pub fn unanswered(&self) -> impl Iterator<Item = (usize, &Turn)> {
        self.turns.iter().enumerate().take_while(|(_, turn)| turn.side == Side::Customer)
    }
}

impl Turn {
    /// Its sentences, with their words.
    pub fn sentences(&self) -> &[Tokenised] {
        self.sentences.get_or_init(|| text::tokenised(&self.text, Span::new(0, self.text.len())))
    }

    /// All its words.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.sentences().iter().flat_map(|sentence| &sentence.words)
    }

    /// Where `span` of the turn's text stands in its passage.
    #[must_use]
    pub fn place(&self, span: Span) -> Span {
        self.map.to_source(span)
    }
}

/// Who counts as us, by the draft's own headers.
struct House<'m> {
    own: Vec<&'m Mailbox>,
    theirs: Vec<&'m Mailbox>,
    /// The domain of the writer, when nobody written to shares it.
    domain: Option<String>,
}

impl<'m> House<'m> {
    fn of(headers: &'m Headers) -> Self {
        let domain = headers.from.iter().find_map(domain_of);
        let shared = headers.to.iter().all(|to| domain_of(to) == domain);
        Self {
            own: headers.from.iter().collect(),
            theirs: headers.to.iter().filter(|to| domain.is_none() || domain_of(to) != domain).collect(),
            domain: domain.filter(|_| !shared),
        }
    }

    /// The side of a writer, when name or address tell it.
    fn side(&self, name: Option<&str>, address: Option<&str>) -> Option<Side> {
        let address = address.map(str::to_lowercase);
        let same = |mailbox: &&Mailbox| {
            let known = mailbox.address.as_deref().map(str::to_lowercase);
            let by_address = known.is_some() && known == address;
            by_address
                || address.is_none() && name.is_some_and(|n| mailbox.name.as_deref().is_some_and(|m| alike(m, n)))
        };
        if self.own.iter().any(&same) {
            return Some(Side::Us);
        }
        if self.theirs.iter().any(&same) {
            return Some(Side::Customer);
        }
        let domain = address.as_deref().and_then(|a| a.rsplit_once('@')).map(|(_, d)| d.to_owned());
        match (&self.domain, domain) {
            (Some(ours), Some(theirs)) if *ours == theirs => Some(Side::Us),
            (Some(_), Some(_)) => Some(Side::Customer),
            _ => None,
        }
    }
}

fn domain_of(mailbox: &Mailbox) -> Option<String> {
    mailbox.address.as_deref()?.rsplit_once('@').map(|(_, domain)| domain.to_lowercase())
}

fn alike(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

/// The quotes of `mail`, one turn each, newest first.
fn quoted(mail: &Message, document: Document, house: &House<'_>) -> Vec<Turn> {
    let mut turns: Vec<(Option<Span>, Turn)> = Vec::new();
    for (number, passage) in mail.bodies.iter().enumerate() {
        for zone in passage.zones.iter().filter(|z| matches!(z.kind, ZoneKind::Quoted | ZoneKind::Forwarded)) {
            let passage_id = PassageId::Body(number);
            let same = turns.iter_mut().find(|(heading, turn)| {
                turn.passage == passage_id && turn.depth == zone.depth && *heading == zone.attribution
            });
            if let Some((_, turn)) = same {
                take_words(turn, &passage.text, zone);
                continue;
            }
            let heading = zone.attribution.map(|span| span.of(&passage.text)).and_then(attribution::parse);
            let heading = heading.unwrap_or_default();
            // Mails alternate, where nothing tells who wrote.
            let by_depth = if zone.depth % 2 == 1 { Side::Customer } else { Side::Us };
            let side = house.side(heading.name.as_deref(), heading.address.as_deref()).unwrap_or(by_depth);
            let mut turn = Turn {
                side,
                name: heading.name,
                date: heading.date,
                text: String::new(),
                document,
                passage: passage_id,
                map: SourceMap::default(),
                depth: zone.depth,
                sentences: OnceLock::new(),
            };
            take_words(&mut turn, &passage.text, zone);
            turns.push((zone.attribution, turn));
        }
    }
    let mut turns: Vec<Turn> = turns.into_iter().map(|(_, turn)| turn).collect();
    turns.sort_by_key(|turn| turn.depth);
    turns
}

/// The own words of an earlier mail, as a turn.
fn written(mail: &Message, document: Document, house: &House<'_>) -> Option<Turn> {
    let from = mail.headers.from.first();
    let (name, address) = (from.and_then(|f| f.name.clone()), from.and_then(|f| f.address.clone()));
    let mut turn = Turn {
        side: house.side(name.as_deref(), address.as_deref()).unwrap_or(Side::Customer),
        name,
        date: mail.headers.date,
        text: String::new(),
        document,
        passage: PassageId::Body(0),
        map: SourceMap::default(),
        depth: 0,
        sentences: OnceLock::new(),
    };
    let (number, passage) = mail.bodies.iter().enumerate().find(|(_, p)| p.own().next().is_some())?;
    turn.passage = PassageId::Body(number);
    for zone in passage.zones.iter().filter(|z| z.kind == ZoneKind::Own) {
        take_words(&mut turn, &passage.text, zone);
    }
    Some(turn)
}

/// Appends the words of `zone` to the turn, without quote marks.
fn take_words(turn: &mut Turn, text: &str, zone: &Zone) {
    let mut last_end = None;
    for line in quoted_lines(text, zone) {
        let start = line.start as usize;
        if !turn.text.is_empty() {
            // Blank lines were left out; a paragraph's end must stay one.
            let blank = last_end.is_none_or(|end| text[end..start].matches('\n').count() > 1);
            let gap = if blank { "\n\n" } else { "\n" };
            turn.text.push_str(gap);
            turn.map.push_atomic(gap.len(), Span::new(start, start));
        }
        let words = line.of(text);
        let lead = words.len() - words.trim_start().len();
        turn.text.push_str(&words[lead..]);
        turn.map.push_linear(words.len() - lead, start + lead);
        last_end = Some(line.end as usize);
    }
}

/// The first letters of a text, to know a mail again that is quoted and attached.
fn fingerprint(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).take(80).flat_map(char::to_lowercase).collect()
}

/// Whether a turn asks for more than a day: it holds a question or a negation, and names no day.
fn clarifies(turn: &Turn) -> bool {
    const DAYS: &[&str] = &["tomorrow", "week", "morning", "afternoon", "evening", "available", "slot"];
    const AGAINST: &[&str] = &["not", "no", "still", "but", "nothing", "wrong"];
    let any = |so: &dyn Fn(&Word) -> bool| turn.words().any(so);
    let holds = |list: &[&str]| any(&|word| list.contains(&&*word.form));
    let weekday = any(&|word| in_full(&word.form).is_some_and(|name| WEEKDAYS.contains(&name)));
    !weekday && !holds(DAYS) && (holds(AGAINST) || any(&|word| word.form == "?"))
}
