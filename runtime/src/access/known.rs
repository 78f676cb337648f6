//! What is known of who sees or writes the properties of a value.

use super::{Decision, Ownership, decide_property};
use crate::{
    auth::Caller,
    policy::Demand,
    value::audience::{Party, Verdict},
};

/// A caller at a time; nobody on a public endpoint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    caller: Option<&'a Caller>,
    unix_seconds: Option<u64>,
}

impl<'a> Known<'a> {
    pub(crate) const fn new(caller: Option<&'a Caller>, unix_seconds: Option<u64>) -> Self {
        Self { caller, unix_seconds }
    }
}

impl Party for Known<'_> {
    fn principal(&self) -> Option<(&str, &str)> {
        self.caller.map(Caller::principal)
    }

    /// Nobody satisfies nothing, not even that something does not hold.
    fn satisfies(&self, demand: &'static Demand, owns: bool) -> Verdict {
        let Some(caller) = self.caller else { return Verdict::No };
        let ownership = if owns { Ownership::Own } else { Ownership::Foreign };
        // At the end of time no login is fresh.
        let now = self.unix_seconds.unwrap_or(u64::MAX);
        match decide_property(demand, caller, now, ownership) {
            Decision::Allow => Verdict::Yes,
            Decision::Deny(_) => Verdict::No,
            Decision::Indeterminate => Verdict::Unknown,
        }
    }
}
