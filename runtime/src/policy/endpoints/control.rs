//! One security demand of a policy: a closed set.

use super::{Access, BodyLimit, Idempotent, Rate, Requirement, Signed, Transport};

/// A demand that an endpoint makes. Closed: enforcement, documents and exporters match every variant.
#[derive(Debug, Clone, Copy)]
pub enum Control {
    /// The caller satisfies an access expression. Several on one endpoint must all hold.
    Access(Access),
    /// The caller authenticated by these schemes of the API together. Several are alternatives.
    Requirement(Requirement),
    /// The request is signed. Once on an endpoint.
    Signed(Signed),
    /// The endpoint is called at most this often.
    Rate(Rate),
    /// A request that is sent again under the same key gets its first answer. Once on an endpoint.
    Idempotent(Idempotent),
    /// Another limit of the body than its type's bounds make, for a reason. Once on an endpoint.
    BodyLimit(BodyLimit),
    /// The connection is protected. Once on an endpoint; of it and the defaults, the stricter holds.
    Transport(Transport),
}

impl Rate {
    /// The control that demands it.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Rate(self)
    }

    /// Refuses to be part of an access expression.
    ///
    /// # Panics
    /// In const evaluation, always.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn access(self) -> Access {
        panic!("`rate` says how often, not who: write it beside `allow`, as an entry of its own")
    }
}
