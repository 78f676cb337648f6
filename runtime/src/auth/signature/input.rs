//! What a request says about its signatures: `Signature-Input` and `Signature` (RFC 9421, section 4).

use std::collections::HashSet;

use http::{HeaderMap, HeaderName};
use sfv::{KeyRef, ListSerializer};

use super::{
    SignatureError,
    component::{Component, Part, Seen},
};
use crate::auth::structured::{self, Bare, Caps, Item, Member, Parameters, Unsound};

/// The field that says what is signed and how (RFC 9421, section 4.1).
///
/// ```
/// assert_eq!(palisade::auth::SIGNATURE_INPUT, "signature-input");
/// ```
pub const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");

/// The field that carries the signatures (RFC 9421, section 4.2).
///
/// ```
/// assert_eq!(palisade::auth::SIGNATURE, "signature");
/// ```
pub const SIGNATURE: HeaderName = HeaderName::from_static("signature");

/// A signature, with its input.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) components: Vec<Component>,
    pub(super) created: u64,
    pub(super) expires: Option<u64>,
    pub(super) nonce: Option<String>,
    pub(super) algorithm: Option<String>,
    pub(super) keyid: String,
    pub(super) signature: Vec<u8>,
    /// The inner list, serialized anew: the last line of the base.
    signature_params: String,
}

/// 16 signatures of at most 64 components.
const CAPS: Caps = Caps { bytes: 8_192, members: 16, items: 64 };

/// The longest text in a parameter.
const LONGEST: usize = 256;

/// As many may be components for which a whole query or field is taken apart: who knows the name of a key could have a long
/// one taken apart again and again, without a signature that is good.
const MOST_SEARCHED: usize = 8;

impl Input {
    /// The one signature of a request that is meant for us.
    pub(super) fn of(headers: &HeaderMap, tag: Option<&str>) -> Result<Self, SignatureError> {
        let inputs = structured::line(headers, &SIGNATURE_INPUT, CAPS.bytes)?;
        let signatures = structured::line(headers, &SIGNATURE, CAPS.bytes)?;
        let (inputs, signatures) = match (inputs, signatures) {
            (None, None) => return Err(SignatureError::Missing),
            (Some(inputs), Some(signatures)) => (inputs, signatures),
            (Some(_), None) | (None, Some(_)) => return Err(SignatureError::UnmatchedLabel),
        };
        let inputs = structured::dictionary(&inputs, CAPS)?;
        let mut signatures = structured::dictionary(&signatures, CAPS)?;
        let known = |label: &KeyRef| signatures.iter().any(|(other, _)| *other == label);
        if inputs.len() != signatures.len() || !inputs.iter().all(|(label, _)| known(label)) {
            return Err(SignatureError::UnmatchedLabel);
        }
        let (label, items, parameters) = meant(inputs, tag)?;
        let at = signatures.iter().position(|(other, _)| *other == label).ok_or(SignatureError::UnmatchedLabel)?;
        let signature = match signatures.swap_remove(at).1 {
            Member::Item(Item { value: Bare::ByteSequence(bytes), parameters }) if parameters.is_empty() => bytes,
            Member::Item(_) | Member::InnerList(..) => return Err(SignatureError::Malformed),
        };
        Self::read(&items, &parameters, signature)
    }

    fn read(items: &[Item<'_>], parameters: &Parameters<'_>, signature: Vec<u8>) -> Result<Self, SignatureError> {
        let mut covered = HashSet::with_capacity(items.len());
        let mut components = Vec::with_capacity(items.len());
        for item in items {
            let component = Component::read(item)?;
            if !covered.insert(component.part.clone()) {
                return Err(SignatureError::DuplicateComponent);
            }
            components.push(component);
        }
        if MOST_SEARCHED < components.iter().filter(|component| component.part.is_searched_for()).count() {
            return Err(SignatureError::Malformed);
        }
        let (mut created, mut expires) = (None, None);
        let (mut nonce, mut algorithm, mut keyid) = (None, None, None);
        for (name, value) in parameters {
            match name.as_str() {
                "created" => created = Some(time(value)?),
                "expires" => expires = Some(time(value)?),
                "nonce" => nonce = Some(text(value)?),
                "alg" => algorithm = Some(text(value)?),
                "keyid" => keyid = Some(text(value)?),
                // It was compared when the signature was chosen.
                "tag" => {}
                _ => return Err(SignatureError::WrongParameter),
            }
        }
        Ok(Self {
            components,
            created: created.ok_or(SignatureError::MissingParameter)?,
            expires,
            nonce,
            algorithm,
            keyid: keyid.ok_or(SignatureError::MissingParameter)?,
            signature,
            signature_params: serialize(items, parameters),
        })
    }

    /// Whether a signature over these components is one over all of `wanted`.
    pub(super) fn covers(&self, wanted: &Part) -> bool {
        self.components.iter().any(|component| component.part.covers(wanted))
    }

    /// What is signed.
    pub(super) fn base(&self, seen: Seen<'_>) -> Result<Vec<u8>, SignatureError> {
        base(&self.components, &self.signature_params, seen)
    }
}

/// The signature base (RFC 9421, section 2.5): a line for each component, and one for the parameters.
pub(super) fn base(
    components: &[Component],
    signature_params: &str,
    seen: Seen<'_>,
) -> Result<Vec<u8>, SignatureError> {
    let mut base = Vec::with_capacity(512);
    for component in components {
        base.extend_from_slice(component.identifier.as_bytes());
        base.extend_from_slice(b": ");
        component.part.write(seen, &mut base)?;
        base.push(b'\n');
    }
    base.extend_from_slice(b"\"@signature-params\": ");
    base.extend_from_slice(signature_params.as_bytes());
    // A base is ASCII: what is not can be signed as bytes (`;bs`).
    if base.is_ascii() { Ok(base) } else { Err(SignatureError::AbsentComponent) }
}

type Meant<'f> = (&'f KeyRef, Vec<Item<'f>>, Parameters<'f>);

/// The one input that is meant for us: by its tag, or by being the only one.
fn meant<'f>(inputs: Vec<(&'f KeyRef, Member<'f>)>, tag: Option<&str>) -> Result<Meant<'f>, SignatureError> {
    let mut meant = None;
    for (label, member) in inputs {
        let Member::InnerList(items, parameters) = member else { return Err(SignatureError::Malformed) };
        if tag.is_some() && tag_of(&parameters)? != tag {
            continue;
        }
        if meant.is_some() {
            return Err(SignatureError::Ambiguous);
        }
        // Whoever signs for another application, with the same key, signs nothing for us.
        if tag.is_none() && tag_of(&parameters)?.is_some() {
            return Err(SignatureError::WrongTag);
        }
        meant = Some((label, items, parameters));
    }
    meant.ok_or(if tag.is_some() { SignatureError::WrongTag } else { SignatureError::Missing })
}

fn tag_of<'p>(parameters: &'p Parameters<'_>) -> Result<Option<&'p str>, SignatureError> {
    match parameters.iter().find(|(name, _)| name.as_str() == "tag") {
        None => Ok(None),
        Some((_, Bare::String(tag))) => Ok(Some(tag.as_str())),
        Some(_) => Err(SignatureError::WrongParameter),
    }
}

/// A time in seconds since 1970: an integer, and none before that.
fn time(value: &Bare<'_>) -> Result<u64, SignatureError> {
    let seconds = value.as_integer().ok_or(SignatureError::WrongParameter)?;
    u64::try_from(i64::from(seconds)).map_err(|_| SignatureError::WrongParameter)
}

fn text(value: &Bare<'_>) -> Result<String, SignatureError> {
    match value {
        Bare::String(text) if text.as_str().len() <= LONGEST => Ok(text.as_str().to_owned()),
        _ => Err(SignatureError::WrongParameter),
    }
}

/// A list of components with its parameters, as the last line of a base has it.
fn serialize(items: &[Item<'_>], parameters: &Parameters<'_>) -> String {
    let mut alone = ListSerializer::new();
    let mut list = alone.inner_list();
    for item in items {
        let mut written = list.bare_item(&item.value);
        for (name, value) in &item.parameters {
            written = written.parameter(name, value);
        }
    }
    let mut written = list.finish();
    for (name, value) in parameters {
        written = written.parameter(name, value);
    }
    alone.finish().unwrap_or_default()
}

impl From<Unsound> for SignatureError {
    fn from(_: Unsound) -> Self {
        Self::Malformed
    }
}
