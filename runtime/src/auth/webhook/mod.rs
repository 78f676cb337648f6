//! Verifies webhooks in the form of Standard Webhooks: who sent them, when, the body, and that each delivery comes once.

mod error;
mod message;
mod secrets;
mod sender;

use std::{fmt, sync::Arc, time::Duration};

use http::HeaderMap;

use self::message::Message;
use super::{Mark, Reloading, ReplayStore, Sighting};

pub use self::{
    error::{WebhookError, WebhookSecretFault},
    message::{WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP},
    secrets::WebhookSecrets,
    sender::WebhookSender,
};

/// The secrets of one sender of webhooks, and how strict its webhooks are taken (Standard Webhooks).
///
/// `Webhook-Signature` is over id, time and body. A delivery is good once and for five minutes. A webhook that is delivered anew,
/// because we did not answer, has the same id and another time: it passes, and `Webhook-Id` tells the handler that it knows
/// it already.
///
/// ```
/// use palisade::auth::{WebhookError, WebhookSecrets, WebhookSender, Webhooks};
/// # use palisade::auth::{Mark, ReplayStore, Sighted, Sighting};
/// # struct Seen;
/// # impl ReplayStore for Seen {
/// #     fn sight<'a>(&'a self, _: &'a Mark, _: u64, _: u64) -> Sighted<'a> { Box::pin(async { Ok(Sighting::First) }) }
/// # }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// let webhooks = Webhooks::secrets(WebhookSecrets::new([secret])?).replays(Seen);
///
/// let (now, body) = (1_800_000_000, br#"{"type": "payment.made"}"#);
/// let mut headers = http::HeaderMap::new();
/// WebhookSender::new([secret])?.sign(&mut headers, "msg_1", body, now)?;
/// assert_eq!(webhooks.verify(&headers, now)?.complete(body, now).await, Ok(()));
/// assert_eq!(webhooks.verify(&headers, now)?.complete(b"{}", now).await, Err(WebhookError::WrongSignature));
/// assert_eq!(webhooks.verify(&headers, now + 301).err(), Some(WebhookError::TooOld));
/// # Ok(())
/// # }
/// ```
pub struct Webhooks {
    /// Whose they are, so that no sender can use up what another one sends.
    name: String,
    secrets: Reloading<WebhookSecrets>,
    replays: Arc<dyn ReplayStore>,
    longest_age: u64,
    scopes: Vec<String>,
    roles: Vec<String>,
}

/// Secrets that still need a place to remember webhooks in.
#[derive(Debug)]
#[must_use]
pub struct WebhooksNeedReplays {
    secrets: Reloading<WebhookSecrets>,
}

/// A webhook whose time is right, and whose body is still to come.
#[must_use]
pub struct Delivery<'w> {
    webhooks: &'w Webhooks,
    message: Message<'w>,
}

impl Webhooks {
    const AGE: u64 = 300;

    /// Accepts what is signed with any of these: [`WebhookSecrets`] that stay what they are, or a [`Reloading`] of them.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use palisade::auth::{MemoryReplays, Reloading, SecretFile, SecretFault, WebhookSecrets, Webhooks};
    ///
    /// # async fn example() -> Result<(), SecretFault> {
    /// let secrets = Reloading::read(SecretFile::at("/run/secrets/payments"), WebhookSecrets::read).await?;
    /// let webhooks = Webhooks::secrets(secrets.every(Duration::from_secs(60))).replays(MemoryReplays::new(10_000));
    /// # Ok(())
    /// # }
    /// ```
    pub fn secrets(secrets: impl Into<Reloading<WebhookSecrets>>) -> WebhooksNeedReplays {
        WebhooksNeedReplays { secrets: secrets.into() }
    }

    /// How old a delivery may be, and how far ahead of ours its sender's clock: 5 minutes unless said here, in whole seconds from
    /// 1 to 3600. It is remembered as long.
    #[must_use]
    pub fn longest_age(self, age: Duration) -> Self {
        Self { longest_age: age.as_secs().clamp(1, 3_600), ..self }
    }

    /// The scopes that its webhooks carry: none unless said here.
    #[must_use]
    pub fn scopes<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        Self { scopes: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// The roles that its webhooks carry: none unless said here.
    #[must_use]
    pub fn roles<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        Self { roles: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Verifies all that can be verified without the body, at `now` in seconds since 1970: that it is a webhook, and new.
    ///
    /// # Errors
    /// When it is not.
    pub fn verify<'w>(&'w self, headers: &'w HeaderMap, now: u64) -> Result<Delivery<'w>, WebhookError> {
        let message = Message::of(headers)?;
        if now.saturating_add(self.longest_age) < message.seconds {
            return Err(WebhookError::NotYetValid);
        }
        if message.seconds.saturating_add(self.longest_age) < now {
            return Err(WebhookError::TooOld);
        }
        Ok(Delivery { webhooks: self, message })
    }

    /// The same under the name of the scheme that it is for.
    pub(crate) fn named(self, name: &str) -> Self {
        Self { name: String::from(name), ..self }
    }

    /// The names of its scopes.
    pub fn scope_names(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(String::as_str)
    }

    /// The names of its roles.
    pub fn role_names(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(String::as_str)
    }
}

impl WebhooksNeedReplays {
    /// Remembers webhooks here, so that each delivery is good once.
    pub fn replays(self, store: impl ReplayStore) -> Webhooks {
        Webhooks {
            name: String::new(),
            secrets: self.secrets,
            replays: Arc::new(store),
            longest_age: Webhooks::AGE,
            scopes: Vec::new(),
            roles: Vec::new(),
        }
    }
}

impl Delivery<'_> {
    /// Verifies the signatures over the body, and remembers the delivery. `now` is when the body was there.
    ///
    /// # Errors
    /// When none is by a secret over this body, or it came too late; when it was seen before, or nobody can say.
    pub async fn complete(self, body: &[u8], now: u64) -> Result<(), WebhookError> {
        let Self { webhooks, message } = self;
        if !webhooks.secrets.current().verify(&message, body) {
            return Err(WebhookError::WrongSignature);
        }
        // Not by the signatures: who sees two of them can leave out one.
        let mark = Mark::new("webhook", webhooks.name.as_bytes(), message.delivery().as_bytes());
        let until = message.seconds.saturating_add(webhooks.longest_age);
        // Who lets the body wait until the delivery is forgotten could repeat it.
        if until < now {
            return Err(WebhookError::TooOld);
        }
        match webhooks.replays.sight(&mark, now, until).await {
            Ok(Sighting::First) => Ok(()),
            Ok(Sighting::Again) => Err(WebhookError::Replayed),
            Err(fault) => Err(WebhookError::Store(fault)),
        }
    }

    /// The webhook's id, the same however often it is delivered.
    #[must_use]
    pub const fn id(&self) -> &str {
        self.message.id
    }
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Webhooks")
            .field("secrets", &self.secrets)
            .field("longest_age", &self.longest_age)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Delivery(..)")
    }
}

#[cfg(test)]
mod tests;
