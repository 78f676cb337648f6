//! The `OpenAPI` document: a fold over the policy that is enforced, so that the two cannot disagree.
//!
//! It is `OpenAPI` 3.1 in a model of our own, which holds what a policy says and nothing else. A later version of
//! `OpenAPI` is another fold into another model: policies, facets and schemas stay.

mod alternatives;
mod carried;
mod deployment;
mod document;
mod endpoints;
#[cfg(test)]
pub(crate) mod examples;
mod headers;
mod model;
mod operation;
mod parameters;
#[cfg(feature = "multipart")]
mod parts;
mod problem;
mod refusals;
mod schemas;
mod security;
mod texts;

pub(crate) use carried::Carried;
pub use deployment::Deployment;
pub use document::Document;
pub use operation::Operation;
pub(crate) use operation::Sent;
