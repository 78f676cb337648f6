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

/// A control, if it is of one kind. Whoever has to regard every kind lists them all instead.
impl Control {
    pub(crate) const fn as_access(&self) -> Option<&Access> {
        if let Self::Access(access) = self { Some(access) } else { None }
    }

    pub(crate) const fn as_requirement(&self) -> Option<&Requirement> {
        if let Self::Requirement(requirement) = self { Some(requirement) } else { None }
    }

    pub(crate) const fn as_signed(&self) -> Option<&Signed> {
        if let Self::Signed(signed) = self { Some(signed) } else { None }
    }

    pub(crate) const fn as_rate(&self) -> Option<&Rate> {
        if let Self::Rate(rate) = self { Some(rate) } else { None }
    }

    pub(crate) const fn as_idempotent(&self) -> Option<Idempotent> {
        if let Self::Idempotent(idempotent) = self { Some(*idempotent) } else { None }
    }

    pub(crate) const fn as_body_limit(&self) -> Option<BodyLimit> {
        if let Self::BodyLimit(limit) = self { Some(*limit) } else { None }
    }

    pub(crate) const fn as_transport(&self) -> Option<Transport> {
        if let Self::Transport(transport) = self { Some(*transport) } else { None }
    }
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
