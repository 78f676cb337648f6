//! A handler and its policy.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, Expr, Generics, ItemStruct, LitStr, Path, Signature, Type, Visibility};

use super::{Call, Docs, RawRequest, Request};
use crate::paths::Paths;

/// What `#[secure(..)]` was written on.
pub(crate) enum RawItem {
    Handler(Box<RawHandler>),
    Struct(Box<ItemStruct>),
    Unit(Box<super::RawUnit>),
    /// Something else, which was refused.
    Other(TokenStream),
}

impl RawItem {
    pub(crate) fn unit(item: ItemStruct, docs: Docs) -> Self {
        Self::Unit(Box::new(super::RawUnit { item, docs }))
    }
}

/// A function as parsed. Its body stays as tokens: half-typed code is none of our business.
pub(crate) struct RawHandler {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) body: TokenStream,
    pub(crate) docs: Docs,
}

/// The words of an endpoint as parsed.
#[derive(Default)]
pub(crate) struct RawEndpoint {
    pub(crate) krate: Option<Path>,
    pub(crate) route: Option<Route>,
    pub(crate) public: Option<(Span, LitStr)>,
    pub(crate) allow: Option<Access>,
    pub(crate) objects: Vec<Object>,
    pub(crate) opens: Vec<Open>,
    /// Whether an `object` or `open` could not be read, which was reported.
    pub(crate) has_unread_binding: bool,
    pub(crate) id: Option<LitStr>,
    pub(crate) tag: Option<LitStr>,
    pub(crate) check: Option<(Span, Path)>,
    pub(crate) controls: Vec<Call>,
}

/// The method and path.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: LitStr,
}

/// The methods an endpoint can have.
#[derive(Clone, Copy)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Patch,
    Head,
    Options,
}

impl Method {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "get" => Self::Get,
            "put" => Self::Put,
            "post" => Self::Post,
            "delete" => Self::Delete,
            "patch" => Self::Patch,
            "head" => Self::Head,
            "options" => Self::Options,
            _ => return None,
        })
    }

    /// The variant of the runtime's enum.
    pub(crate) const fn variant(self) -> &'static str {
        match self {
            Self::Get => "Get",
            Self::Put => "Put",
            Self::Post => "Post",
            Self::Delete => "Delete",
            Self::Patch => "Patch",
            Self::Head => "Head",
            Self::Options => "Options",
        }
    }
}

/// `allow = ..`: a tree of demands on the caller.
pub(crate) enum Access {
    All(Span, Vec<Access>),
    Any(Span, Vec<Access>),
    Not(Span, Box<Access>),
    Control(Call),
    Predicate(Path, Expr),
    /// Whose the value is, in a demand on a property.
    Owner(Span),
}

/// `object(id: Order)`: a path parameter that names an object.
pub(crate) struct Object {
    pub(crate) parameter: Ident,
    pub(crate) ty: Type,
}

/// `open(id, "reason")`: a path parameter that names no object.
pub(crate) struct Open {
    pub(crate) parameter: Ident,
    pub(crate) reason: LitStr,
}

/// A handler with its policy. Without a route it is broken, which was reported.
pub(crate) struct Endpoint {
    pub(crate) paths: Paths,
    pub(crate) handler: Handler,
    pub(crate) route: Option<Route>,
    pub(crate) exposure: Exposure,
    pub(crate) allow: Option<Access>,
    pub(crate) objects: Vec<Object>,
    pub(crate) opens: Vec<Open>,
    pub(crate) id: LitStr,
    pub(crate) tag: Option<LitStr>,
    pub(crate) controls: Vec<Call>,
}

/// Whether a caller is needed.
pub(crate) enum Exposure {
    Guarded,
    Public(LitStr),
}

/// What serves the requests of an endpoint, as parsed.
pub(crate) enum RawServer {
    Function(Box<RawHandler>),
    Struct(Box<RawRequest>),
}

impl RawServer {
    pub(crate) fn ident(&self) -> &Ident {
        match self {
            Self::Function(handler) => &handler.signature.ident,
            Self::Struct(request) => &request.item.ident,
        }
    }
}

/// What can serve requests.
pub(crate) struct Handler {
    pub(crate) ident: Ident,
    /// Those of a struct, which were refused: a broken endpoint has its impls all the same.
    pub(crate) generics: Generics,
    pub(crate) form: Form,
    /// The types of what is read from a request for it.
    pub(crate) arguments: Vec<TokenStream>,
    pub(crate) response: TokenStream,
}

/// What it was written as.
pub(crate) enum Form {
    Function(Box<RawHandler>),
    Struct(Box<Request>, Docs),
}

impl Handler {
    pub(crate) fn docs(&self) -> &Docs {
        match &self.form {
            Form::Function(handler) => &handler.docs,
            Form::Struct(_, docs) => docs,
        }
    }

    pub(crate) fn attributes(&self) -> &[Attribute] {
        match &self.form {
            Form::Function(handler) => &handler.attributes,
            Form::Struct(request, _) => &request.item.attrs,
        }
    }
}
