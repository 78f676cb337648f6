//! The policy of an API as constant data: what the macros compile to and every output is folded from. No I/O.

mod access;
mod api;
mod bounded;
mod catalogue;
mod control;
mod endpoint;
mod facet;
mod field;
mod kind;
mod mask;
mod message;
mod rate;
mod routes;
mod satisfy;
mod scheme;

pub use access::{Access, Freshness, Grant, Listed, Named, Predicate, Roles, Scopes, hours, minutes, named, seconds};
pub use api::Api;
pub use bounded::assert_field;
pub use catalogue::{Catalogue, Entry};
pub use control::Control;
pub use endpoint::{Action, BROKEN, Endpoint, Exposure, Method, ObjectParameter, OpenParameter};
pub use facet::{Bound, Facet, Facets, PatternFacts};
pub(crate) use field::RuleList;
pub use field::{Field, Presence, Rules, Shape, Unknown};
pub use kind::{Form, Kind};
pub use mask::Mask;
pub(crate) use message::Message;
pub use rate::{Partition, Rate};
pub use scheme::{Scheme, SchemeKind};
