//! The pattern notation: text → [`Expr`].
//!
//! | written | matches |
//! | --- | --- |
//! | `should` | the word, in canonical form (lower case, contractions taken apart) |
//! | `forget~` | all its forms; `~ed` past and participle, `~ing`, `~s` only those |
//! | `un*`, `*ed` | any word that begins or ends so |
//! | `<you>` | a word class from `rules/words/`, or a built-in one: `<number>`, `<name>`, `<quoted>`, `<blank>`, `<word>` |
//! | `( a \| b )` | either |
//! | `x?`  `x+` | perhaps; one or more |
//! | `...` | a short gap of up to four words inside the clause; `...9` up to nine |
//! | `....` `....9` | the same, but across commas and joints (`and`, `that`, `because`) too |
//! | `!x` | here does not stand x (matches no word itself) |
//! | `[ x ]` | the words to point at; without it, the whole match |
//! | `^` `^^` | start of the sentence; start of a clause |
//! | `$` `$$` | end of a clause; end of the sentence |
//! | `,` `?` written as `\,` `\?` | the mark itself |
//!
//! Adverbs (the class `<slip>`) may stand between any two words and need not be written.

use super::super::program::Place;

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// One canonical word.
    Word(String),
    /// Some forms of a word.
    Forms(String, Forms),
    /// Words that begin so.
    Prefix(String),
    /// Words that end so.
    Suffix(String),
    /// A word class.
    Class(String),
    /// One after the other.
    Sequence(Vec<Expr>),
    /// Either.
    Either(Vec<Expr>),
    /// Perhaps.
    Optional(Box<Expr>),
    /// One or more.
    Repeat(Box<Expr>),
    /// Up to so many words, whatever they are.
    Gap(u8, Reach),
    /// Not here.
    Not(Box<Expr>),
    /// The words to point at.
    Mark(Box<Expr>),
    /// A place that takes no word.
    Place(Place),
}

/// Which forms of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// `~`
    All,
    /// `~ed`: past tense and past participle.
    Past,
    /// `~ing`
    Present,
    /// `~s`
    Third,
}

/// How far a gap reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// `...`: to the end of the clause.
    Clause,
    /// `....`: to the end of the sentence.
    Sentence,
}

/// Why a pattern cannot be read, and where in it (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte of the pattern.
    pub at: usize,
    /// What stands in the way and what to write instead.
    pub message: String,
}

/// Words a gap spans when no number is written.
const GAP: u8 = 4;
/// Deepest nesting of groups.
const DEEPEST: usize = 40;

/// Reads a pattern.
///
/// # Errors
/// With the byte at which it cannot be read on.
pub fn parse(pattern: &str) -> Result<Expr, Problem> {
    let mut parser = Parser { pattern, at: 0, depth: 0 };
    let expr = parser.either()?;
    match parser.peek() {
        None => Ok(expr),
        Some(c) => Err(parser.problem(format!("`{c}` closes nothing"))),
    }
}

struct Parser<'p> {
    pattern: &'p str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<char> {
        let rest = &self.pattern[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.pattern[self.at..].chars().next()
    }

    fn eat(&mut self, text: &str) -> bool {
        let here = self.pattern[self.at..].starts_with(text);
        self.at += if here { text.len() } else { 0 };
        here
    }

    fn problem(&self, message: impl Into<String>) -> Problem {
        Problem { at: self.at, message: message.into() }
    }

    fn either(&mut self) -> Result<Expr, Problem> {
        let mut arms = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            arms.push(self.sequence()?);
        }
        Ok(if arms.len() == 1 { arms.remove(0) } else { Expr::Either(arms) })
    }

    fn sequence(&mut self) -> Result<Expr, Problem> {
        let mut items = Vec::new();
        while self.peek().is_some_and(|c| !matches!(c, '|' | ')' | ']')) {
            items.push(self.item()?);
        }
        match items.len() {
            0 => Err(self.problem("an empty pattern matches nothing; write a word, or drop the `|`")),
            1 => Ok(items.remove(0)),
            _ => Ok(Expr::Sequence(items)),
        }
    }

    fn item(&mut self) -> Result<Expr, Problem> {
        let expr = self.atom()?;
        if self.eat("?") {
            Ok(Expr::Optional(Box::new(expr)))
        } else if self.eat("+") {
            Ok(Expr::Repeat(Box::new(expr)))
        } else {
            Ok(expr)
        }
    }

    fn atom(&mut self) -> Result<Expr, Problem> {
        if self.eat("...") {
            let reach = if self.eat(".") { Reach::Sentence } else { Reach::Clause };
            let digits: String = self.pattern[self.at..].chars().take_while(char::is_ascii_digit).collect();
            self.at += digits.len();
            let width = if digits.is_empty() { Ok(GAP) } else { digits.parse() };
            return width
                .ok()
                .filter(|n| (1..=12).contains(n))
                .map(|width| Expr::Gap(width, reach))
                .ok_or_else(|| self.problem("a gap spans one to twelve words"));
        }
        for (written, place) in [
            ("^^", Place::ClauseStart),
            ("^", Place::SentenceStart),
            ("$$", Place::SentenceEnd),
            ("$", Place::ClauseEnd),
        ] {
            if self.eat(written) {
                return Ok(Expr::Place(place));
            }
        }
        match self.peek() {
            Some('(') => self.group(')'),
            Some('[') => Ok(Expr::Mark(Box::new(self.group(']')?))),
            Some('<') => self.class(),
            Some('!') => {
                self.at += 1;
                Ok(Expr::Not(Box::new(self.nested(Self::atom)?)))
            }
            Some('\\') => {
                self.at += 1;
                let mark = self.pattern[self.at..].chars().next().filter(|c| ",;:.!?-()/".contains(*c));
                let mark = mark.ok_or_else(|| self.problem("after `\\` stands one of , ; : . ! ? - ( ) /"))?;
                self.at += 1;
                Ok(Expr::Word(if self.eat("..") { "...".into() } else { mark.into() }))
            }
            _ => self.word(),
        }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Problem>) -> Result<T, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.problem("groups nest too deeply; name the inner part as a word class"));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn group(&mut self, close: char) -> Result<Expr, Problem> {
        self.at += 1;
        let inside = self.nested(Self::either)?;
        if self.peek() != Some(close) {
            return Err(self.problem(format!("this group is not closed; add `{close}`")));
        }
        self.at += 1;
        Ok(inside)
    }

    fn class(&mut self) -> Result<Expr, Problem> {
        self.at += 1;
        let rest = &self.pattern[self.at..];
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
        if len == 0 || !rest[len..].starts_with('>') {
            return Err(self.problem("a class is written `<name>`, with letters and hyphens"));
        }
        self.at += len + 1;
        Ok(Expr::Class(rest[..len].into()))
    }

    fn word(&mut self) -> Result<Expr, Problem> {
        let rest = &self.pattern[self.at..];
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '-' | '*' | '.');
        let len = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        // A gap may follow a word without a blank.
        let len = rest[..len].find("...").unwrap_or(len);
        let written = &rest[..len];
        if written.is_empty() {
            let c = rest.chars().next().map_or(String::new(), String::from);
            return Err(
                self.problem(format!("`{c}` has no meaning here; a mark is written with a backslash, as `\\,`"))
            );
        }
        if written.chars().any(char::is_uppercase) {
            return Err(self.problem(format!("words are written in lower case: `{}`", written.to_lowercase())));
        }
        if written.contains('\'') && !matches!(written, "'s" | "o'clock") {
            return Err(self.problem(format!("contractions are written apart: `do not` for `don't`, not `{written}`")));
        }
        self.at += len;
        let expr = match (written.strip_prefix('*'), written.strip_suffix('*')) {
            (Some(end), None) if !end.contains('*') => Expr::Suffix(end.into()),
            (None, Some(start)) if !start.contains('*') => Expr::Prefix(start.into()),
            (None, None) if !written.contains('*') => Expr::Word(written.into()),
            _ => return Err(self.problem("one `*` stands at the start or the end of a word")),
        };
        match expr {
            Expr::Word(word) if self.eat("~") => {
                let forms = [("ing", Forms::Present), ("ed", Forms::Past), ("s", Forms::Third)];
                let which =
                    forms.into_iter().find(|(written, _)| self.eat(written)).map_or(Forms::All, |(_, forms)| forms);
                Ok(Expr::Forms(word, which))
            }
            expr => Ok(expr),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Expr {
        Expr::Word(text.into())
    }

    #[test]
    fn a_sense_reads_as_written() {
        let expr = parse("<person> [should] <not>? have forget~ed | ^ no \\, ...6").expect("reads");
        assert_eq!(
            expr,
            Expr::Either(vec![
                Expr::Sequence(vec![
                    Expr::Class("person".into()),
                    Expr::Mark(Box::new(word("should"))),
                    Expr::Optional(Box::new(Expr::Class("not".into()))),
                    word("have"),
                    Expr::Forms("forget".into(), Forms::Past),
                ]),
                Expr::Sequence(vec![
                    Expr::Place(Place::SentenceStart),
                    word("no"),
                    word(","),
                    Expr::Gap(6, Reach::Clause)
                ]),
            ])
        );
    }

    #[test]
    fn problems_say_where_and_what_to_write() {
        for (pattern, at, hint) in [
            ("you (should", 11, "add `)`"),
            ("you | ", 6, "empty pattern"),
            ("don't", 0, "do not"),
            ("You", 0, "`you`"),
            ("a , b", 2, "backslash"),
            ("<per son>", 1, "<name>"),
            ("a ]", 2, "closes nothing"),
            ("...99", 5, "twelve"),
        ] {
            let problem = parse(pattern).expect_err(pattern);
            assert_eq!(problem.at, at, "{pattern}: {}", problem.message);
            assert!(problem.message.contains(hint), "{pattern}: {}", problem.message);
        }
        assert!(parse(&"(".repeat(10_000)).is_err());
    }
}
