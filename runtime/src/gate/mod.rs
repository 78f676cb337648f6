//! The gate: enforces policies, one station after the other. A request never goes back.
//!
//! | station | module |
//! |---|---|
//! | 1 admit: address, declared size, rates by address, TLS | `admit`, `transport` |
//! | 2 authenticate: credentials to a caller | `authenticate` |
//! | 3 authorize: the access expression, without I/O | `authorize` |
//! | 4 limit: rates by caller | `throttle` |
//! | on an idempotent endpoint: what was answered before | `idempotent` |
//! | 5 object, 6 input, 7 handler | the endpoint's own [`Serve`] |
//! | 8 respond: security and rate headers | `respond` |
//! | 9 audit: one event, whatever happened | [`crate::audit`] |

mod address;
mod admit;
mod authenticate;
mod authorize;
mod builder;
mod connection;
mod endpoint;
mod idempotent;
mod keeper;
mod language;
mod metadata;
mod notice;
mod refusal;
mod request;
mod respond;
mod road;
mod signers;
mod start;
mod throttle;
#[cfg(feature = "certificates")]
mod tls_proxies;
mod transport;

pub use address::{InvalidNetwork, TrustedProxies};
pub use builder::{Clients, Gate, GateBuilder};
pub use connection::Channel;
pub(crate) use connection::Connection;
pub(crate) use endpoint::Mounted;
pub(crate) use keeper::Keeper;
pub(crate) use metadata::Published;
pub use refusal::{Outcome, Reason, Refusal, Stage};
pub use request::Request;
pub(crate) use respond::secure;
pub(crate) use road::travel;
pub use start::StartError;
#[cfg(feature = "certificates")]
pub use tls_proxies::{ForwardedCertificateError, TlsProxies};

use std::{future::Future, pin::Pin};

use crate::input::AnyState;

/// A handler behind the gate, in an application with state `S`: stations 5 to 7.
pub trait Serve<S: AnyState> {
    /// Loads the objects, decodes and checks the inputs, and calls the handler.
    fn serve(request: &mut Request<'_, S>) -> impl Future<Output = Outcome> + Send;
}

/// The stations of one endpoint that are its own, without its type. Everything in front of them and behind is compiled
/// once for an application, not once for each endpoint.
pub(crate) type Server<S> = for<'a, 'r> fn(&'a mut Request<'r, S>) -> Served<'a>;
type Served<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// The server of an endpoint.
pub(crate) fn serve<'a, E: Serve<S> + 'static, S: AnyState>(request: &'a mut Request<'_, S>) -> Served<'a> {
    Box::pin(E::serve(request))
}

impl<S: AnyState> Serve<S> for crate::input::Unannotated {
    async fn serve(_request: &mut Request<'_, S>) -> Outcome {
        Err(Refusal::internal(Reason::Misdeclared))
    }
}
