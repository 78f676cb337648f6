//! An enum with data: how a document says which variant it holds, and what each one is.

use super::{Field, Unknown};

/// An enum with data.
#[derive(Debug, Clone, Copy)]
pub struct Variants {
    tagging: Tagging,
    variants: &'static [Variant],
    fields: &'static [Field],
    unknown: Unknown,
}

/// How a document says which variant it holds.
#[derive(Debug, Clone, Copy)]
pub enum Tagging {
    /// The variant's name is the one key, and its content the value; a variant without content is its name.
    External,
    /// The name is a member beside the fields.
    Internal(&'static str),
    /// The name is one member, and the content another.
    Adjacent(&'static str, &'static str),
    /// It does not say.
    Untagged,
}

/// One variant: its names on the wire, and how many of the enum's fields are its own.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    name: &'static str,
    aliases: &'static [&'static str],
    form: Content,
    count: usize,
}

/// What the content of a variant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// There is none.
    Unit,
    /// The value of its one field.
    Newtype,
    /// A list of its fields.
    Tuple,
    /// An object of its fields.
    Object,
    /// What the user's own code decodes.
    Opaque,
}

impl Variants {
    /// The variants in source order, and the fields of all of them.
    #[must_use]
    pub const fn new(
        tagging: Tagging,
        variants: &'static [Variant],
        fields: &'static [Field],
        unknown: Unknown,
    ) -> Self {
        Self { tagging, variants, fields, unknown }
    }

    /// How a document says which variant it holds.
    #[must_use]
    pub const fn tagging(&self) -> Tagging {
        self.tagging
    }

    /// The fields of all variants.
    #[must_use]
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// What becomes of members that a variant does not know.
    #[must_use]
    pub const fn unknown(&self) -> Unknown {
        self.unknown
    }

    /// Each variant with its own fields.
    pub fn each(&self) -> impl Iterator<Item = (&'static Variant, &'static [Field])> {
        let mut rest = self.fields;
        self.variants.iter().map(move |variant| {
            let (own, behind) = rest.split_at_checked(variant.count).unwrap_or_default();
            rest = behind;
            (variant, own)
        })
    }

    /// The variant that goes by this name, with its own fields.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<(Content, &'static [Field])> {
        let (variant, fields) =
            self.each().find(|(variant, _)| variant.name == name || variant.aliases.contains(&name))?;
        Some((variant.form, fields))
    }
}

impl Variant {
    /// A variant with so many fields.
    #[must_use]
    pub const fn new(name: &'static str, aliases: &'static [&'static str], form: Content, count: usize) -> Self {
        Self { name, aliases, form, count }
    }

    /// Its name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What its content is.
    #[must_use]
    pub const fn form(&self) -> Content {
        self.form
    }
}
