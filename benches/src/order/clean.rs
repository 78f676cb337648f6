//! The texts of an order cleaned: every text trimmed, the e-mail address and the tags in lower case too. All are clean.
//!
//! Further steps, such as control characters and `nfc`, belong into all three.

/// Careful hand-written code: it looks first, and changes nothing that need not change.
pub mod by_hand {
    use std::collections::HashMap;

    use serde::Deserialize;

    #[derive(Deserialize)]
    pub struct Order {
        customer_email: String,
        currency: String,
        items: Vec<LineItem>,
        note: Option<String>,
        shipping: Address,
        tags: Vec<String>,
        metadata: HashMap<String, String>,
    }

    #[derive(Deserialize)]
    pub struct LineItem {
        sku: String,
    }

    #[derive(Deserialize)]
    pub struct Address {
        name: String,
        street: String,
        city: String,
        postcode: String,
        country: String,
    }

    impl Order {
        pub fn clean(&mut self) {
            trim(&mut self.customer_email);
            lowercase(&mut self.customer_email);
            trim(&mut self.currency);
            for item in &mut self.items {
                trim(&mut item.sku);
            }
            if let Some(note) = &mut self.note {
                trim(note);
            }
            let address = &mut self.shipping;
            trim(&mut address.name);
            trim(&mut address.street);
            trim(&mut address.city);
            trim(&mut address.postcode);
            trim(&mut address.country);
            for tag in &mut self.tags {
                trim(tag);
                lowercase(tag);
            }
            for value in self.metadata.values_mut() {
                trim(value);
            }
        }
    }

    #[inline]
    fn trim(text: &mut String) {
        // White space is one of six bytes of ASCII, or begins and ends with a byte above it.
        let may_be_space = |byte: &u8| *byte <= b' ' || 0x80 <= *byte;
        if text.as_bytes().first().is_some_and(may_be_space) || text.as_bytes().last().is_some_and(may_be_space) {
            trim_slowly(text);
        }
    }

    #[cold]
    fn trim_slowly(text: &mut String) {
        text.truncate(text.trim_end().len());
        let start = text.len() - text.trim_start().len();
        text.drain(..start);
    }

    #[inline]
    fn lowercase(text: &mut String) {
        if text.bytes().fold(false, |found, byte| found | !byte.is_ascii() | byte.is_ascii_uppercase()) {
            *text = text.to_lowercase();
        }
    }
}

/// With Palisade.
pub mod secured {
    use std::collections::HashMap;

    use palisade::prelude::*;
    use serde::Deserialize;

    /// An order.
    #[derive(Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    pub struct Order {
        #[secure(trim, lowercase, email)]
        customer_email: String,
        #[secure(trim, length(max = 3))]
        currency: String,
        #[secure(length(max = 20))]
        items: Vec<LineItem>,
        #[secure(trim, length(max = 500))]
        note: Option<String>,
        shipping: Address,
        #[secure(length(max = 10), each(trim, lowercase, length(max = 24)))]
        tags: Vec<String>,
        #[secure(length(max = 16), keys(length(max = 40)), values(trim, length(max = 200)))]
        metadata: HashMap<String, String>,
    }

    /// One line of an order.
    #[derive(Deserialize, Secure)]
    #[secure(ignore_unknown = "quantity and price are no texts")]
    pub struct LineItem {
        #[secure(trim, length(max = 12))]
        sku: String,
    }

    /// Where an order goes.
    #[derive(Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    pub struct Address {
        #[secure(trim, length(max = 100))]
        name: String,
        #[secure(trim, length(max = 120))]
        street: String,
        #[secure(trim, length(max = 60))]
        city: String,
        #[secure(trim, length(max = 12))]
        postcode: String,
        #[secure(trim, length(max = 2))]
        country: String,
    }
}

/// With validify, whose modifiers go over lists but not over maps, so that it has less to do.
pub mod by_validify {
    use std::collections::HashMap;

    use serde::Deserialize;
    use validify::Validify;

    #[derive(Deserialize, Validify)]
    pub struct Order {
        #[modify(trim, lowercase)]
        customer_email: String,
        #[modify(trim)]
        currency: String,
        #[validify]
        items: Vec<LineItem>,
        #[modify(trim)]
        note: Option<String>,
        #[validify]
        shipping: Address,
        #[modify(trim, lowercase)]
        tags: Vec<String>,
        #[expect(dead_code, reason = "left as it is")]
        metadata: HashMap<String, String>,
    }

    #[derive(Deserialize, Validify)]
    pub struct LineItem {
        #[modify(trim)]
        sku: String,
    }

    #[derive(Deserialize, Validify)]
    pub struct Address {
        #[modify(trim)]
        name: String,
        #[modify(trim)]
        street: String,
        #[modify(trim)]
        city: String,
        #[modify(trim)]
        postcode: String,
        #[modify(trim)]
        country: String,
    }
}
