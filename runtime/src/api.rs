//! What `#[secure(..)]` on an API implements, and what may be done with it.

use crate::{
    gate::Serve,
    input::AnyState,
    openapi::{Deployment, Document},
    policy,
};

/// An API: a unit struct with `#[secure(title = .., endpoints(..))]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no API",
    note = "annotate a unit struct: `#[secure(title = \"..\", version = \"..\", endpoints(..))]`"
)]
pub trait Api {
    /// Its policy.
    const POLICY: &'static policy::Api;

    /// Its `OpenAPI` 3.1 document, as deployed.
    #[must_use]
    fn openapi(deployment: &Deployment) -> Document
    where
        Self: Sized,
    {
        Document::of(Self::POLICY, deployment)
    }
}

/// An API whose endpoints all run in an application with state `S`.
#[doc(hidden)]
pub trait Mounts<S: AnyState>: Api {
    /// Shows every endpoint to `mount`.
    fn mount<M: Mount<S>>(mount: &mut M);
}

/// Something that endpoints are mounted on: the adapter of a framework.
#[doc(hidden)]
pub trait Mount<S: AnyState> {
    /// Mounts one endpoint under its policy.
    fn endpoint<E: Serve<S> + 'static>(&mut self, policy: &'static policy::Endpoint);
}
