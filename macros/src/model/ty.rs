//! A request or response type.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{DeriveInput, LitStr, Member, Meta, Path, Type};

use super::{Call, Leaving, Owner, Property, RawProperty, Serde};
use crate::paths::Paths;

/// A type as parsed.
pub(crate) struct RawType {
    pub(crate) input: DeriveInput,
    pub(crate) entries: Vec<Meta>,
    /// What is said about the value as a whole.
    pub(crate) whole: RawPlace,
    pub(crate) serde: Serde,
    pub(crate) body: RawBody,
    /// What else its rules may mention: the fields beside it in a request, with their names on the wire.
    pub(crate) beyond: Vec<(Ident, String)>,
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
    pub(crate) property: RawProperty,
    pub(crate) serde: Serde,
}

/// What is said about a value as parsed.
pub(crate) struct RawPlace {
    /// The field, or the word `each`, `keys` or `values`.
    pub(crate) span: Span,
    pub(crate) rules: Vec<RawRule>,
    pub(crate) check: Option<Path>,
    pub(crate) each: Option<Box<RawPlace>>,
    pub(crate) keys: Option<Box<RawPlace>>,
    pub(crate) values: Option<Box<RawPlace>>,
    pub(crate) unchecked: Option<LitStr>,
    /// How a field is spelled among names and texts.
    pub(crate) style: Option<Path>,
}

/// A rule as parsed, and the group that alone it holds in.
pub(crate) struct RawRule {
    pub(crate) call: Call,
    pub(crate) group: Option<Path>,
}

/// A declared type.
pub(crate) struct Ty {
    pub(crate) paths: Paths,
    pub(crate) input: DeriveInput,
    /// What it is called where it is complained of.
    pub(crate) name: String,
    /// The type with its generics, as expressions and other items write it.
    pub(crate) path: TokenStream,
    pub(crate) direction: Direction,
    pub(crate) entrance: Entrance,
    pub(crate) unknown: Unknown,
    pub(crate) decoding: Decoding,
    /// What is said about the value as a whole.
    pub(crate) whole: Place,
    /// Where it asks for a constructor that runs its rules.
    pub(crate) constructor: Option<Span>,
    /// The field of a struct that says whose a value is.
    pub(crate) owner: Option<Owner>,
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

/// Who has the last word about a value that enters.
#[derive(Clone, Copy)]
pub(crate) enum Entrance {
    /// Its rules.
    Plain,
    /// A lookup.
    Verified,
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
    /// A list of different things.
    Tuple(Vec<Field>),
    Newtype(Box<Field>),
    Choice(Vec<(Ident, String)>),
    Variants(Tagged, Vec<Variant>),
    /// Refused, which was reported.
    Broken,
}

/// How an enum says which variant a value is.
#[derive(Clone)]
pub(crate) enum Tagged {
    /// The variant's name is the key of its content.
    External,
    /// The name is under this key, beside the content.
    Internal(String),
    /// The name is under the one key, and the content under the other.
    Adjacent(String, String),
    /// It does not say.
    Untagged,
}

/// What the content of a variant is.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    Unit,
    Newtype,
    Tuple,
    Object,
    /// The user's own code decodes it.
    Opaque,
}

/// A variant with data.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) wire: String,
    /// Other names it is read by.
    pub(crate) aliases: Vec<String>,
    pub(crate) tagged: Tagged,
    pub(crate) form: Content,
    /// Its name where it leaves.
    pub(crate) leaving: String,
    pub(crate) owner: Option<Owner>,
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
    /// The word for how it is spelled among names and texts.
    pub(crate) style: Option<Ident>,
    /// Whether serde reads it.
    pub(crate) entering: bool,
    /// How serde writes it, if it does.
    pub(crate) leaving: Option<Leaving>,
    /// Who sees and who writes it, if not everybody.
    pub(crate) property: Option<Property>,
    pub(crate) place: Place,
}

/// Where the field stands in its object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    /// Under its name.
    Named,
    /// At its position in a list.
    Position(usize),
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
    /// A function of the user's own.
    pub(crate) check: Option<Path>,
    pub(crate) each: Option<Box<Place>>,
    pub(crate) keys: Option<Box<Place>>,
    pub(crate) values: Option<Box<Place>>,
    pub(crate) unchecked: Option<LitStr>,
}

/// One rule.
pub(crate) struct Rule {
    pub(crate) index: usize,
    /// The call, without the arguments that mention fields.
    pub(crate) call: Call,
    pub(crate) between: Option<Between>,
    pub(crate) group: Option<Path>,
}

/// What a rule says about other fields.
pub(crate) struct Between {
    /// Their names on the wire, in the order they are mentioned.
    pub(crate) names: Vec<String>,
    /// The arguments that mention them.
    pub(crate) arguments: Vec<TokenStream>,
    pub(crate) reach: Reach,
}

/// How far a rule between fields looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// At fields of the same object.
    Object,
    /// At other parts of the request.
    Request,
}

impl Field {
    fn forget_rules(&mut self) {
        self.place.forget_rules();
        self.property = None;
    }

    /// Whether the field's own fields stand in its place.
    pub(crate) fn is_flattened(&self) -> bool {
        self.wire == Wire::InPlace
    }
}

impl Place {
    /// Whether a rule of it holds in one group only.
    pub(crate) fn has_groups(&self) -> bool {
        self.rules.iter().any(|rule| rule.group.is_some())
    }
}

impl RawPlace {
    pub(crate) const fn new(span: Span) -> Self {
        Self {
            span,
            rules: Vec::new(),
            check: None,
            each: None,
            keys: None,
            values: None,
            unchecked: None,
            style: None,
        }
    }
}

impl Ty {
    /// Leaves the type and its fields without a word about them.
    pub(crate) fn forget_rules(&mut self) {
        self.shape.forget_rules();
        self.whole.forget_rules();
    }
}

impl Place {
    fn forget_rules(&mut self) {
        self.rules.clear();
        self.check = None;
        (self.each, self.keys, self.values, self.unchecked) = (None, None, None, None);
    }

    /// Whether nothing is said.
    pub(crate) fn is_bare(&self) -> bool {
        self.rules.is_empty()
            && self.check.is_none()
            && self.each.is_none()
            && self.keys.is_none()
            && self.values.is_none()
            && self.unchecked.is_none()
    }
}

impl Shape {
    fn forget_rules(&mut self) {
        match self {
            Self::Object(fields) | Self::Tuple(fields) => {
                fields.iter_mut().for_each(Field::forget_rules);
            }
            Self::Newtype(field) => field.forget_rules(),
            Self::Variants(_, variants) => {
                let fields = variants.iter_mut().flat_map(|variant| &mut variant.fields);
                fields.for_each(Field::forget_rules);
            }
            Self::Choice(_) | Self::Broken => {}
        }
    }

    /// Every field of the type in source order.
    pub(crate) fn fields(&self) -> Vec<&Field> {
        match self {
            Self::Object(fields) | Self::Tuple(fields) => fields.iter().collect(),
            Self::Newtype(field) => vec![field],
            Self::Variants(_, variants) => variants.iter().flat_map(|variant| &variant.fields).collect(),
            Self::Choice(_) | Self::Broken => Vec::new(),
        }
    }
}
