//! SPIFFE ids: what is taken is what the standard's grammar says, and reads the same as a URL.

use std::sync::LazyLock;

use palisade::auth::{SpiffeId, TrustDomain};
use regex::Regex;
use url::Url;

/// SPIFFE ID, sections 2.1 and 2.2, but for segments of dots and the lengths.
static GRAMMAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\Aspiffe://(?P<domain>[a-z0-9._-]+)(?P<path>(?:/[a-zA-Z0-9._-]+)*)\z").expect("a pattern")
});

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let expected = GRAMMAR.captures(text).filter(|found| {
        let dots = |segment: &str| segment == "." || segment == "..";
        text.len() <= SpiffeId::MOST
            && found["domain"].len() <= TrustDomain::MOST
            && !found["path"].split('/').any(dots)
    });
    let read = text.parse::<SpiffeId>();
    assert_eq!(read.is_ok(), expected.is_some(), "{text:?}");
    let (Ok(id), Some(expected)) = (read, expected) else { return };
    assert_eq!((id.as_str(), id.trust_domain(), id.path()), (text, &expected["domain"], &expected["path"]));
    assert!(id.trust_domain().parse::<TrustDomain>().is_ok());
    let url = Url::parse(text).expect("an id is a URL");
    assert_eq!((url.host_str(), url.path()), (Some(id.trust_domain()), id.path()), "{text}");
    assert!(url.port().is_none() && url.query().is_none() && url.fragment().is_none() && url.username().is_empty());
}
