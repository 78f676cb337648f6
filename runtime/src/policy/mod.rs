//! Policy as constant data: what the macros compile to and every output is folded from. No I/O.

mod bounded;
mod catalogue;
mod consistent;
#[cfg(feature = "gate")]
mod endpoints;
mod facet;
mod field;
mod group;
mod kind;
mod mask;
mod message;
mod place;
mod shape;
mod style;
mod variants;

pub use bounded::assert_field;
pub(crate) use catalogue::same;
pub use catalogue::{Catalogue, Entry, Listed, Roles, Scopes};
#[cfg(feature = "gate")]
pub use endpoints::{
    Access, Action, Api, BROKEN, Control, Endpoint, Exposure, Freshness, Grant, Method, Named, ObjectParameter,
    OpenParameter, Partition, Predicate, Rate, Scheme, SchemeKind, hours, minutes, named, seconds,
};
pub use facet::{Bound, Facet, Facets, Leaves, PatternFacts, Position, Relation, Unit};
pub(crate) use field::RuleList;
pub use field::{Field, Presence, Rules, Unknown};
pub use group::Group;
pub use kind::{Form, Kind};
pub use mask::Mask;
pub(crate) use message::Message;
pub use shape::Shape;
pub use style::Style;
pub use variants::{Content, Tagging, Variant, Variants};
