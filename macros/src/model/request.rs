//! A whole request as one type: a struct that is an endpoint, its fields from every part of the request.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{ItemStruct, LitStr, Meta, Path, Type};

use super::{Docs, RawPlace, RawProperty, Serde, Ty};

/// A struct as parsed. Its fields have lost the attributes that are ours to read.
pub(crate) struct RawRequest {
    pub(crate) item: ItemStruct,
    pub(crate) docs: Docs,
    /// What serde's attributes on the struct say, as tokens, and their words that are no spelling of names.
    pub(crate) serde: Serde,
    pub(crate) spelling: TokenStream,
    pub(crate) foreign: Vec<Meta>,
    pub(crate) fields: Vec<RawPart>,
}

/// A field as parsed.
pub(crate) struct RawPart {
    pub(crate) ident: Option<Ident>,
    pub(crate) ty: Type,
    pub(crate) origin: Option<RawOrigin>,
    pub(crate) place: RawPlace,
    pub(crate) property: RawProperty,
    pub(crate) serde: Serde,
    /// What documents and serde read of it.
    pub(crate) attributes: TokenStream,
    /// A `cfg` on it.
    pub(crate) condition: Option<Span>,
}

/// `query` or `query = "name"`.
pub(crate) struct RawOrigin {
    pub(crate) span: Span,
    pub(crate) origin: Origin,
    pub(crate) name: Option<LitStr>,
}

/// The part of a request that a field comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Path,
    Query,
    Header,
    Cookie,
    Body,
}

impl Origin {
    /// In the order in which a request has them.
    pub(crate) const ALL: [Self; 5] = [Self::Path, Self::Query, Self::Header, Self::Cookie, Self::Body];

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.word() == word)
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }

    /// The variant of the runtime's `Source`.
    pub(crate) const fn variant(self) -> &'static str {
        match self {
            Self::Path => "Path",
            Self::Query => "Query",
            Self::Header => "Header",
            Self::Cookie => "Cookie",
            Self::Body => "Body",
        }
    }

    /// The input that reads it.
    pub(crate) const fn input(self) -> &'static str {
        match self {
            Self::Path => "Path",
            Self::Query => "Query",
            Self::Header => "Headers",
            Self::Cookie => "Cookies",
            Self::Body => "Json",
        }
    }
}

/// A struct that can be emitted.
pub(crate) struct Request {
    pub(crate) item: ItemStruct,
    /// A hidden type for each part of the request that fields share.
    pub(crate) parts: Vec<Part>,
    pub(crate) members: Vec<Member>,
    /// A function of the user's own that sees the whole request.
    pub(crate) check: Option<Path>,
}

/// The fields that come from one part of the request, as a type of their own.
pub(crate) struct Part {
    pub(crate) origin: Origin,
    pub(crate) ty: Ty,
}

/// A field of the struct, and which of the inputs holds it.
pub(crate) struct Member {
    pub(crate) ident: Ident,
    pub(crate) input: usize,
    pub(crate) stands: Stands,
}

/// How a field stands in its input.
pub(crate) enum Stands {
    /// It is the input.
    Itself,
    /// It is what the input is around.
    Inside,
    /// It is the field of its name in that, and has this name on the wire.
    Among(Origin, String),
}
