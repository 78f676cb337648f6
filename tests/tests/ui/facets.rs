//! A rule of the user's own that means more than one rule can.

use palisade::{
    policy::{Facet, Facets},
    prelude::*,
    rules::{Apply, Rule, Sealed},
};

struct Even;

impl Even {
    const fn new() -> Self {
        Self
    }

    const fn seal(self) -> Sealed<Self> {
        let facet = Facet::Custom("even");
        Sealed::new(self, Facets::NONE.with(facet).with(facet).with(facet).with(facet).with(facet))
    }
}

impl Rule for Even {
    fn code(&self) -> &'static str {
        "even"
    }
}

impl Apply<u32> for Even {}

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(self::Even)]
    quantity: u32,
}

fn main() {}
