//! The second pass: raw models to models that can be emitted. It judges, and parses nothing.

mod api;
mod callers;
mod catalogue;
mod controls;
mod endpoint;
mod field;
mod handler;
mod origin;
mod path;
mod property;
mod request;
mod stranger;
mod ty;
mod wire;

pub(crate) use self::{api::api, callers::callers, catalogue::catalogue, endpoint::endpoint, ty::ty};

use quote::ToTokens;
use syn::Path;

use crate::paths::Paths;

fn paths(krate: Option<Path>) -> Paths {
    Paths::new(krate.map(ToTokens::into_token_stream))
}
