//! Types that derive `garde::Validate` or `validator::Validate` are inputs as they are, so that an application moves over type by
//! type.
#![doc = include_str!("../docs/interop.md")]

#[cfg(feature = "garde")]
mod garde;
mod told;
#[cfg(feature = "validator")]
mod validator;
mod wire;

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

#[cfg(feature = "garde")]
pub use self::garde::Garde;
#[cfg(feature = "validator")]
pub use self::validator::Validated;

/// The schema of a type that enters. Each type's is made once, and kept: there are as many as the program has types.
fn schema<T: JsonSchema + 'static>() -> &'static Value {
    static SCHEMAS: LazyLock<RwLock<HashMap<TypeId, &'static Value>>> = LazyLock::new(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(known) = SCHEMAS.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return known;
    }
    let made = SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>();
    SCHEMAS
        .write()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(id)
        .or_insert_with(|| Box::leak(Box::new(made.to_value())))
}

/// The traits of a declared input, for a wrapper around a type that another crate checks.
macro_rules! input {
    ($wrapper:ident<$inner:ident: $($bound:tt)+) => {
        #[diagnostic::do_not_recommend]
        impl<$inner: $($bound)+> $crate::value::Value for $wrapper<$inner> {
            const KIND: $crate::policy::Kind = $crate::policy::Kind::Object;

            fn shape() -> $crate::policy::Shape {
                $crate::policy::Shape::Described($crate::interop::schema::<$inner>)
            }

            fn check(&self, path: &$crate::value::Path<'_>, report: &mut $crate::value::Report) {
                self.tell(path, report);
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$inner: $($bound)+> $crate::value::Secure for $wrapper<$inner> {}
        #[diagnostic::do_not_recommend]
        impl<$inner: $($bound)+> $crate::value::Input for $wrapper<$inner> {}

        impl<$inner: schemars::JsonSchema> schemars::JsonSchema for $wrapper<$inner> {
            fn inline_schema() -> bool {
                $inner::inline_schema()
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $inner::schema_name()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                $inner::schema_id()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $inner::json_schema(generator)
            }
        }

        impl<'de, $inner: serde::Deserialize<'de>> serde::Deserialize<'de> for $wrapper<$inner> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $inner::deserialize(deserializer).map(Self)
            }
        }

        impl<$inner> $wrapper<$inner> {
            /// The value itself.
            #[must_use]
            pub fn into_inner(self) -> $inner {
                self.0
            }
        }

        impl<$inner> std::ops::Deref for $wrapper<$inner> {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }
    };
}
use input;
