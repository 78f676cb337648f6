//! An API: its schemes, catalogues, defaults and endpoints.

use proc_macro2::{Ident, Span};
use syn::{ItemStruct, LitStr, Path};

use super::{Call, Docs};
use crate::paths::Paths;

/// A unit struct as parsed.
pub(crate) struct RawUnit {
    pub(crate) item: ItemStruct,
    pub(crate) docs: Docs,
}

/// The words of an API as parsed.
#[derive(Default)]
pub(crate) struct RawApi {
    pub(crate) krate: Option<Path>,
    pub(crate) title: Option<LitStr>,
    pub(crate) version: Option<LitStr>,
    pub(crate) schemes: Option<Vec<Call>>,
    pub(crate) scopes: Option<Path>,
    pub(crate) roles: Option<Path>,
    pub(crate) defaults: Option<(Span, Vec<Call>)>,
    pub(crate) endpoints: Option<(Span, Vec<Path>)>,
}

/// An API with what it cannot do without.
pub(crate) struct Api {
    pub(crate) paths: Paths,
    pub(crate) item: ItemStruct,
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) title: LitStr,
    pub(crate) version: LitStr,
    pub(crate) schemes: Vec<Call>,
    pub(crate) scopes: Option<Path>,
    pub(crate) roles: Option<Path>,
    pub(crate) defaults: Vec<Call>,
    pub(crate) defaults_span: Span,
    pub(crate) endpoints: Vec<Path>,
    pub(crate) endpoints_span: Span,
}
