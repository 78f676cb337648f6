//! One type for several purposes: `On<Draft, Create>` is a `Draft` whose rules for `Create` hold.

use std::{any::TypeId, borrow::Cow, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Audience, Input, Path, Report, Secure, Value};
use crate::policy::{Field, Kind, Shape};

/// A `T` that is used for the purpose `G`, so that the rules written with `on = G` hold for it too.
///
/// Any type can stand for a group. The group is that of `T` itself: a declared type within it is in a group where it
/// says so itself.
///
/// ```
/// use palisade::{prelude::*, value::{On, examine}};
///
/// struct Create;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Draft {
///     #[secure(length(max = 64))]
///     #[secure(required, on = Create)]
///     title: Option<String>,
/// }
///
/// // `async fn create(Json(draft): Json<On<Draft, Create>>)`, and to change it `Json<Draft>`
/// assert_eq!(examine(&mut Draft { title: None }).len(), 0);
/// assert_eq!(examine(&mut On::<_, Create>::new(Draft { title: None })).len(), 1);
/// ```
pub struct On<T, G> {
    value: T,
    group: PhantomData<fn() -> G>,
}

impl<T, G> On<T, G> {
    /// `value`, to be used for the purpose `G`.
    pub const fn new(value: T) -> Self {
        Self { value, group: PhantomData }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T, G> AsRef<T> for On<T, G> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T: std::fmt::Debug, G> std::fmt::Debug for On<T, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)
    }
}

impl<'de, T: Deserialize<'de>, G> Deserialize<'de> for On<T, G> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

impl<T: Serialize, G> Serialize for On<T, G> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: Value, G: 'static> Value for On<T, G> {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;
    const REGARDS_CALLERS: bool = T::REGARDS_CALLERS;

    fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
        self.value.regard(path, audience);
    }

    fn shape() -> Shape {
        Shape::Grouped(T::shape, TypeId::of::<G>())
    }

    fn describe(schema: Schema, group: Option<TypeId>) -> Schema {
        T::describe(schema, group)
    }

    fn is_absent(&self) -> bool {
        self.value.is_absent()
    }

    fn clean(&mut self) {
        self.value.clean();
    }

    fn check(&self, path: &Path<'_>, report: &mut Report) {
        report.within(TypeId::of::<G>(), path, |report| self.value.check(path, report));
    }
}

impl<T: Secure, G: 'static> Secure for On<T, G> {}
impl<T: Input, G: 'static> Input for On<T, G> {}

impl<T: Value + JsonSchema, G: 'static> JsonSchema for On<T, G> {
    fn schema_name() -> Cow<'static, str> {
        let group = std::any::type_name::<G>();
        format!("{}_on_{}", T::schema_name(), group.rsplit("::").next().unwrap_or(group)).into()
    }

    fn schema_id() -> Cow<'static, str> {
        format!("{} on {}", T::schema_id(), std::any::type_name::<G>()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::describe(T::json_schema(generator), Some(TypeId::of::<G>()))
    }
}
