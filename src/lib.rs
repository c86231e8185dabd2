//! tonelint reads the reply you are about to send to a customer, marks the words that judge, blame or
//! brush off, notices when you keep rewording, and says when to call or visit instead. It runs offline,
//! keeps nothing unless asked, and gives the same answer every time.
//!
//! A message walks through the house once, front to back:
//!
//! ```text
//! source ──► decode ──► message ──► text ──► lint ────┐
//! (files,    (bytes →   (headers,   (sen-    (rules   ├─► advice ──► report
//!  stdin,     text with  parts,      tences,  find)   │   (verdict    (human, json,
//!  git)       the way    zones:      words)           │    with        sarif, …)
//!             back)      whose                 drafts ┘    reasons)
//!                        words)                (revisions)
//! ```
//!
//! | room | duty |
//! | --- | --- |
//! | [`bounded`] | reads what has no end to a limit |
//! | [`source`] | what the user names → documents; fails closed |
//! | [`decode`] | raw bytes → text, every decoded byte with its raw start and end |
//! | [`collection`] | files that hold many replies, each with its name and the way back to the file |
//! | [`message`] | headers, parts, and zones: whose words are these |
//! | [`text`] | paragraphs, sentences and words as spans |
//! | [`template`] | template syntax: tags as opaque words, and a reading for every arm |
//! | [`rules`] | the dictionary: senses as patterns over words, their compiler and matcher |
//! | [`lint`] | one pass over a message: findings, credits, signals, suppressions |
//! | [`drafts`] | revisions of one message: found, aligned, and told from new content |
//! | [`state`] | what is kept on disk between runs, if asked: one folder |
//! | [`advice`] | send, rework, call or visit, with reasons |
//! | [`report`] | a file per format |
//! | [`sending`] | on the way out: what leaves, what is held, and what is said then |
//! | [`config`] | the user's and the project's wishes |
//!
//! Arrows run one way: rules know nothing of mail, decode knows nothing of rules, and the library
//! never prints. The command line (`src/cli`) is the only place that does.
//!
//! ```
//! use tonelint::{decode::Kind, lint::{Linter, Policy}, message::Message, rules::RuleSet};
//!
//! let draft = "Hi Anna,\n\nYou should have told us earlier.\n\n> Where is my parcel? You should be ashamed.\n";
//! let message = Message::read(draft.as_bytes(), Kind::Text)?;
//!
//! let (rules, policy) = (RuleSet::embedded(), Policy::default());
//! let linted = Linter::new(&rules, &policy).lint("reply.txt", &message);
//!
//! // Only the writer's own words are judged, and the finding leads back to the file.
//! let [finding] = &linted.findings[..] else { panic!("one finding") };
//! let body = &message.bodies[0];
//! let place = body.map.to_source(finding.place.mark);
//! assert!(draft[place.range()].starts_with("should"));
//! # Ok::<(), tonelint::message::ReadError>(())
//! ```

pub mod advice;
pub mod bounded;
pub mod collection;
pub mod config;
pub mod decode;
pub mod drafts;
pub mod lint;
pub mod message;
pub mod report;
pub mod rules;
pub mod sending;
pub mod source;
pub mod span;
pub mod state;
pub mod template;
pub mod text;
