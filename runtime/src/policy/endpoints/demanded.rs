//! What an endpoint itself demands, by kind.

use super::{Access, BodyLimit, Control, Endpoint, Idempotent, Rate};

impl Endpoint {
    /// The access expressions it demands, all of which must hold.
    pub fn access(&self) -> impl Iterator<Item = &'static Access> {
        self.own_controls().iter().filter_map(Control::as_access)
    }

    /// Its own rates.
    pub fn rates(&self) -> impl Iterator<Item = &'static Rate> {
        self.own_controls().iter().filter_map(Control::as_rate)
    }

    /// The demand for an `Idempotency-Key`, if it makes one.
    #[must_use]
    pub fn idempotent(&self) -> Option<Idempotent> {
        self.own_controls().iter().find_map(Control::as_idempotent)
    }

    /// Its limit of the body, where that is not what its types make of their bounds.
    #[must_use]
    pub fn body_limit(&self) -> Option<BodyLimit> {
        self.own_controls().iter().find_map(Control::as_body_limit)
    }
}
