//! What a policy says about a caller: one of three values, and why not.

/// The answer of a rule or policy. `Indeterminate` is an outage, never a yes.
///
/// ```
/// use palisade::access::{Decision, Denial};
///
/// assert_eq!(Decision::allow_if(true), Decision::Allow);
/// assert_eq!(Decision::Allow.and(Decision::Indeterminate), Decision::Indeterminate);
/// assert_eq!(Decision::Indeterminate.and(Decision::deny()), Decision::Deny(Denial::Forbidden));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Decision {
    /// The caller may.
    Allow,
    /// The caller may not, and this is what is missing.
    Deny(Denial),
    /// It cannot be said now.
    Indeterminate,
}

/// What a denied caller lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// A scope of the token: another token of the same caller may do.
    Scope,
    /// A login that is more recent or stronger: logging in again will do (RFC 9470).
    Login(Login),
    /// A credential that is bound to its sender: a token for `DPoP` or mutual TLS may do.
    SenderConstrained,
    /// Anything else: a role, or what a rule of the user demands.
    Forbidden,
}

/// The least that another login has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// How many seconds ago it may be, if it has to be more recent.
    pub max_age: Option<u64>,
    /// What it has to reach (`acr`), if it has to be stronger. Others may do as well.
    pub acr: Option<&'static str>,
    /// Whether it has to be with several factors.
    pub factors: Factors,
    /// Whether the token needs a scope besides.
    pub scopes: GrantedScopes,
}

/// With how many factors a user has to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factors {
    /// As they did.
    AsTheyWere,
    /// With several.
    Several,
}

/// Which scopes another token has to carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantedScopes {
    /// Those of this one.
    AsTheyWere,
    /// Those that are demanded, too.
    Demanded,
}

impl Decision {
    /// A plain no.
    pub const fn deny() -> Self {
        Self::Deny(Denial::Forbidden)
    }

    /// Allow when `condition` holds, else a plain no.
    pub const fn allow_if(condition: bool) -> Self {
        if condition { Self::Allow } else { Self::deny() }
    }

    /// Both: a denial overrides, and an outage overrides a yes.
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Deny(_), _) => self,
            (_, Self::Deny(_)) => other,
            (Self::Indeterminate, Self::Allow | Self::Indeterminate) | (Self::Allow, Self::Indeterminate) => {
                Self::Indeterminate
            }
            (Self::Allow, Self::Allow) => Self::Allow,
        }
    }

    /// Either: a yes overrides, and an outage overrides a denial.
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Allow, _) | (_, Self::Allow) => Self::Allow,
            (Self::Indeterminate, _) | (_, Self::Indeterminate) => Self::Indeterminate,
            (Self::Deny(_), Self::Deny(_)) => self,
        }
    }

    /// The opposite; an outage stays one.
    pub const fn not(self) -> Self {
        match self {
            Self::Allow => Self::deny(),
            Self::Deny(_) => Self::Allow,
            Self::Indeterminate => Self::Indeterminate,
        }
    }
}
