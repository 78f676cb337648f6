//! A declarative policy compiler for HTTP APIs: one attribute, checked by the compiler, enforced at run time, documented
//! from the same constants.
//!
//! - [`secure`](macro@secure) says the policy of a handler and of an API, [`Secure`](macro@Secure) that of a type.
//! - [`rules`] and [`controls`] are the words of the attribute, [`policy`] is what they compile to.
//! - [`gate`] enforces it, [`auth`] knows callers, [`limit`] counts them, [`audit`] records them.
//! - [`openapi`] documents it, from the same constants.
#![cfg_attr(
    not(feature = "axum"),
    expect(dead_code, unused_imports, reason = "only the adapter of a framework takes requests through the gate")
)]

// Generated code says `::palisade`, in this crate's own tests and examples too.
extern crate self as palisade;

pub mod access;
mod api;
pub mod audit;
pub mod auth;
#[cfg(feature = "axum")]
pub mod axum;
mod clock;
pub mod controls;
pub mod gate;
pub mod input;
pub mod limit;
pub mod openapi;
pub mod policy;
mod problem;
pub mod respond;
pub mod rules;
pub mod schemes;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod value;

#[doc(hidden)]
pub mod __private;
pub mod prelude;

pub use api::Api;
pub use clock::{Clock, SystemClock};
pub use input::{Authorized, Json, Object, Path, Query};
pub use problem::Problem;

#[doc = include_str!("docs/derive_secure.md")]
pub use palisade_macros::Secure;

#[doc = include_str!("docs/scopes.md")]
pub use palisade_macros::Scopes;

#[doc = include_str!("docs/roles.md")]
pub use palisade_macros::Roles;

#[doc = include_str!("docs/secure.md")]
pub use palisade_macros::secure;

/// The README's code is compiled with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
