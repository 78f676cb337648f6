//! Who may call: a typed expression over scopes, roles, freshness and the user's own predicates.

use core::marker::PhantomData;
use core::time::Duration;

use super::{CallerKinds, Control};
use crate::{
    access::Decision,
    auth::Caller,
    policy::{Catalogue, Listed},
};

/// One entry of a catalogue, named by its variant.
#[derive(Debug)]
pub struct Named<L> {
    index: usize,
    catalogue: PhantomData<L>,
}

/// The entry that `variant` names; `index` is its place among the variants. Whether the enum is a catalogue is asked by
/// the control that takes it, which knows of which kind it has to be.
#[must_use]
pub const fn named<L>(variant: L, index: usize) -> Named<L> {
    core::mem::forget(variant);
    Named { index, catalogue: PhantomData }
}

/// A scope or role as an access expression holds it.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    catalogue: &'static Catalogue,
    index: usize,
}

impl Grant {
    /// The grant that a variant names.
    pub(crate) const fn new<L: Listed>(named: &Named<L>) -> Self {
        Self { catalogue: L::CATALOGUE, index: named.index }
    }

    /// Its place in the catalogue: its bit.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Its name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self.catalogue.entry(self.index) {
            Some(entry) => entry.name(),
            None => "",
        }
    }
}

/// How long ago a login may be, in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness(u64);

impl Freshness {
    /// A login at most this long ago.
    ///
    /// # Panics
    /// In const evaluation, when it is less than a second: no login could be that fresh.
    #[must_use]
    #[track_caller]
    pub const fn within(age: Duration) -> Self {
        assert!(0 < age.as_secs(), "`fresh`: write at least a second, like `fresh(minutes(15))`");
        Self(age.as_secs())
    }

    /// The age in seconds.
    #[must_use]
    pub const fn seconds(&self) -> u64 {
        self.0
    }
}

/// How strongly a user has to have proven who they are: one value of `acr` (RFC 9470, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acr(&'static str);

impl Acr {
    /// The value, as the issuer writes it.
    ///
    /// # Panics
    /// In const evaluation, when no challenge could carry it: when it is empty, or has a space, a quote, a backslash or
    /// anything but printable ASCII in it.
    #[must_use]
    #[track_caller]
    pub const fn named(value: &'static str) -> Self {
        assert!(
            !value.is_empty(),
            "`acr`: write the value that a login has to reach, like `acr = \"urn:example:gold\"`"
        );
        let bytes = value.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            assert!(
                matches!(bytes[at], 0x21 | 0x23..=0x5B | 0x5D..=0x7E),
                "`acr`: write one value in printable ASCII, without spaces, quotes and backslashes: combine several with `||`"
            );
            at += 1;
        }
        Self(value)
    }

    /// The value.
    #[must_use]
    pub const fn value(&self) -> &'static str {
        self.0
    }
}

/// So many seconds, for `fresh(..)`.
///
/// ```
/// assert_eq!(palisade::policy::seconds(90).as_secs(), 90);
/// ```
#[must_use]
pub const fn seconds(count: u32) -> Duration {
    Duration::from_secs(count as u64)
}

/// So many minutes, for `fresh(..)`.
///
/// ```
/// assert_eq!(palisade::policy::minutes(15).as_secs(), 900);
/// ```
#[must_use]
pub const fn minutes(count: u32) -> Duration {
    Duration::from_secs(count as u64 * 60)
}

/// So many hours, for `fresh(..)`.
///
/// ```
/// assert_eq!(palisade::policy::hours(8).as_secs(), 28_800);
/// ```
#[must_use]
pub const fn hours(count: u32) -> Duration {
    Duration::from_secs(count as u64 * 3_600)
}

/// A user's own demand on the caller: pure, quick, and without I/O.
#[derive(Debug, Clone, Copy)]
pub struct Predicate {
    name: &'static str,
    decide: fn(&Caller) -> Decision,
}

impl Predicate {
    /// Its path as written.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it says about this caller.
    pub fn decide(&self, caller: &Caller) -> Decision {
        (self.decide)(caller)
    }
}

/// An access expression. Closed: deciding, documenting and exporting match every variant.
#[derive(Debug, Clone, Copy)]
pub enum Access {
    /// The token carries a scope.
    Scope(Grant),
    /// The caller has a role.
    Role(Grant),
    /// The caller is of one of these kinds.
    Kinds(CallerKinds),
    /// The caller logged in a short while ago.
    Fresh(Freshness),
    /// The caller logged in as strongly as this, or more strongly by what their issuer says.
    Acr(Acr),
    /// The caller logged in with several factors.
    Mfa,
    /// The caller proved to hold what the credential is bound to, so that it is worth nothing to a thief.
    SenderConstrained,
    /// The user's own function says so.
    Predicate(Predicate),
    /// The caller owns the value whose property it is. On an endpoint nobody does.
    Owner,
    /// Every one of these.
    All(&'static [Access]),
    /// At least one of these.
    Any(&'static [Access]),
    /// Not this.
    Not(&'static Access),
}

impl Access {
    /// The user's own function, under the path it was written with.
    #[must_use]
    pub const fn predicate(name: &'static str, decide: fn(&Caller) -> Decision) -> Self {
        Self::Predicate(Predicate { name, decide })
    }

    /// The caller owns the value whose property it is.
    #[must_use]
    pub const fn owner() -> Self {
        Self::Owner
    }

    /// Every one of these.
    #[must_use]
    pub const fn all(parts: &'static [Self]) -> Self {
        Self::All(parts)
    }

    /// At least one of these.
    #[must_use]
    pub const fn any(parts: &'static [Self]) -> Self {
        Self::Any(parts)
    }

    /// Not this.
    #[must_use]
    pub const fn not(part: &'static Self) -> Self {
        Self::Not(part)
    }

    /// Itself: generated code asks every control for the access expression it is.
    #[must_use]
    pub const fn access(self) -> Self {
        self
    }

    /// The control that demands it.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Access(self)
    }
}
