//! The JSON Schema (2020-12) of a type: what its fields are, and what its rules say.
//!
//! It comes from the same constants as the check, so it cannot disagree with it. The document of an API holds the same
//! schemas.

mod discreet;
mod facets;
pub(crate) mod integers;
mod keywords;
mod names;
mod numerals;
mod object;
mod properties;
mod relations;

pub use facets::{with_facets, with_newtype_facets, with_tuple_facets, with_variant_facets};
pub use object::object_schema;
pub use properties::{with_newtype_property, with_properties, with_variant_properties};

use schemars::{JsonSchema, Schema, generate::SchemaSettings};

use crate::value::{Input, Output};

/// The schema of what is accepted.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Rename {
///     #[secure(trim, length(min = 1, max = 64))]
///     title: String,
/// }
///
/// let schema = palisade::schema::input::<Rename>().to_value();
/// assert_eq!(schema["properties"]["title"]["maxLength"], 64);
/// assert_eq!(schema["additionalProperties"], false);
/// ```
#[must_use]
pub fn input<T: Input>() -> Schema {
    of::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

/// The schema of what is shown.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Shown {
///     #[secure(length(max = 64))]
///     title: String,
/// }
///
/// assert_eq!(palisade::schema::output::<Shown>().to_value()["required"][0], "title");
/// ```
#[must_use]
pub fn output<T: Output>() -> Schema {
    of::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn of<T: JsonSchema>(settings: SchemaSettings) -> Schema {
    settings.into_generator().into_root_schema_for::<T>()
}
