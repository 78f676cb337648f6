//! Tags as RFC 5646 has them, and its grammar as a regular expression beside ours.

use proptest::prelude::*;
use regex::Regex;

use super::*;
use crate::rules::Apply;

const RULE: Language = Language::new().seal().into_rule();

#[test]
fn valid_tags() {
    // Most are of RFC 5646, appendix A.
    for tag in [
        "de", "fr", "ja", "zh-Hant", "zh-Hans", "sr-Cyrl", "sr-Latn", "zh-cmn-Hans-CN", "cmn-Hans-CN", "zh-yue-HK", "yue-HK",
        "zh-Hans-CN", "sr-Latn-RS", "sl-rozaj", "sl-rozaj-biske", "sl-nedis", "de-CH-1901", "sl-IT-nedis",
        "hy-Latn-IT-arevela", "de-DE", "en-US", "es-419", "de-CH-x-phonebk", "az-Arab-x-AZE-derbend", "qaa-Qaaa-QM-x-southern",
        "de-Qaaa", "sr-Latn-QM", "sr-Qaaa-RS", "en-US-u-islamcal", "zh-CN-a-myext-x-private", "en-a-myext-b-another",
        "i-klingon", "I-Default", "zh-min-nan", "en-GB-oed", "DE-de", "iw", "sgn-ase", "en-x-1-2-3", "de-1996-x-1996",
        "en-a-bb-x-a-bb", "de-DE-u-co-phonebk", "gsw", "xx-x-y",
    ] {
        assert_eq!(RULE.check(tag), tag != "xx-x-y", "{tag}");
    }
}

#[test]
fn tags_that_are_not_valid() {
    for (tag, why) in [
        ("", "empty"),
        ("de_DE", "an underscore"),
        ("de-", "an empty subtag"),
        ("-de", "an empty subtag"),
        ("de--DE", "an empty subtag"),
        ("de-419-DE", "two regions (appendix A)"),
        ("a-DE", "a singleton where the language is (appendix A)"),
        ("ar-a-aaa-b-bbb-a-ccc", "an extension twice (appendix A)"),
        ("de-1996-1996", "a variant twice"),
        ("sl-rozaj-ROZAJ", "a variant twice"),
        ("english", "a language that is not registered"),
        ("xx", "a language that is not registered"),
        ("deu-Germ", "a script that is not registered"),
        ("de-ZX", "a region that is not registered"),
        ("de-999", "a region that is not registered"),
        ("de-1997", "a variant that is not registered"),
        ("zh-deu", "an extended language that is not registered"),
        ("zh-yue-cmn", "two extended languages"),
        ("de-DE-Latn", "a script behind the region"),
        ("de-1996-DE", "a region behind the variant"),
        ("x-pig-latin", "private use alone"),
        ("de-x", "private use without a subtag"),
        ("de-a", "an extension without a subtag"),
        ("de-a-x-foo", "an extension without a subtag"),
        ("de-u-c", "a short subtag behind an extension"),
        ("de-abcdefghi", "nine letters"),
        ("d\u{e9}", "not ASCII"),
        ("de\n", "a line end"),
        ("en-a-bbb-x-abcdefgh-abcdefgh-abcdefg1", "36 characters"),
    ] {
        assert!(!RULE.check(tag), "{tag}: {why}");
    }
    assert!(RULE.check("en-a-bbb-x-abcdefgh-abcdefgh-abcdef"));
}

/// The production `langtag` of RFC 5646, section 2.1.
fn langtag() -> Regex {
    Regex::new(
        r"(?ix-u)\A(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?
        (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?\z",
    )
    .expect("a pattern")
}

proptest! {
    #[test]
    fn whatever_passes_is_well_formed_and_of_the_published_form(
        tag in "(de|zh|sr|qaa)(-(yue|DE|419|Latn|1996|rozaj|a|x|bb|u|[a-z]{1,9}|[0-9]{3,4})){0,5}",
    ) {
        if RULE.check(&tag) {
            prop_assert!(langtag().is_match(&tag) || registry::is_grandfathered(&tag), "{}", tag);
            prop_assert!(Pattern::compile(FORM).matches(&tag), "{}", tag);
        }
    }

    #[test]
    fn a_well_formed_tag_of_registered_subtags_passes(
        language in "de|zh|sl|QAA|gsw",
        script in "|-Latn|-cyrl",
        region in "|-DE|-419|-xa",
        variant in "|-1996|-rozaj|-1996-rozaj",
        extension in "|-a-bb|-u-co-phonebk",
        private in "|-x-a",
    ) {
        let tag = format!("{language}{script}{region}{variant}{extension}{private}");
        prop_assert!(langtag().is_match(&tag));
        prop_assert_eq!(RULE.check(&tag), tag.len() <= LONGEST, "{}", tag);
    }
}
