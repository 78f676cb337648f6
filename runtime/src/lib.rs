//! A declarative policy compiler for HTTP APIs: one attribute, checked by the compiler, enforced at run time, documented
//! from the same constants.
//!
//! - [`secure`](macro@secure) says the policy of a handler and of an API, [`Secure`](macro@Secure) that of a type.
//! - [`rules`] and [`controls`] are the words of the attribute, [`policy`] is what they compile to.
//! - [`gate`] enforces it, [`auth`] knows callers, [`limit`] counts them, [`audit`] records them.
//! - [`openapi`] documents it, from the same constants.
//!
//! Who annotates types for `garde`, `validator` or another today finds each attribute beside ours in [`migration`].
//!
//! Without default features the crate is for [values without the web](value): [`policy`], [`rules`], [`schema`] and [`value`], and the
//! derives. The feature `gate` brings the rest, and `axum` the adapter.
#![cfg_attr(
    all(feature = "gate", not(feature = "axum")),
    expect(dead_code, unused_imports, reason = "only the adapter of a framework takes requests through the gate")
)]

// Generated code says `::palisade`, in this crate's own tests and examples too.
extern crate self as palisade;

// What values need.
mod clock;
#[cfg(any(feature = "garde", feature = "validator"))]
pub mod interop;
#[cfg(feature = "fluent")]
pub mod language;
mod outage;
pub mod policy;
pub mod rules;
pub mod schema;
pub mod styles;
pub mod value;

// What endpoints need: the feature `gate`.
#[cfg(feature = "gate")]
pub mod access;
#[cfg(feature = "gate")]
mod api;
#[cfg(feature = "gate")]
pub mod audit;
#[cfg(feature = "gate")]
pub mod auth;
#[cfg(feature = "gate")]
pub mod controls;
#[cfg(feature = "gate")]
pub mod gate;
#[cfg(feature = "gate")]
pub mod idempotency;
#[cfg(feature = "gate")]
pub mod input;
#[cfg(feature = "gate")]
pub mod limit;
#[cfg(feature = "gate")]
pub mod openapi;
#[cfg(feature = "gate")]
mod problem;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "gate")]
pub mod respond;
#[cfg(feature = "gate")]
pub mod schemes;

// What one framework or a test needs.
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(any(feature = "testing", all(test, feature = "gate")))]
pub mod testing;
#[cfg(feature = "tls")]
pub mod tls;

#[doc(hidden)]
pub mod __private;
pub mod prelude;

pub use clock::{Clock, SystemClock};
pub use outage::{Outage, Promise};

#[cfg(feature = "multipart")]
pub use crate::input::Multipart;
#[cfg(feature = "redis")]
pub use crate::redis::{Redis, RedisAddressError};
#[cfg(feature = "gate")]
pub use crate::{
    api::Api,
    input::{Authorized, Cookies, Form, Headers, Json, Ndjson, Object, Path, Query},
    problem::Problem,
};

/// Coming from another crate.
///
#[cfg(any(doc, all(doctest, feature = "url")))]
#[doc = include_str!("docs/migration.md")]
pub mod migration {}

#[doc = include_str!("docs/derive_secure.md")]
#[cfg_attr(feature = "gate", doc = include_str!("docs/properties.md"))]
pub use palisade_macros::Secure;

#[doc = include_str!("docs/scopes.md")]
pub use palisade_macros::Scopes;

#[doc = include_str!("docs/roles.md")]
pub use palisade_macros::Roles;

#[cfg(feature = "gate")]
#[doc = include_str!("docs/callers.md")]
pub use palisade_macros::Callers;

#[cfg(feature = "gate")]
#[doc = include_str!("docs/secure.md")]
pub use palisade_macros::secure;

#[cfg(not(feature = "gate"))]
#[doc(hidden)]
pub use palisade_macros::secure_without_gate as secure;

/// The README's code is compiled with the other examples.
#[cfg(all(doctest, feature = "axum"))]
#[doc = include_str!("../../README.md")]
pub struct Readme;
