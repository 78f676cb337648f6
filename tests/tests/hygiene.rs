//! Expansions among names, lints and items that could get in their way. That all of it compiles is most of the test.
#![deny(warnings, missing_docs, clippy::pedantic, clippy::nursery)]

#[path = "hygiene/attributes.rs"]
pub mod attributes;
#[path = "hygiene/conditional.rs"]
pub mod conditional;
#[path = "hygiene/generic.rs"]
pub mod generic;
#[path = "hygiene/house.rs"]
pub mod house;
#[path = "hygiene/made.rs"]
pub mod made;
#[path = "hygiene/no_prelude.rs"]
pub mod no_prelude;
#[path = "hygiene/raw.rs"]
pub mod raw;
#[path = "hygiene/recursive.rs"]
pub mod recursive;
#[path = "hygiene/renamed.rs"]
pub mod renamed;
#[path = "hygiene/request.rs"]
pub mod request;
#[path = "hygiene/shadowed.rs"]
pub mod shadowed;
#[path = "hygiene/visible.rs"]
pub mod visible;

use palisade::value::{Secure, examine};

/// The pointers of what is wrong with a value.
fn refused<T: Secure>(mut value: T) -> Vec<String> {
    examine(&mut value).violations().map(|violation| violation.pointer()).collect()
}
