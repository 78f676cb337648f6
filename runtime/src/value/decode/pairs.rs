//! Names and texts, as queries and forms hold them, become the tree of a type: a repeated name is a list, brackets an object.

use std::borrow::Cow;

use super::tree::Tree;
use crate::{
    policy::{Field, Rules, Shape, Style, Unknown},
    value::Report,
};

/// Decodes one name or text. `None` when it is broken.
pub(crate) type Decode = for<'a> fn(&'a str) -> Option<Cow<'a, str>>;

/// The tree of `pairs` for a type of this shape. `None` when a text is broken, or there are more than any value of the
/// type needs and could be told about in one report.
pub(super) fn tree<'a>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    decode: Decode,
    shape: Shape,
) -> Option<Tree<'a>> {
    let room = most(shape).saturating_add(Report::CAPACITY as u64);
    let mut road = Road { decode, texts: room, surplus: Report::CAPACITY };
    let mut members = Vec::new();
    for (name, text) in pairs {
        road.put(&mut members, (road.decode)(name)?, text, inside(shape), 0)?;
    }
    Some(Tree::Object(members))
}

/// The most texts that a value of this shape is spelled with.
pub(crate) fn most(shape: Shape) -> u64 {
    most_of(shape, &Rules::NONE, 0)
}

fn most_of(shape: Shape, rules: &Rules, depth: u32) -> u64 {
    if DEPTH < depth {
        return 0;
    }
    match shape {
        Shape::Nullable(inner) | Shape::Grouped(inner, _) => most_of(inner(), rules, depth),
        Shape::Newtype(inner, own) => most_of(inner(), own, depth).max(most_of(inner(), rules, depth)),
        Shape::List(_) | Shape::Map(..) => rules.longest().unwrap_or(UNBOUNDED),
        Shape::Array(_, count) => count,
        Shape::Tuple(fields) => fields.len() as u64,
        Shape::Object { fields, unknown, .. } => {
            let known = fields.iter().map(|field| match layout(field) {
                Layout::Flattened | Layout::Members => most_of(field.shape(), field.rules(), depth + 1),
                Layout::Repeated | Layout::Commas => most_of(field.shape(), field.rules(), depth),
                Layout::Text => 1,
            });
            let ignored = match unknown {
                Unknown::Refused => 0,
                Unknown::Ignored => UNBOUNDED,
            };
            known.fold(ignored, u64::saturating_add)
        }
        Shape::Variants(variants) => 1 + variants.fields().len() as u64,
        Shape::Described(_) => UNBOUNDED,
        Shape::Scalar(_) | Shape::Choice(_) | Shape::File(_) | Shape::Opaque => 1,
    }
}

/// Where nothing says how many there may be.
const UNBOUNDED: u64 = 64;
/// Objects within objects are not read deeper than this, since a type may hold itself.
const DEPTH: u32 = 4;

/// How a field is spelled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Its fields stand beside it.
    Flattened,
    /// By one text.
    Text,
    /// By its name as often as it has items.
    Repeated,
    /// By one text, items apart by commas.
    Commas,
    /// By its members, their names in brackets.
    Members,
}

pub(super) fn layout(field: &Field) -> Layout {
    if field.is_flattened() {
        return Layout::Flattened;
    }
    match field.declared_style() {
        Some(Style::CommaSeparated) => Layout::Commas,
        Some(Style::DeepObject) => Layout::Members,
        None if is_list(field.shape()) => Layout::Repeated,
        None => Layout::Text,
    }
}

/// Whether a field is spelled by its name as often as it has items.
#[cfg(feature = "gate")]
pub(crate) fn is_repeated(field: &Field) -> bool {
    layout(field) == Layout::Repeated
}

pub(super) fn is_list(shape: Shape) -> bool {
    match shape {
        Shape::List(_) | Shape::Array(..) | Shape::Tuple(_) => true,
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => is_list(inner()),
        Shape::Scalar(_)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::File(_)
        | Shape::Described(_)
        | Shape::Opaque => false,
    }
}

/// What the names of an object mean.
#[derive(Clone, Copy)]
enum Inside {
    /// These fields, and nothing else.
    Fields(&'static [Field]),
    /// These fields, and others.
    Open(&'static [Field]),
}

fn inside(shape: Shape) -> Inside {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => inside(inner()),
        Shape::Object { fields, unknown: Unknown::Refused, .. } if !fields.iter().any(Field::is_flattened) => {
            Inside::Fields(fields)
        }
        Shape::Object { fields, .. } => Inside::Open(fields),
        // Which fields there are depends on the variant.
        Shape::Variants(_)
        | Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::File(_)
        | Shape::Described(_)
        | Shape::Opaque => Inside::Open(&[]),
    }
}

/// The field of this name, those that are flattened included.
fn field_named(fields: &'static [Field], name: &str) -> Option<&'static Field> {
    fields.iter().find_map(|field| match layout(field) {
        Layout::Flattened => match inside(field.shape()) {
            Inside::Fields(inner) | Inside::Open(inner) => field_named(inner, name),
        },
        Layout::Text | Layout::Repeated | Layout::Commas | Layout::Members => field.answers_to(name).then_some(field),
    })
}

type Members<'a> = Vec<(Cow<'a, str>, Tree<'a>)>;

impl Inside {
    /// How many members stand in front of all that no field knows. There may be any number of those, and a search for each pair
    /// among them would take too long; where they are refused, there are few.
    fn front(self, members: &Members<'_>) -> usize {
        match self {
            Self::Fields(_) => members.len(),
            Self::Open(fields) => members.partition_point(|(name, _)| field_named(fields, name).is_some()),
        }
    }
}

/// What one walk over pairs needs, and how much more of it is read.
struct Road {
    decode: Decode,
    /// How many texts are left.
    texts: u64,
    /// How many names are left that the type does not know, or that come again.
    surplus: usize,
}

impl Road {
    fn put<'a>(
        &mut self,
        members: &mut Members<'a>,
        name: Cow<'a, str>,
        text: &'a str,
        inside: Inside,
        depth: u32,
    ) -> Option<()> {
        let (Inside::Fields(fields) | Inside::Open(fields)) = inside;
        let Some(field) = field_named(fields, &name) else { return self.stranger(members, name, text, inside, depth) };
        let front = inside.front(members);
        let at = members.iter().take(front).position(|(known, _)| *known == name);
        match (layout(field), at.and_then(|at| members.get_mut(at))) {
            (Layout::Repeated, Some((_, Tree::List(items)))) => items.push(self.text(text)?),
            (Layout::Repeated, _) => members.insert(front, (name, Tree::List(vec![self.text(text)?]))),
            (layout, found) => {
                if found.is_some() {
                    self.surplus()?;
                }
                let tree = match layout {
                    Layout::Commas => {
                        Tree::List(text.split(',').map(|item| self.text(item)).collect::<Option<Vec<_>>>()?)
                    }
                    Layout::Flattened | Layout::Text | Layout::Repeated | Layout::Members => self.text(text)?,
                };
                members.insert(front, (name, tree));
            }
        }
        Some(())
    }

    /// A name that is no field's: the member of one, or unknown.
    fn stranger<'a>(
        &mut self,
        members: &mut Members<'a>,
        name: Cow<'a, str>,
        text: &'a str,
        inside: Inside,
        depth: u32,
    ) -> Option<()> {
        let (Inside::Fields(fields) | Inside::Open(fields)) = inside;
        let owner = brackets(&name).filter(|_| depth < DEPTH).and_then(|(outer, inner)| {
            let field = field_named(fields, outer)?;
            (layout(field) == Layout::Members).then(|| (field, outer.to_owned(), inner))
        });
        let Some((field, outer, inner)) = owner else {
            if let Inside::Fields(_) = inside {
                self.surplus()?;
            }
            let text = self.text(text)?;
            members.push((name, text));
            return Some(());
        };
        let front = inside.front(members);
        let mut known = members.iter().take(front);
        let found = known.position(|(known, tree)| *known == outer && matches!(tree, Tree::Object(_)));
        let at = found.unwrap_or(front);
        if found.is_none() {
            members.insert(front, (outer.into(), Tree::Object(Vec::new())));
        }
        match members.get_mut(at) {
            Some((_, Tree::Object(inner_members))) => {
                self.put(inner_members, inner.into(), text, self::inside(field.shape()), depth + 1)
            }
            Some(_) | None => None,
        }
    }

    fn text<'a>(&mut self, text: &'a str) -> Option<Tree<'a>> {
        self.texts = self.texts.checked_sub(1)?;
        (self.decode)(text).map(Tree::Lexical)
    }

    fn surplus(&mut self) -> Option<()> {
        self.surplus = self.surplus.checked_sub(1)?;
        Some(())
    }
}

/// `a[b]` is `b` of `a`, and `a[b][c]` is `b[c]` of `a`.
fn brackets(name: &str) -> Option<(&str, String)> {
    let (outer, rest) = name.split_once('[')?;
    let (first, rest) = rest.split_once(']')?;
    let is_name = !outer.is_empty() && !first.contains('[') && (rest.is_empty() || rest.starts_with('['));
    is_name.then(|| (outer, format!("{first}{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Secure,
        value::{Value, from_texts},
    };

    #[derive(Debug, serde::Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    struct Search {
        #[secure(length(max = 3))]
        repeated: Option<Vec<u8>>,
        #[secure(style = comma_separated, length(max = 5))]
        commas: Option<Vec<u8>>,
        corner: Option<Corner>,
        #[secure(style = deep_object)]
        inner: Option<Box<Search>>,
    }

    #[derive(Debug, serde::Deserialize, Secure)]
    struct Corner(u8, u8);

    #[derive(Debug, serde::Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    struct Labels {
        #[secure(style = deep_object, length(max = 2), keys(length(max = 4)))]
        label: std::collections::BTreeMap<String, u8>,
    }

    #[test]
    fn the_type_says_how_many_texts_there_can_be() {
        // What is in one object, and in those up to four deep in it.
        assert_eq!(most(Search::shape()), 10 * 5);
        assert_eq!(most(Labels::shape()), 2);
    }

    #[test]
    fn brackets_name_one_member_after_the_other() {
        let rows = [
            ("a[b]", Some(("a", "b"))),
            ("a[b][c]", Some(("a", "b[c]"))),
            ("a[]", Some(("a", ""))),
            ("a[b", None),
            ("a[b]c", None),
            ("a[[b]]", None),
            ("[a]", None),
            ("a", None),
        ];
        for (name, expected) in rows {
            let found = brackets(name);
            assert_eq!(found.as_ref().map(|(outer, inner)| (*outer, inner.as_str())), expected, "{name}");
        }
    }

    #[test]
    fn a_type_that_holds_itself_is_not_read_for_ever() {
        let deep = |depth: usize| from_texts::<Search>([(format!("inner{}", "[inner]".repeat(depth)), "1")]);
        assert!(deep(100_000).is_err());
        let corner = |depth: usize| {
            let name = format!("inner{}[corner]", "[inner]".repeat(depth));
            from_texts::<Search>([(name.clone(), "1"), (name, "2")])
        };
        assert!(corner(3).is_ok());
        assert!(corner(4).is_err());
    }

    #[test]
    fn the_keys_of_a_map_come_once() {
        assert_eq!(
            from_texts::<Labels>([("label[a]", "1"), ("label[b]", "2")]).map(|labels| labels.label.len()).ok(),
            Some(2)
        );
        let report = from_texts::<Labels>([("label[a]", "1"), ("label[a]", "1")]).unwrap_err();
        assert_eq!(format!("{report:?}"), "[body /label/a duplicate]");
    }
    #[derive(Debug, serde::Deserialize, Secure)]
    #[secure(ignore_unknown = "a test")]
    struct Open {
        #[secure(length(max = 9))]
        list: Vec<u8>,
        one: Option<u8>,
        #[secure(style = deep_object)]
        inner: Option<Inner>,
        #[serde(flatten)]
        #[secure(length(max = 99), keys(length(max = 9)))]
        rest: std::collections::BTreeMap<String, Rest>,
    }

    #[derive(Debug, serde::Deserialize, Secure)]
    #[secure(ignore_unknown = "a test")]
    struct Inner {
        a: u8,
        b: u8,
    }

    #[derive(Debug, PartialEq, Eq, serde::Deserialize, Secure)]
    struct Rest(#[secure(length(max = 9))] String);

    #[test]
    fn fields_are_found_among_any_names() {
        let asked = ["x", "list", "inner[a]", "y", "list", "one", "inner[z]", "inner[b]", "z", "list"];
        let open = from_texts::<Open>(asked.map(|name| (name, "1"))).unwrap();
        assert_eq!((&*open.list, open.one), (&[1, 1, 1][..], Some(1)));
        assert_eq!(open.inner.as_ref().map(|inner| (inner.a, inner.b)), Some((1, 1)));
        assert!(open.rest.keys().eq(["x", "y", "z"]));
        for twice in ["one", "inner[a]"] {
            let asked = asked.into_iter().chain([twice]).map(|name| (name, "1"));
            assert!(from_texts::<Open>(asked).is_err(), "{twice}");
        }
    }
}
