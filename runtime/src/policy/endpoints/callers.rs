//! Whether the caller that a handler takes is one whom the policy lets in.

use super::{Access, Api, CallerKind, CallerKinds, Control, Endpoint, SchemeKind};
use crate::policy::{Message, catalogue::same};

/// The handler takes everybody whom the policy may let in, and somebody whom it lets in.
#[track_caller]
pub(super) const fn assert_fit(api: &Api, endpoint: &Endpoint) {
    let (takes, admitted) = (endpoint.callers_taken(), admitted(api, endpoint));
    if admitted.is_empty() {
        Message::new("nobody can call ")
            .quoted(endpoint.id())
            .text(": its schemes bring ")
            .text(brought(api, endpoint).words())
            .text(", and its access turns them away: accept another scheme with `auth`, or mend the access")
            .panic();
    }
    if takes.covers(admitted) {
        return;
    }
    let message = Message::new("")
        .quoted(endpoint.id())
        .text(" takes ")
        .text(takes.words())
        .text(" as its caller, and ")
        .text(admitted.intersection(takes.complement()).words());
    if takes.intersection(admitted).is_empty() {
        message.text(" alone may call it: take them, or accept another scheme with `auth`").panic();
    }
    message
        .text(" may call it too: demand `user` or `machine`, say which scheme with `auth`, or take an enum that derives `Callers`, or `Caller`")
        .panic()
}

/// Whether the access expressions may let in somebody whom a scheme brings.
pub(super) const fn may_let_in(api: &Api, endpoint: &Endpoint, scheme: SchemeKind) -> bool {
    !of(scheme).intersection(let_in(api, endpoint)).is_empty()
}

/// The kinds that some scheme can bring and the access expressions do not turn away.
const fn admitted(api: &Api, endpoint: &Endpoint) -> CallerKinds {
    brought(api, endpoint).intersection(let_in(api, endpoint))
}

/// The kinds that the access expressions do not turn away.
const fn let_in(api: &Api, endpoint: &Endpoint) -> CallerKinds {
    all_of(api.default_controls()).intersection(all_of(endpoint.own_controls()))
}

/// By the ways of the endpoint, else of the defaults, else by any scheme. The first scheme of a way says who the caller is.
const fn brought(api: &Api, endpoint: &Endpoint) -> CallerKinds {
    let own = by_requirements(api, endpoint.own_controls());
    if !own.is_empty() {
        return own;
    }
    let defaults = by_requirements(api, api.default_controls());
    if !defaults.is_empty() {
        return defaults;
    }
    // Where nothing but a signature is demanded, whoever signs is the caller.
    let signers = by_signatures(api, endpoint.own_controls());
    if !signers.is_empty() {
        return signers;
    }
    let schemes = api.declared_schemes();
    let mut kinds = CallerKinds::NONE;
    let mut at = 0;
    while at < schemes.len() {
        kinds = kinds.union(of(schemes[at].kind()));
        at += 1;
    }
    kinds
}

const fn by_requirements(api: &Api, controls: &[Control]) -> CallerKinds {
    let mut kinds = CallerKinds::NONE;
    let mut at = 0;
    while at < controls.len() {
        if let Some(requirement) = controls[at].as_requirement() {
            kinds = kinds.union(by_name(api, requirement.names()[0]));
        }
        at += 1;
    }
    kinds
}

const fn by_signatures(api: &Api, controls: &[Control]) -> CallerKinds {
    let mut kinds = CallerKinds::NONE;
    let mut at = 0;
    while at < controls.len() {
        if let Some(signed) = controls[at].as_signed() {
            kinds = kinds.union(by_name(api, signed.scheme()));
        }
        at += 1;
    }
    kinds
}

const fn by_name(api: &Api, name: &str) -> CallerKinds {
    let schemes = api.declared_schemes();
    let mut at = 0;
    while at < schemes.len() {
        if same(schemes[at].name(), name) {
            return of(schemes[at].kind());
        }
        at += 1;
    }
    CallerKinds::NONE
}

const fn of(scheme: SchemeKind) -> CallerKinds {
    match scheme {
        SchemeKind::OAuth2 => CallerKinds::USERS.with(CallerKind::Client),
        SchemeKind::ApiKey { .. } => CallerKinds::NONE.with(CallerKind::ApiKey),
        SchemeKind::MutualTls => CallerKinds::NONE.with(CallerKind::Certificate),
        SchemeKind::Signature => CallerKinds::NONE.with(CallerKind::Signature),
        SchemeKind::Webhook => CallerKinds::NONE.with(CallerKind::Webhook),
    }
}

/// Whom the access expressions may let in, all together.
const fn all_of(controls: &[Control]) -> CallerKinds {
    let mut kinds = CallerKinds::ALL;
    let mut at = 0;
    while at < controls.len() {
        if let Some(access) = controls[at].as_access() {
            kinds = kinds.intersection(by(access, Sign::Holds));
        }
        at += 1;
    }
    kinds
}

#[derive(Clone, Copy)]
enum Sign {
    Holds,
    Fails,
}

impl Sign {
    const fn opposite(self) -> Self {
        match self {
            Self::Holds => Self::Fails,
            Self::Fails => Self::Holds,
        }
    }
}

/// Whom an expression may let in, or its opposite.
const fn by(access: &Access, sign: Sign) -> CallerKinds {
    match (access, sign) {
        (Access::Kinds(kinds), Sign::Holds) => *kinds,
        (Access::Kinds(kinds), Sign::Fails) => kinds.complement(),
        // Only people log in.
        (Access::Fresh(_) | Access::Acr(_) | Access::Mfa, Sign::Holds) => CallerKinds::USERS.with(CallerKind::Client),
        // An API key is sent as it is.
        (Access::SenderConstrained, Sign::Holds) => CallerKinds::NONE.with(CallerKind::ApiKey).complement(),
        (Access::Scope(_) | Access::Role(_) | Access::Predicate(_) | Access::Owner, _)
        | (Access::Fresh(_) | Access::Acr(_) | Access::Mfa | Access::SenderConstrained, Sign::Fails) => {
            CallerKinds::ALL
        }
        (Access::All(parts), Sign::Holds) | (Access::Any(parts), Sign::Fails) => {
            let mut kinds = CallerKinds::ALL;
            let mut at = 0;
            while at < parts.len() {
                kinds = kinds.intersection(by(&parts[at], sign));
                at += 1;
            }
            kinds
        }
        (Access::Any(parts), Sign::Holds) | (Access::All(parts), Sign::Fails) => {
            let mut kinds = CallerKinds::NONE;
            let mut at = 0;
            while at < parts.len() {
                kinds = kinds.union(by(&parts[at], sign));
                at += 1;
            }
            kinds
        }
        (Access::Not(part), sign) => by(part, sign.opposite()),
    }
}
