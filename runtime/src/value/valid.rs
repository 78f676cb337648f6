//! `Valid<T>`: the proof that a value was cleaned and checked.

use std::{borrow::Cow, ops::Deref};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{Audience, Input, Output, Path, Report, Secure, Surroundings, Value, declared, decode::examined::examined};
use crate::policy::{Field, Kind, Shape};

/// A value that was cleaned and satisfies every rule of its type.
///
/// There is no other way to have one than to pass: [`Valid::new`], [`from_json`](super::from_json),
/// [`from_texts`](super::from_texts), or serde. A function that takes `Valid<NewOrder>` need not ask again. It is read
/// like the value itself and cannot be changed; what is to be changed is taken out, and proven anew.
///
/// ```
/// use palisade::{prelude::*, value::{Report, Valid}};
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Rename {
///     #[secure(trim, length(min = 1, max = 64))]
///     title: String,
/// }
///
/// let rename: Valid<Rename> = Valid::new(Rename { title: " Blue boots ".into() })?;
/// assert_eq!(rename.title, "Blue boots");
///
/// let report = Valid::new(Rename { title: "  ".into() }).unwrap_err();
/// assert_eq!(report.to_string(), "/title must have a length from 1 to 64 (length)");
/// # Ok::<(), Report>(())
/// ```
///
/// What is proven stays so:
///
/// ```compile_fail,E0596
/// # use palisade::prelude::*;
/// # #[derive(Secure)]
/// # #[secure(output)]
/// # struct Rename { #[secure(trim, length(min = 1, max = 64))] title: String }
/// let mut rename = Valid::new(Rename { title: "Blue boots".into() }).unwrap();
/// rename.title.clear();
/// ```
///
/// As a field it says that a value is checked even where only serde decodes what is around it. Its errors name pointers
/// and codes, and never a value:
///
/// ```
/// # use palisade::{prelude::*, value::Valid};
/// # #[derive(Debug, serde::Deserialize, Secure)]
/// # #[serde(deny_unknown_fields)]
/// # struct Rename { #[secure(trim, length(min = 1, max = 64))] title: String }
/// #[derive(Debug, serde::Deserialize)]
/// struct Message {
///     renames: Vec<Valid<Rename>>,
/// }
///
/// let error = serde_json::from_str::<Message>(r#"{"renames":[{"title":""}]}"#).unwrap_err();
/// assert!(error.to_string().starts_with("/title must have a length from 1 to 64 (length)"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Valid<T>(T);

impl<T: Secure> Valid<T> {
    /// Cleans the value, then checks it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn new(value: T) -> Result<Self, Report> {
        const { declared(T::FIELDS) };
        examined(value, Surroundings::NONE).map(Self)
    }
}

impl<T> Valid<T> {
    /// A value of which the caller knows that it was cleaned and checked.
    pub(super) const fn proven(value: T) -> Self {
        Self(value)
    }

    /// The value itself, without its proof.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

// To be read needs no detour, since who has to unwrap a proof at each step unwraps it once, early, and goes on without it.
impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> AsRef<T> for Valid<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

impl<'de, T: Secure + Deserialize<'de>> Deserialize<'de> for Valid<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own words repeat what they refuse.
        let value = T::deserialize(deserializer).map_err(|_| D::Error::custom("is not of the form of its type"))?;
        Self::new(value).map_err(D::Error::custom)
    }
}

impl<T: Serialize> Serialize for Valid<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

// Clean and sound already, so neither pass has anything to do.
impl<T: Secure> Value for Valid<T> {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;

    const REGARDS_CALLERS: bool = T::REGARDS_CALLERS;

    fn shape() -> Shape {
        T::shape()
    }

    fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
        self.0.regard(path, audience);
    }
}

// A proof is no mend for a type that is not declared.
#[diagnostic::do_not_recommend]
impl<T: Secure> Secure for Valid<T> {}
#[diagnostic::do_not_recommend]
impl<T: Input> Input for Valid<T> {}
#[diagnostic::do_not_recommend]
impl<T: Output> Output for Valid<T> {}

impl<T: JsonSchema> JsonSchema for Valid<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests;
