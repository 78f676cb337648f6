//! What generated code names. Not for anybody else: it changes with every version.

pub use core::any::type_name;
pub use core::ops::FnOnce;
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{Err, Ok};
pub use std::borrow::Cow;

pub use schemars;
pub use serde;

pub use crate::{
    policy::{
        Catalogue, Content, Entry, Field, Group, Kind, Listed, Masking, Property, Roles, Rules, Scopes, Shape, Tagging,
        Unknown, Variant, Variants, assert_field,
    },
    rules::{Apply, Placed, Relate, RuleRef, Sealed, Unclean, words as rules},
    schema::{
        object_schema, with_facets, with_newtype_facets, with_newtype_property, with_properties, with_tuple_facets,
        with_variant_facets, with_variant_properties,
    },
    value::{
        Audience, Each, Entries, Input, Item, Key, KeyOf, Output, Path, Report, Secure, Source, Standpoint, Step,
        Unverified, Value, ValueOf, assert_maskable, check_each, check_keys, check_value, check_values, check_whole,
        clean_each, clean_values,
        decode::{examined::sound, json::explained},
        in_group, refuse, refuse_here, regard_newtype, regard_property,
    },
};

// What endpoints and APIs need.
#[cfg(feature = "gate")]
pub use crate::{
    api::{Api, Mount, Mounts},
    auth::{Caller, Fitted, Fitting, FromCaller},
    controls,
    gate::{Outcome, Request, Serve},
    input::{
        Annotated, AnyState, Argument, Authorized, Extract, Guarded, Handled, Handling, Loads, Object, ObjectIn,
        Relates, Unannotated, Whole, assert_text, caller_as, consider, longest, object, read_content_type,
        read_cookies, read_query, relate,
    },
    openapi::Operation,
    policy::{
        Access, Api as ApiPolicy, BROKEN, CallerKinds, Control, Endpoint, Method, ObjectParameter, OpenParameter,
        Scheme, named,
    },
    respond::{Answer, Respond},
    schemes,
};

/// The objects that a request names, loaded.
#[cfg(feature = "gate")]
pub type Objects<'a, 'o> = &'a mut [&'o mut (dyn core::any::Any + Send)];
/// The inputs that the fields of a handler struct are read by.
#[cfg(feature = "gate")]
pub mod inputs {
    pub use crate::input::{Cookies, Headers, Json, Path, Query};
}

/// The group that a schema is made for.
pub type InGroup = Option<core::any::TypeId>;
/// A text that is mostly constant.
pub type Text = Cow<'static, str>;
