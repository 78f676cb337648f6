//! The JSON Schema (2020-12) of a type: what schemars says of it, and what its rules say.

mod facets;
pub(crate) mod integers;
mod keywords;

pub use facets::{with_facets, with_newtype_facets, with_variant_facets};
