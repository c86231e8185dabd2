//! On the way out: what a wrapper around the program that sends has to decide, and to say.
//!
//! ```text
//! arguments ─► modes (no message? straight through)
//! message ─► fields (what leaves, and a wish to send anyway) ─► check ─► policy ─► pass
//!                                                                           └────► hold ─► record, text
//! ```
//!
//! Advice, never a block: a text is held once, and passes when it is sent again. Nothing here prints,
//! and no word of a message is kept: [`HoldRecord`] knows texts by keyed hashes, and the copy of a hold
//! names rules and lines.

mod fields;
mod modes;
mod policy;
mod program;
mod record;
pub mod status;
mod text;
mod unchecked;

pub use fields::{Outgoing, outgoing};
pub use modes::takes_no_message;
pub use policy::holds;
pub use program::{NoProgram, Program};
pub use record::HoldRecord;
pub use text::{Hold, unchecked_text};
pub use unchecked::record as record_unchecked;
