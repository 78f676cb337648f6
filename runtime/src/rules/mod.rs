//! Rules: cleaning steps and constraints on values. The set is open; a rule is a value, and yours works as ours do.
//!
//! A rule is one file: a type with a `const fn new(..)`, one `const fn` for each argument, and `seal()`, which checks the
//! arguments when the user's crate is compiled and says what the rule means to documents ([`Facets`](crate::policy::Facets)). It implements
//! [`Rule`] (its code and how to explain it) and [`Apply`] for the values it understands.
//!
//! ```
//! use palisade::{policy::{Facet, Facets}, rules::{Apply, Rule, Sealed}, value::View};
//!
//! pub struct Even;
//!
//! impl Even {
//!     pub const fn new() -> Self { Self }
//!     pub const fn seal(self) -> Sealed<Self> { Sealed::new(self, Facets::NONE.with(Facet::Custom("even"))) }
//! }
//! impl Rule for Even {
//!     fn code(&self) -> &'static str { "even" }
//!     // A request that does not decode is explained from its text, so the rule looks at what stands there too.
//!     fn check_view(&self, view: &View<'_>) -> bool { !matches!(view, View::Integer(number) if number % 2 != 0) }
//! }
//! impl Apply<u32> for Even {
//!     fn check(&self, value: &u32) -> bool { value % 2 == 0 }
//! }
//! assert!(!Even.check(&3));
//! ```
#![doc = include_str!("../docs/rules.md")]

use std::fmt;

use crate::{
    policy::Bound,
    value::{Path, Report, Step, Surroundings, Text, View, refuse, refuse_here},
};

mod address_kind;
mod cleaning;
mod compared;
mod domain_name;
pub mod email_grammar;
mod fields;
mod leave;
mod listed;
mod mailbox;
#[cfg(feature = "unicode")]
mod normalized;
mod placed;
mod presence;
pub mod public_address;
mod sealed;
pub mod standing;

#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/codes.md")]
pub mod codes {}

pub use compared::{Comparable, Condition, Ordered};
pub use placed::{Placed, Unclean};
pub use presence::{Presence, Presences};
pub use sealed::{RuleRef, Sealed};

/// The table: the word a user writes, which is its file, and its type. One that is a `TextRule` applies to every text.
macro_rules! rules {
    ($($(#[$gate:meta])* $word:ident => $rule:ident $(: $on_texts:ident)?),+ $(,)?) => {
        $($(#[$gate])* pub mod $word;)+

        // An impl for each, not one for `R: TextRule`: with that next to it, rustc would only say of every rule that it
        // does not apply, and not that the value is no number, or has no length.
        $($(#[$gate])*
        const _: () = {
            $(impl<T: Text + ?Sized> Apply<T> for $word::$rule {
                #[inline]
                fn check(&self, value: &T) -> bool {
                    value.text().is_none_or(|text| $on_texts::accepts(self, text))
                }
            })?
        };)+

        /// The words of the built-in rules, in the order of the table.
        ///
        /// ```
        /// assert!(palisade::rules::NAMES.contains(&"length"));
        /// ```
        pub const NAMES: &[&str] = &[$($(#[$gate])* stringify!($word)),+];

        /// The words as generated code spells them.
        #[doc(hidden)]
        pub mod words {
            $($(#[$gate])*
            #[expect(non_camel_case_types, reason = "a rule is written as a lower-case word")]
            pub type $word = super::$word::$rule;)+
        }
    };
}

rules! {
    trim => Trim,
    lowercase => Lowercase,
    length => Length,
    range => Range,
    pattern => Pattern: TextRule,
    email => Email: TextRule,
    one_of => OneOf: TextRule,
    sensitive => Sensitive,
    required => Required,
    required_if => RequiredIf,
    required_with => RequiredWith,
    excluded_with => ExcludedWith,
    exactly_one_of => ExactlyOneOf,
    at_least_one_of => AtLeastOneOf,
    equal_to => EqualTo,
    differs_from => DiffersFrom,
    less_than => LessThan,
    greater_than => GreaterThan,
    ascii => Ascii: TextRule,
    alphanumeric => Alphanumeric: TextRule,
    prefix => Prefix: TextRule,
    suffix => Suffix: TextRule,
    contains => Contains: TextRule,
    excludes => Excludes: TextRule,
    not_one_of => NotOneOf: TextRule,
    slug => Slug: TextRule,
    identifier => Identifier: TextRule,
    no_control => NoControl: TextRule,
    no_bidi => NoBidi: TextRule,
    #[cfg(feature = "unicode")]
    single_script => SingleScript: TextRule,
    header_value => HeaderValue: TextRule,
    path_segment => PathSegment: TextRule,
    filename => Filename: TextRule,
    json => Json: TextRule,
    base64 => Base64: TextRule,
    hex => Hex: TextRule,
    semver => Semver: TextRule,
    hostname => Hostname: TextRule,
    #[cfg(feature = "url")]
    url => Url: TextRule,
    ip => Ip: TextRule,
    cidr => Cidr: TextRule,
    port => Port,
    mac => Mac: TextRule,
    phone => Phone: TextRule,
    uuid => Uuid: TextRule,
    ulid => Ulid: TextRule,
    iban => Iban: TextRule,
    bic => Bic: TextRule,
    card => Card: TextRule,
    currency => Currency: TextRule,
    country => Country: TextRule,
    language => Language: TextRule,
    timezone => Timezone: TextRule,
    decimal => Decimal: TextRule,
    #[cfg(feature = "password")]
    password => Password,
    uppercase => Uppercase,
    collapse_whitespace => CollapseWhitespace,
    strip_control => StripControl,
    #[cfg(feature = "unicode")]
    nfc => Nfc,
    #[cfg(feature = "unicode")]
    nfkc => Nfkc,
    #[cfg(feature = "unicode")]
    truncate => Truncate,
    clamp => Clamp,
    escape_html => EscapeHtml,
    #[cfg(feature = "html")]
    html => Html,
    normalize_email => NormalizeEmail,
    #[cfg(feature = "url")]
    normalize_url => NormalizeUrl,
    #[cfg(feature = "unicode")]
    precis => Precis,
    reject_unclean => RejectUnclean,
    multiple_of => MultipleOf,
    unique => Unique,
    past => Past,
    future => Future,
    before => Before,
    after => After,
    within => Within,
}

/// What a rule is, apart from the values it applies to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no rule",
    label = "a rule was expected here",
    note = "implement `palisade::rules::Rule` for it, and `Apply<T>` for each type `T` of value that it understands"
)]
pub trait Rule: Sync + 'static {
    /// The stable code of a violation, such as `length`.
    fn code(&self) -> &'static str;

    /// What was expected, in words made of the rule's own constants: the rejected value is not at hand here.
    ///
    /// # Errors
    /// Those of the formatter.
    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must satisfy `{}`", self.code())
    }

    /// The rule's arguments, named, for a machine to read.
    fn parameters(&self, _visit: &mut dyn FnMut(&'static str, Parameter)) {}

    /// Whether the value is confidential, so that its other violations are reported without arguments.
    fn is_sensitive(&self) -> bool {
        false
    }

    /// Cleans a value that was never decoded into its type. Only a refused request gets here.
    fn clean_view(&self, _view: &mut View<'_>) {}

    /// Checks a value that was never decoded into its type. Only a refused request gets here.
    fn check_view(&self, _view: &View<'_>) -> bool {
        true
    }

    /// The same for a rule that has to know the surroundings, such as the time.
    fn check_view_in(&self, view: &View<'_>, _surroundings: Surroundings) -> bool {
        self.check_view(view)
    }
}

/// One argument of a rule, as violations report it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Parameter {
    /// A whole number.
    Integer(i128),
    /// Any other number.
    Fraction(f64),
    /// A word or a pattern.
    Text(&'static str),
    /// A list of words.
    Texts(&'static [&'static str]),
    /// A list of small numbers.
    Numbers(&'static [u8]),
}

impl From<Bound> for Parameter {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::Whole(number) => Self::Integer(number),
            Bound::Fraction(number) => Self::Fraction(number),
        }
    }
}

/// A rule on texts that only looks: implement this, and [`Rule`] follows. [`Apply`] is the same for all of them.
///
/// ```
/// use palisade::{policy::{Facet, Facets}, rules::{Apply, Sealed, TextRule}, value::Text};
///
/// pub struct Palindrome;
///
/// impl Palindrome {
///     pub const fn new() -> Self { Self }
///     pub const fn seal(self) -> Sealed<Self> { Sealed::new(self, Facets::NONE.with(Facet::Custom("palindrome"))) }
/// }
/// impl TextRule for Palindrome {
///     fn code(&self) -> &'static str { "palindrome" }
///     fn accepts(&self, text: &str) -> bool { text.chars().eq(text.chars().rev()) }
/// }
/// impl<T: Text + ?Sized> Apply<T> for Palindrome {
///     fn check(&self, value: &T) -> bool { value.text().is_none_or(|text| self.accepts(text)) }
/// }
/// assert!(Palindrome.check("level"));
/// ```
pub trait TextRule: Sync + 'static {
    /// The stable code of a violation.
    fn code(&self) -> &'static str;

    /// What was expected, in words made of the rule's own constants.
    ///
    /// # Errors
    /// Those of the formatter.
    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must satisfy `{}`", self.code())
    }

    /// The rule's arguments, named, for a machine to read.
    fn parameters(&self, _visit: &mut dyn FnMut(&'static str, Parameter)) {}

    /// Whether the text satisfies the rule.
    fn accepts(&self, text: &str) -> bool;
}

#[diagnostic::do_not_recommend]
impl<R: TextRule> Rule for R {
    fn code(&self) -> &'static str {
        TextRule::code(self)
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        TextRule::explain(self, f)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        TextRule::parameters(self, visit);
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        view.text().is_none_or(|text| self.accepts(text))
    }
}

/// A rule between a value of type `T` and other fields of the same object.
///
/// An argument that mentions a field of the object, as in `equal_to(password)` or `required_if(kind == Kind::Company)`, is
/// an expression that is evaluated when the object is checked. The rule is made by its `const fn between(fields)`, which
/// gets the wire names of the fields that are mentioned; `others` holds a reference to the value of each such argument.
#[diagnostic::on_unimplemented(
    message = "the rule `{Self}` does not hold between `{T}` and `{Others}`",
    label = "this rule does not understand these fields",
    note = "`equal_to`, `differs_from`, `less_than` and `greater_than` compare fields of one type; `required_with`, `required_if`, `excluded_with`, `exactly_one_of` and `at_least_one_of` are for `Option`s; the arguments of every other rule are constants"
)]
pub trait Relate<T: ?Sized, Others>: Rule {
    /// Whether the rule holds.
    fn holds(&self, value: &T, others: Others) -> bool;

    // What generated code calls, as with `Apply`.
    #[doc(hidden)]
    #[inline]
    fn holds_placed(rule: &Placed<Self>, value: &T, others: Others) -> bool
    where
        Self: Sized,
    {
        rule.rule().holds(value, others)
    }
}

/// A rule applied to values of type `T`: cleaning first, then the check.
#[diagnostic::on_unimplemented(
    message = "the rule `{Self}` does not apply to `{T}`",
    label = "this rule does not understand `{T}`",
    note = "a rule between fields mentions one, as in `equal_to(password)`; a rule of your own needs an impl of `Apply<{T}>`",
    note = "to put a rule on what a list holds, write `each(..)`; on a map, `keys(..)` and `values(..)`"
)]
pub trait Apply<T: ?Sized>: Rule {
    /// Brings the value into its clean form. What is clean already is left alone.
    fn clean(&self, _value: &mut T) {}

    /// Whether cleaning would leave the value as it is. Only a cleaning step in front of `reject_unclean` is asked, and
    /// one that does not know refuses.
    fn is_clean(&self, _value: &T) -> bool {
        false
    }

    /// Whether the value satisfies the rule.
    fn check(&self, _value: &T) -> bool {
        true
    }

    /// Whether the value satisfies the rule in these surroundings: for a rule that has to know the time. This is what
    /// generated code asks.
    #[inline]
    fn check_in(&self, value: &T, _surroundings: Surroundings) -> bool {
        self.check(value)
    }

    // Generated code calls these three: what does not apply is then said of the rule, not of the rule at its place.
    #[doc(hidden)]
    #[inline]
    fn clean_placed(rule: &Placed<Self>, value: &mut T)
    where
        Self: Sized,
    {
        rule.clean(value);
    }

    // Written into the caller, always: only there is the rule a constant, and what it does not ask is left out.
    #[doc(hidden)]
    #[inline(always)]
    fn enforce(rule: &'static Placed<Self>, value: &T, path: &Path<'_>, report: &mut Report)
    where
        Self: Sized,
    {
        if !rule.check_in(value, report.surroundings()) {
            refuse_here(report, path, rule);
        }
    }

    #[doc(hidden)]
    #[inline(always)]
    fn enforce_below(rule: &'static Placed<Self>, value: &T, path: &Path<'_>, step: Step<'_>, report: &mut Report)
    where
        Self: Sized,
    {
        if !rule.check_in(value, report.surroundings()) {
            refuse(report, path, step, rule);
        }
    }
}
