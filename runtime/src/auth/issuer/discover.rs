//! Finds the metadata of an issuer: RFC 8414 first, then `OpenID` Connect Discovery 1.0.

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, Uri, header};

use super::{IssuerError, Metadata, place::Place};
use crate::auth::{Fetch, fetch::fetched};

/// The metadata of an issuer.
pub(super) async fn discover(fetch: &dyn Fetch, issuer: &str) -> Result<Metadata, IssuerError> {
    let places = well_known(issuer)?;
    let mut failure = IssuerError::NotMetadata;
    for place in &places {
        match metadata(fetch, place, issuer).await {
            Ok(metadata) => return Ok(metadata),
            // The other place is on the same server.
            Err(error @ IssuerError::Fetch(_)) => return Err(error),
            // What is found but wrong says more than what is not there.
            Err(IssuerError::Status(_)) => {}
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// Asks at a place, and takes nothing but a 200 for an answer.
pub(super) async fn get(fetch: &dyn Fetch, place: &Place) -> Result<Response<Bytes>, IssuerError> {
    let mut request = Request::new(Bytes::new());
    *request.uri_mut() = place.uri().clone();
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let answer = fetched(fetch, request).await?;
    match answer.status() {
        StatusCode::OK => Ok(answer),
        other => Err(IssuerError::Status(other.as_u16())),
    }
}

async fn metadata(fetch: &dyn Fetch, place: &Place, issuer: &str) -> Result<Metadata, IssuerError> {
    Metadata::read(get(fetch, place).await?.body(), issuer)
}

/// Where metadata are: in front of the issuer's path (RFC 8414, section 3), or behind it (`OpenID` Connect Discovery 1.0, section
/// 4).
fn well_known(issuer: &str) -> Result<[Place; 2], IssuerError> {
    let whole = Place::parse(issuer).ok_or(IssuerError::Insecure)?;
    // An issuer identifier has neither query nor fragment (RFC 8414, section 2).
    if whole.uri().query().is_some() {
        return Err(IssuerError::Insecure);
    }
    let path = whole.uri().path().trim_end_matches('/');
    let at = |path: String| {
        let mut parts = whole.uri().clone().into_parts();
        parts.path_and_query = path.parse().ok();
        Uri::from_parts(parts).ok().and_then(|uri| Place::parse(&uri.to_string())).ok_or(IssuerError::Insecure)
    };
    Ok([
        at(format!("/.well-known/oauth-authorization-server{path}"))?,
        at(format!("{path}/.well-known/openid-configuration"))?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(issuer: &str) -> Option<[String; 2]> {
        well_known(issuer).ok().map(|places| places.map(|place| place.uri().to_string()))
    }

    #[test]
    fn rule_44_metadata_are_where_the_standards_say() {
        for (issuer, first, second) in [
            (
                "https://id.shop.example",
                "https://id.shop.example/.well-known/oauth-authorization-server",
                "https://id.shop.example/.well-known/openid-configuration",
            ),
            (
                "https://id.shop.example/",
                "https://id.shop.example/.well-known/oauth-authorization-server",
                "https://id.shop.example/.well-known/openid-configuration",
            ),
            (
                "https://id.shop.example:8443/realms/shop",
                "https://id.shop.example:8443/.well-known/oauth-authorization-server/realms/shop",
                "https://id.shop.example:8443/realms/shop/.well-known/openid-configuration",
            ),
            (
                "http://127.0.0.1:9400/tenant/",
                "http://127.0.0.1:9400/.well-known/oauth-authorization-server/tenant",
                "http://127.0.0.1:9400/tenant/.well-known/openid-configuration",
            ),
        ] {
            assert_eq!(places(issuer), Some([String::from(first), String::from(second)]), "{issuer}");
        }
    }

    #[test]
    fn rule_44_an_identifier_that_is_no_safe_address_is_not_asked() {
        for issuer in ["shop", "http://id.shop.example", "https://id.shop.example?a=b", "https://id.shop.example#a", ""]
        {
            assert_eq!(well_known(issuer).err(), Some(IssuerError::Insecure), "{issuer}");
        }
    }
}
