//! A request or response type.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{DeriveInput, LitStr, Member, Meta, Type};

use super::{Call, Serde};
use crate::paths::Paths;

/// A type as parsed.
pub(crate) struct RawType {
    pub(crate) input: DeriveInput,
    pub(crate) entries: Vec<Meta>,
    pub(crate) serde: Serde,
    pub(crate) body: RawBody,
}

/// The fields or variants of a type as parsed.
pub(crate) enum RawBody {
    Struct(Vec<RawField>),
    Enum(Vec<RawVariant>),
    Union(Span),
}

/// A variant as parsed.
pub(crate) struct RawVariant {
    pub(crate) variant: syn::Variant,
    pub(crate) serde: Serde,
    pub(crate) fields: Vec<RawField>,
}

/// A field as parsed.
pub(crate) struct RawField {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) place: RawPlace,
    pub(crate) serde: Serde,
}

/// What is said about a value as parsed.
pub(crate) struct RawPlace {
    /// The field, or the word `each`, `keys` or `values`.
    pub(crate) span: Span,
    pub(crate) rules: Vec<Call>,
    pub(crate) each: Option<Box<RawPlace>>,
    pub(crate) keys: Option<Box<RawPlace>>,
    pub(crate) values: Option<Box<RawPlace>>,
    pub(crate) unchecked: Option<LitStr>,
}

/// A declared type.
pub(crate) struct Ty {
    pub(crate) paths: Paths,
    pub(crate) input: DeriveInput,
    /// The type with its generics, as expressions and other items write it.
    pub(crate) path: TokenStream,
    pub(crate) direction: Direction,
    pub(crate) unknown: Unknown,
    pub(crate) decoding: Decoding,
    pub(crate) shape: Shape,
}

/// Who decodes values of a type.
#[derive(Clone, Copy)]
pub(crate) enum Decoding {
    /// Serde's derive, field by field.
    Derived,
    /// The user's own code, as with `#[serde(try_from = "..")]`.
    Own,
}

/// Which way values of a type go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    In,
    Out,
    Both,
}

/// What becomes of fields the type does not know.
#[derive(Clone, Copy)]
pub(crate) enum Unknown {
    Refused,
    Ignored,
}

/// What a type is on the wire.
pub(crate) enum Shape {
    Object(Vec<Field>),
    Newtype(Box<Field>),
    Choice(Vec<(Ident, String)>),
    Variants(Vec<Variant>),
    /// Refused, which was reported.
    Broken,
}

/// How serde says which variant a value is.
pub(crate) enum Tagging {
    /// The variant's name is the key of its content.
    External,
    /// The content is under a key of its own.
    Adjacent(String),
    /// The content stands in place.
    InPlace,
}

/// A variant with data.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) wire: String,
    pub(crate) tagging: Tagging,
    pub(crate) fields: Vec<Field>,
}

/// A field that is on the wire.
pub(crate) struct Field {
    pub(crate) index: usize,
    pub(crate) member: Member,
    /// Its type, `Self` written out.
    pub(crate) ty: TokenStream,
    /// The first type or const parameter its type mentions.
    pub(crate) generic: Option<Ident>,
    pub(crate) span: Span,
    pub(crate) name: String,
    /// Other names it is read by.
    pub(crate) aliases: Vec<String>,
    pub(crate) wire: Wire,
    pub(crate) presence: Presence,
    pub(crate) opaque: bool,
    pub(crate) place: Place,
}

/// Where the field stands in its object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    /// Under its name.
    Named,
    /// It is the object, or its fields are among the object's.
    InPlace,
}

/// Whether a field may be left out.
#[derive(Clone, Copy)]
pub(crate) enum Presence {
    Required,
    Optional,
}

/// The rules at one place.
pub(crate) struct Place {
    pub(crate) index: usize,
    pub(crate) span: Span,
    pub(crate) rules: Vec<Rule>,
    pub(crate) each: Option<Box<Place>>,
    pub(crate) keys: Option<Box<Place>>,
    pub(crate) values: Option<Box<Place>>,
    pub(crate) unchecked: Option<LitStr>,
}

/// One rule.
pub(crate) struct Rule {
    pub(crate) index: usize,
    pub(crate) call: Call,
}

impl Field {
    /// Whether the field's own fields stand in its place.
    pub(crate) fn is_flattened(&self) -> bool {
        self.wire == Wire::InPlace
    }
}

impl RawPlace {
    pub(crate) const fn new(span: Span) -> Self {
        Self { span, rules: Vec::new(), each: None, keys: None, values: None, unchecked: None }
    }
}

impl Place {
    fn forget_rules(&mut self) {
        self.rules.clear();
        (self.each, self.keys, self.values, self.unchecked) = (None, None, None, None);
    }

    /// Whether nothing is said.
    pub(crate) fn is_bare(&self) -> bool {
        self.rules.is_empty()
            && self.each.is_none()
            && self.keys.is_none()
            && self.values.is_none()
            && self.unchecked.is_none()
    }
}

impl Shape {
    /// Leaves the fields without a word about them.
    pub(crate) fn forget_rules(&mut self) {
        match self {
            Self::Object(fields) => fields.iter_mut().for_each(|field| field.place.forget_rules()),
            Self::Newtype(field) => field.place.forget_rules(),
            Self::Variants(variants) => {
                let fields = variants.iter_mut().flat_map(|variant| &mut variant.fields);
                fields.for_each(|field| field.place.forget_rules());
            }
            Self::Choice(_) | Self::Broken => {}
        }
    }

    /// Every field of the type in source order.
    pub(crate) fn fields(&self) -> Vec<&Field> {
        match self {
            Self::Object(fields) => fields.iter().collect(),
            Self::Newtype(field) => vec![field],
            Self::Variants(variants) => variants.iter().flat_map(|variant| &variant.fields).collect(),
            Self::Choice(_) | Self::Broken => Vec::new(),
        }
    }
}
