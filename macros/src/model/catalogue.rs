//! The scopes or roles of an API.

use proc_macro2::Ident;
use syn::{Generics, LitStr, Meta};

use super::Docs;
use crate::paths::Paths;

/// What an entry of a catalogue is called.
#[derive(Clone, Copy)]
pub(crate) enum Word {
    Scope,
    Role,
}

impl Word {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Role => "role",
        }
    }
}

/// An enum as parsed.
pub(crate) struct RawCatalogue {
    pub(crate) input: syn::DeriveInput,
    pub(crate) entries: Vec<Meta>,
    pub(crate) variants: Vec<RawEntry>,
}

/// A variant as parsed.
pub(crate) struct RawEntry {
    pub(crate) variant: syn::Variant,
    pub(crate) name: Option<LitStr>,
    /// Whether anything is said about it: what is wrong with that was reported.
    pub(crate) has_words: bool,
    pub(crate) implies: Vec<Ident>,
    pub(crate) docs: Docs,
}

/// A fieldless enum whose variants have names.
pub(crate) struct Catalogue {
    pub(crate) paths: Paths,
    pub(crate) word: Word,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) entries: Vec<Entry>,
}

/// A named variant.
pub(crate) struct Entry {
    pub(crate) variant: Ident,
    pub(crate) name: LitStr,
    pub(crate) docs: Docs,
    pub(crate) implies: Vec<Ident>,
}
