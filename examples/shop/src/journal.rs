//! Audit events as lines on standard error. `Audit::tracing()` is what a service with a `tracing` subscriber takes.

use std::io::{self, Write};

use palisade::audit::{Event, Sink};

/// One line for each request.
#[derive(Debug, Clone, Copy)]
pub struct Journal;

impl Sink for Journal {
    fn record(&self, event: &Event<'_>) {
        let Event { verdict, stage, reason, policy, caller, status, latency, .. } = event;
        // A line that cannot be written must not stop the request that it is about.
        let _ = writeln!(
            io::stderr(),
            "audit {} stage={stage} reason={reason} policy={policy} caller={} status={status} latency={latency:?}",
            verdict.name(),
            caller.unwrap_or("-"),
        );
    }
}
