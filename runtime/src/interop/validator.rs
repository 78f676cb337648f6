//! `Validated<T>`: a type that derives `validator::Validate`.

use std::borrow::Cow;

use schemars::JsonSchema;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::{
    input, schema,
    told::Told,
    wire::{Segment, locate},
};
use crate::{
    rules::Parameter,
    value::{Path, Report, decode::described::Schema},
};

/// A value of a type that derives `validator::Validate`, as an input.
///
/// Its failures are told in our form: at the place that the wire has a name for, with their code and the bounds of the
/// rule. Of a message, only one that stands in the program's text is passed on; the parameters that validator fills with
/// the rejected value never are. The schema is the type's own, in which schemars repeats validator's attributes.
///
/// ```
/// use palisade::{interop::Validated, value::from_json};
///
/// #[derive(Debug, serde::Deserialize, schemars::JsonSchema, validator::Validate)]
/// #[serde(deny_unknown_fields, rename_all = "camelCase")]
/// struct NewOrder {
///     #[validate(length(min = 1, max = 64))]
///     order_title: String,
///     #[validate(range(min = 1, max = 1_000))]
///     quantity: u32,
/// }
///
/// let order = from_json::<Validated<NewOrder>>(r#"{"orderTitle":"Shelf","quantity":2}"#)?;
/// assert_eq!(order.order_title, "Shelf");
///
/// let report = from_json::<Validated<NewOrder>>(r#"{"orderTitle":"","quantity":2}"#).unwrap_err();
/// assert_eq!(report.to_string(), "/orderTitle must have a length from 1 to 64 (length)");
/// # Ok::<(), palisade::value::Report>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validated<T>(pub T);

input!(Validated<T: Validate + JsonSchema + 'static);

impl<T: Validate + JsonSchema + 'static> Validated<T> {
    fn tell(&self, path: &Path<'_>, report: &mut Report) {
        if let Err(errors) = self.0.validate() {
            tell_all(&errors, &mut Vec::new(), &mut |segments, error| {
                let schema = Schema::whole(schema::<T>());
                locate(schema, segments, path, &mut |path| report.note(path, Box::new(told(error))));
            });
        }
    }
}

/// Visits the errors with their places, in an order that is the same each time: theirs is a hash map's.
fn tell_all<'a>(
    errors: &'a ValidationErrors,
    place: &mut Vec<Segment<'a>>,
    tell: &mut dyn FnMut(&[Segment<'_>], &ValidationError),
) {
    let mut fields: Vec<_> = errors.errors().iter().collect();
    fields.sort_by_key(|(name, _)| *name);
    for (name, kind) in fields {
        // The errors of the whole value stand under a name that no field has.
        let named = name != "__all__";
        if named {
            place.push(Segment::Name(name));
        }
        match kind {
            ValidationErrorsKind::Field(errors) => {
                for error in errors {
                    tell(place, error);
                }
            }
            ValidationErrorsKind::Struct(below) => tell_all(below, place, tell),
            ValidationErrorsKind::List(items) => {
                for (index, below) in items {
                    place.push(Segment::Index(*index));
                    tell_all(below, place, tell);
                    place.pop();
                }
            }
        }
        if named {
            place.pop();
        }
    }
}

/// The arguments that are bounds. All others may be values.
const BOUNDS: [(&str, &str); 5] =
    [("min", "min"), ("max", "max"), ("equal", "equal"), ("exclusive_min", "above"), ("exclusive_max", "below")];

fn told(error: &ValidationError) -> Told {
    let code = match error.code {
        Cow::Borrowed("regex") => "pattern",
        Cow::Borrowed("must_match") => "equal_to",
        Cow::Borrowed("does_not_contain") => "excludes",
        Cow::Borrowed("credit_card") => "card",
        Cow::Borrowed("non_control_character") => "no_control",
        Cow::Borrowed(code) => code,
        Cow::Owned(_) => "custom",
    };
    let bounds: Vec<_> = BOUNDS.into_iter().filter_map(|(name, ours)| Some((ours, number(error, name)?))).collect();
    let detail = match &error.message {
        Some(Cow::Borrowed(words)) => Cow::Borrowed(*words),
        Some(Cow::Owned(_)) | None => expected(code, &bounds),
    };
    bounds.into_iter().fold(Told::new(code, detail), |told, (name, bound)| told.with(name, bound))
}

fn number(error: &ValidationError, name: &str) -> Option<Parameter> {
    let value = error.params.get(name)?;
    match value.as_i64() {
        Some(whole) => Some(Parameter::Integer(whole.into())),
        None => value.as_f64().map(Parameter::Fraction),
    }
}

fn expected(code: &str, bounds: &[(&str, Parameter)]) -> Cow<'static, str> {
    let bound = |wanted: &str| {
        bounds.iter().find(|(name, _)| *name == wanted).map(|(_, bound)| match bound {
            Parameter::Integer(number) => number.to_string(),
            Parameter::Fraction(number) => number.to_string(),
            Parameter::Text(_) | Parameter::Texts(_) | Parameter::Numbers(_) => String::new(),
        })
    };
    let of = if code == "length" { "must have a length" } else { "must be" };
    let from = if code == "length" { "of" } else { "" };
    let words = match (bound("min"), bound("max"), bound("equal"), bound("above"), bound("below")) {
        (Some(min), Some(max), ..) => format!("{of} from {min} to {max}"),
        (Some(min), None, ..) => format!("{of} {from} at least {min}"),
        (None, Some(max), ..) => format!("{of} {from} at most {max}"),
        (None, None, Some(equal), ..) => format!("{of} {from} {equal}"),
        (None, None, None, Some(above), Some(below)) => format!("{of} above {above} and below {below}"),
        (None, None, None, Some(above), None) => format!("{of} above {above}"),
        (None, None, None, None, Some(below)) => format!("{of} below {below}"),
        (None, None, None, None, None) => return by_code(code).into(),
    };
    words.replace("  ", " ").into()
}

fn by_code(code: &str) -> &'static str {
    match code {
        "email" => "must be an e-mail address",
        "url" => "must be a URL",
        "ip" | "ipv4" | "ipv6" => "must be an IP address",
        "card" => "must be the number of a payment card",
        "pattern" => "must match a pattern",
        "contains" => "must contain a certain text",
        "excludes" => "must not contain a certain text",
        "equal_to" => "must be equal to another field",
        "no_control" => "must hold no control characters",
        "required" => "is required",
        _ => "is refused by a check of the application",
    }
}
