//! An access expression as alternatives: each a list of demands that hold together, any of which will do.

use crate::policy::{Access, CallerKinds};

/// More alternatives than this are not written out.
const MOST: usize = 64;

/// One demand of an alternative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Demand {
    pub(super) atom: Atom,
    pub(super) sign: Sign,
}

/// What a demand is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    Scope(&'static str),
    Role(&'static str),
    Kinds(CallerKinds),
    Fresh(u64),
    Acr(&'static str),
    Mfa,
    SenderConstrained,
    Predicate(&'static str),
}

/// Whether it must hold or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Holds,
    Fails,
}

/// Demands that hold together.
pub(super) type Alternative = Vec<Demand>;

/// Who satisfies all of `demands`: the disjunctive normal form, without alternatives that nobody or somebody else
/// satisfies anyway.
pub(super) fn alternatives<'a>(demands: impl Iterator<Item = &'a Access> + Clone) -> Vec<Alternative> {
    match product(demands.clone().map(|demand| expand(demand, Sign::Holds))) {
        Some(alternatives) => alternatives,
        // What every alternative needs: weaker than the expression, never stronger.
        None => vec![demands.flat_map(needed).fold(Vec::new(), with)],
    }
}

/// `None` when there are too many.
fn expand(access: &Access, sign: Sign) -> Option<Vec<Alternative>> {
    let one = |atom| Some(vec![vec![Demand { atom, sign }]]);
    match (access, sign) {
        (Access::Scope(grant), _) => one(Atom::Scope(grant.name())),
        (Access::Role(grant), _) => one(Atom::Role(grant.name())),
        (Access::Kinds(kinds), _) => one(Atom::Kinds(*kinds)),
        (Access::Fresh(fresh), _) => one(Atom::Fresh(fresh.seconds())),
        (Access::Acr(acr), _) => one(Atom::Acr(acr.value())),
        (Access::Mfa, _) => one(Atom::Mfa),
        (Access::SenderConstrained, _) => one(Atom::SenderConstrained),
        (Access::Predicate(predicate), _) => one(Atom::Predicate(predicate.name())),
        (Access::Owner, _) => one(Atom::Predicate("owner")),
        (Access::All(parts), Sign::Holds) | (Access::Any(parts), Sign::Fails) => {
            product(parts.iter().map(|part| expand(part, sign)))
        }
        (Access::Any(parts), Sign::Holds) | (Access::All(parts), Sign::Fails) => {
            sum(parts.iter().map(|part| expand(part, sign)))
        }
        (Access::Not(part), Sign::Holds) => expand(part, Sign::Fails),
        (Access::Not(part), Sign::Fails) => expand(part, Sign::Holds),
    }
}

fn product(parts: impl Iterator<Item = Option<Vec<Alternative>>>) -> Option<Vec<Alternative>> {
    let mut all = vec![Vec::new()];
    for part in parts {
        let part = part?;
        let joined = all
            .iter()
            .flat_map(|left: &Alternative| part.iter().map(|right| right.iter().copied().fold(left.clone(), with)));
        all = bounded(minimal(joined.filter(is_possible)))?;
    }
    Some(all)
}

fn sum(parts: impl Iterator<Item = Option<Vec<Alternative>>>) -> Option<Vec<Alternative>> {
    let parts: Vec<Vec<Alternative>> = parts.collect::<Option<_>>()?;
    bounded(minimal(parts.into_iter().flatten()))
}

fn bounded(alternatives: Vec<Alternative>) -> Option<Vec<Alternative>> {
    (alternatives.len() <= MOST).then_some(alternatives)
}

fn with(mut alternative: Alternative, demand: Demand) -> Alternative {
    if !alternative.contains(&demand) {
        alternative.push(demand);
    }
    alternative
}

fn is_possible(alternative: &Alternative) -> bool {
    !alternative.iter().any(|left| alternative.iter().any(|right| left.atom == right.atom && left.sign != right.sign))
}

/// Without alternatives that demand all that another demands.
fn minimal(alternatives: impl Iterator<Item = Alternative>) -> Vec<Alternative> {
    let covers = |weaker: &Alternative, stronger: &Alternative| weaker.iter().all(|demand| stronger.contains(demand));
    let mut kept: Vec<Alternative> = Vec::new();
    for alternative in alternatives {
        if !kept.iter().any(|other| covers(other, &alternative)) {
            kept.retain(|other| !covers(&alternative, other));
            kept.push(alternative);
        }
    }
    kept
}

/// What holds whichever way the expression is satisfied, as far as that can be seen without trying the ways.
fn needed(access: &Access) -> Vec<Demand> {
    match access {
        Access::All(parts) => parts.iter().flat_map(needed).collect(),
        Access::Any(parts) => {
            let mut each = parts.iter().map(needed);
            let first = each.next().unwrap_or_default();
            each.fold(first, |common, other| common.into_iter().filter(|demand| other.contains(demand)).collect())
        }
        Access::Not(_) => Vec::new(),
        Access::Scope(_)
        | Access::Role(_)
        | Access::Kinds(_)
        | Access::Fresh(_)
        | Access::Acr(_)
        | Access::Mfa
        | Access::SenderConstrained
        | Access::Predicate(_)
        | Access::Owner => expand(access, Sign::Holds).into_iter().flatten().flatten().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        openapi::examples::{FRESH, READ, SUPPORT, WEEKDAY, WRITE},
        policy::Freshness,
    };

    /// Alternatives joined by `|`, demands by `&`.
    fn check(demands: &'static [Access], expected: &str) {
        let word = |demand: &Demand| {
            let sign = if demand.sign == Sign::Fails { "!" } else { "" };
            match demand.atom {
                Atom::Scope(name) | Atom::Role(name) | Atom::Acr(name) | Atom::Predicate(name) => {
                    format!("{sign}{name}")
                }
                Atom::Kinds(kinds) => format!("{sign}{}", kinds.words()),
                Atom::Fresh(seconds) => format!("{sign}{seconds}s"),
                Atom::Mfa => format!("{sign}mfa"),
                Atom::SenderConstrained => format!("{sign}bound"),
            }
        };
        let alternatives = alternatives(demands.iter());
        let words = alternatives.iter().map(|alternative| alternative.iter().map(word).collect::<Vec<_>>().join("&"));
        assert_eq!(words.collect::<Vec<_>>().join("|"), expected, "{demands:?}");
    }

    #[test]
    fn an_expression_becomes_its_alternatives() {
        check(&[], "");
        check(&[READ], "read");
        check(&[READ, WRITE], "read&write");
        check(&[Access::Any(&[READ, WRITE])], "read|write");
        check(&[WRITE, Access::Any(&[SUPPORT, FRESH])], "write&support|write&900s");
        check(
            &[Access::Any(&[READ, WRITE]), Access::Any(&[SUPPORT, FRESH])],
            "read&support|read&900s|write&support|write&900s",
        );
        check(&[Access::All(&[READ, Access::Any(&[WRITE, WEEKDAY])])], "read&write|read&is_weekday");
    }

    #[test]
    fn negation_reaches_what_it_negates() {
        check(&[Access::Not(&READ)], "!read");
        check(&[Access::Not(&Access::Not(&READ))], "read");
        check(&[Access::Not(&Access::Any(&[READ, SUPPORT]))], "!read&!support");
        check(&[Access::Not(&Access::All(&[READ, SUPPORT]))], "!read|!support");
    }

    #[test]
    fn what_nobody_needs_is_left_out() {
        check(&[READ, READ], "read");
        check(&[Access::Any(&[READ, Access::All(&[READ, WRITE])])], "read");
        check(&[Access::Any(&[Access::All(&[READ, WRITE]), READ])], "read");
        check(&[Access::Any(&[READ, Access::All(&[WRITE, Access::Not(&WRITE)])])], "read");
    }

    #[test]
    fn too_many_alternatives_become_what_all_of_them_need() {
        let fresh = |seconds| Access::Fresh(Freshness::within(crate::policy::seconds(seconds)));
        let either = |number: u32| Access::Any(Box::leak(Box::new([fresh(2 * number), fresh(2 * number + 1)])));
        let demands: Vec<Access> = std::iter::once(READ).chain((1..=7).map(either)).collect();
        check(Vec::leak(demands), "read");
    }
}
