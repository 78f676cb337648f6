//! The policy of endpoints: who may call them, how often, and what makes sense over a whole API.

mod access;
mod api;
mod body_limit;
mod control;
mod endpoint;
mod idempotent;
mod rate;
mod requirement;
mod routes;
mod satisfy;
mod scheme;
mod signed;
mod ways;
mod words;

pub use access::{Access, Acr, Freshness, Grant, Named, Predicate, hours, minutes, named, seconds};
pub use api::Api;
pub use body_limit::BodyLimit;
pub use control::Control;
pub use endpoint::{Action, BROKEN, Endpoint, Exposure, Method, ObjectParameter, OpenParameter};
pub use idempotent::Idempotent;
pub use rate::{Partition, Rate};
pub use requirement::Requirement;
pub use scheme::{Scheme, SchemeKind};
pub use signed::Signed;
pub(crate) use words::{age, expression, sentence};
