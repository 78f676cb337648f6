//! What leaves: only declared types, as JSON that is safe inside HTML.
//!
//! | answer | status | |
//! |---|---|---|
//! | [`Json<T>`](crate::Json) | 200 | a declared type |
//! | [`Created<T>`] | 201 | another answer, and where what was created is |
//! | [`Accepted<T>`] | 202 | another answer, and where its progress can be read |
//! | [`NoContent`], `()` | 204 | nothing |
//! | [`SeeOther`] | 303 | where to read instead, on this site or a constant one |
//! | [`Tagged<T>`], [`NotModified`] | 200, 304 | another answer with its [`EntityTag`]; nothing for who has it already |
//! | [`Page<T>`] | 200 | some items of a list, and where to go on |
//! | [`Lines<T>`], [`Events<T>`] | 200 | a stream of values |
//! | [`Content<M>`] | 200 | bytes of a [`MediaType`], whole or as a stream |
//! | [`Download<T>`] | 200 | another answer, to be saved |
//! | `Csv<T>` | 200 | rows (feature `csv`) |
//! | `Html` | 200 | a page (feature `maud`) |
//! | [`Problem`] | any other | what went wrong |
//!
//! An answer that holds another one passes its problems on as they are. Each says what it is in the document, and the gate adds the
//! [security headers](crate::gate), which no answer can weaken.

mod answers;
mod body;
mod conceal;
mod condition;
mod content;
#[cfg(feature = "csv")]
mod csv;
mod disposition;
mod download;
mod entity_tag;
mod events;
#[cfg(feature = "maud")]
mod html;
mod html_safe;
mod lines;
mod location;
mod media_type;
mod page;
mod profile;
mod recipient;
mod redirect;
mod shown;
mod tagged;
mod written;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

pub use answers::{Accepted, Created, NoContent};
pub use body::{Body, Broken, Stream};
pub(crate) use condition::Condition;
pub use content::Content;
#[cfg(feature = "csv")]
pub use csv::Csv;
pub use download::Download;
pub use entity_tag::EntityTag;
pub use events::{Event, Events};
#[cfg(feature = "maud")]
pub use html::Html;
pub(crate) use html_safe::to_bytes;
pub use lines::Lines;
pub use media_type::{MediaType, OctetStream, Pdf, PlainText, Png};
pub use page::Page;
pub(crate) use profile::{Page as PageProfile, Revalidated};
pub use recipient::Recipient;
pub use redirect::SeeOther;
pub use tagged::{NotModified, Tagged};
pub(crate) use written::written;

use crate::{openapi::Operation, problem::Problem, value::Output};

/// A whole answer.
pub type Answer = Response<Body>;

/// What a secured handler may return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may not leave undeclared",
    label = "not an answer of a secured handler",
    note = "answers are `Json<T>` of a type that derives `Secure` with `#[secure(output)]`, `NoContent`, the others of `palisade::respond`, such as `Created<Json<T>>`, `Problem`, and `Result` of them"
)]
pub trait Respond {
    /// Proves in const evaluation that the type it is made for is bounded, where that type is generic.
    #[doc(hidden)]
    const DECLARED: () = ();

    /// The answer, for this recipient.
    fn respond(self, to: &Recipient<'_>) -> Answer;

    /// What it adds to the document.
    fn document(operation: &mut Operation);
}

impl Respond for Problem {
    fn respond(self, _to: &Recipient<'_>) -> Answer {
        self.into_answer()
    }

    fn document(operation: &mut Operation) {
        operation.problem();
    }
}

impl Problem {
    /// The answer, which is the same for everybody.
    pub(crate) fn into_answer(self) -> Answer {
        let mut answer = answer(self.status(), Some(Self::CONTENT_TYPE), Some(self.to_json().into()));
        for (name, value) in self.headers() {
            answer.headers_mut().append(name, value.clone());
        }
        answer
    }
}

impl<T: Respond> Respond for Result<T, Problem> {
    const DECLARED: () = T::DECLARED;

    fn respond(self, to: &Recipient<'_>) -> Answer {
        match self {
            Ok(value) => value.respond(to),
            Err(problem) => problem.respond(to),
        }
    }

    fn document(operation: &mut Operation) {
        T::document(operation);
        Problem::document(operation);
    }
}

/// About how many headers an answer carries.
const HEADERS: usize = 12;

pub(crate) fn answer(status: StatusCode, content_type: Option<HeaderValue>, body: Option<Bytes>) -> Answer {
    let Some(body) = body else { return Problem::internal().into_answer() };
    let mut answer = Response::new(Body::Whole(body));
    *answer.status_mut() = status;
    // Room for what the gate adds, so that the map does not grow on its way out.
    answer.headers_mut().reserve(HEADERS);
    if let Some(content_type) = content_type {
        answer.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    answer
}

/// What this recipient may see of the value, as JSON.
pub(crate) fn answer_json<T: Output + Serialize>(status: StatusCode, value: &T, to: &Recipient<'_>) -> Answer {
    match written(value, to) {
        Ok(json) => answer(status, Some(HeaderValue::from_static("application/json")), Some(json)),
        Err(problem) => problem.into_answer(),
    }
}
