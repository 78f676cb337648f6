//! An audit log that keeps its events, so that a test can ask what was told to it.

use std::sync::{Arc, Mutex};

use palisade::audit::{Event, Sink};

/// What the log was told of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) verdict: &'static str,
    pub(crate) reason: String,
    pub(crate) status: u16,
    /// The pseudonym of the caller.
    pub(crate) caller: Option<String>,
    /// Everything there is, as text.
    pub(crate) whole: String,
}

/// The log.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Entry>>>);

impl Sink for Log {
    fn record(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(Entry {
            verdict: event.verdict.name(),
            reason: event.reason.into(),
            status: event.status,
            caller: event.caller.map(Into::into),
            whole: format!("{event:?}"),
        });
    }
}

impl Log {
    /// The entries since it was last read.
    pub(crate) fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// The only entry since it was last read.
    pub(crate) fn only(&self) -> Entry {
        let mut entries = self.take();
        assert_eq!(entries.len(), 1, "one event for one request: {entries:#?}");
        entries.remove(0)
    }
}
