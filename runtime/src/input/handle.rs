//! `Handle`: what is done with a whole request that is one type.

use std::future::Future;

use crate::{
    openapi::Operation,
    respond::{Answer, Recipient, Respond},
};

/// Answers a request that is a struct: `#[secure(..)]` on the struct says where each field comes from, and this what is
/// done once all of them are there and checked.
///
/// A field without a place is what an argument of a function would be: `Caller`, `Authorized<T>`, `State<T>`, `Json<T>`.
///
/// ```
/// use palisade::prelude::*;
///
/// /// Lists notes.
/// #[secure(get = "/notes", auth = "oauth2", rate = "60/min per caller")]
/// struct ListNotes {
///     caller: Caller,
///     #[secure(query, range(min = 1, max = 100))]
///     limit: Option<u16>,
///     #[secure(query, required_if(limit.is_some()), range(max = 10_000))]
///     offset: Option<u32>,
/// }
///
/// impl Handle for ListNotes {
///     type Answer = NoContent;
///
///     async fn handle(self) -> NoContent {
///         assert!(self.limit.unwrap_or(20) <= 100);
///         NoContent
///     }
/// }
///
/// #[secure(title = "Notes", version = "1.0.0", auth(oauth2), endpoints(ListNotes))]
/// struct Notes;
/// ```
#[diagnostic::on_unimplemented(
    message = "nothing answers the request `{Self}`",
    label = "this endpoint is a struct, and says nowhere what is done with it",
    note = "write `impl Handle for {Self}`, with `type Answer` and `async fn handle(self) -> Self::Answer`"
)]
pub trait Handle: Sized {
    /// What is answered: what a handler function could return.
    type Answer: Respond;

    /// Answers the request.
    fn handle(self) -> impl Future<Output = Self::Answer> + Send;
}

/// The answer to a request that is one type. Generated code asks this and not the type itself, so that an answer that may
/// not leave is complained of where the user names it, and nowhere else.
pub struct Handled<H: Handle>(H::Answer);

/// How the answer is made. It is a trait for the same reason.
pub trait Handling<H>: Sized {
    /// Has the request handled.
    fn of(request: H) -> impl Future<Output = Self> + Send;
}

impl<H: Handle> Handling<H> for Handled<H> {
    fn of(request: H) -> impl Future<Output = Self> + Send {
        let handling = request.handle();
        async { Self(handling.await) }
    }
}

impl<H: Handle> Respond for Handled<H> {
    const DECLARED: () = <H::Answer as Respond>::DECLARED;

    fn respond(self, to: &Recipient<'_>) -> Answer {
        self.0.respond(to)
    }

    fn document(operation: &mut Operation) {
        H::Answer::document(operation);
    }
}
