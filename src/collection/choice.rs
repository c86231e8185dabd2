//! Which values of a file are replies: as the configuration says, or as a known shape does.

use super::node::{Node, Scalar};
use super::select::Path;
use crate::decode::Kind;
use std::collections::{HashMap, HashSet};

/// Where the replies of a file are.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Where single replies are; without it, every text that is picked is a reply.
    pub(super) each: Option<Path>,
    /// The words of a reply: of each group the first that is there.
    pub(super) bodies: Vec<Group>,
    /// Its subject: all of these that are there.
    pub(super) subject: Vec<Path>,
    /// Its name: the first of these that is there.
    pub(super) title: Vec<Path>,
}

/// Ways to write the same words, the best first.
pub(super) type Group = Vec<Pick>;

/// Words, and how they are to be read.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    pub(super) path: Path,
    /// `None`: by how they look.
    pub(super) kind: Option<Kind>,
}

/// A reply, still as it is written.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) name: String,
    /// What it is called in the file, when an earlier one has that name already.
    pub(super) called: Option<String>,
    pub(super) subject: Option<Scalar>,
    pub(super) bodies: Vec<(Scalar, Option<Kind>)>,
}

impl Choice {
    /// The texts at `select`. With `each`, all that are at or below one of those values make one reply, and the
    /// paths begin there; `html` says how words are to be read, if it does not show.
    #[must_use]
    pub fn new(
        each: Option<Path>,
        select: Vec<Path>,
        subject: Option<Path>,
        name: Option<Path>,
        html: Option<bool>,
    ) -> Self {
        let kind = html.map(|html| if html { Kind::Html } else { Kind::Text });
        let bodies = select.into_iter().map(|path| vec![Pick { path, kind }]).collect();
        Self { each, bodies, subject: subject.into_iter().collect(), title: name.into_iter().collect() }
    }

    /// The paths, for people.
    pub(super) fn described(&self) -> String {
        let each = self.each.as_ref().map_or(String::new(), |each| format!(", below {each}"));
        let paths: Vec<String> = self.bodies.iter().flatten().map(|pick| pick.path.to_string()).collect();
        format!("{}{each}", paths.join(", "))
    }

    /// Every text of the file.
    pub(super) fn everything() -> Self {
        let all = "$..*".parse().ok().map(|path| vec![Pick { path, kind: None }]);
        Self { bodies: all.into_iter().collect(), ..Self::default() }
    }

    /// Whether it finds any reply with words.
    pub(super) fn gives_any(&self, root: &Node, file: &str) -> bool {
        !self.replies(root, file).is_empty()
    }

    /// The replies of a file, in its order, no text twice.
    pub(super) fn replies(&self, root: &Node, file: &str) -> Vec<Reply> {
        let mut replies = match &self.each {
            Some(each) => {
                each.select(root, file).into_iter().filter_map(|at| self.reply(at.node, at.trail, file)).collect()
            }
            None => self.single_texts(root, file),
        };
        replies.sort_by_key(Reply::start);
        replies.dedup_by_key(|reply| reply.start());
        tell_apart(&mut replies);
        replies
    }

    fn reply(&self, node: &Node, trail: String, file: &str) -> Option<Reply> {
        let mut bodies: Vec<(Scalar, Option<Kind>)> = Vec::new();
        for group in &self.bodies {
            let texts = group.iter().map(|pick| (pick, texts(&pick.path, node, file)));
            if let Some((pick, texts)) = texts.into_iter().find(|(_, texts)| !texts.is_empty()) {
                bodies.extend(texts.into_iter().map(|(text, _)| (text, pick.kind)));
            }
        }
        bodies.sort_by_key(|(text, _)| text.start());
        bodies.dedup_by_key(|(text, _)| text.start());
        let subject = self.subject.iter().find_map(|path| texts(path, node, file).into_iter().next());
        let subject = subject.map(|(text, _)| text);
        if bodies.is_empty() && subject.is_none() {
            return None;
        }
        let title = self.title.iter().find_map(|path| texts(path, node, file).into_iter().next());
        let name = title.map(|(text, _)| text.text(file).trim().to_owned()).filter(|title| !title.is_empty());
        Some(Reply { name: name.unwrap_or(trail), called: None, subject, bodies })
    }

    fn single_texts(&self, root: &Node, file: &str) -> Vec<Reply> {
        let picks = self.bodies.iter().flatten();
        let found = picks.flat_map(|pick| texts(&pick.path, root, file).into_iter().map(|found| (found, pick.kind)));
        found
            .map(|((text, name), kind)| Reply { name, called: None, subject: None, bodies: vec![(text, kind)] })
            .collect()
    }
}

impl Reply {
    /// Where its first word stands in the file's text.
    pub(super) fn start(&self) -> u32 {
        let bodies = self.bodies.iter().map(|(text, _)| text);
        bodies.chain(&self.subject).map(Scalar::start).min().unwrap_or(0)
    }
}

/// The texts with words that `path` names, each with the way to it.
fn texts(path: &Path, root: &Node, file: &str) -> Vec<(Scalar, String)> {
    let text = |found: super::select::Found<'_>| match found.node {
        Node::Text(text) if !text.text(file).trim().is_empty() => Some((text.clone(), found.trail)),
        _ => None,
    };
    path.select(root, file).into_iter().filter_map(text).collect()
}

/// Numbers names that are there twice: by them replies are known in later runs.
fn tell_apart(replies: &mut [Reply]) {
    let mut taken = HashSet::new();
    let mut counts = HashMap::<String, usize>::new();
    for reply in replies {
        while !taken.insert(reply.name.clone()) {
            let called = reply.called.get_or_insert_with(|| reply.name.clone());
            let count = counts.entry(called.clone()).or_insert(1);
            *count += 1;
            reply.name = format!("{called} ({count})");
        }
    }
}
