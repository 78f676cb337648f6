//! A caller with what the road needs of them on every request, computed once.

use crate::auth::Caller;

/// A caller, their pseudonym for the log, and what their rates are counted under.
#[derive(Debug)]
pub(crate) struct Known {
    caller: Caller,
    pseudonym: String,
    identity: Vec<u8>,
}

impl Known {
    pub(super) fn new(caller: Caller, pseudonym: String) -> Self {
        let identity = identity(&caller);
        Self { caller, pseudonym, identity }
    }

    /// The same caller, beside whom these proved themselves in the same request.
    pub(crate) fn beside(&self, others: Vec<Caller>) -> Self {
        Self {
            caller: self.caller.clone().beside(others),
            pseudonym: self.pseudonym.clone(),
            identity: self.identity.clone(),
        }
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    pub(super) fn pseudonym(&self) -> &str {
        &self.pseudonym
    }

    /// Issuer and subject: whose rates and whose idempotency keys these are.
    pub(crate) fn identity(&self) -> &[u8] {
        &self.identity
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
