//! What is said about who sees and who writes a field.

use proc_macro2::Span;
use syn::{ExprPath, Member, Type};

use super::{Access, Call};

/// What is said as parsed.
#[derive(Default)]
pub(crate) struct RawProperty {
    pub(crate) visible: Option<RawDemand>,
    pub(crate) writable: Option<RawDemand>,
    pub(crate) never: Option<Span>,
    pub(crate) mask: Option<Call>,
    pub(crate) owner: Option<Span>,
}

/// A demand on the caller, and the word it is under.
pub(crate) struct RawDemand {
    pub(crate) at: Span,
    pub(crate) access: Access,
}

/// A field that not every caller sees or writes.
pub(crate) struct Property {
    pub(crate) index: usize,
    pub(crate) visible: Option<Access>,
    pub(crate) writable: Option<Access>,
    pub(crate) never: Option<Span>,
    pub(crate) mask: Option<Call>,
}

/// A field as serde writes it.
pub(crate) struct Leaving {
    pub(crate) name: String,
    /// The user's function that says whether it is left out.
    pub(crate) skipped_if: Option<ExprPath>,
    /// The user's own code writes it, so what is in it may stand anywhere.
    pub(crate) by_hand: bool,
}

/// The field that says whose a value is.
#[derive(Clone)]
pub(crate) struct Owner {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) span: Span,
}

impl RawProperty {
    /// What is demanded of callers, and the word it is under.
    pub(crate) fn demands(&self) -> impl Iterator<Item = &RawDemand> {
        self.visible.iter().chain(&self.writable)
    }
}

impl Access {
    /// Where it asks whose the value is.
    pub(crate) fn asks_owner(&self) -> Option<Span> {
        match self {
            Self::All(_, parts) | Self::Any(_, parts) => parts.iter().find_map(Self::asks_owner),
            Self::Not(_, part) => part.asks_owner(),
            Self::Owner(at) => Some(*at),
            Self::Control(_) | Self::Predicate(..) => None,
        }
    }

    /// Every call in it.
    pub(crate) fn calls(&self) -> Vec<&Call> {
        match self {
            Self::All(_, parts) | Self::Any(_, parts) => parts.iter().flat_map(Self::calls).collect(),
            Self::Not(_, part) => part.calls(),
            Self::Control(call) => vec![call],
            Self::Predicate(..) | Self::Owner(_) => Vec::new(),
        }
    }
}
