//! `Cursor`: where the next page begins, as a text that only this service can have written.

use std::{any::Any, borrow::Cow, fmt};

use base64_simd::URL_SAFE_NO_PAD;
use http::StatusCode;
use ring::hmac;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroize;

use super::{Argument, Extract, object::AnyState};
use crate::{
    auth::{Caller, Secret},
    gate::Request,
    policy::{Form, Kind},
    problem::Problem,
    value::Value,
};

/// Where a page begins: the `next` of the page before. [`Cursors`] make it and open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Cursor(String);

/// The characters of a cursor, at most: [`TAG`] and [`LONGEST`] bytes in base64.
const CHARACTERS: usize = (TAG + LONGEST).div_ceil(3) * 4;

const FORM: Form = Form::new("cursor", "a cursor", CHARACTERS as u64, is_cursor);

fn is_cursor(text: &str) -> bool {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=CHARACTERS).contains(&text.len()) && text.bytes().all(is_base64)
}

impl TryFrom<String> for Cursor {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        if is_cursor(&text) { Ok(Self(text)) } else { Err("no cursor") }
    }
}

impl Value for Cursor {
    const KIND: Kind = Kind::Formatted(&FORM);
}

impl JsonSchema for Cursor {
    fn schema_name() -> Cow<'static, str> {
        "Cursor".into()
    }

    fn schema_id() -> Cow<'static, str> {
        "palisade::input::Cursor".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Where a page begins: the `next` of the page before.",
            "pattern": "^[A-Za-z0-9_\\-]+$",
            "maxLength": CHARACTERS,
        })
    }
}

impl Cursor {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The bytes of a position, at most.
const LONGEST: usize = 512;
const TAG: usize = 32;

/// Makes cursors and opens them: an argument of a handler.
///
/// A [`Cursor`] is a property of a query: a client gives back what an answer gave it. It is authenticated (HMAC-SHA-256) for
/// one endpoint and one caller, so that no client makes up a position, and none uses that of another. The key is the gate's:
/// its own, new at each start, or one that several processes share
/// ([`GateBuilder::cursor_key`](crate::gate::GateBuilder::cursor_key)). The position is not hidden: put nothing into it that
/// the caller may not know.
///
/// ```
/// use palisade::{input::{Cursor, Cursors}, prelude::*, respond::Page};
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct From { after: Option<Cursor> }
///
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Note { id: u64 }
///
/// #[secure(get = "/notes", auth = "oauth2", rate = "60/min per caller")]
/// async fn notes(cursors: Cursors, Query(from): Query<From>) -> Result<Page<Note>, Problem> {
///     let after: Option<u64> = cursors.open(from.after.as_ref())?;
///     let first = after.map_or(1, |last| last + 1);
///     let notes = (first..first + 20).map(|id| Note { id }).collect();
///     Ok(Page::of(notes).next("after", cursors.seal(&(first + 19))?))
/// }
/// ```
#[derive(Clone)]
pub struct Cursors {
    key: hmac::Key,
    /// What a cursor is for: the endpoint, and who asks.
    purpose: Vec<u8>,
}

impl Cursors {
    /// Cursors under a key of your own, for nobody in particular: for tests of a handler.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "the key is taken, so that it is wiped on return")]
    pub fn keyed<K: AsRef<[u8]> + Zeroize>(key: Secret<K>) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, key.expose().as_ref()), purpose: Vec::new() }
    }

    /// Cursors for one endpoint and one caller.
    fn of(key: &hmac::Key, endpoint: &str, caller: Option<&Caller>) -> Self {
        let (issuer, subject) = caller.map_or(("", ""), Caller::principal);
        let mut purpose = Vec::with_capacity(64);
        for part in [endpoint, issuer, subject] {
            // The length in front keeps parts apart.
            purpose.extend_from_slice(&(part.len() as u64).to_be_bytes());
            purpose.extend_from_slice(part.as_bytes());
        }
        Self { key: key.clone(), purpose }
    }

    /// The cursor of a position, such as the sort key of the last item that was shown.
    ///
    /// # Errors
    /// 500, when the position is longer than 512 bytes as JSON, or cannot be said in it.
    pub fn seal<P: Serialize>(&self, position: &P) -> Result<Cursor, Problem> {
        let position = serde_json::to_vec(position).ok().filter(|position| position.len() <= LONGEST);
        let Some(position) = position else {
            tracing::error!(target: "palisade::input", "a position is longer than a cursor, or is no JSON");
            return Err(Problem::internal());
        };
        let mut sealed = hmac::sign(&self.key, &self.message(&position)).as_ref().to_vec();
        sealed.extend_from_slice(&position);
        Ok(Cursor(URL_SAFE_NO_PAD.encode_to_string(sealed)))
    }

    /// The position of a cursor; none where there is no cursor, at the first page.
    ///
    /// # Errors
    /// 400, when the cursor was not made here, for this caller, with such a position.
    pub fn open<P: DeserializeOwned>(&self, cursor: Option<&Cursor>) -> Result<Option<P>, Problem> {
        match cursor {
            None => Ok(None),
            Some(cursor) => self.position(cursor).map(Some).ok_or_else(foreign),
        }
    }

    fn position<P: DeserializeOwned>(&self, cursor: &Cursor) -> Option<P> {
        let sealed = URL_SAFE_NO_PAD.decode_to_vec(&cursor.0).ok()?;
        let (tag, position) = sealed.split_at_checked(TAG)?;
        hmac::verify(&self.key, &self.message(position), tag).ok()?;
        serde_json::from_slice(position).ok()
    }

    fn message(&self, position: &[u8]) -> Vec<u8> {
        [&self.purpose, position].concat()
    }
}

impl fmt::Debug for Cursors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursors")
    }
}

impl<E> Argument<E> for Cursors {}

impl<S: AnyState, E> Extract<S, E> for Cursors {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        Some(Self::of(request.cursor_key(), request.endpoint().id(), request.caller()))
    }
}

fn foreign() -> Problem {
    Problem::fixed(
        StatusCode::BAD_REQUEST,
        "urn:palisade:problem:cursor",
        "the cursor is none that this operation gave you: begin with the first page",
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cursors() -> Cursors {
        Cursors::keyed(Secret::new(vec![7; 32]))
    }

    #[test]
    fn a_cursor_is_good_where_it_was_made() {
        let here = Cursors::of(&cursors().key, "notes", None);
        let sealed = here.seal(&(7_u64, "a")).unwrap();
        let open = |cursors: &Cursors| cursors.open::<(u64, String)>(Some(&sealed)).map_err(|problem| problem.status());
        assert_eq!(open(&here), Ok(Some((7, "a".to_owned()))));
        assert_eq!(here.open::<u8>(None).ok(), Some(None));
        let elsewhere = [
            cursors(),
            Cursors::of(&cursors().key, "note", None),
            Cursors::of(&Cursors::keyed(Secret::new(vec![8; 32])).key, "notes", None),
        ];
        for other in &elsewhere {
            assert_eq!(open(other), Err(StatusCode::BAD_REQUEST));
        }
        // Made here, for something else.
        assert!(here.open::<u8>(Some(&sealed)).is_err());
        assert_eq!(here.seal(&"a".repeat(LONGEST)).unwrap_err().status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    proptest! {
        #[test]
        fn every_cursor_fits_and_none_is_made_up(position in "\\PC{0,100}", at in any::<prop::sample::Index>(), text in "[A-Za-z0-9_-]{0,60}") {
            let sealed = cursors().seal(&position).unwrap();
            prop_assert!(is_cursor(&sealed.0));
            prop_assert_eq!(cursors().open(Some(&sealed)).unwrap(), Some(position));
            let mut changed = sealed.0.clone().into_bytes();
            let at = at.index(changed.len());
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            for forged in [String::from_utf8(changed).unwrap(), text, sealed.0[1..].to_owned()] {
                prop_assert!(cursors().open::<String>(Some(&Cursor(forged))).is_err());
            }
        }
    }
}
