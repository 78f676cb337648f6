//! Finds path parameters by the endpoint's own template.

use std::borrow::Cow;

use super::percent::decode;

/// The parameters of a template with the decoded segments of `path` in their places. A segment that does not decode is
/// `None`. Nothing when the path does not match.
pub(crate) fn parameters<'a>(
    template: &'static str,
    path: &'a str,
) -> impl Iterator<Item = (&'static str, Option<Cow<'a, str>>)> {
    let names = template.split('/').map(|segment| segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')));
    let fits = template.split('/').count() == path.split('/').count();
    names
        .zip(path.split('/'))
        .filter(move |_| fits)
        .filter_map(|(name, segment)| Some((name?, decode_segment(segment))))
}

/// One decoded path segment.
fn decode_segment(segment: &str) -> Option<Cow<'_, str>> {
    decode(segment, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_parameters_by_position() {
        let found: Vec<_> = parameters("/a/{x}/b/{y}", "/a/1%2F2/b/%ff").collect();
        assert_eq!(found, [("x", Some(Cow::from("1/2"))), ("y", None)]);
        assert_eq!(parameters("/a/{x}", "/a/b/c").count(), 0);
    }
}
