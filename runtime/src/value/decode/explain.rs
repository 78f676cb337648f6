//! Explains a refused document: every type, missing, unknown, duplicate and constraint error, held against its shape.

use std::borrow::Cow;

use super::{described, flattened, lexical::is_number, tree::Tree, variants};
use crate::{
    policy::{Facet, Field, Kind, Presence, Relation, RuleList, Rules, Shape, Unknown},
    rules::{RuleRef, standing::Standing},
    value::{Path, Report, View},
};

/// Reports everything wrong with `tree`, which was to be of `shape`.
pub(super) fn explain(tree: &Tree<'_>, shape: Shape, report: &mut Report) {
    value(tree, shape, &[&Rules::NONE], &Path::root(), report);
}

/// `rules` are those on the place, and those that newtypes around it carry.
pub(super) fn value(tree: &Tree<'_>, shape: Shape, rules: RuleList<'_>, path: &Path<'_>, report: &mut Report) {
    if is_explained(tree) || rules.iter().any(|rules| rules.unchecked_reason().is_some()) {
        return;
    }
    match shape {
        Shape::Nullable(inner) => match tree {
            Tree::Null => {}
            present => value(present, inner(), rules, path, report),
        },
        Shape::Newtype(inner, own) => {
            let mut both = rules.to_vec();
            both.push(own);
            value(tree, inner(), &both, path, report);
        }
        Shape::Grouped(inner, group) => {
            report.within(group, path, |report| value(tree, inner(), rules, path, report));
        }
        Shape::Scalar(kind) => scalar(tree, kind, rules, path, report),
        Shape::Choice(names) => match tree {
            Tree::Text(text) | Tree::Lexical(text) if names.contains(&&**text) => {}
            Tree::Text(_) | Tree::Lexical(_) => refuse(report, path, &Standing::Choice, rules),
            _ => refuse(report, path, &Standing::Text, rules),
        },
        Shape::List(item) => match tree {
            Tree::List(items) => list(items, item, rules, path, report),
            _ => refuse(report, path, &Standing::List, rules),
        },
        Shape::Array(item, count) => match tree {
            Tree::List(items) => {
                list(items, item, rules, path, report);
                count_positions(items.len(), count, path, report);
            }
            _ => refuse(report, path, &Standing::List, rules),
        },
        Shape::Tuple(fields) => match tree {
            Tree::List(items) => tuple(items, fields, path, report),
            _ => refuse(report, path, &Standing::List, rules),
        },
        Shape::Map(of_key, of_value) => match tree {
            Tree::Object(members) => map(members, of_key, of_value, rules, path, report),
            _ => refuse(report, path, &Standing::Object, rules),
        },
        Shape::Object { fields, unknown, .. } => match tree {
            Tree::Object(members) => object(members, None, fields, unknown, path, report),
            _ => refuse(report, path, &Standing::Object, rules),
        },
        Shape::Variants(all) => variants::explain(tree, &all, rules, path, report),
        Shape::Described(schema) => described::explain(tree, schema(), path, report),
        // A file comes as a part, which is explained already.
        Shape::File(_) => refuse(report, path, &Standing::File, rules),
        Shape::Opaque => {}
    }
}

/// Whether there is nothing left to say about it.
#[cfg(feature = "multipart")]
fn is_explained(tree: &Tree<'_>) -> bool {
    matches!(tree, Tree::File(_) | Tree::Explained)
}

#[cfg(not(feature = "multipart"))]
fn is_explained(_tree: &Tree<'_>) -> bool {
    false
}

fn scalar(tree: &Tree<'_>, kind: Kind, rules: RuleList<'_>, path: &Path<'_>, report: &mut Report) {
    match view(tree, kind) {
        Some(View::Text(text))
            if let Kind::Formatted(form) = kind
                && !form.reads(&text) =>
        {
            report.refuse_value(path, form, is_sensitive(rules));
        }
        Some(view) => {
            let before = report.len();
            let fits = fits(&view, kind);
            constrain(view, rules, path, report);
            if !fits && report.len() == before {
                refuse(report, path, &Standing::Magnitude, rules);
            }
        }
        None => refuse(report, path, Standing::of(kind), rules),
    }
}

/// The value as rules see it, when it is of the kind.
fn view<'a>(tree: &'a Tree<'_>, kind: Kind) -> Option<View<'a>> {
    match (kind, tree) {
        (Kind::Text | Kind::Formatted(_), Tree::Text(text) | Tree::Lexical(text)) => {
            Some(View::Text(Cow::Borrowed(text)))
        }
        (Kind::Integer(..), Tree::Integer(value)) => Some(View::Integer(*value)),
        (Kind::Integer(..), Tree::Lexical(text)) if is_number(text) => text.parse().ok().map(View::Integer),
        // Too large to be told from a fraction, but a whole number.
        (Kind::Integer(..), Tree::Number(value)) if value.abs() >= i64::MAX as f64 => {
            Some(View::Integer(*value as i128))
        }
        (Kind::Number, Tree::Number(value)) => Some(View::Number(*value)),
        (Kind::Number, Tree::Integer(value)) => Some(View::Number(*value as f64)),
        (Kind::Number, Tree::Lexical(text)) if is_number(text) => {
            text.parse().ok().filter(|number: &f64| number.is_finite()).map(View::Number)
        }
        (Kind::Boolean, Tree::Boolean(_)) => Some(View::Other),
        (Kind::Boolean, Tree::Lexical(text)) => matches!(&**text, "true" | "false").then_some(View::Other),
        // `char` and `()` are of this kind, without names to compare with.
        (Kind::Choice, Tree::Text(text) | Tree::Lexical(text)) => (text.chars().count() == 1).then_some(View::Other),
        (Kind::Choice, Tree::Null) => Some(View::Other),
        _ => None,
    }
}

fn fits(view: &View<'_>, kind: Kind) -> bool {
    match (view, kind) {
        (View::Integer(value), Kind::Integer(lowest, highest)) => lowest <= *value && *value <= highest,
        _ => true,
    }
}

pub(super) fn tuple(items: &[Tree<'_>], fields: &'static [Field], path: &Path<'_>, report: &mut Report) {
    for (index, (field, tree)) in fields.iter().zip(items).enumerate() {
        value(tree, field.shape(), &[field.rules()], &path.index(index), report);
    }
    count_positions(items.len(), fields.len() as u64, path, report);
}

fn list(items: &[Tree<'_>], item: fn() -> Shape, rules: RuleList<'_>, path: &Path<'_>, report: &mut Report) {
    constrain(View::Count(items.len() as u64), rules, path, report);
    let inner = inner_rules(rules, Rules::on_items);
    for (index, tree) in items.iter().enumerate() {
        value(tree, item(), &inner, &path.index(index), report);
    }
}

/// Reports the first position that is missing or too many, where a type says how many there are.
fn count_positions(found: usize, count: u64, path: &Path<'_>, report: &mut Report) {
    if (found as u64) < count {
        report.refuse_value(&path.index(found), &Standing::Missing, false);
    }
    if count < found as u64 {
        let first = usize::try_from(count).unwrap_or(usize::MAX);
        report.refuse_value(&path.index(first), &Standing::Unknown, false);
    }
}

pub(super) fn map(
    members: &[(Cow<'_, str>, Tree<'_>)],
    of_key: fn() -> Shape,
    of_value: fn() -> Shape,
    rules: RuleList<'_>,
    path: &Path<'_>,
    report: &mut Report,
) {
    constrain(View::Count(members.len() as u64), rules, path, report);
    let key_rules = inner_rules(rules, Rules::on_keys);
    let value_rules = inner_rules(rules, Rules::on_values);
    let duplicates = duplicates(members);
    for ((name, tree), twice) in members.iter().zip(duplicates) {
        let place = path.key(name);
        if twice {
            report.refuse_value(&place, &Standing::Duplicate, false);
        }
        // A key is a text, whatever it stands for.
        value(&Tree::Lexical(Cow::Borrowed(name)), of_key(), &key_rules, &place, report);
        value(tree, of_value(), &value_rules, &place, report);
    }
}

/// `tag` is a member that says which variant the object is, where one does.
pub(super) fn object(
    members: &[(Cow<'_, str>, Tree<'_>)],
    tag: Option<&str>,
    fields: &'static [Field],
    unknown: Unknown,
    path: &Path<'_>,
    report: &mut Report,
) {
    for field in fields {
        if field.is_flattened() {
            flattened::explain(members, tag, field, fields, path, report);
            continue;
        }
        let place = path.field(field.name());
        let mut found = members.iter().filter(|(name, _)| field.answers_to(name));
        match found.next() {
            Some((_, Tree::Null)) if is_required(field, &place, report) => {}
            Some((_, tree)) => value(tree, field.shape(), &[field.rules()], &place, report),
            None => match field.presence() {
                Presence::Required => report.refuse_value(&place, &Standing::Missing, false),
                Presence::Optional => {
                    is_required(field, &place, report);
                }
            },
        }
        if found.next().is_some() {
            report.refuse_value(&place, &Standing::Duplicate, false);
        }
    }
    if unknown == Unknown::Refused {
        for (name, _) in members {
            if tag != Some(name) && !flattened::knows(fields, name) {
                report.refuse_value(&path.key(name), &Standing::Unknown, false);
            }
        }
    }
}

/// Whether a rule requires the field that is absent, which is reported.
fn is_required(field: &Field, path: &Path<'_>, report: &mut Report) -> bool {
    let requires =
        |rule: &&RuleRef| rule.facets().into_iter().any(|facet| matches!(facet, Facet::Between(Relation::Required)));
    let found = field.rules().own().iter().find(|rule| requires(rule) && report.holds(rule, path));
    if let Some(rule) = found {
        report.refuse_value(path, rule.rule(), is_sensitive(&[field.rules()]));
    }
    found.is_some()
}

/// Whether a name is there twice.
pub(super) fn has_duplicates(members: &[(Cow<'_, str>, Tree<'_>)]) -> bool {
    1 < members.len() && duplicates(members).contains(&true)
}

/// For each member, whether one before it has the same name.
pub(super) fn duplicates(members: &[(Cow<'_, str>, Tree<'_>)]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    let name = |at: &usize| members.get(*at).map(|(name, _)| name);
    order.sort_by(|left, right| name(left).cmp(&name(right)).then(left.cmp(right)));
    let mut twice = vec![false; members.len()];
    for pair in order.windows(2) {
        if let [before, after] = pair
            && name(before) == name(after)
            && let Some(mark) = twice.get_mut(*after)
        {
            *mark = true;
        }
    }
    twice
}

fn inner_rules(rules: RuleList<'_>, part: fn(&Rules) -> Option<&'static Rules>) -> Vec<&'static Rules> {
    rules.iter().filter_map(|rules| part(rules)).collect()
}

/// Cleans and checks in the order the rules were written.
fn constrain(mut view: View<'_>, rules: RuleList<'_>, path: &Path<'_>, report: &mut Report) {
    let own = || rules.iter().rev().flat_map(|rules| rules.own());
    for rule in own() {
        rule.rule().clean_view(&mut view);
    }
    for rule in own() {
        if report.holds(rule, path) && !rule.rule().check_view_in(&view, report.surroundings()) {
            report.refuse_value(path, rule.rule(), is_sensitive(rules));
        }
    }
}

pub(super) fn refuse(report: &mut Report, path: &Path<'_>, standing: &'static Standing, rules: RuleList<'_>) {
    report.refuse_value(path, standing, is_sensitive(rules));
}

fn is_sensitive(rules: RuleList<'_>) -> bool {
    rules.iter().any(|rules| rules.own().iter().any(|rule| rule.rule().is_sensitive()))
}

#[cfg(test)]
mod tests;
