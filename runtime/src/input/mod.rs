//! What enters: each input is decoded, cleaned and checked, and everything wrong with a request is reported together.
#![doc = include_str!("../docs/inputs.md")]

mod body;
mod bounds;
mod caller;
mod content_type;
mod cookies;
mod cursor;
mod form;
mod handle;
mod headers;
mod hostile;
mod if_match;
mod if_none_match;
mod json;
mod names;
mod ndjson;
mod object;
mod octets;
mod one_text;
mod path;
mod percent;
mod query;
mod spelled;
mod template;
mod text;
#[cfg(feature = "multipart")]
pub mod upload;
mod verified;
mod whole;

use std::{any::Any, future::Future};

pub use body::BodyError;
pub(crate) use body::{Arriving, Buffered, Incoming, read as read_body};
pub use bounds::{BodyBounds, longest};
#[doc(hidden)]
pub use caller::caller_as;
pub use cookies::Cookies;
pub use cursor::{Cursor, Cursors};
pub use form::Form;
pub use handle::Handle;
#[doc(hidden)]
pub use handle::{Handled, Handling};
pub use headers::Headers;
#[cfg(feature = "multipart")]
#[doc(hidden)]
pub use hostile::read_multipart;
#[doc(hidden)]
pub use hostile::{read_content_type, read_cookies, read_lines, read_query};
pub use if_match::IfMatch;
pub use if_none_match::IfNoneMatch;
pub use json::Json;
pub use ndjson::Ndjson;
pub use object::{AnyState, Authorized, Object, ObjectIn, object};
pub use octets::Bytes;
#[doc(hidden)]
pub use one_text::assert_text;
pub use path::Path;
#[cfg(feature = "certificates")]
pub(crate) use percent::decode as percent_decoded;
pub use query::Query;
pub(crate) use template::parameters as decode_parameters;
pub use text::Text;
#[cfg(feature = "multipart")]
pub use upload::Multipart;
#[doc(hidden)]
pub use whole::{Relates, Whole, consider, relate};

use crate::{gate::Request, openapi::Operation, policy::CallerKinds};

/// The policy of a handler that `#[secure(..)]` annotated, under the handler's name.
#[diagnostic::on_unimplemented(
    message = "this handler has no policy",
    label = "listed as an endpoint, but not annotated",
    note = "annotate it: `#[secure(get = \"/path\", scope = ..)]`, or `public = \"reason\"` for everybody"
)]
pub trait Annotated {
    /// The policy.
    const POLICY: &'static crate::policy::Endpoint;
}

/// Stands where a function without `#[secure(..)]` is listed as an endpoint.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unannotated;

/// An endpoint that demands access, so that its handler can ask for the caller.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is public, so it has no caller",
    label = "this argument needs a caller",
    note = "demand access with `scope`, `role` or `auth` instead of `public`, or drop the argument"
)]
pub trait Guarded {}

/// An endpoint whose path names an object of type `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` loads no `{T}`",
    label = "no path parameter of the endpoint is bound to `{T}`",
    note = "bind one: `object(id: {T})`, with `{{id}}` in the path"
)]
pub trait Loads<T> {}

/// What a handler of the endpoint `E` may take: checked inputs, the caller, authorized objects, state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` would reach the handler unchecked",
    label = "not an input of a secured handler",
    note = "checked inputs are `palisade::{{Json, Form, Query, Path, Headers, Cookies}}` of a type that derives `Secure`; `Multipart` and `Ndjson` of one; `palisade::input::{{Text, Bytes}}`; beside them `Caller` and its kinds, `Authorized<T>`, `IfMatch`, `Cursors` and `State<T>`; a field of a handler struct says where it comes from, as in `#[secure(query)]`"
)]
pub trait Argument<E> {
    /// Proves in const evaluation that the type it is made for is bounded, where that type is generic.
    #[doc(hidden)]
    const DECLARED: () = ();

    /// The kinds of callers that it takes, where it is a caller: held against the policy.
    const CALLERS: CallerKinds = CallerKinds::ALL;

    /// What it adds to the document.
    fn document(_operation: &mut Operation) {}

    /// How large a body it reads, from the bounds of its type.
    fn longest() -> BodyBounds {
        BodyBounds::NONE
    }
}

/// An argument that can be made from a request to an application with state `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be had in an application whose state is `{S}`",
    label = "an argument of one of its handlers is missing here",
    note = "for `State<T>`, `T` must be the state itself, or implement `FromRef<{S}>`"
)]
pub trait Extract<S, E>: Sized {
    /// Decodes, cleans and checks it. `None` when something is wrong, which the request has then noted.
    fn extract(
        request: &mut Request<'_, S>,
        objects: &mut [&mut (dyn Any + Send)],
    ) -> impl Future<Output = Option<Self>> + Send;
}
