//! What serde's own attributes say about the wire, as far as it concerns us.

use syn::ExprPath;

use super::Case;

/// The serde attributes of a type, a variant or a field.
#[derive(Default)]
pub(crate) struct Serde {
    pub(crate) rename: Names,
    pub(crate) aliases: Vec<String>,
    pub(crate) rename_all: Renames,
    pub(crate) rename_all_fields: Renames,
    pub(crate) deny_unknown_fields: bool,
    pub(crate) default: bool,
    pub(crate) skip_serializing: bool,
    pub(crate) skip_deserializing: bool,
    /// The user's function that says whether a field is left out.
    pub(crate) skip_serializing_if: Option<ExprPath>,
    pub(crate) flatten: bool,
    pub(crate) transparent: bool,
    pub(crate) untagged: bool,
    /// The variant that stands for every name that is not known.
    pub(crate) other: bool,
    pub(crate) tag: Option<String>,
    pub(crate) content: Option<String>,
    /// The type that another is made from, as `try_from` names it.
    pub(crate) try_from: Option<String>,
    /// `with`, `from` and their kin: the user's own code decodes.
    pub(crate) opaque: bool,
    /// It is written as another type.
    pub(crate) into: bool,
    /// The user's own code writes it.
    pub(crate) by_hand: bool,
}

/// A name on the wire, which may differ between the directions.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) serialize: Option<String>,
    pub(crate) deserialize: Option<String>,
}

/// A spelling of names, which may differ between the directions.
#[derive(Default, Clone, Copy)]
pub(crate) struct Renames {
    pub(crate) serialize: Option<Case>,
    pub(crate) deserialize: Option<Case>,
}
