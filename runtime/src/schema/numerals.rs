//! The regular expression of the whole numbers between two, as a map spells them in its keys.

/// Matches the decimal numerals from `lowest` to `highest`, without leading zeros, and nothing else. `None` when there
/// is no such number.
pub(super) fn numerals(lowest: i128, highest: i128) -> Option<String> {
    let mut alternatives = Vec::new();
    if lowest < 0 && lowest <= highest {
        let nearest = if highest < 0 { highest.unsigned_abs() } else { 1 };
        alternatives.extend(magnitudes(nearest, lowest.unsigned_abs()).into_iter().map(|digits| format!("-{digits}")));
    }
    if 0 <= highest && lowest <= highest {
        alternatives.extend(magnitudes(lowest.max(0).unsigned_abs(), highest.unsigned_abs()));
    }
    (!alternatives.is_empty()).then(|| format!("^(?:{})$", alternatives.join("|")))
}

/// The numbers between two, by their count of digits.
fn magnitudes(lowest: u128, highest: u128) -> Vec<String> {
    let mut alternatives = Vec::new();
    let mut from = lowest;
    while from <= highest {
        let digits = from.checked_ilog10().unwrap_or(0);
        let longest = 10_u128.checked_pow(digits + 1).map_or(u128::MAX, |next| next - 1);
        let to = longest.min(highest);
        let (low, high) = (from.to_string(), to.to_string());
        alternatives.extend(between(low.as_bytes(), high.as_bytes()));
        match to.checked_add(1) {
            Some(next) => from = next,
            None => break,
        }
    }
    alternatives
}

/// The numbers between two of equally many digits, by their first digit.
fn between(low: &[u8], high: &[u8]) -> Vec<String> {
    let (Some((low, low_rest)), Some((high, high_rest))) = (low.split_first(), high.split_first()) else {
        return vec![String::new()];
    };
    let behind = low_rest.len();
    let led_by = |first: u8, low: &[u8], high: &[u8]| -> Vec<String> {
        between(low, high).into_iter().map(|rest| format!("{}{rest}", char::from(first))).collect()
    };
    if low == high {
        return led_by(*low, low_rest, high_rest);
    }
    // Between the first and the last digit, the others are any.
    let (mut from, mut to) = (*low, *high);
    let mut alternatives = Vec::new();
    if low_rest.iter().any(|digit| *digit != b'0') {
        alternatives.extend(led_by(*low, low_rest, &vec![b'9'; behind]));
        from += 1;
    }
    let mut last = Vec::new();
    if high_rest.iter().any(|digit| *digit != b'9') {
        last.extend(led_by(*high, &vec![b'0'; behind], high_rest));
        to -= 1;
    }
    if (from, to) == (b'0', b'9') {
        alternatives.push(any(behind + 1));
    } else if from <= to {
        alternatives.push(format!("{}{}", digit(from, to), any(behind)));
    }
    alternatives.extend(last);
    alternatives
}

fn digit(low: u8, high: u8) -> String {
    let (low, high) = (char::from(low), char::from(high));
    if low == high { low.to_string() } else { format!("[{low}-{high}]") }
}

fn any(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "[0-9]".to_owned(),
        count => format!("[0-9]{{{count}}}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn says_ranges_briefly() {
        assert_eq!(numerals(1, 9).as_deref(), Some("^(?:[1-9])$"));
        assert_eq!(numerals(0, 255).as_deref(), Some("^(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])$"));
        assert_eq!(numerals(-1, 0).as_deref(), Some("^(?:-1|0)$"));
        assert_eq!(numerals(2, 1), None);
    }

    fn check(lowest: i128, highest: i128, number: i128) {
        let form = regex::Regex::new(&numerals(lowest, highest).unwrap()).unwrap();
        assert_eq!(form.is_match(&number.to_string()), lowest <= number && number <= highest, "{form} {number}");
        for wrong in [format!("0{number}"), format!("+{number}"), format!("{number}.0"), "-0".to_owned(), String::new()]
        {
            assert!(!form.is_match(&wrong), "{form} {wrong}");
        }
    }

    proptest! {
        #[test]
        fn matches_the_numbers_of_the_range_alone(a: i64, b: i64, shift in 0_u32..60, near in -12_i128..12, seed: i64) {
            let (a, b) = (i128::from(a >> shift), i128::from(b >> shift));
            let (lowest, highest) = (a.min(b), a.max(b));
            for number in [lowest, highest, lowest + near, highest + near, i128::from(seed >> shift)] {
                check(lowest, highest, number);
            }
            check(i128::MIN, i128::MAX, i128::from(seed));
        }
    }
}
