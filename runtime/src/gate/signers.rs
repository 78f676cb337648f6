//! Who signs requests to the API: keys and secrets, by the name of the scheme that they are for.

use super::{GateBuilder, StartError};
use crate::{
    auth::{Signatures, Webhooks},
    input::BodyBounds,
    policy::{Api, Endpoint, Scheme, SchemeKind},
};

/// The keys and secrets of a gate.
#[derive(Debug)]
pub(super) struct Signers {
    signatures: Vec<(String, Signatures)>,
    webhooks: Vec<(String, Webhooks)>,
}

impl Signers {
    pub(super) const fn nobody() -> Self {
        Self { signatures: Vec::new(), webhooks: Vec::new() }
    }

    pub(super) fn with_signatures(mut self, name: String, signatures: Signatures) -> Self {
        let signatures = signatures.named(&name);
        self.signatures.push((name, signatures));
        self
    }

    pub(super) fn with_webhooks(mut self, name: String, webhooks: Webhooks) -> Self {
        let webhooks = webhooks.named(&name);
        self.webhooks.push((name, webhooks));
        self
    }

    pub(super) fn signatures(&self, scheme: &Scheme) -> Option<&Signatures> {
        self.signatures.iter().find(|(name, _)| name == scheme.name()).map(|(_, signatures)| signatures)
    }

    pub(super) fn webhooks(&self, scheme: &Scheme) -> Option<&Webhooks> {
        self.webhooks.iter().find(|(name, _)| name == scheme.name()).map(|(_, webhooks)| webhooks)
    }

    /// Whether every name belongs to a scheme of the API, once.
    fn check_names(&self, api: &Api) -> Result<(), StartError> {
        let signatures = self.signatures.iter().map(|(name, _)| (name, SchemeKind::Signature, "signature"));
        let webhooks = self.webhooks.iter().map(|(name, _)| (name, SchemeKind::Webhook, "webhook"));
        let mut before = Vec::new();
        for (name, kind, word) in signatures.chain(webhooks) {
            if !api.declared_schemes().iter().any(|scheme| scheme.name() == name && scheme.kind() == kind) {
                return Err(StartError::new(format!(
                    "the gate knows who signs as `{name}`, and the API has no `{word}(name = \"{name}\")`: use one name in both"
                )));
            }
            if before.contains(&name) {
                return Err(StartError::new(format!("the gate is told twice who signs as `{name}`: remove one")));
            }
            before.push(name);
        }
        Ok(())
    }
}

/// What signatures need of the gate as a whole.
pub(super) fn check(api: &Api, gate: &GateBuilder) -> Result<(), StartError> {
    gate.signers.check_names(api)?;
    if !gate.signers.signatures.is_empty() && gate.public_origin.is_none() {
        return Err(StartError::new(
            "the gate verifies signatures, which name the address of the API: add `.public_origin(\"https://..\")`",
        ));
    }
    Ok(())
}

/// What a signed endpoint needs: somebody who signs, and a body that is held at once.
pub(super) fn check_endpoint(api: &Api, endpoint: &'static Endpoint, gate: &GateBuilder) -> Result<(), StartError> {
    let mut signing = api.schemes_of(endpoint).filter(|scheme| signs(scheme)).peekable();
    if signing.peek().is_some() && BodyBounds::MOST < endpoint.body_bounds().bytes {
        let mend = "lower the limits of what it takes, or leave the signature out";
        let what = "is signed, and its body may exceed the 16 MiB that are held at once";
        return Err(StartError::of(endpoint, what, mend));
    }
    let mut webhooks = 0;
    for scheme in signing {
        let name = scheme.name();
        let known = match scheme.kind() {
            SchemeKind::Signature => gate.signers.signatures(scheme).is_some(),
            SchemeKind::Webhook => gate.signers.webhooks(scheme).is_some(),
            SchemeKind::OAuth2 | SchemeKind::ApiKey { .. } | SchemeKind::MutualTls => continue,
        };
        if !known {
            let what = format!("is signed by `{name}`, and the gate knows no key of that name");
            let mend = match scheme.kind() {
                SchemeKind::Webhook => {
                    format!("add `.webhooks(\"{name}\", Webhooks::secrets(..).replays(..))` to the gate")
                }
                SchemeKind::OAuth2 | SchemeKind::ApiKey { .. } | SchemeKind::MutualTls | SchemeKind::Signature => {
                    format!("add `.signatures(\"{name}\", Signatures::keys(..).replays(..))` to the gate")
                }
            };
            return Err(StartError::of(endpoint, &what, &mend));
        }
        webhooks += usize::from(scheme.kind() == SchemeKind::Webhook);
    }
    // Nothing in a webhook says whose it is before its body is read.
    if 1 < webhooks {
        let what = "accepts the webhooks of several senders, which cannot be told apart";
        return Err(StartError::of(
            endpoint,
            what,
            "give each sender an endpoint of its own, or one scheme with both secrets",
        ));
    }
    Ok(())
}

const fn signs(scheme: &Scheme) -> bool {
    match scheme.kind() {
        SchemeKind::Signature | SchemeKind::Webhook => true,
        SchemeKind::OAuth2 | SchemeKind::ApiKey { .. } | SchemeKind::MutualTls => false,
    }
}
