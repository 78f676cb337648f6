//! `country`: the alpha-2 code of a country of ISO 3166-1, such as `DE`, officially assigned and in upper case.
//!
//! `country(form = "alpha3")` asks for the form `DEU`, `country(form = "numeric")` for the text `276`. Codes that are reserved,
//! withdrawn or left to users (`UK`, `AN`, `XK`) are not assigned, so they are refused.
//!
//! ```
//! use palisade::rules::{Apply, country::Country};
//!
//! const RULE: Country = Country::new().seal().into_rule();
//! assert!(RULE.check("GB"));
//! assert!(!RULE.check("UK") && !RULE.check("gb"));
//!
//! const NUMERIC: Country = Country::new().form("numeric").seal().into_rule();
//! assert!(NUMERIC.check("004"));
//! ```

mod codes;

use std::fmt;

use super::{Parameter, Sealed, TextRule, listed};
use crate::policy::{Facet, Facets};

/// The rule `country`.
#[derive(Debug, Clone, Copy)]
pub struct Country {
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Alpha2,
    Alpha3,
    Numeric,
}

impl Form {
    const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Alpha2 => &codes::ALPHA2,
            Self::Alpha3 => &codes::ALPHA3,
            Self::Numeric => &codes::NUMERIC,
        }
    }
}

impl Country {
    /// By its alpha-2 code.
    #[must_use]
    pub const fn new() -> Self {
        Self { form: Form::Alpha2 }
    }

    /// `"alpha2"`, `"alpha3"` or `"numeric"`.
    ///
    /// # Panics
    /// In const evaluation, on any other word.
    #[must_use]
    #[track_caller]
    pub const fn form(self, form: &'static str) -> Self {
        let form = match form.as_bytes() {
            b"alpha2" => Form::Alpha2,
            b"alpha3" => Form::Alpha3,
            b"numeric" => Form::Numeric,
            _ => panic!("`country`: `form` is \"alpha2\", \"alpha3\" or \"numeric\""),
        };
        Self { form }
    }

    /// The rule with its list.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::OneOf(self.form.codes())))
    }
}

/// Whether the text is an officially assigned alpha-2 code.
pub(super) fn is_alpha2(text: &str) -> bool {
    listed::holds(&codes::ALPHA2, text)
}

impl TextRule for Country {
    fn code(&self) -> &'static str {
        "country"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Alpha2 => f.write_str("must be a country code of two letters, of ISO 3166-1"),
            Form::Alpha3 => f.write_str("must be a country code of three letters, of ISO 3166-1"),
            Form::Numeric => f.write_str("must be a country code of three digits, of ISO 3166-1"),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        let form = match self.form {
            Form::Alpha2 => "alpha2",
            Form::Alpha3 => "alpha3",
            Form::Numeric => "numeric",
        };
        visit("form", Parameter::Text(form));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        listed::holds(self.form.codes(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Apply;

    const ALPHA2: Country = Country::new().seal().into_rule();
    const ALPHA3: Country = Country::new().form("alpha3").seal().into_rule();
    const NUMERIC: Country = Country::new().form("numeric").seal().into_rule();

    #[test]
    fn the_lists_are_sound() {
        for form in [Form::Alpha2, Form::Alpha3, Form::Numeric] {
            listed::assert_sound(form.codes(), 249);
        }
        assert!(codes::ALPHA2.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        assert!(codes::ALPHA3.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        assert!(codes::NUMERIC.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())));
    }

    #[test]
    fn knows_assigned_codes_of_its_form_only() {
        // Text, alpha-2, alpha-3, numeric.
        let rows = [
            ("DE", true, false, false),
            ("DEU", false, true, false),
            ("276", false, false, true),
            ("AX", true, false, false),
            ("ZWE", false, true, false),
            ("004", false, false, true),
            ("SS", true, false, false),
            ("UK", false, false, false),
            ("EU", false, false, false),
            ("XK", false, false, false),
            ("AN", false, false, false),
            ("ZZ", false, false, false),
            ("de", false, false, false),
            ("4", false, false, false),
            ("000", false, false, false),
            (" DE", false, false, false),
            ("", false, false, false),
        ];
        for (text, alpha2, alpha3, numeric) in rows {
            assert_eq!(ALPHA2.check(text), alpha2, "{text}");
            assert_eq!(ALPHA3.check(text), alpha3, "{text}");
            assert_eq!(NUMERIC.check(text), numeric, "{text}");
        }
    }
}
