//! `Download<T>`: an answer that is saved instead of shown.

use http::header;

use super::{Answer, Recipient, Respond, disposition};
use crate::{
    openapi::{Carried, Operation},
    problem::Problem,
};

/// Another answer, to be saved under a name (`Content-Disposition: attachment`).
///
/// The name may be data: quotes, controls, directories and what turns the direction of writing do not reach the client.
///
/// ```
/// use palisade::respond::{Content, Download, Pdf, Recipient, Respond};
///
/// let invoice = Download::named("Rechnung März.pdf", Content::<Pdf>::whole(&b"%PDF-1.7"[..]));
/// assert_eq!(
///     invoice.respond(&Recipient::anybody()).headers()["content-disposition"],
///     "attachment; filename=\"Rechnung M_rz.pdf\"; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download<T> {
    name: String,
    body: T,
}

impl<T> Download<T> {
    /// Saved under this name, as far as it can be one.
    #[must_use]
    pub fn named(name: impl Into<String>, body: T) -> Self {
        Self { name: name.into(), body }
    }
}

impl<T: Respond> Respond for Download<T> {
    const DECLARED: () = T::DECLARED;

    fn respond(self, to: &Recipient<'_>) -> Answer {
        let mut answer = self.body.respond(to);
        if !answer.status().is_success() {
            return answer;
        }
        // Without the field a browser would show it.
        let Some(disposition) = disposition::attachment(&self.name) else { return Problem::internal().into_answer() };
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
        answer
    }

    fn document(operation: &mut Operation) {
        T::document(operation);
        operation.carries(Carried::Disposition);
    }
}
