//! `uuid`: a UUID in the text form of RFC 9562, section 4: 32 hexadecimal digits as 8-4-4-4-12, in either case.
//!
//! Without arguments the form is all that is asked, as with the `format` of JSON Schema: the nil and the max UUID pass, and so
//! do UUIDs of other variants. `uuid(version = 4)` and `uuid(versions = [4, 7])` ask for the variant of RFC 9562 (section 4.1)
//! and one of these versions, which the nil and the max UUID do not have. No braces, no `urn:uuid:`.
//!
//! ```
//! use palisade::rules::{Apply, uuid::Uuid};
//!
//! const RULE: Uuid = Uuid::new().version(4).seal().into_rule();
//! assert!(RULE.check("919108f7-52d1-4320-9bac-f847db4148a8"));
//! assert!(!RULE.check("00000000-0000-0000-0000-000000000000"));
//! assert!(!RULE.check("{919108f7-52d1-4320-9bac-f847db4148a8}"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

/// The text form, whatever the version; at its index, the form of each version that RFC 9562 defines.
const FORMS: [&str; 9] = [
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-1[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-2[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-3[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-5[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-6[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-7[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-8[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
];

/// The rule `uuid`.
#[derive(Debug, Clone, Copy)]
pub struct Uuid {
    versions: Versions,
}

#[derive(Debug, Clone, Copy)]
enum Versions {
    Any,
    One(u8),
    Among(&'static [u8]),
}

impl Uuid {
    /// Any UUID.
    #[must_use]
    pub const fn new() -> Self {
        Self { versions: Versions::Any }
    }

    /// Of this version, 1 to 8.
    #[must_use]
    pub const fn version(self, version: u8) -> Self {
        Self { versions: Versions::One(version) }
    }

    /// Of one of these versions.
    #[must_use]
    pub const fn versions(self, versions: &'static [u8]) -> Self {
        Self { versions: Versions::Among(versions) }
    }

    /// The rule, once its versions exist. Its texts are 36 characters long.
    ///
    /// # Panics
    /// In const evaluation, without a version in the list, or with one that RFC 9562 does not define.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = Facets::NONE.with(Facet::Format("uuid"));
        let facets = match self.versions {
            Versions::Any => facets.with(form(0)),
            Versions::One(version) => facets.with(form(defined(version))),
            Versions::Among([]) => panic!("`uuid` needs a version in its list, like `uuid(versions = [4, 7])`"),
            Versions::Among([version]) => facets.with(form(defined(*version))),
            Versions::Among(versions) => {
                let mut at = 0;
                while at < versions.len() {
                    defined(versions[at]);
                    at += 1;
                }
                // The pattern of a list would have to be composed; the form is what all of them share.
                facets.with(form(0)).with(Facet::Custom("uuid"))
            }
        };
        Sealed::new(self, facets)
    }

    fn has(self, version: u8) -> bool {
        match self.versions {
            Versions::Any => true,
            Versions::One(wanted) => version == wanted,
            Versions::Among(wanted) => wanted.contains(&version),
        }
    }
}

#[track_caller]
const fn defined(version: u8) -> usize {
    assert!(matches!(version, 1..=8), "`uuid`: the versions of RFC 9562 are 1 to 8");
    version as usize
}

const fn form(version: usize) -> Facet {
    Facet::Pattern(Pattern::facts_of(FORMS[version]))
}

impl TextRule for Uuid {
    fn code(&self) -> &'static str {
        "uuid"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.versions {
            Versions::Any => f.write_str("must be a UUID"),
            Versions::One(version) => write!(f, "must be a UUID of version {version}"),
            Versions::Among(versions) => {
                f.write_str("must be a UUID of version ")?;
                for (at, version) in versions.iter().enumerate() {
                    let separator = if at == 0 { "" } else { " or " };
                    write!(f, "{separator}{version}")?;
                }
                Ok(())
            }
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.versions {
            Versions::Any => {}
            Versions::One(version) => visit("version", Parameter::Integer(version.into())),
            Versions::Among(versions) => visit("versions", Parameter::Numbers(versions)),
        }
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        let Ok(text) = <&[u8; 36]>::try_from(text.as_bytes()) else {
            return false;
        };
        let well_formed = text.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
        well_formed
            && match self.versions {
                Versions::Any => true,
                Versions::One(_) | Versions::Among(_) => {
                    let version = text[14].wrapping_sub(b'0');
                    matches!(text[19], b'8' | b'9' | b'a' | b'b' | b'A' | b'B') && self.has(version)
                }
            }
    }
}

#[cfg(feature = "uuid")]
mod decoded {
    use super::{super::Apply, Uuid, Versions};

    impl Apply<uuid::Uuid> for Uuid {
        #[inline]
        fn check(&self, value: &uuid::Uuid) -> bool {
            match self.versions {
                Versions::Any => true,
                Versions::One(_) | Versions::Among(_) => {
                    value.get_variant() == uuid::Variant::RFC4122
                        && u8::try_from(value.get_version_num()).is_ok_and(|version| self.has(version))
                }
            }
        }
    }

    impl Apply<Option<uuid::Uuid>> for Uuid {
        #[inline]
        fn check(&self, value: &Option<uuid::Uuid>) -> bool {
            value.as_ref().is_none_or(|value| self.check(value))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    const ANY: Uuid = Uuid::new().seal().into_rule();
    const RANDOM: Uuid = Uuid::new().version(4).seal().into_rule();
    const SEVERAL: Uuid = Uuid::new().versions(&[4, 7]).seal().into_rule();

    #[test]
    fn knows_the_text_form_the_versions_and_the_variant() {
        // Text, any, version 4, version 4 or 7. The first are the examples of RFC 9562, appendix A and section 5.9 on.
        let rows = [
            ("C232AB00-9414-11EC-B3C8-9F6BDECED846", true, false, false),
            ("5df41881-3aed-3515-88a7-2f4a814cf09e", true, false, false),
            ("919108f7-52d1-4320-9bac-f847db4148a8", true, true, true),
            ("919108F7-52d1-4320-9BAC-f847db4148a8", true, true, true),
            ("2ed6657d-e927-568b-95e1-2665a8aea6a2", true, false, false),
            ("1EC9414C-232A-6B00-B3C8-9F6BDECED846", true, false, false),
            ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", true, false, true),
            ("00000000-0000-0000-0000-000000000000", true, false, false),
            ("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", true, false, false),
            ("919108f7-52d1-4320-7bac-f847db4148a8", true, false, false),
            ("919108f7-52d1-4320-cbac-f847db4148a8", true, false, false),
            ("919108f752d143209bacf847db4148a8", false, false, false),
            ("{919108f7-52d1-4320-9bac-f847db4148a8}", false, false, false),
            ("urn:uuid:919108f7-52d1-4320-9bac-f847db4148a8", false, false, false),
            ("919108f7-52d1-4320-9bac-f847db4148a", false, false, false),
            ("919108f7-52d1-4320-9bac-f847db4148a8\n", false, false, false),
            ("919108f7-52d1-4320-9bac-f847db4148ag", false, false, false),
            ("919108f75-2d1-4320-9bac-f847db4148a8", false, false, false),
            ("９19108f7-52d1-4320-9bac-f847db4148a", false, false, false),
            ("", false, false, false),
        ];
        for (text, any, random, several) in rows {
            assert_eq!(ANY.check(text), any, "{text}");
            assert_eq!(RANDOM.check(text), random, "{text}");
            assert_eq!(SEVERAL.check(text), several, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_published_patterns(
            text in "[0-9a-fA-F]{8}-[0-9a-f]{4}-[0-9a]([0-9a-f]{3})-[0-9a-fA-F]{4}-([0-9a-f]{12}|[0-9a-g]{11,13})",
        ) {
            prop_assert_eq!(ANY.check(&text), Pattern::compile(FORMS[0]).matches(&text));
            for version in 1..=8 {
                let pattern = Pattern::compile(FORMS[usize::from(version)]);
                prop_assert_eq!(Uuid::new().version(version).check(&text), pattern.matches(&text));
            }
        }
    }

    #[cfg(feature = "uuid")]
    #[test]
    fn a_decoded_uuid_is_judged_as_its_text_is() {
        for version in 0..16_u128 {
            for variant in 0..16_u128 {
                let value = uuid::Uuid::from_u128(version << 76 | variant << 60 | 5);
                assert_eq!(SEVERAL.check(&value), SEVERAL.check(&value.to_string()), "{value}");
                assert!(ANY.check(&value) && SEVERAL.check(&None::<uuid::Uuid>));
            }
        }
    }
}
