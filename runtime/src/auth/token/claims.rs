//! Reads the claims that have a meaning here out of a payload. What they should be is not asked yet.

use std::borrow::Cow;

use super::{Claim, TokenError, confirmation, rules::Rules};
use crate::auth::jose::json::{self, Item, Texts};

/// What a payload says.
pub(super) struct Claims<'j> {
    pub(super) payload: &'j str,
    /// By the number of the claim.
    items: [Option<Item<'j>>; Claim::COUNT],
    pub(super) confirmation: confirmation::Reading,
    /// How many claims only other kinds of tokens have.
    pub(super) of_another_kind: u8,
    /// How many say that the token speaks for its client.
    pub(super) of_a_client: u8,
}

impl<'j> Claims<'j> {
    pub(super) fn read(payload: &'j str, rules: &Rules) -> Result<Self, TokenError> {
        let mut claims = Self {
            payload,
            items: [const { None }; Claim::COUNT],
            confirmation: confirmation::Reading::default(),
            of_another_kind: 0,
            of_a_client: 0,
        };
        json::read(payload, |outer, name, item| match outer {
            None => claims.say(name, item, rules),
            Some("cnf") => claims.confirmation.member(name, &item),
            Some(_) => (),
        })
        .map_err(|_| TokenError::BadClaims)?;
        Ok(claims)
    }

    pub(super) fn get(&self, claim: Claim) -> Option<&Item<'j>> {
        self.items.get(claim as usize).and_then(Option::as_ref)
    }

    /// A text that is not empty when it is there.
    pub(super) fn text(&self, claim: Claim) -> Result<Option<&Cow<'j, str>>, TokenError> {
        match self.get(claim) {
            None => Ok(None),
            Some(Item::Text(text)) if !text.is_empty() => Ok(Some(text)),
            Some(Item::Text(_) | Item::Texts(_) | Item::Number(_) | Item::Object | Item::Other) => {
                Err(TokenError::MalformedClaim(claim))
            }
        }
    }

    /// An array of texts.
    pub(super) fn texts(&self, claim: Claim) -> Result<Option<&Texts<'j>>, TokenError> {
        match self.get(claim) {
            None => Ok(None),
            Some(Item::Texts(texts)) => Ok(Some(texts)),
            Some(Item::Text(_) | Item::Number(_) | Item::Object | Item::Other) => {
                Err(TokenError::MalformedClaim(claim))
            }
        }
    }

    /// A `NumericDate`, which RFC 7519 lets have a fraction. Anything but a sensible number is refused, not skipped.
    pub(super) fn time(&self, claim: Claim) -> Result<Option<f64>, TokenError> {
        /// Beyond this a float no longer counts single seconds.
        const LAST: f64 = 9_007_199_254_740_992.0;
        match self.get(claim) {
            None => Ok(None),
            Some(Item::Number(seconds)) if (0.0..=LAST).contains(seconds) => Ok(Some(*seconds)),
            Some(Item::Text(_) | Item::Texts(_) | Item::Number(_) | Item::Object | Item::Other) => {
                Err(TokenError::MalformedClaim(claim))
            }
        }
    }

    fn say(&mut self, name: &str, item: Item<'j>, rules: &Rules) {
        // ID tokens and logout tokens come from the same issuer, signed by the same keys; where `typ` does not tell
        // them apart, their own claims must.
        self.of_another_kind += u8::from(matches!(name, "nonce" | "at_hash" | "c_hash" | "events"));
        let of_a_client = rules.client_claims.iter().any(|claim| claim.name == name && says(&item, &claim.value));
        self.of_a_client |= u8::from(of_a_client);

        // Names can be configured, and one claim can then have several meanings.
        for (called, claim) in [(&rules.scope_claim, Claim::Scope), (&rules.roles_claim, Claim::Roles)] {
            if called == name {
                self.put(claim, item.clone());
            }
        }
        if let Some(claim) = Claim::named(name) {
            self.put(claim, item);
        }
    }

    fn put(&mut self, claim: Claim, item: Item<'j>) {
        if let Some(place) = self.items.get_mut(claim as usize) {
            *place = Some(item);
        }
    }
}

fn says(item: &Item<'_>, value: &str) -> bool {
    match item {
        Item::Text(text) => text == value,
        Item::Texts(texts) => texts.iter().any(|text| text == value),
        Item::Number(_) | Item::Object | Item::Other => false,
    }
}
