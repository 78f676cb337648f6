//! Explains the members that belong to flattened fields: they stand among those of the object around them.

use std::borrow::Cow;

use super::{
    explain::{map, object},
    tree::Tree,
    variants,
};
use crate::{
    policy::{Field, Shape, Tagging, Unknown},
    value::{Path, Report},
};

type Member<'a> = (Cow<'a, str>, Tree<'a>);

/// Reports what is wrong with the members of one flattened field. `others` are all fields of the object around it.
pub(super) fn explain(
    members: &[Member<'_>],
    tag: Option<&str>,
    field: &'static Field,
    others: &'static [Field],
    path: &Path<'_>,
    report: &mut Report,
) {
    let left = |name: &str| tag != Some(name) && !others.iter().any(|field| is_under(field, name));
    of_shape(members, &left, field, field.shape(), path, report);
}

/// A member is of the object itself unless it is `left` to those that take anything.
fn of_shape(
    members: &[Member<'_>],
    left: &dyn Fn(&str) -> bool,
    field: &'static Field,
    shape: Shape,
    path: &Path<'_>,
    report: &mut Report,
) {
    match shape {
        // A member that it does not know is another's.
        Shape::Object { fields, .. } => object(members, None, fields, Unknown::Ignored, path, report),
        Shape::Newtype(inner, _) => of_shape(members, left, field, inner(), path, report),
        Shape::Grouped(inner, group) => {
            report.within(group, path, |report| of_shape(members, left, field, inner(), path, report));
        }
        Shape::Map(key, value) => map(&chosen(members, left), key, value, &[field.rules()], path, report),
        Shape::Variants(all) => {
            let own = match all.tagging() {
                Tagging::External => members.iter().find(|(name, _)| all.named(name).is_some()).cloned().into_iter().collect(),
                Tagging::Internal(_) => chosen(members, left),
                Tagging::Adjacent(tag, content) => chosen(members, &|name| name == tag || name == content),
                Tagging::Untagged => return,
            };
            variants::explain(&Tree::Object(own), &all, &[field.rules()], path, report);
        }
        // What does not fit an optional one is none of it, and decoding goes on.
        Shape::Nullable(_)
        // Serde flattens nothing else, or the user's own code decodes it.
        | Shape::Scalar(_)
        | Shape::Choice(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Tuple(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => {}
    }
}

fn chosen<'a>(members: &[Member<'a>], is_own: &dyn Fn(&str) -> bool) -> Vec<Member<'a>> {
    members.iter().filter(|(name, _)| is_own(name)).cloned().collect()
}

/// Whether one of `fields` may stand under `name`, in the object itself or flattened into it.
pub(super) fn knows(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| is_under(field, name) || (field.is_flattened() && may_take(field.shape(), name)))
}

fn is_under(field: &Field, name: &str) -> bool {
    !field.is_flattened() && field.answers_to(name)
}

fn may_take(shape: Shape, name: &str) -> bool {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => may_take(inner(), name),
        Shape::Object { fields, .. } => knows(fields, name),
        Shape::Variants(all) => match all.tagging() {
            Tagging::External => all.named(name).is_some(),
            Tagging::Adjacent(tag, content) => name == tag || name == content,
            Tagging::Internal(_) | Tagging::Untagged => true,
        },
        Shape::Map(..) | Shape::Described(_) | Shape::Opaque => true,
        Shape::Scalar(_) | Shape::Choice(_) | Shape::List(_) | Shape::Array(..) | Shape::Tuple(_) | Shape::File(_) => {
            false
        }
    }
}
