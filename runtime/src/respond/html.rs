//! `Html`: a page, only from a template that escapes (feature `maud`).

use http::StatusCode;
use maud::Markup;
use schemars::json_schema;

use super::{Answer, Body, PageProfile, Recipient, Respond, content::written};
use crate::openapi::Operation;

/// A page (`text/html` in UTF-8).
///
/// It is made of what `maud::html!` makes: whatever data stands in it was escaped when the template was compiled, for
/// where it stands, and there is no file whose ending decides about that. A text is no page; where markup must stand as it
/// is, the template says `maud::PreEscaped`, which reviewers can look for.
///
/// The page is sent with a policy under which it shows what comes from its own origin, and no script or style that stands
/// in the page itself.
///
/// ```
/// use maud::html;
/// use palisade::{prelude::*, respond::{Html, Recipient, Respond}};
///
/// #[secure(get = "/", public = "the front page", rate = "60/min per ip")]
/// async fn front_page() -> Html {
///     let name = "<script>";
///     Html(html! { h1 { "Hello, " (name) } })
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let answer = front_page::handler().await.respond(&Recipient::anybody());
/// assert_eq!(answer.body().whole().unwrap(), "<h1>Hello, &lt;script&gt;</h1>");
/// # }
/// ```
///
/// ```compile_fail
/// # use palisade::respond::Html;
/// let page = Html("<h1>".to_owned() + "name");
/// ```
#[derive(Debug, Clone)]
pub struct Html(pub Markup);

const HTML: &str = "text/html; charset=utf-8";

impl Respond for Html {
    fn respond(self, _to: &Recipient<'_>) -> Answer {
        let mut answer = written(HTML, Body::from(self.0.into_string()));
        answer.extensions_mut().insert(PageProfile);
        answer
    }

    fn document(operation: &mut Operation) {
        operation.answer_of(StatusCode::OK, HTML, json_schema!({ "contentMediaType": "text/html" }));
    }
}
