//! What only a lookup can tell: `#[secure(verify)]`, asked once everything else is well.

use std::{fmt, future::Future, ops::Deref, time::Duration};

use schemars::JsonSchema;

use super::{Findings, Path, Report, Secure, Surroundings, decode::examined::examined};
use crate::Outage;

/// A declared type that may enter once it is verified: `#[derive(Secure)]` with `#[secure(verify)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared to be verified",
    label = "it enters without a lookup",
    note = "say `#[secure(verify)]` on it, and implement `palisade::value::Verify`"
)]
pub trait Unverified: Secure + JsonSchema {}

/// What only a lookup can tell about a value, such as whether what it names exists.
///
/// It runs once the value is clean and satisfies every other rule. What it is asked with is typed: the application's
/// state, or a part of it. A handler takes [`Verified<Json<T>>`](Verified); a plain `Json<T>` does not compile.
///
/// ```
/// use palisade::{Outage, prelude::*, value::{Findings, Invariant, Verified, Verify}};
/// use std::collections::HashSet;
///
/// static KNOWN: Invariant = Invariant::new("known_sku", "must name an article in stock");
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// #[secure(verify)]
/// struct NewOrder {
///     #[secure(pattern("[A-Z]{3}-[0-9]{4}"))]
///     sku: String,
/// }
///
/// struct Stock(HashSet<String>);
///
/// impl Verify for NewOrder {
///     type Context = Stock;
///
///     async fn verify(&self, stock: &Stock, findings: &mut Findings<'_>) -> Result<(), Outage> {
///         if !stock.0.contains(&self.sku) {
///             findings.refuse("sku", &KNOWN);
///         }
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let stock = Stock(HashSet::from(["ABC-0042".to_owned()]));
/// assert!(Verified::new(NewOrder { sku: "ABC-0042".into() }, &stock).await.is_ok());
/// assert!(Verified::new(NewOrder { sku: "ABC-0043".into() }, &stock).await.is_err());
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "nothing says how `{Self}` is verified",
    label = "`{Self}` has no lookup",
    note = "say `#[secure(verify)]` on it, and implement `palisade::value::Verify`: what it is verified with, and how"
)]
pub trait Verify: Unverified {
    /// What it is verified with: the application's state, or a part of it.
    type Context: Send + Sync;

    /// How long it may take within a request. Beyond that the request is refused with 503.
    const WITHIN: Duration = Duration::from_secs(2);

    /// Looks up what the value names, and says what is wrong with it.
    ///
    /// # Errors
    /// When a store does not answer: the value is neither accepted nor refused.
    fn verify(
        &self,
        context: &Self::Context,
        findings: &mut Findings<'_>,
    ) -> impl Future<Output = Result<(), Outage>> + Send;
}

/// A type that can be verified in an application with state `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be verified in an application whose state is `{S}`",
    label = "`{S}` does not hold what the lookup needs",
    note = "its `Context` must be the state itself, or implement `FromRef<{S}>`"
)]
pub trait VerifyIn<S>: Verify {
    /// Verifies the value with what the state holds, within the time that it may take.
    fn verify_in(&self, state: &S, findings: &mut Findings<'_>) -> impl Future<Output = Result<(), Outage>> + Send;
}

/// A value that was cleaned, satisfies every rule of its type, and was verified. See [`Verify`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified<T> {
    value: T,
}

impl<T: Verify> Verified<T> {
    /// Cleans the value, checks it, and verifies it with `context`.
    ///
    /// # Errors
    /// Everything that is wrong with it, or that a store did not answer.
    pub async fn new(value: T, context: &T::Context) -> Result<Self, NotVerified> {
        let value = examined(value, Surroundings::NONE).map_err(NotVerified::Refused)?;
        let mut report = Report::new();
        let path = Path::root();
        value.verify(context, &mut Findings::new(&path, &mut report)).await.map_err(NotVerified::Unavailable)?;
        if report.is_empty() {
            return Ok(Self { value });
        }
        report.hide_sensitive(T::shape());
        Err(NotVerified::Refused(report))
    }
}

impl<T> Verified<T> {
    /// What the gate has verified.
    #[cfg(feature = "gate")]
    pub(crate) const fn proven(value: T) -> Self {
        Self { value }
    }

    /// The value itself, without its proof.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Why a value could not be verified.
#[derive(Debug)]
pub enum NotVerified {
    /// It breaks rules.
    Refused(Report),
    /// A store did not answer.
    Unavailable(Outage),
}

impl fmt::Display for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(report) => report.fmt(f),
            Self::Unavailable(outage) => outage.fmt(f),
        }
    }
}

impl std::error::Error for NotVerified {}
