//! Callers by kind: what a handler takes where its policy lets in users alone, or machines, or some of either.

use std::{fmt, ops::Deref};

use serde::{Deserialize, de::DeserializeOwned};

use super::{Caller, TokenError};
use crate::policy::{CallerKind, CallerKinds};

/// A caller of certain kinds. The compiler holds those kinds against the policy of the endpoint: what could be somebody else
/// does not compile.
///
/// Derive [`Callers`](macro@crate::Callers) for an enum, where callers of several kinds may come.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no caller",
    label = "not a kind of caller",
    note = "callers are `palisade::auth::{{User, Client, KeyHolder, Workload, Partner, Sender, Machine}}` and enums that derive `Callers`"
)]
pub trait FromCaller: Sized {
    /// The kinds that it can be.
    const KINDS: CallerKinds;

    /// The caller, as this type.
    ///
    /// # Errors
    /// When they are of another kind, or their claims are not those that the type reads.
    fn from_caller(caller: &Caller) -> Fitted<Self>;
}

/// A caller as a `T`, if they are one.
pub type Fitted<T> = Result<T, TokenError>;

/// A caller who is held against one kind after the other.
#[doc(hidden)]
#[derive(Debug)]
pub struct Fitting<'c, T> {
    caller: &'c Caller,
    found: Option<Fitted<T>>,
}

impl<'c, T> Fitting<'c, T> {
    /// Nothing is known of the caller yet.
    #[must_use]
    pub const fn of(caller: &'c Caller) -> Self {
        Self { caller, found: None }
    }

    /// Whoever is of one of these kinds is a `V`, and a `T` by `make`.
    #[must_use]
    pub fn or_be<V>(self, kinds: CallerKinds, fit: fn(&Caller) -> Fitted<V>, make: fn(V) -> T) -> Self {
        match self.found {
            None if is_of(self.caller, kinds) => Self { found: Some(fit(self.caller).map(make)), ..self },
            Some(_) | None => self,
        }
    }

    /// What came of it.
    ///
    /// # Errors
    /// When the caller is nothing of all that.
    pub fn fitted(self) -> Fitted<T> {
        self.found.unwrap_or(Err(TokenError::OtherCaller))
    }
}

/// Claims of which none is read.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct AnyClaims {}

/// The callers of one kind, each with what they are.
macro_rules! kinds {
    ($($(#[$docs:meta])* $name:ident: $kind:ident,)+) => {$(
        $(#[$docs])*
        #[derive(Clone)]
        pub struct $name(Caller);

        impl FromCaller for $name {
            const KINDS: CallerKinds = CallerKinds::NONE.with(CallerKind::$kind);

            fn from_caller(caller: &Caller) -> Fitted<Self> {
                of_kind::<Self>(caller).map(|caller| Self(caller.clone()))
            }
        }

        impl Deref for $name {
            type Target = Caller;

            fn deref(&self) -> &Caller {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }
    )+};
}

/// The callers for whom a token speaks, each with the claims that are read.
macro_rules! token_holders {
    ($($(#[$docs:meta])* $name:ident: $kind:ident,)+) => {$(
        $(#[$docs])*
        #[derive(Clone)]
        pub struct $name<C = AnyClaims> {
            caller: Caller,
            claims: C,
        }

        impl<C> $name<C> {
            /// The claims of the token, as far as they are read.
            #[must_use]
            pub const fn claims(&self) -> &C {
                &self.claims
            }
        }

        impl<C: DeserializeOwned> FromCaller for $name<C> {
            const KINDS: CallerKinds = CallerKinds::NONE.with(CallerKind::$kind);

            fn from_caller(caller: &Caller) -> Fitted<Self> {
                let caller = of_kind::<Self>(caller)?;
                Ok(Self { claims: caller.claims_as()?, caller: caller.clone() })
            }
        }

        impl<C> Deref for $name<C> {
            type Target = Caller;

            fn deref(&self) -> &Caller {
                &self.caller
            }
        }

        impl<C> fmt::Debug for $name<C> {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.debug_tuple(stringify!($name)).field(&self.caller).finish()
            }
        }
    )+};
}

token_holders! {
    /// A person, for whom a token speaks. `C` are the claims that the handler reads, of any type that serde decodes; a token
    /// without them is refused as invalid.
    ///
    /// The policy has to let in people only: demand `user`, or accept no scheme that brings others.
    ///
    /// ```
    /// use palisade::{auth::User, prelude::*};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Claims {
    ///     tenant: String,
    /// }
    ///
    /// /// Forgets the caller's drafts.
    /// #[secure(delete = "/drafts", user)]
    /// async fn forget(user: User<Claims>) -> NoContent {
    ///     println!("for {} of {}", user.subject(), user.claims().tenant);
    ///     NoContent
    /// }
    /// ```
    User: User,
    /// A client whose token speaks for itself (RFC 6749, section 4.4). `C` are the claims that the handler reads.
    Client: Client,
}

kinds! {
    /// The holder of an API key.
    ///
    /// ```
    /// use palisade::{auth::KeyHolder, prelude::*};
    ///
    /// /// Starts the nightly report.
    /// #[secure(post = "/reports", auth = "api_key")]
    /// async fn report(job: KeyHolder) -> NoContent {
    ///     println!("for {}", job.subject());
    ///     NoContent
    /// }
    /// ```
    KeyHolder: ApiKey,
    /// The holder of a certificate, by which the connection was made.
    Workload: Certificate,
    /// Who signed the request: a partner by a key of theirs.
    Partner: Signature,
    /// The sender of a webhook.
    Sender: Webhook,
}

/// A caller on its own account, however it proved itself.
///
/// ```
/// use palisade::{auth::Machine, prelude::*};
///
/// /// Takes the stock of a warehouse.
/// #[secure(put = "/stock", machine)]
/// async fn stock(warehouse: Machine) -> NoContent {
///     println!("by {}", warehouse.subject());
///     NoContent
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Machine(Caller);

impl FromCaller for Machine {
    const KINDS: CallerKinds = CallerKinds::MACHINES;

    fn from_caller(caller: &Caller) -> Fitted<Self> {
        of_kind::<Self>(caller).map(|caller| Self(caller.clone()))
    }
}

impl Deref for Machine {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromCaller for Caller {
    const KINDS: CallerKinds = CallerKinds::ALL;

    fn from_caller(caller: &Caller) -> Fitted<Self> {
        Ok(caller.clone())
    }
}

/// The caller, who is of a kind that `T` takes: the policy has seen to that.
fn of_kind<T: FromCaller>(caller: &Caller) -> Result<&Caller, TokenError> {
    if is_of(caller, T::KINDS) { Ok(caller) } else { Err(TokenError::OtherCaller) }
}

/// Whether the caller is of one of these kinds. One of whom that is not known is of none.
fn is_of(caller: &Caller, kinds: CallerKinds) -> bool {
    caller.kind().is_some_and(|kind| kinds.contains(kind))
}
