//! Policy as constant data: what the macros compile to and every output is folded from. No I/O.

mod bounded;
mod catalogue;
mod consistent;
#[cfg(feature = "gate")]
mod demands;
#[cfg(feature = "gate")]
mod endpoints;
mod facet;
mod field;
mod file;
mod group;
mod kind;
mod mask;
mod message;
mod place;
mod property;
mod shape;
mod style;
mod variants;

pub use bounded::assert_field;
pub(crate) use catalogue::same;
pub use catalogue::{Catalogue, Entry, Listed, Roles, Scopes};
#[cfg(feature = "gate")]
pub(crate) use demands::demands;
#[cfg(feature = "gate")]
pub use endpoints::{
    Access, Acr, Action, Api, BROKEN, BodyLimit, CallerKind, CallerKinds, Control, Endpoint, Exposure, Freshness,
    Grant, Idempotent, Method, Named, ObjectParameter, OpenParameter, Partition, Predicate, Rate, Requirement, Scheme,
    SchemeKind, Signed, Transport, hours, minutes, named, seconds,
};
#[cfg(feature = "gate")]
pub(crate) use endpoints::{age, expression, sentence};
pub use facet::{Bound, Facet, Facets, Leaves, PatternFacts, Position, Relation, Unit};
pub(crate) use field::RuleList;
pub use field::{Field, Presence, Rules, Unknown};
pub use file::{Evidence, FileForm, FileSize, MediaType, MediaTypes};
pub use group::Group;
pub use kind::{Form, Kind};
pub use mask::Mask;
pub(crate) use message::Message;
pub use property::{Demand, Masking, Property, Seen};
pub use shape::Shape;
pub use style::Style;
pub use variants::{Content, Tagging, Variant, Variants};
