//! What one recipient may see of a value, as JSON.

use bytes::Bytes;
use serde::Serialize;

use super::{Recipient, conceal::Concealed, html_safe::to_bytes};
use crate::{
    problem::Problem,
    value::{Value, audience::concealed},
};

/// The value as JSON, without what the recipient may not see. A type that every caller sees whole costs nothing more.
pub(crate) fn shown<T: Value + Serialize>(value: &T, to: &Recipient<'_>) -> Result<Bytes, Problem> {
    if !T::REGARDS_CALLERS {
        return to_bytes(value).ok_or_else(Problem::internal);
    }
    // Where a demand cannot be decided, nothing leaves.
    let marks = concealed(value, &to.party()).ok_or_else(Problem::unavailable)?;
    if marks.is_empty() {
        return to_bytes(value).ok_or_else(Problem::internal);
    }
    // What was marked and not written under its name may have been written under another.
    match to_bytes(&Concealed::new(value, &marks)) {
        Some(json) if marks.all_met() => Ok(json),
        Some(_) | None => {
            tracing::error!(
                target: "palisade::respond",
                answer = std::any::type_name::<T>(),
                "serde does not write what not every caller sees where the declaration has it, so nothing is sent",
            );
            Err(Problem::internal())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::{
        access::{Decision, Known},
        auth::{Caller, StoredKey},
        policy::Mask,
        prelude::Secure,
        value::{Surroundings, decode::examined::entered, entrance::Entrance},
    };

    fn outage(_caller: &Caller) -> Decision {
        Decision::Indeterminate
    }

    #[derive(Serialize, Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    #[secure(input, output)]
    struct Asked {
        #[secure(owner)]
        owner: u32,
        #[secure(visible(allow = owner || outage), writable(allow = outage))]
        asked: Option<u32>,
    }

    fn caller(subject: &str) -> Caller {
        Caller::api_key(StoredKey::new("k", subject), Mask::EMPTY, Mask::EMPTY)
    }

    #[test]
    fn nothing_leaves_while_a_demand_cannot_be_decided() {
        let (owner, other) = (caller("7"), caller("8"));
        for (caller, expected) in
            [(Some(&owner), Ok(r#"{"owner":7,"asked":1}"#)), (Some(&other), Err(503)), (None, Ok(r#"{"owner":7}"#))]
        {
            let recipient = Recipient::new(caller, &http::Method::GET, Recipient::anybody().headers());
            let found = shown(&Asked { owner: 7, asked: Some(1) }, &recipient);
            let found = found
                .as_deref()
                .map(|json| std::str::from_utf8(json).unwrap())
                .map_err(|problem| problem.status().as_u16());
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn nothing_enters_while_a_demand_cannot_be_decided() {
        let caller = caller("7");
        let sender = Known::new(Some(&caller), None);
        let entered = |asked| entered(Asked { owner: 7, asked }, Entrance::of(Surroundings::NONE, &sender));
        assert!(entered(None).is_ok());
        assert!(entered(Some(1)).is_err_and(|report| report.is_undecided()));
    }
}
