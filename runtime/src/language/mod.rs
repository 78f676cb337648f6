//! The words of violations in the caller's language.
#![doc = include_str!("../docs/language.md")]

mod accept;
mod arguments;
mod catalogue;
mod error;
mod messages;
mod rendered;
mod spans;

pub use catalogue::{Catalogue, Language};
pub use error::CatalogueError;
pub use rendered::Rendered;

#[cfg(test)]
mod tests;
