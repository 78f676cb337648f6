//! Where the metadata of a resource stand (RFC 9728, section 3.1): between its host and its path.

use crate::auth::PublicOrigin;

/// The place of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    address: String,
    path: String,
}

impl Place {
    /// What is in front of the resource's own path.
    pub(crate) const WELL_KNOWN: &'static str = "/.well-known/oauth-protected-resource";

    /// The place for a resource at this origin. `None` for one that is elsewhere, or is no address: an audience can be any text.
    pub(crate) fn of(resource: &str, origin: &PublicOrigin) -> Option<Self> {
        let (at, path) = PublicOrigin::split(resource)?;
        if at != *origin || !path.bytes().all(is_plain) {
            return None;
        }
        let path = format!("{}{}", Self::WELL_KNOWN, if path == "/" { "" } else { path });
        Some(Self { address: format!("{origin}{path}"), path })
    }

    /// The address, as challenges name it.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The path, as a router matches it.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

/// What stands for itself in a path and in a route. A query has no place in either.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_between_host_and_path() {
        let origin = PublicOrigin::new("https://api.shop.example").unwrap();
        for (resource, expected) in [
            ("https://api.shop.example", Some("/.well-known/oauth-protected-resource")),
            ("https://api.shop.example/", Some("/.well-known/oauth-protected-resource")),
            ("https://API.shop.example:443", Some("/.well-known/oauth-protected-resource")),
            ("https://api.shop.example/v1", Some("/.well-known/oauth-protected-resource/v1")),
            ("https://api.shop.example/v1/orders/", Some("/.well-known/oauth-protected-resource/v1/orders/")),
            ("https://shop.example", None),
            ("http://api.shop.example", None),
            ("https://api.shop.example:8443", None),
            ("https://api.shop.example?tenant=1", None),
            ("https://api.shop.example/{id}", None),
            ("https://api.shop.example/*", None),
            ("https://api.shop.example/#top", None),
            ("urn:shop:api", None),
            ("api://shop", None),
            ("", None),
        ] {
            let place = Place::of(resource, &origin);
            assert_eq!(place.as_ref().map(Place::path), expected, "{resource}");
            if let Some(place) = place {
                assert_eq!(place.address(), format!("https://api.shop.example{}", place.path()));
            }
        }
    }
}
