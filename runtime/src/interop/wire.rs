//! From the places that Rust has names for to the places of the wire, by the schema of the type.

use crate::value::{Path, Step, decode::described::Schema};

/// One step of a place, as another crate says it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Segment<'a> {
    /// A field by its name in Rust, or a key of a map.
    Name(&'a str),
    /// An item of a list.
    Index(usize),
}

/// Calls `at` with the place below `path`, in names of the wire. Where a name cannot be found, since serde gives the field
/// another, that is the innermost place which can.
pub(super) fn locate(schema: Schema, segments: &[Segment<'_>], path: &Path<'_>, at: &mut dyn FnMut(&Path<'_>)) {
    let Some((first, rest)) = segments.split_first() else { return at(path) };
    match step(schema, *first) {
        Some((Found::One(step), below)) => locate(below, rest, &path.step(step), at),
        Some((Found::Two(variant, step), below)) => locate(below, rest, &path.field(variant).step(step), at),
        None => at(path),
    }
}

/// One step, or two where the first is the name of an enum's variant, which Rust's places leave out.
enum Found<'a> {
    One(Step<'a>),
    Two(&'static str, Step<'a>),
}

fn step<'a>(schema: Schema, segment: Segment<'a>) -> Option<(Found<'a>, Schema)> {
    match segment {
        Segment::Index(index) => {
            let items = each(schema).find_map(|part| part.part("items"))?;
            Some((Found::One(Step::Index(index)), items))
        }
        Segment::Name(name) => {
            let all = || each(schema).filter_map(|part| property(part, name));
            if let Some((own, below)) = all().next() {
                return Some((Found::One(Step::Field(own)), below));
            }
            if let Some(values) = each(schema).find_map(|part| part.part("additionalProperties")) {
                return Some((Found::One(Step::Key(name)), values));
            }
            in_variant(schema, name)
        }
    }
}

/// The field of the one variant that has such a field.
fn in_variant<'a>(schema: Schema, name: &str) -> Option<(Found<'a>, Schema)> {
    let variants = each(schema).filter_map(|part| Some((part, part.members("properties")?.iter().next()?)));
    let mut having = variants.filter_map(|(part, (variant, content))| {
        let (own, below) = property(part.at(content), name)?;
        Some((Found::Two(variant, Step::Field(own)), below))
    });
    match (having.next(), having.next()) {
        (Some(only), None) => Some(only),
        (None | Some(_), _) => None,
    }
}

/// The schema itself, and everything that a value is one or all of.
fn each(schema: Schema) -> impl Iterator<Item = Schema> {
    let mut all = vec![schema];
    collect(schema, NESTED, &mut all);
    all.into_iter()
}

/// Alternatives within alternatives, as an enum behind an `Option` has them, are looked into so deep.
const NESTED: u32 = 4;

fn collect(schema: Schema, depth: u32, all: &mut Vec<Schema>) {
    if depth == 0 {
        return;
    }
    for part in schema.alternatives().chain(schema.parts()) {
        all.push(part);
        collect(part, depth - 1, all);
    }
}

/// The property of this name, or of the same letters: serde's conventions change no more than their case and what joins them.
fn property(schema: Schema, name: &str) -> Option<(&'static str, Schema)> {
    let properties = schema.members("properties")?;
    let exact = properties.get_key_value(name);
    let (own, below) = exact.or_else(|| properties.iter().find(|(own, _)| letters(own).eq(letters(name))))?;
    Some((own, schema.at(below)))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase)
}
