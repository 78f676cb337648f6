//! What kinds of callers there are: users, and machines by what they prove themselves with.

/// A kind of caller. Closed: types of callers and policies match every variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallerKind {
    /// A person, for whom a token speaks.
    User,
    /// A client whose token speaks for itself (RFC 6749, section 4.4).
    Client,
    /// The holder of an API key.
    ApiKey,
    /// Who holds a certificate.
    Certificate,
    /// Who signs requests with a key of their own.
    Signature,
    /// The sender of a webhook.
    Webhook,
}

/// Several kinds of callers.
///
/// ```
/// use palisade::policy::{CallerKind, CallerKinds};
///
/// assert!(!CallerKinds::MACHINES.contains(CallerKind::User));
/// assert!(CallerKinds::MACHINES.contains(CallerKind::ApiKey));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallerKinds(u8);

impl CallerKinds {
    /// Nobody.
    pub const NONE: Self = Self(0);
    /// People.
    pub const USERS: Self = Self::NONE.with(CallerKind::User);
    /// Everybody else: programs on their own account.
    pub const MACHINES: Self = Self::NONE
        .with(CallerKind::Client)
        .with(CallerKind::ApiKey)
        .with(CallerKind::Certificate)
        .with(CallerKind::Signature)
        .with(CallerKind::Webhook);
    /// Everybody.
    pub const ALL: Self = Self::USERS.union(Self::MACHINES);

    /// This kind besides.
    #[must_use]
    pub const fn with(self, kind: CallerKind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// Those of either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of either, where nobody is in both.
    ///
    /// # Panics
    /// In const evaluation, when somebody is.
    #[must_use]
    #[track_caller]
    pub const fn and_apart(self, others: Self) -> Self {
        assert!(
            self.intersection(others).is_empty(),
            "two variants take the same callers: remove one, or take narrower ones, like `KeyHolder` for `Machine`"
        );
        self.union(others)
    }

    /// Those of both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// All others.
    #[must_use]
    pub const fn complement(self) -> Self {
        Self(Self::ALL.0 & !self.0)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this kind is among them.
    #[must_use]
    pub const fn contains(self, kind: CallerKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// Whether all of the others are among them.
    #[must_use]
    pub const fn covers(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// In words, as what may call.
    pub(crate) const fn words(self) -> &'static str {
        match self.0 {
            0 => "nobody",
            bits if bits == Self::ALL.0 => "anybody",
            bits if bits == Self::USERS.0 => "users",
            bits if bits == Self::MACHINES.0 => "machines",
            bits if bits == Self::NONE.with(CallerKind::Client).0 => "clients by tokens of their own",
            bits if bits == Self::NONE.with(CallerKind::ApiKey).0 => "holders of API keys",
            bits if bits == Self::NONE.with(CallerKind::Certificate).0 => "holders of certificates",
            bits if bits == Self::NONE.with(CallerKind::Signature).0 => "who signs",
            bits if bits == Self::NONE.with(CallerKind::Webhook).0 => "senders of webhooks",
            bits if bits & Self::USERS.0 == 0 => "some machines",
            _ => "users and some machines",
        }
    }
}
