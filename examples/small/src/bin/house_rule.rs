//! A rule of your own: a value like the built-in ones, used by its path.

use palisade::{prelude::*, value::examine};

/// Rules that this house adds to those it was given.
mod house {
    use palisade::{
        policy::{Facet, Facets},
        rules::{Apply, Rule, Sealed},
        value::View,
    };

    /// `house::Even`: the number is even.
    pub(crate) struct Even;

    impl Even {
        pub(crate) const fn new() -> Self {
            Self
        }

        pub(crate) const fn seal(self) -> Sealed<Self> {
            Sealed::new(self, Facets::NONE.with(Facet::Custom("even")))
        }
    }

    impl Rule for Even {
        fn code(&self) -> &'static str {
            "even"
        }

        // A request that does not decode is explained from its text, so the rule looks at what stands there too.
        fn check_view(&self, view: &View<'_>) -> bool {
            !matches!(view, View::Integer(number) if number % 2 != 0)
        }
    }

    impl Apply<u32> for Even {
        fn check(&self, value: &u32) -> bool {
            value.is_multiple_of(2)
        }
    }
}

/// Gloves come in pairs.
#[derive(Secure)]
#[secure(output)]
struct Gloves {
    #[secure(range(min = 2, max = 100), house::Even)]
    count: u32,
}

fn main() {
    for count in [2, 3, 1_000] {
        let mut gloves = Gloves { count };
        println!("{count} gloves: {:?}", examine(&mut gloves));
    }
    let codes = |count| examine(&mut Gloves { count }).violations().map(|found| found.code()).collect::<Vec<_>>();
    assert_eq!(codes(2), Vec::<&str>::new());
    assert_eq!(codes(3), ["even"]);
    assert_eq!(codes(1_001), ["range", "even"]);
}
