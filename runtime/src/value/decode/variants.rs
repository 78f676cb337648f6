//! Explains a document that was to be an enum with data: its tag first, then the content of the variant it names.

use std::borrow::Cow;

use super::{
    explain::{object, refuse, tuple, value},
    tree::Tree,
};
use crate::{
    policy::{Content, Field, RuleList, Rules, Shape, Tagging, Unknown, Variants},
    rules::standing::Standing,
    value::{Path, Report},
};

type Members<'a> = [(Cow<'a, str>, Tree<'a>)];

pub(super) fn explain(tree: &Tree<'_>, all: &Variants, rules: RuleList<'_>, path: &Path<'_>, report: &mut Report) {
    match (all.tagging(), tree) {
        (Tagging::External, Tree::Text(name) | Tree::Lexical(name)) => match all.named(name) {
            Some((Content::Unit | Content::Opaque, _)) => {}
            Some((Content::Newtype | Content::Tuple | Content::Object, _)) => {
                refuse(report, path, &Standing::Object, rules);
            }
            None => refuse(report, path, &Standing::Choice, rules),
        },
        (Tagging::External, Tree::Object(members)) => external(members, all, rules, path, report),
        (Tagging::Internal(tag), Tree::Object(members)) => {
            if let Some((form, fields)) = tagged(members, tag, all, path, report) {
                internal(members, tag, form, fields, all.unknown(), path, report);
            }
        }
        (Tagging::Adjacent(tag, content), Tree::Object(members)) => {
            adjacent(members, tag, content, all, path, report);
        }
        (Tagging::External | Tagging::Internal(_) | Tagging::Adjacent(..), _) => {
            refuse(report, path, &Standing::Object, rules);
        }
        // It could have been any of them, so nothing in it is to blame.
        (Tagging::Untagged, _) => {}
    }
}

fn external(members: &Members<'_>, all: &Variants, rules: RuleList<'_>, path: &Path<'_>, report: &mut Report) {
    let [(name, tree)] = members else { return refuse(report, path, &Standing::OneMember, rules) };
    match all.named(name) {
        Some((form, fields)) => content(tree, form, fields, all.unknown(), &path.key(name), report),
        None => report.refuse_value(&path.key(name), &Standing::Unknown, false),
    }
}

/// The variant that the member `tag` names.
fn tagged(
    members: &Members<'_>,
    tag: &'static str,
    all: &Variants,
    path: &Path<'_>,
    report: &mut Report,
) -> Option<(Content, &'static [Field])> {
    let place = path.field(tag);
    let Some((_, found)) = members.iter().find(|(name, _)| name == tag) else {
        report.refuse_value(&place, &Standing::Missing, false);
        return None;
    };
    let (Tree::Text(name) | Tree::Lexical(name)) = found else {
        report.refuse_value(&place, &Standing::Text, false);
        return None;
    };
    let variant = all.named(name);
    if variant.is_none() {
        report.refuse_value(&place, &Standing::Choice, false);
    }
    variant
}

/// The members beside the tag are the content.
fn internal(
    members: &Members<'_>,
    tag: &'static str,
    form: Content,
    fields: &'static [Field],
    unknown: Unknown,
    path: &Path<'_>,
    report: &mut Report,
) {
    match (form, fields) {
        (Content::Object | Content::Unit, fields) => object(members, tag, fields, unknown, path, report),
        (Content::Newtype, [field]) => {
            if let Shape::Object { fields, unknown, .. } = field.shape() {
                object(members, tag, fields, unknown, path, report);
            }
        }
        // Serde has no such variants, or the user's own code decodes them.
        (Content::Newtype | Content::Tuple | Content::Opaque, _) => {}
    }
}

fn adjacent(
    members: &Members<'_>,
    tag: &'static str,
    key: &'static str,
    all: &Variants,
    path: &Path<'_>,
    report: &mut Report,
) {
    if let Some((form, fields)) = tagged(members, tag, all, path, report) {
        match (members.iter().find(|(name, _)| name == key), form) {
            (Some((_, tree)), _) => content(tree, form, fields, all.unknown(), &path.field(key), report),
            (None, Content::Unit | Content::Opaque) => {}
            (None, Content::Newtype | Content::Tuple | Content::Object) => {
                report.refuse_value(&path.field(key), &Standing::Missing, false);
            }
        }
    }
    if all.unknown() == Unknown::Refused {
        for (name, _) in members.iter().filter(|(name, _)| name != tag && name != key) {
            report.refuse_value(&path.key(name), &Standing::Unknown, false);
        }
    }
}

fn content(
    tree: &Tree<'_>,
    form: Content,
    fields: &'static [Field],
    unknown: Unknown,
    path: &Path<'_>,
    report: &mut Report,
) {
    match (form, tree, fields) {
        (Content::Newtype, _, [field]) => value(tree, field.shape(), &[field.rules()], path, report),
        (Content::Tuple, Tree::List(items), fields) => tuple(items, fields, path, report),
        (Content::Tuple, _, _) => refuse(report, path, &Standing::List, &[&Rules::NONE]),
        (Content::Object, Tree::Object(members), fields) => object(members, "", fields, unknown, path, report),
        (Content::Object, _, _) => refuse(report, path, &Standing::Object, &[&Rules::NONE]),
        (Content::Unit, Tree::Null, _) => {}
        (Content::Unit, _, _) => refuse(report, path, &Standing::Null, &[&Rules::NONE]),
        (Content::Newtype | Content::Opaque, _, _) => {}
    }
}
