//! Whether an access expression makes sense: somebody can satisfy it, and not everybody does.
//!
//! An endpoint's demands and those of its API's defaults are tried together, for every combination of what they mention
//! that can occur: a role comes with what it implies, and a login that is fresh for five minutes is fresh for fifteen.
//! An expression that mentions more than [`LIMIT`] things is refused.

use super::{Access, Api, CallerKind, CallerKinds, Control, Endpoint};
use crate::policy::{Catalogue, Message, catalogue::same};

/// 2^12 combinations take a second at most; no policy that people can read mentions more.
const LIMIT: usize = 12;

/// The distinct things an expression mentions.
struct Mentioned {
    things: [Option<Access>; LIMIT],
    count: usize,
    overflow: bool,
}

#[track_caller]
pub(super) const fn assert_sense(api: &Api, endpoint: &Endpoint) {
    let (defaults, own) = (api.default_controls(), endpoint.own_controls());
    let none = Mentioned { things: [None; LIMIT], count: 0, overflow: false };
    let mentioned = mention_all(mention_all(none, defaults), own);
    let demanded = demands(defaults) || demands(own);
    if !demanded {
        return;
    }
    if mentioned.overflow {
        Message::new("the access of ")
            .quoted(endpoint.id())
            .text(" mentions more than 12 things, too many to be checked: move some into a predicate of your own")
            .panic();
    }
    let mut someone = false;
    let mut everyone = true;
    let mut combination = 0;
    while combination < 1 << mentioned.count {
        if occurs(api, &mentioned, combination) {
            if holds_all(defaults, &mentioned, combination) && holds_all(own, &mentioned, combination) {
                someone = true;
            } else {
                everyone = false;
            }
        }
        combination += 1;
    }
    if !someone {
        Message::new("nobody can satisfy the access of ")
            .quoted(endpoint.id())
            .text(": its demands exclude each other, roles that imply others included; remove one")
            .panic();
    }
    if everyone {
        Message::new("every caller satisfies the access of ")
            .quoted(endpoint.id())
            .text(": say `auth = \"..\"` if any caller will do, or mend the expression")
            .panic();
    }
}

const fn demands(controls: &[Control]) -> bool {
    let mut at = 0;
    while at < controls.len() {
        if controls[at].as_access().is_some() {
            return true;
        }
        at += 1;
    }
    false
}

const fn mention_all(mut mentioned: Mentioned, controls: &[Control]) -> Mentioned {
    let mut at = 0;
    while at < controls.len() {
        if let Some(access) = controls[at].as_access() {
            mentioned = mention(mentioned, access);
        }
        at += 1;
    }
    mentioned
}

const fn mention(mut mentioned: Mentioned, access: &Access) -> Mentioned {
    match access {
        Access::Scope(_)
        | Access::Role(_)
        | Access::Kinds(_)
        | Access::Fresh(_)
        | Access::Acr(_)
        | Access::Mfa
        | Access::SenderConstrained
        | Access::Predicate(_)
        | Access::Owner => {
            if position(&mentioned, access).is_none() {
                if mentioned.count == LIMIT {
                    mentioned.overflow = true;
                } else {
                    mentioned.things[mentioned.count] = Some(*access);
                    mentioned.count += 1;
                }
            }
            mentioned
        }
        Access::All(parts) | Access::Any(parts) => {
            let mut at = 0;
            while at < parts.len() {
                mentioned = mention(mentioned, &parts[at]);
                at += 1;
            }
            mentioned
        }
        Access::Not(part) => mention(mentioned, part),
    }
}

const fn position(mentioned: &Mentioned, wanted: &Access) -> Option<usize> {
    let mut at = 0;
    while at < mentioned.count {
        if let Some(thing) = mentioned.things[at] {
            let found = match (thing, *wanted) {
                (Access::Scope(left), Access::Scope(right)) | (Access::Role(left), Access::Role(right)) => {
                    left.index() == right.index()
                }
                (Access::Kinds(left), Access::Kinds(right)) => left.covers(right) && right.covers(left),
                (Access::Fresh(left), Access::Fresh(right)) => left.seconds() == right.seconds(),
                (Access::Acr(left), Access::Acr(right)) => same(left.value(), right.value()),
                (Access::Predicate(left), Access::Predicate(right)) => same(left.name(), right.name()),
                (Access::Mfa, Access::Mfa)
                | (Access::SenderConstrained, Access::SenderConstrained)
                | (Access::Owner, Access::Owner) => true,
                _ => false,
            };
            if found {
                return Some(at);
            }
        }
        at += 1;
    }
    None
}

/// Whether the combination can occur: some kind of caller fits it, and whatever is there brings along what it implies.
const fn occurs(api: &Api, mentioned: &Mentioned, combination: u32) -> bool {
    if kinds(mentioned, combination).is_empty() {
        return false;
    }
    let mut cause = 0;
    while cause < mentioned.count {
        let mut effect = 0;
        while effect < mentioned.count {
            let there = combination & (1 << cause) != 0;
            let absent = combination & (1 << effect) == 0;
            if there
                && absent
                && let (Some(cause), Some(effect)) = (mentioned.things[cause], mentioned.things[effect])
                && implies(api, cause, effect)
            {
                return false;
            }
            effect += 1;
        }
        cause += 1;
    }
    true
}

/// The kinds of callers whom the combination leaves.
const fn kinds(mentioned: &Mentioned, combination: u32) -> CallerKinds {
    let mut left = CallerKinds::ALL;
    let mut at = 0;
    while at < mentioned.count {
        let there = combination & (1 << at) != 0;
        match mentioned.things[at] {
            Some(Access::Kinds(kinds)) => {
                left = left.intersection(if there { kinds } else { kinds.complement() });
            }
            // Whoever holds a key or a certificate has not logged in.
            Some(Access::Fresh(_)) if there => {
                left = left.intersection(CallerKinds::USERS.with(CallerKind::Client));
            }
            Some(_) | None => {}
        }
        at += 1;
    }
    left
}

const fn implies(api: &Api, cause: Access, effect: Access) -> bool {
    match (cause, effect) {
        (Access::Role(cause), Access::Role(effect)) => granted(api.role_catalogue(), cause.index(), effect.index()),
        (Access::Scope(cause), Access::Scope(effect)) => granted(api.scope_catalogue(), cause.index(), effect.index()),
        (Access::Fresh(cause), Access::Fresh(effect)) => cause.seconds() <= effect.seconds(),
        (Access::Kinds(cause), Access::Kinds(effect)) => effect.covers(cause),
        _ => false,
    }
}

const fn granted(catalogue: Option<&Catalogue>, cause: usize, effect: usize) -> bool {
    match catalogue {
        Some(catalogue) => catalogue.closure(cause).contains(effect),
        None => false,
    }
}

const fn holds_all(controls: &[Control], mentioned: &Mentioned, combination: u32) -> bool {
    let mut at = 0;
    while at < controls.len() {
        if let Some(access) = controls[at].as_access()
            && !holds(access, mentioned, combination)
        {
            return false;
        }
        at += 1;
    }
    true
}

const fn holds(access: &Access, mentioned: &Mentioned, combination: u32) -> bool {
    match access {
        Access::Scope(_)
        | Access::Role(_)
        | Access::Kinds(_)
        | Access::Fresh(_)
        | Access::Acr(_)
        | Access::Mfa
        | Access::SenderConstrained
        | Access::Predicate(_)
        | Access::Owner => match position(mentioned, access) {
            Some(at) => combination & (1 << at) != 0,
            None => false,
        },
        Access::All(parts) => {
            let mut at = 0;
            while at < parts.len() {
                if !holds(&parts[at], mentioned, combination) {
                    return false;
                }
                at += 1;
            }
            true
        }
        Access::Any(parts) => {
            let mut at = 0;
            while at < parts.len() {
                if holds(&parts[at], mentioned, combination) {
                    return true;
                }
                at += 1;
            }
            false
        }
        Access::Not(part) => !holds(part, mentioned, combination),
    }
}
