//! The order type, four times the same, and the documents that all of them read.

pub mod borrowed;
pub mod by_garde;
pub mod by_hand;
pub mod by_validator;
pub mod clean;
pub mod secured;

/// 1,008 bytes with ten line items, within all bounds.
pub const VALID: &str = concat!(
    r#"{"customer_email":"ada.lovelace@mail.example.org","currency":"EUR","items":["#,
    r#"{"sku":"ABC-10001","quantity":1,"unit_price":1999},{"sku":"ABD-10002","quantity":2,"unit_price":2999},"#,
    r#"{"sku":"ABE-10003","quantity":3,"unit_price":3999},{"sku":"ABF-10004","quantity":4,"unit_price":4999},"#,
    r#"{"sku":"ABG-10005","quantity":5,"unit_price":5999},{"sku":"ABH-10006","quantity":6,"unit_price":6999},"#,
    r#"{"sku":"ABI-10007","quantity":7,"unit_price":7999},{"sku":"ABJ-10008","quantity":8,"unit_price":8999},"#,
    r#"{"sku":"ABK-10009","quantity":9,"unit_price":9999},{"sku":"ABL-10010","quantity":10,"unit_price":19999}],"#,
    r#""note":"Please ring twice, leave the parcel with the neighbour on the second floor when nobody is at home, thank you.","#,
    r#""shipping":{"name":"Ada Lovelace","street":"12 St James's Square","city":"London","postcode":"SW1Y 4JH","country":"GB"},"#,
    r#""tags":["gift","fragile","express","newsletter"],"metadata":{"campaign":"autumn","channel":"web-shop","agent":"7","landing_page":"https://shop.example/autumn-sale?from=newslette"}}"#,
);

/// The same with six errors: e-mail, currency, one SKU, one quantity, postcode, one tag.
pub fn invalid() -> String {
    let broken = VALID
        .replace("ada.lovelace@mail.example.org", "ada.lovelace@mail..example.org")
        .replace("\"EUR\"", "\"Eur\"")
        .replace("ABC-10001", "ABC-1x001")
        .replace("\"quantity\":3", "\"quantity\":0")
        .replace("SW1Y 4JH", "SW")
        .replace("\"gift\"", "\"\"");
    assert_ne!(broken, VALID);
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_find_the_same() {
        assert_eq!(VALID.len(), 1_008);
        for (document, errors) in [(VALID.to_owned(), 0), (invalid(), 6)] {
            let by_hand: by_hand::Order = serde_json::from_str(&document).unwrap();
            let secured: secured::Order = serde_json::from_str(&document).unwrap();
            let by_garde: by_garde::Order = serde_json::from_str(&document).unwrap();
            let by_validator: by_validator::Order = serde_json::from_str(&document).unwrap();
            assert_eq!(by_hand.check().len(), errors);
            assert_eq!(secured.report().len(), errors);
            assert_eq!(by_garde.errors(), errors);
            assert_eq!(by_validator.errors(), errors);
        }
    }

    #[test]
    fn by_hand_says_the_same_as_palisade() {
        let document = invalid();
        let by_hand: by_hand::Order = serde_json::from_str(&document).unwrap();
        let secured: secured::Order = serde_json::from_str(&document).unwrap();
        let (left, right) = (by_hand::to_json(&by_hand.check()), secured::to_json(&secured.report()));
        assert_eq!(String::from_utf8(left).unwrap(), String::from_utf8(right).unwrap());
    }
}
