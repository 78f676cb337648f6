//! The policy of endpoints: who may call them, how often, and what makes sense over a whole API.

mod access;
mod api;
mod body_limit;
mod callers;
mod control;
mod demanded;
mod endpoint;
mod idempotent;
mod kinds;
mod rate;
mod requirement;
mod routes;
mod satisfy;
mod scheme;
mod signed;
mod transport;
mod ways;
mod words;

pub use access::{Access, Acr, Freshness, Grant, Named, Predicate, hours, minutes, named, seconds};
pub use api::Api;
pub use body_limit::BodyLimit;
pub use control::Control;
pub use endpoint::{Action, BROKEN, Endpoint, Exposure, Method, ObjectParameter, OpenParameter};
pub use idempotent::Idempotent;
pub use kinds::{CallerKind, CallerKinds};
pub use rate::{Partition, Rate};
pub use requirement::Requirement;
pub use scheme::{Scheme, SchemeKind};
pub use signed::Signed;
pub use transport::Transport;
pub(crate) use words::{age, expression, sentence};
