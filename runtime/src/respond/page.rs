//! `Page<T>`: some of the items of a list, and where to go on.

use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::{Answer, Recipient, Respond, answer_json, location::Location};
use crate::{
    input::Cursor,
    openapi::{Carried, Operation},
    problem::Problem,
    value::{Output, Value, declared},
};

/// A page of a list: `{"items": [..], "next": ".."}`, without `next` on the last one. What follows is linked as well:
/// `Link: <?after=..>; rel="next"` (RFC 8288), with the other parameters as they were.
///
/// ```
/// use palisade::{auth::Secret, input::Cursors, prelude::*, respond::{Page, Recipient, Respond}};
///
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Note { id: u64 }
///
/// let cursors = Cursors::keyed(Secret::new(vec![7; 32])); // an argument of the handler
/// let page = Page::of(vec![Note { id: 1 }]).next("after", cursors.seal(&1_u64).unwrap());
/// let answer = page.respond(&Recipient::anybody().asking("limit=1&after=old"));
/// assert!(answer.headers()["link"].to_str().unwrap().starts_with("<?limit=1&after="));
///
/// let answer = Page::of(vec![Note { id: 2 }]).respond(&Recipient::anybody());
/// assert_eq!(answer.body().whole().unwrap(), r#"{"items":[{"id":2}]}"#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    content: content::Page<T>,
    /// The query parameter that says where a page begins.
    parameter: &'static str,
}

/// A page as it is written: its words are those of the document.
mod content {
    use serde::Serialize;

    use crate::{Secure, input::Cursor};

    /// A page of a list.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Secure)]
    #[secure(output)]
    pub(super) struct Page<T> {
        /// The items of this page.
        #[secure(length(max = 1_000))]
        pub(super) items: Vec<T>,
        /// Where the next page begins. On the last one there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(super) next: Option<Cursor>,
    }
}

impl<T> Page<T> {
    /// More items than this are no page, and not sent.
    pub const MOST: usize = 1_000;

    /// These items, with nothing behind them.
    #[must_use]
    pub const fn of(items: Vec<T>) -> Self {
        Self { content: content::Page { items, next: None }, parameter: "" }
    }

    /// The same, going on where the query parameter `parameter` says `cursor`, if there is one.
    #[must_use]
    pub fn next(self, parameter: &'static str, cursor: impl Into<Option<Cursor>>) -> Self {
        Self { content: content::Page { next: cursor.into(), ..self.content }, parameter }
    }

    /// A reference to the next page: the query as it was, but for where the page begins.
    fn link(&self, query: &str) -> Option<HeaderValue> {
        let cursor = self.content.next.as_ref()?;
        let mut target = String::with_capacity(query.len() + 128);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            if pair.split_once('=').map_or(pair, |(name, _)| name) != self.parameter {
                target.push(if target.is_empty() { '?' } else { '&' });
                target.push_str(pair);
            }
        }
        target.push(if target.is_empty() { '?' } else { '&' });
        target.push_str(self.parameter);
        target.push('=');
        target.push_str(cursor.as_str());
        HeaderValue::from_str(&format!("<{}>; rel=\"next\"", Location::of(&target).as_str())).ok()
    }
}

impl<T: Output + Serialize> Respond for Page<T> {
    const DECLARED: () = declared(<content::Page<T> as Value>::FIELDS);

    fn respond(self, to: &Recipient<'_>) -> Answer {
        if Self::MOST < self.content.items.len() {
            tracing::error!(target: "palisade::respond", "a page has more than 1,000 items");
            return Problem::internal().into_answer();
        }
        let mut answer = answer_json(StatusCode::OK, &self.content, to);
        if answer.status().is_success()
            && let Some(link) = self.link(to.query())
        {
            answer.headers_mut().insert(header::LINK, link);
        }
        answer
    }

    fn document(operation: &mut Operation) {
        operation.answer::<content::Page<T>>(StatusCode::OK);
        operation.carries(Carried::Next);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{auth::Secret, input::Cursors};

    fn link(query: &str) -> (String, String) {
        let cursor = Cursors::keyed(Secret::new(vec![7; 32])).seal(&1_u8).unwrap();
        let link = Page::of(Vec::<u8>::new()).next("after", cursor.clone()).link(query).unwrap();
        (link.to_str().unwrap().to_owned(), cursor.as_str().to_owned())
    }

    #[test]
    fn a_link_keeps_what_else_was_asked() {
        let rows = [
            ("", "?after="),
            ("limit=2", "?limit=2&after="),
            ("after=old&limit=2&after", "?limit=2&after="),
            ("before=1&&aft%65r", "?before=1&aft%65r&after="),
            ("a=>; rel=\"x\", <b", "?a=%3E;%20rel=%22x%22,%20%3Cb&after="),
        ];
        for (query, expected) in rows {
            let (link, cursor) = link(query);
            assert_eq!(link, format!("<{expected}{cursor}>; rel=\"next\""), "{query}");
        }
        assert!(Page::of(Vec::<u8>::new()).next("after", None).link("limit=2").is_none());
    }

    proptest! {
        #[test]
        fn no_query_leaves_the_brackets(query in any::<String>()) {
            let (link, _) = link(&query);
            let target = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")).unwrap();
            prop_assert!(!target.contains(['<', '>', '"']), "{}", link);
        }
    }
}
