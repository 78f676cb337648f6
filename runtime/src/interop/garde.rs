//! `Garde<T>`: a type that derives `garde::Validate`.

use std::{borrow::Cow, cell::RefCell, fmt::Display};

use garde::{
    Validate,
    error::{Kind, Path as GardePath},
    i18n::{I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl, IpKind, with_i18n},
};
use schemars::JsonSchema;

use super::{
    input, schema,
    told::Told,
    wire::{Segment, locate},
};
use crate::{
    rules::Parameter,
    value::{Path, Report, decode::described::Schema},
};

/// A value of a type that derives `garde::Validate`, as an input.
///
/// Its failures are told in our form: at the place that the wire has a name for, with a stable code and the arguments of
/// the rule. What a `custom` check says in its own words is not passed on, since it may hold the value: it has the code
/// `custom`. The schema is the type's own, in which schemars repeats garde's attributes.
///
/// ```
/// use palisade::{interop::Garde, value::from_json};
///
/// #[derive(Debug, serde::Deserialize, schemars::JsonSchema, garde::Validate)]
/// #[serde(deny_unknown_fields, rename_all = "camelCase")]
/// struct NewOrder {
///     #[garde(length(chars, min = 1, max = 64))]
///     order_title: String,
///     #[garde(range(min = 1, max = 1_000))]
///     quantity: u32,
/// }
///
/// let order = from_json::<Garde<NewOrder>>(r#"{"orderTitle":"Shelf","quantity":2}"#)?;
/// assert_eq!(order.order_title, "Shelf");
///
/// let report = from_json::<Garde<NewOrder>>(r#"{"orderTitle":"","quantity":0}"#).unwrap_err();
/// let found: Vec<_> = report.violations().map(|found| (found.pointer(), found.code())).collect();
/// assert_eq!(found, [("/orderTitle".into(), "length"), ("/quantity".into(), "range")]);
/// # Ok::<(), palisade::value::Report>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Garde<T>(pub T);

input!(Garde<T: Validate<Context: Default> + JsonSchema + 'static);

impl<T: Validate<Context: Default> + JsonSchema + 'static> Garde<T> {
    fn tell(&self, path: &Path<'_>, report: &mut Report) {
        let words = Words(RefCell::new(Vec::new()));
        let Err(found) = with_i18n(&words, || self.0.validate()) else { return };
        let schema = Schema::whole(schema::<T>());
        for (place, error) in found.iter() {
            let told = words.said(error.message());
            locate(schema, &segments(place), path, &mut |path| report.note(path, Box::new(told.clone())));
        }
    }
}

fn segments(place: &GardePath) -> Vec<Segment<'_>> {
    let steps = place.__iter().rev().filter_map(|(kind, text)| match kind {
        Kind::None => None,
        Kind::Key => Some(Segment::Name(text)),
        Kind::Index => text.parse().ok().map(Segment::Index),
    });
    steps.collect()
}

/// Stands for garde's own words: keeps what is said, and has garde carry its number.
struct Words(RefCell<Vec<Told>>);

/// What a number begins with, and no message of a person's.
const NUMBERED: char = '\u{1f}';

impl Words {
    fn say(&self, told: Told) -> Cow<'static, str> {
        let mut said = self.0.borrow_mut();
        said.push(told);
        format!("{NUMBERED}{}", said.len() - 1).into()
    }

    fn said(&self, message: &str) -> Told {
        let number = message.strip_prefix(NUMBERED).and_then(|number| number.parse::<usize>().ok());
        number.and_then(|number| self.0.borrow().get(number).cloned()).unwrap_or_else(Told::custom)
    }
}

fn whole(length: usize) -> Parameter {
    Parameter::Integer(i128::try_from(length).unwrap_or(i128::MAX))
}

/// A bound, of which only the text is known.
fn bound(bound: &dyn Display) -> Parameter {
    let text = bound.to_string();
    text.parse()
        .map(Parameter::Integer)
        .or_else(|_| text.parse().map(Parameter::Fraction))
        .unwrap_or(Parameter::Text(""))
}

impl I18n for Words {
    fn length_lower_than(&self, min: usize) -> Cow<'static, str> {
        self.say(Told::new("length", format!("must have a length of at least {min}")).with("min", whole(min)))
    }

    fn length_greater_than(&self, max: usize) -> Cow<'static, str> {
        self.say(Told::new("length", format!("must have a length of at most {max}")).with("max", whole(max)))
    }

    fn range_lower_than(&self, min: &dyn Display) -> Cow<'static, str> {
        self.say(Told::new("range", format!("must be at least {min}")).with("min", bound(min)))
    }

    fn range_greater_than(&self, max: &dyn Display) -> Cow<'static, str> {
        self.say(Told::new("range", format!("must be at most {max}")).with("max", bound(max)))
    }

    fn credit_card_invalid(&self, _reason: InvalidCreditCard) -> Cow<'static, str> {
        self.say(Told::new("card", "must be the number of a payment card"))
    }

    fn pattern_no_match(&self, pattern: &dyn Display) -> Cow<'static, str> {
        self.say(Told::new("pattern", format!("must match `{pattern}`")))
    }

    fn contains_missing(&self, text: &dyn Display) -> Cow<'static, str> {
        self.say(Told::new("contains", format!("must contain `{text}`")))
    }

    fn url_invalid(&self, _reason: InvalidUrl) -> Cow<'static, str> {
        self.say(Told::new("url", "must be a URL"))
    }

    fn prefix_missing(&self, text: &dyn Display) -> Cow<'static, str> {
        self.say(Told::new("prefix", format!("must begin with `{text}`")))
    }

    fn suffix_missing(&self, text: &dyn Display) -> Cow<'static, str> {
        self.say(Told::new("suffix", format!("must end with `{text}`")))
    }

    fn phone_number_invalid(&self, _reason: InvalidPhoneNumber) -> Cow<'static, str> {
        self.say(Told::new("phone", "must be a telephone number"))
    }

    fn ip_invalid(&self, kind: IpKind) -> Cow<'static, str> {
        let expected = match kind {
            IpKind::Any => "must be an IP address",
            IpKind::V4 => "must be an IPv4 address",
            IpKind::V6 => "must be an IPv6 address",
        };
        self.say(Told::new("ip", expected))
    }

    fn matches_field_mismatch(&self, field: &dyn Display) -> Cow<'static, str> {
        self.say(Told::new("equal_to", format!("must be equal to `{field}`")))
    }

    fn email_invalid(&self, _reason: InvalidEmail) -> Cow<'static, str> {
        self.say(Told::new("email", "must be an e-mail address"))
    }

    fn ascii_invalid(&self) -> Cow<'static, str> {
        self.say(Told::new("ascii", "must be ASCII"))
    }

    fn alphanumeric_invalid(&self) -> Cow<'static, str> {
        self.say(Told::new("alphanumeric", "must be letters and digits"))
    }

    fn required_not_set(&self) -> Cow<'static, str> {
        self.say(Told::new("required", "is required"))
    }
}
