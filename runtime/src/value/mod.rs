//! How values are looked at: what they are on the wire, how rules see them, and how what is wrong is reported.
#![doc = include_str!("../docs/values.md")]

#[cfg_attr(not(feature = "gate"), expect(dead_code, reason = "without the gate there are no callers"))]
pub(crate) mod audience;
mod contents;
pub(crate) mod decode;
mod distinct;
pub(crate) mod entrance;
mod error;
mod examine;
mod findings;
mod foreign;
mod hiding;
mod json;
mod key;
#[cfg_attr(not(feature = "gate"), expect(dead_code, reason = "without the gate nothing leaves"))]
pub(crate) mod marks;
mod moment;
mod multiple;
mod numbers;
mod on;
mod order;
mod owner;
mod path;
mod render;
mod report;
mod surroundings;
mod telling;
mod valid;
mod values;
mod verify;
mod view;
mod views;

#[cfg(feature = "gate")]
pub(crate) use json::Json;

pub use audience::{Audience, Standpoint, assert_maskable, regard_newtype, regard_property};
pub use contents::{
    Each, Entries, Item, KeyOf, ValueOf, check_each, check_keys, check_values, clean_each, clean_values,
};
pub use distinct::Distinct;
pub use examine::{check, examine, examine_in, from_json, from_texts};
pub use findings::{Findings, Invariant, check_value, check_whole, in_group};
pub use key::Key;
pub use moment::{Moment, Temporal};
pub use numbers::EditNumber;
pub use on::On;
pub use order::{Limit, Order};
pub use owner::Owner;
pub use path::{Path, Step};
pub use report::{Report, Source, Violation, refuse, refuse_here};
pub use surroundings::Surroundings;
#[cfg(feature = "fluent")]
pub(crate) use telling::Telling;
pub use valid::Valid;
pub use verify::{NotVerified, Unverified, Verified, Verify, VerifyIn};
pub use view::View;
pub use views::{Cleaned, EditText, Measure, Text};

use std::any::TypeId;

use schemars::{JsonSchema, Schema};

use crate::policy::{Field, Kind, Shape};

/// Anything that can be a field of a declared type. `#[derive(Secure)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type that a request or response can hold",
    label = "`Secure` is not derived for `{Self}`",
    note = "derive `Secure` for it, or keep it as it comes with `#[secure(unchecked = \"reason\")]` and a type that implements `Value`"
)]
pub trait Value {
    /// What it is on the wire.
    const KIND: Kind;
    /// Its fields, when it has some.
    const FIELDS: &'static [Field] = &[];
    /// Whether `clean` and `check` have nothing to do, so that nobody goes over a list of such values for them.
    const IS_PLAIN: bool = false;
    /// Whether callers may see or write different parts of it. A type that holds others hands on what they say, here and in
    /// [`regard`](Value::regard).
    const REGARDS_CALLERS: bool = false;

    /// Its shape: what a refused request is held against, and documents are made of.
    fn shape() -> Shape {
        Shape::Scalar(Self::KIND)
    }

    /// Adds to the schema of the type the rules that hold in `group`, or in every group when there is none.
    fn describe(schema: Schema, _group: Option<TypeId>) -> Schema {
        schema
    }

    /// Whether the value is not there, as only an `Option` can be.
    fn is_absent(&self) -> bool {
        false
    }

    /// Runs the cleaning steps of its own declaration.
    fn clean(&mut self) {}

    /// Checks it against its own declaration; `path` says where it stands.
    fn check(&self, _path: &Path<'_>, _report: &mut Report) {}

    /// Asks who sees or writes it, part by part.
    #[doc(hidden)]
    fn regard(&self, _path: &Path<'_>, _audience: &mut Audience<'_>) {}

    // What generated code calls for each field: one step down from `path`.
    #[doc(hidden)]
    #[inline]
    fn check_below(&self, path: &Path<'_>, step: Step<'_>, report: &mut Report) {
        if !Self::IS_PLAIN {
            self.check(&path.step(step), report);
        }
    }

    // The same for who sees and writes what.
    #[doc(hidden)]
    #[inline]
    fn regard_below(&self, path: &Path<'_>, step: Step<'_>, audience: &mut Audience<'_>) {
        if Self::REGARDS_CALLERS {
            audience.below(path, step, |path, audience| self.regard(path, audience));
        }
    }

    // And for what stands in the place of what holds it.
    #[doc(hidden)]
    #[inline]
    fn regard_in_place(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
        if Self::REGARDS_CALLERS {
            self.regard(path, audience);
        }
    }
}

/// A declared type: each of its values is bounded.
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
/// let mut rename = Rename { title: " ".into() };
/// let report = palisade::value::examine(&mut rename);
/// assert_eq!(report.violations().next().unwrap().pointer(), "/title");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared",
    label = "`Secure` is not derived for `{Self}`",
    note = "derive `Secure` for `{Self}`"
)]
pub trait Secure: Value {}

/// A declared type that may enter: `#[derive(Secure)]` without `output`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no request type",
    label = "it may not enter: nothing is declared about what is accepted",
    note = "derive `Secure` for it; a type with `#[secure(output)]` may enter only with `#[secure(input, output)]`, and one with `#[secure(verify)]` as `Verified<Json<{Self}>>`"
)]
pub trait Input: Secure + JsonSchema {}

/// A declared type that may leave: `#[derive(Secure)]` with `#[secure(output)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no response type",
    label = "it may not leave: nothing is declared about what it shows",
    note = "derive `Secure` for it and say `#[secure(output)]`, so that no undeclared property leaks; a list goes into a field of such a type"
)]
pub trait Output: Secure + JsonSchema {}

/// Makes rustc evaluate the fields of a generic type for the arguments at hand, and with them the proofs that they are
/// bounded.
pub(crate) const fn declared(_fields: &'static [Field]) {}
