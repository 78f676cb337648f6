//! What is recorded of a request: an allow-list of fields. No secret, no value, no path with ids in it.

use std::time::Duration;

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The policy allowed it, and the handler answered.
    Allowed,
    /// The policy refused it, or its input.
    Refused,
    /// It could not be decided, or something of ours failed.
    Failed,
    /// The client went away before it was answered.
    Abandoned,
}

impl Verdict {
    /// Its name in events: `allow`, `deny`, `error`, `abandoned`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allow",
            Self::Refused => "deny",
            Self::Failed => "error",
            Self::Abandoned => "abandoned",
        }
    }
}

/// One request, as the audit log sees it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Event<'a> {
    /// What became of it.
    pub verdict: Verdict,
    /// The station it came to.
    pub stage: &'static str,
    /// Why, by a stable code; when it was allowed, `ok`, or `replayed` where the answer was given before.
    pub reason: &'static str,
    /// The policy that decided: the endpoint's operation id.
    pub policy: &'static str,
    /// The method, by its name on the wire.
    pub method: &'static str,
    /// The route's template, never the path.
    pub route: &'static str,
    /// The caller under a pseudonym that is the same for one key of the audit; nothing when there is none.
    pub caller: Option<&'a str>,
    /// How the caller authenticated: `bearer`, `api_key`, `certificate`, `signature` or `webhook`.
    pub authenticated_by: Option<&'static str>,
    /// The status of the answer; 499 for an abandoned request.
    pub status: u16,
    /// How long it took.
    pub latency: Duration,
}
