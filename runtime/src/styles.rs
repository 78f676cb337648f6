//! The words of `#[secure(style = ..)]` on a field: how a list or an object is spelled in a query or a form.
//!
//! A list needs none of them: its name is repeated (`ids=1&ids=2`).

use crate::policy::Style;

/// A list in one text, its items apart by commas: `ids=1,2,3`.
///
/// In terms of `OpenAPI` it is the style `form`, not exploded. A comma within an item is percent-encoded.
///
/// ```
/// use palisade::{prelude::*, value::from_texts};
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Wanted {
///     #[secure(style = comma_separated, length(max = 3))]
///     ids: Vec<u32>,
/// }
///
/// assert_eq!(from_texts::<Wanted>([("ids", "1,2,3")])?.ids, [1, 2, 3]);
/// assert!(from_texts::<Wanted>([("ids", "1,2,3,4")]).is_err());
/// # Ok::<(), palisade::value::Report>(())
/// ```
#[must_use]
pub const fn comma_separated() -> Style {
    Style::CommaSeparated
}

/// An object by its members, their names in brackets: `filter[status]=open&filter[owner]=ada`.
///
/// In terms of `OpenAPI` it is the style `deepObject`.
///
/// ```
/// use palisade::{prelude::*, value::from_texts};
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Filter {
///     #[secure(one_of(["open", "shipped"]))]
///     status: String,
/// }
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Search {
///     #[secure(style = deep_object)]
///     filter: Filter,
/// }
///
/// assert_eq!(from_texts::<Search>([("filter[status]", "open")])?.filter.status, "open");
/// let report = from_texts::<Search>([("filter[status]", "lost")]).unwrap_err();
/// assert_eq!(report.violations().next().unwrap().pointer(), "/filter/status");
/// # Ok::<(), palisade::value::Report>(())
/// ```
#[must_use]
pub const fn deep_object() -> Style {
    Style::DeepObject
}
