//! The callers that a handler takes, one variant for each kind.

use proc_macro2::Ident;
use syn::{Generics, Meta, Type, Variant};

use crate::paths::Paths;

/// An enum as parsed.
pub(crate) struct RawCallers {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) entries: Vec<Meta>,
    pub(crate) variants: Vec<Variant>,
}

/// An enum whose variants are each around a caller.
pub(crate) struct Callers {
    pub(crate) paths: Paths,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) variants: Vec<OneCaller>,
}

/// A variant and the caller in it.
pub(crate) struct OneCaller {
    pub(crate) variant: Ident,
    pub(crate) ty: Type,
}
