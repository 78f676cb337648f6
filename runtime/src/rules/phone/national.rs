//! National numbers: the digits of a text, held against the numbering plan of a region.

use std::sync::OnceLock;

use phonenumber::metadata::{DATABASE, Descriptor, Descriptors};
use regex::Regex;

use super::{REGIONS, at};

/// The most digits of a number within a region, with its prefix.
const MOST_DIGITS: usize = 18;

/// The plans that were asked for, in the order of the regions.
static PLANS: [OnceLock<Option<Plan>>; REGIONS.len() / 2] = [const { OnceLock::new() }; REGIONS.len() / 2];

/// The numbering plan of a region.
struct Plan {
    country_code: String,
    /// What is dialled before a number within the region, such as 0. In some regions it may be left out.
    prefix: Option<String>,
    general: Regex,
    kinds: Regex,
}

/// Whether `text` is a number of the region. The parser of `phonenumber` takes letters, extensions, carriers and guesses
/// what was meant; only its numbering plans are used, on digits that were counted.
pub(super) fn is_number(region: &str, text: &str) -> bool {
    let Some(cell) = at(region.as_bytes()).and_then(|at| PLANS.get(at)) else { return false };
    let Some(plan) = cell.get_or_init(|| Plan::of(region)) else { return false };
    if let Some(text) = text.strip_prefix('+') {
        let Some(digits) = digits(text) else { return false };
        return digits.strip_prefix(&plan.country_code).is_some_and(|national| plan.has(national));
    }
    let Some(digits) = digits(text) else { return false };
    let without_prefix = plan.prefix.as_ref().and_then(|prefix| digits.strip_prefix(prefix));
    plan.has(&digits) || without_prefix.is_some_and(|national| plan.has(national))
}

impl Plan {
    fn of(region: &str) -> Option<Self> {
        let plan = DATABASE.by_id(region)?;
        let descriptors = plan.descriptors();
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
        let kinds: Vec<&str> = kinds.iter().filter_map(|kind| kind(descriptors)).map(source).collect();
        Some(Self {
            country_code: plan.country_code().to_string(),
            prefix: plan.national_prefix().map(str::to_owned),
            general: whole(&[source(descriptors.general())])?,
            kinds: whole(&kinds)?,
        })
    }

    /// Whether it has numbers of this form, for some kind of use.
    fn has(&self, national: &str) -> bool {
        self.general.is_match(national) && self.kinds.is_match(national)
    }
}

fn source(descriptor: &Descriptor) -> &str {
    descriptor.national_number().as_str()
}

/// The plans have patterns of whole numbers, which run over lines.
fn whole(patterns: &[&str]) -> Option<Regex> {
    Regex::new(&format!(r"(?x)\A(?:{})\z", patterns.join("|"))).ok()
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

#[cfg(test)]
mod tests {
    use phonenumber::Metadata;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_may_be_written_in_its_national_form() {
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
            ("IT", "02 1234 5678"),
            ("CH", "044 668 18 00"),
            ("AR", "+54 9 11 2345 6789"),
            ("BR", "(011) 96123-4567"),
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
            ("AR", "011 15 2345 6789"),
            ("BR", "0 15 11 96123 4567"),
            ("XX", "030 123456"),
        ] {
            assert!(!is_number(region, text), "{region} {text:?}");
        }
    }

    #[test]
    fn the_regions_are_those_of_the_plans() {
        let mut plans: Vec<&str> = DATABASE.iter().map(Metadata::id).filter(|id| *id != "001").collect();
        plans.sort_unstable();
        assert_eq!(plans.concat(), String::from_utf8_lossy(REGIONS));
    }

    #[test]
    fn the_examples_of_each_plan_are_numbers_of_it() {
        for plan in DATABASE.iter().filter(|plan| plan.id() != "001") {
            let descriptors = plan.descriptors();
            let kinds = [descriptors.fixed_line(), descriptors.mobile(), descriptors.toll_free()];
            for national in kinds.into_iter().flatten().filter_map(Descriptor::example) {
                let text = format!("+{}{national}", plan.country_code());
                assert!(is_number(plan.id(), &text), "{} {text}", plan.id());
                let long = format!("{text}{}", "0".repeat(16 - national.len()));
                assert!(!is_number(plan.id(), &long), "{} {long}", plan.id());
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
