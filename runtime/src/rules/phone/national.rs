//! National numbers: the digits of a text, held against the numbering plan of a region.

use phonenumber::{
    country,
    metadata::{DATABASE, Descriptor, Descriptors, Metadata},
};

/// The most digits of a number within a region, with its prefix.
const MOST_DIGITS: usize = 18;

/// Whether `text` is a number of the region. The parser of `phonenumber` takes letters, extensions, carriers and guesses
/// what was meant; only its numbering plans are used, on digits that were counted.
pub(super) fn is_number(region: &str, text: &str) -> bool {
    let Some(plan) = region.parse().ok().and_then(|id: country::Id| DATABASE.by_id(id.as_ref())) else { return false };
    let (is_international, text) = match text.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let Some(digits) = digits(text) else { return false };
    if is_international {
        let code = plan.country_code().to_string();
        return digits.strip_prefix(&code).is_some_and(|national| is_in_plan(plan, national));
    }
    // A prefix such as 0 is dialled before the number in most regions, and may be left out in some.
    let without_prefix = plan.national_prefix().and_then(|prefix| digits.strip_prefix(prefix));
    match without_prefix {
        Some(national) => is_in_plan(plan, national) || is_in_plan(plan, &digits),
        None => is_in_plan(plan, &digits),
    }
}

/// The digits, when nothing but single marks stands between them, and parentheses come in pairs.
fn digits(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(MOST_DIGITS);
    let mut is_open = false;
    let mut before = Mark::None;
    for byte in text.bytes() {
        before = match (byte, before) {
            (b'0'..=b'9', _) if digits.len() < MOST_DIGITS => {
                digits.push(char::from(byte));
                Mark::None
            }
            (b'(', Mark::None | Mark::Separator) if !is_open => {
                is_open = true;
                Mark::Open
            }
            (b')', Mark::None) if is_open && !digits.is_empty() => {
                is_open = false;
                Mark::Close
            }
            (b' ' | b'-' | b'.' | b'/', Mark::None | Mark::Close) if !digits.is_empty() => Mark::Separator,
            _ => return None,
        };
    }
    (!is_open && before == Mark::None && !digits.is_empty()).then_some(digits)
}

/// What stood before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Open,
    Close,
    Separator,
}

/// Whether the plan has numbers of this kind.
fn is_in_plan(plan: &Metadata, national: &str) -> bool {
    let kinds: [fn(&Descriptors) -> Option<&Descriptor>; 9] = [
        Descriptors::fixed_line,
        Descriptors::mobile,
        Descriptors::toll_free,
        Descriptors::premium_rate,
        Descriptors::shared_cost,
        Descriptors::personal_number,
        Descriptors::voip,
        Descriptors::uan,
        Descriptors::pager,
    ];
    let descriptors = plan.descriptors();
    is_whole(descriptors.general(), national)
        && kinds.iter().any(|kind| kind(descriptors).is_some_and(|descriptor| is_whole(descriptor, national)))
}

/// Whether the descriptor is of such numbers: of their length, and of their digits from the first to the last.
fn is_whole(descriptor: &Descriptor, national: &str) -> bool {
    descriptor.is_match(national)
        && descriptor.national_number().find(national).is_some_and(|found| found.end() == national.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::phone::{REGIONS, is_region};

    #[test]
    fn a_number_may_be_written_as_it_is_dialled() {
        for (region, text) in [
            ("DE", "030 123456"),
            ("DE", "030/123456"),
            ("DE", "(030) 123456"),
            ("DE", "+4930123456"),
            ("DE", "+49 30 123456"),
            ("DE", "0151-23456789"),
            ("US", "(415) 555-2671"),
            ("US", "1 415-555-2671"),
            ("US", "+1 415.555.2671"),
            ("GB", "020 7183 8750"),
            ("FR", "01 23 45 67 89"),
            ("ES", "912 345 678"),
            ("IT", "06 698 12345"),
            ("CH", "044 668 18 00"),
        ] {
            assert!(is_number(region, text), "{region} {text:?}");
        }
    }

    #[test]
    fn refuses_other_regions_letters_extensions_and_loose_marks() {
        for (region, text) in [
            ("DE", ""),
            ("DE", "+"),
            ("DE", "+49"),
            ("DE", "+33 1 23 45 67 89"),
            ("DE", "0049 30 123456"),
            ("DE", "110 "),
            ("DE", "030--123456"),
            ("DE", "030 123456 "),
            ("DE", " 030 123456"),
            ("DE", "(030 123456"),
            ("DE", "030) 123456"),
            ("DE", "((030)) 123456"),
            ("DE", "() 030 123456"),
            ("DE", "030 123456 ext. 7"),
            ("DE", "030 123456;ext=7"),
            ("DE", "tel:030123456"),
            ("DE", "０３０ 123456"),
            ("DE", "030\u{a0}123456"),
            ("DE", "030\t123456"),
            ("DE", "00000000000000000000"),
            ("US", "1-800-FLOWERS"),
            ("US", "415 555"),
            ("US", "+1 204 234 5678"),
            ("XX", "030 123456"),
        ] {
            assert!(!is_number(region, text), "{region} {text:?}");
        }
    }

    #[test]
    fn the_regions_are_those_of_the_plans() {
        for code in REGIONS.chunks(2) {
            let region = std::str::from_utf8(code).unwrap();
            assert!(DATABASE.by_id(region).is_some() && region.parse::<country::Id>().is_ok(), "{region}");
        }
        for plan in DATABASE.iter().filter(|plan| plan.id() != "001") {
            assert!(is_region(plan.id().as_bytes()), "{}", plan.id());
        }
    }

    #[test]
    fn the_example_of_each_region_is_a_number_of_it() {
        for plan in DATABASE.iter().filter(|plan| plan.id() != "001") {
            let example = plan.descriptors().fixed_line().and_then(Descriptor::example);
            if let Some(national) = example {
                let text = format!("+{}{national}", plan.country_code());
                assert!(is_number(plan.id(), &text), "{} {text}", plan.id());
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_panics(texts in prop::collection::vec("[+]?[0-9() ./-]{0,32}|[0-9]{0,20}|\\PC{0,12}", 20), at in 0..REGIONS.len() / 2) {
            let region = std::str::from_utf8(&REGIONS[at * 2..at * 2 + 2]).unwrap();
            for text in texts {
                is_number(region, &text);
            }
        }
    }
}
