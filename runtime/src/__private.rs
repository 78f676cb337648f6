//! What generated code names. Not for anybody else: it changes with every version.

pub use core::ops::FnOnce;
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{Err, Ok};
pub use std::borrow::Cow;

pub use schemars;

pub use crate::{
    api::{Api, Mount, Mounts},
    controls,
    gate::{Outcome, Request, Serve},
    input::{
        Annotated, AnyState, Argument, Authorized, Extract, Guarded, Loads, Object, ObjectIn, Unannotated, longest,
        object,
    },
    openapi::{Operation, with_facets, with_newtype_facets, with_variant_facets},
    policy::{
        Access, Api as ApiPolicy, BROKEN, Catalogue, Control, Endpoint, Entry, Field, Kind, Listed, Method,
        ObjectParameter, OpenParameter, Roles, Rules, Scheme, Scopes, Shape, Unknown, assert_field, named,
    },
    respond::{Answer, Respond},
    rules::{Apply, RuleRef, Sealed, words as rules},
    schemes,
    value::{
        Each, Entries, Input, Item, Key, KeyOf, Output, Path, Report, Secure, Step, Value, ValueOf, check_each,
        check_keys, check_values, clean_each, clean_values, refuse, refuse_here,
    },
};

/// A text that is mostly constant.
pub type Text = Cow<'static, str>;
