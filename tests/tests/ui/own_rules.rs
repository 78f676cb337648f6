//! Rules of the user's own that are not whole, or do not apply.

use palisade::{
    policy::Facets,
    prelude::*,
    rules::{Apply, Rule, Sealed},
};

struct Even;

impl Even {
    const fn new() -> Self {
        Self
    }

    const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE)
    }
}

impl Rule for Even {
    fn code(&self) -> &'static str {
        "even"
    }
}

impl Apply<u32> for Even {}

struct Unsealed;

impl Unsealed {
    const fn new() -> Self {
        Self
    }
}

impl Rule for Unsealed {
    fn code(&self) -> &'static str {
        "unsealed"
    }
}

impl Apply<u8> for Unsealed {}

mod house {
    pub(crate) use super::{Even, Unsealed};
}

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(house::Even)]
    another_type: u8,
    #[secure(house::Unsealed)]
    without_seal: u8,
    #[secure(house::Even(nought = true))]
    without_argument: u32,
}

fn main() {}
