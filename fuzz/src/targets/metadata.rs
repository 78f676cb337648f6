//! The metadata of an issuer: whatever they say, keys are fetched from a safe place, and of the issuer that was meant.

use palisade::auth::Metadata;
use serde_json::Value;

/// Runs the target on one input: an issuer identifier, then a document.
pub fn run(input: &[u8]) {
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let (issuer, document) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(issuer) = std::str::from_utf8(issuer) else { return };
    let Ok(metadata) = Metadata::read(document, issuer) else { return };
    let said: Value = serde_json::from_slice(document).expect("metadata are JSON");
    assert_eq!(said["issuer"], issuer, "{said}");
    let endpoints = [metadata.introspection_endpoint(), metadata.revocation_endpoint()];
    for place in endpoints.into_iter().flatten().chain([metadata.jwks_uri()]) {
        // A second opinion on addresses.
        let url = match url::Url::parse(place) {
            Ok(url) => url,
            // Names that end in a number, or that no language has, are none to browsers. To a resolver they are nobody's.
            Err(url::ParseError::InvalidIpv4Address | url::ParseError::IdnaError)
                if place.to_ascii_lowercase().starts_with("https://") =>
            {
                continue;
            }
            Err(error) => panic!("{place:?}: {error}"),
        };
        let host = url.host_str().unwrap_or_default();
        let local = host.eq_ignore_ascii_case("localhost") || host.starts_with("127.") || host == "[::1]";
        assert!(url.scheme() == "https" || url.scheme() == "http" && local, "{place:?}");
        assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none(), "{place:?}");
    }
    assert!(metadata.algorithms().len() <= 16);
}
