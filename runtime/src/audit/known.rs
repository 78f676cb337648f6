//! A caller with what the road needs of them on every request, computed once.

use crate::auth::Caller;

/// A caller, their pseudonym for the log, and the key their rates are counted under.
#[derive(Debug)]
pub(crate) struct Known {
    caller: Caller,
    pseudonym: String,
    rate_key: Vec<u8>,
}

impl Known {
    pub(super) fn new(caller: Caller, pseudonym: String) -> Self {
        let rate_key = identity(&caller);
        Self { caller, pseudonym, rate_key }
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    pub(super) fn pseudonym(&self) -> &str {
        &self.pseudonym
    }

    pub(crate) fn rate_key(&self) -> &[u8] {
        &self.rate_key
    }
}

/// Issuer and subject, the first with its length, so that no other pair reads the same.
pub(super) fn identity(caller: &Caller) -> Vec<u8> {
    let (issuer, subject) = caller.principal();
    let mut identity = Vec::with_capacity(8 + issuer.len() + subject.len());
    identity.extend_from_slice(&(issuer.len() as u64).to_le_bytes());
    identity.extend_from_slice(issuer.as_bytes());
    identity.extend_from_slice(subject.as_bytes());
    identity
}
