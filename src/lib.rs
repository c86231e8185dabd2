//! tonelint reads the reply you are about to send to a customer.

pub mod advice;
pub mod config;
pub mod decode;
pub mod lint;
pub mod message;
pub mod report;
pub mod rules;
pub mod source;
pub mod span;
pub mod text;
