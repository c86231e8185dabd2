//! Stand-in.

use crate::lint::{Linted, Place};
use crate::message::Message;
use crate::rules::RuleSet;
use crate::rules::dictionary::Severity;

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    Send,
    Rework,
    Call,
    Visit,
}

pub struct Reason {
    pub signal: String,
    pub points: f32,
    pub text: String,
    pub evidence: String,
    pub place: Option<Place>,
}

pub struct Advice {
    pub action: Action,
    pub points: f32,
    pub reasons: Vec<Reason>,
}

pub struct Context<'a> {
    pub message: &'a Message,
    pub linted: &'a Linted,
    pub rules: &'a RuleSet,
    pub key_account: bool,
}

pub fn advise(context: &Context<'_>) -> Advice {
    let loud = context.linted.findings.iter().any(|f| f.suppressed.is_none() && f.severity >= Severity::Warning);
    Advice { action: if loud { Action::Rework } else { Action::Send }, points: 0.0, reasons: Vec::new() }
}
