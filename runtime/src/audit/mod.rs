//! One event for each request, allowed or not, also when the handler panics or the client goes away.

mod event;
mod known;
mod record;
mod sink;

pub use event::{Event, Verdict};
pub(crate) use known::Known;
pub(crate) use record::Record;
pub use sink::{Audit, Sink};
