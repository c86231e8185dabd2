//! tonelint reads the reply you are about to send to a customer.

pub mod decode;
pub mod drafts;
pub mod lint;
pub mod message;
pub mod rules;
pub mod source;
pub mod span;
pub mod state;
pub mod text;
