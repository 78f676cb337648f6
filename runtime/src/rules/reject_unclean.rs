//! `reject_unclean`: the cleaning steps in front of it refuse what they would change, each with its own code.
//!
//! `#[secure(trim, nfc, reject_unclean, length(max = 64))]` takes `Ada` and refuses ` Ada` with the code `trim`: for
//! values that somebody signed, hashed or compares elsewhere, where a silent change would be a surprise. A step behind it
//! still cleans, and as every constraint looks at the value once all cleaning is done, so do the steps that refuse.
//!
//! ```
//! use palisade::prelude::*;
//!
//! #[derive(serde::Deserialize, Secure)]
//! #[serde(deny_unknown_fields)]
//! struct Rename {
//!     #[secure(trim, reject_unclean, length(min = 1, max = 64))]
//!     title: String,
//! }
//!
//! let mut rename = Rename { title: " Ada".into() };
//! let report = palisade::value::examine(&mut rename);
//! assert_eq!(report.violations().next().unwrap().code(), "trim");
//! assert_eq!(rename.title, " Ada");
//! ```

use super::{Apply, Rule, Sealed};
use crate::policy::{Facet, Facets};

/// The mark `reject_unclean`. It refuses nothing itself.
#[derive(Debug, Clone, Copy)]
pub struct RejectUnclean;

impl RejectUnclean {
    /// The mark; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::RejectUnclean))
    }
}

impl Rule for RejectUnclean {
    fn code(&self) -> &'static str {
        "reject_unclean"
    }
}

impl<T: ?Sized> Apply<T> for RejectUnclean {}
