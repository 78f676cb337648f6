//! The first pass: tokens to raw models. It reads, and leaves judgement to `check`.

mod access;
mod api;
mod callers;
mod catalogue;
mod docs;
mod endpoint;
mod item;
mod property;
mod request;
mod serde;
mod ty;

pub(crate) use self::{
    api::api, callers::callers, catalogue::catalogue, docs::docs, endpoint::endpoint, item::item, request::request,
    ty::ty,
};
