//! The headers that answers carry, as the gate sends them.

use schemars::{Schema, json_schema};

use super::{
    Deployment,
    model::{self, Pairs, Referable},
};
use crate::policy::{Api, Endpoint, SchemeKind};

/// A header of an answer. What may be left out is another header than what is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    RateLimitPolicy,
    RateLimit,
    /// Where the request may have been refused before it was counted.
    RateLimitOnceCounted,
    RetryAfter,
    Challenge,
    /// Where another credential may help, or may not.
    ChallengeIfAny,
    AllowedOrigin,
}

impl Header {
    const ALL: [Self; 7] = [
        Self::RateLimitPolicy,
        Self::RateLimit,
        Self::RateLimitOnceCounted,
        Self::RetryAfter,
        Self::Challenge,
        Self::ChallengeIfAny,
        Self::AllowedOrigin,
    ];

    /// The name on the wire.
    const fn name(self) -> &'static str {
        match self {
            Self::RateLimitPolicy => "RateLimit-Policy",
            Self::RateLimit | Self::RateLimitOnceCounted => "RateLimit",
            Self::RetryAfter => "Retry-After",
            Self::Challenge | Self::ChallengeIfAny => "WWW-Authenticate",
            Self::AllowedOrigin => "Access-Control-Allow-Origin",
        }
    }

    /// The name among the components. Some judges take that list for the headers of an answer, so where it can be,
    /// it is the name on the wire.
    const fn component(self) -> &'static str {
        match self {
            Self::RateLimitOnceCounted => "RateLimit-Once-Counted",
            Self::ChallengeIfAny => "WWW-Authenticate-If-Any",
            Self::RateLimitPolicy | Self::RateLimit | Self::RetryAfter | Self::Challenge | Self::AllowedOrigin => {
                self.name()
            }
        }
    }

    const fn is_required(self) -> bool {
        match self {
            Self::RateLimitPolicy | Self::RateLimit | Self::RetryAfter | Self::Challenge => true,
            Self::RateLimitOnceCounted | Self::ChallengeIfAny | Self::AllowedOrigin => false,
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::RateLimitPolicy => "The rates that apply: for each its quota in requests and its window in seconds.",
            Self::RateLimit => "For each rate, the requests that remain and the seconds until there is one more.",
            Self::RateLimitOnceCounted => {
                "For each rate, the requests that remain and the seconds until there is one more. Absent when the \
                 request was refused before it was counted."
            }
            Self::RetryAfter => "The seconds to wait.",
            Self::Challenge => "For each scheme that would do, what to send.",
            Self::ChallengeIfAny => "What to send instead, where another credential would do.",
            Self::AllowedOrigin => "The one origin whose pages may read the answer.",
        }
    }
}

/// Every header, to be referred to.
pub(super) fn components(api: &'static Api, deployment: &Deployment) -> Pairs<model::Header> {
    let mut components = Pairs::new();
    for header in Header::ALL {
        let component = model::Header {
            description: header.description().to_owned(),
            required: header.is_required(),
            schema: schema(header, api, deployment),
        };
        components.push(header.component(), component);
    }
    components
}

/// These headers, by reference.
pub(super) fn references(headers: &[Header]) -> Pairs<Referable<model::Header>> {
    let mut references = Pairs::new();
    for header in headers {
        references.push(
            header.name(),
            Referable::Reference { place: format!("#/components/headers/{}", header.component()) },
        );
    }
    references
}

/// Whether the answer was given before, under the same idempotency key.
pub(super) fn replayed() -> model::Header {
    model::Header {
        description: "`true` where the same request was answered before: this is its answer.".to_owned(),
        required: false,
        schema: json_schema!({ "type": "boolean" }),
    }
}

/// A name in quotes: a String of RFC 9651.
const NAME: &str = r#""(?:[ !#-\[\]-~]|\\["\\])+""#;

fn schema(header: Header, api: &'static Api, deployment: &Deployment) -> Schema {
    match header {
        Header::RateLimitPolicy => listed(api, ";q=[0-9]{1,10};w=[0-9]{1,15}"),
        Header::RateLimit | Header::RateLimitOnceCounted => listed(api, ";r=[0-9]{1,10}(?:;t=[0-9]{1,15})?"),
        // As long as the longest period that a rate can have.
        Header::RetryAfter => {
            json_schema!({ "type": "integer", "format": "int64", "minimum": 1, "maximum": 18_446_744_074_u64 })
        }
        Header::Challenge | Header::ChallengeIfAny => {
            json_schema!({ "type": "string", "pattern": "^[!-~][ -~]*$", "maxLength": longest_challenges(api) })
        }
        Header::AllowedOrigin => match deployment.allowed_origin() {
            Some(origin) => json_schema!({ "type": "string", "enum": [origin] }),
            // Never sent. No origin that a page could have is named.
            None => json_schema!({ "type": "string", "enum": ["null"] }),
        },
    }
}

/// A list of policies, each with parameters.
fn listed(api: &'static Api, parameters: &str) -> Schema {
    let longest = api.declared_endpoints().iter().map(|endpoint| longest_list(api, endpoint)).max().unwrap_or(0);
    json_schema!({
        "type": "string",
        "pattern": format!("^{NAME}{parameters}(?:, {NAME}{parameters})*$"),
        "maxLength": longest,
    })
}

fn longest_list(api: &'static Api, endpoint: &'static Endpoint) -> usize {
    // A name twice as long when every character is escaped, its quotes, two numbers with their keys, a separator.
    api.rates_of(endpoint).map(|(name, _)| 2 * name.len() + 2 + 13 + 18 + 2).sum()
}

/// One challenge for each scheme: its words, the realm, the header of keys, and every scope there is.
fn longest_challenges(api: &Api) -> usize {
    let words = 128 + api.title().len();
    let names = api.declared_schemes().iter().map(|scheme| match scheme.kind() {
        SchemeKind::OAuth2 | SchemeKind::MutualTls | SchemeKind::Signature | SchemeKind::Webhook => 0,
        SchemeKind::ApiKey { header } => header.len(),
    });
    let scopes: usize =
        api.scope_catalogue().map_or(0, |scopes| scopes.entries().iter().map(|entry| entry.name().len() + 1).sum());
    names.map(|name| words + name + scopes).sum::<usize>().max(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        limit::{Charge, Standing, ratelimit, ratelimit_policy},
        openapi::examples::{READ, api, document},
        policy::{Control, Rate},
        rules::pattern::engine::Pattern,
    };

    /// Holds a value that the gate sends against the schema of its header.
    fn check(component: &serde_json::Value, value: &http::HeaderValue) {
        let (schema, value) = (&component["schema"], value.to_str().unwrap());
        let pattern: &'static str = String::leak(schema["pattern"].as_str().unwrap().to_owned());
        assert!(Pattern::compile(pattern).matches(value), "{pattern}: {value}");
        assert!(value.len() as u64 <= schema["maxLength"].as_u64().unwrap(), "{schema}: {value}");
    }

    #[test]
    fn what_the_gate_sends_fits_what_is_written() {
        const RATES: [Rate; 2] = [Rate::parse("4294967295/213503d per caller"), Rate::parse("1/s per ip")];
        let api = api(&[READ.control(), Control::Rate(RATES[0]), Control::Rate(RATES[1])]);
        let charges: Vec<_> =
            api.rates_of(api.declared_endpoints()[0]).map(|(name, rate)| Charge { name, rate, key: b"" }).collect();
        assert_eq!(charges.len(), 2);
        let headers = document(api)["components"]["headers"].clone();
        let kept: Vec<_> = charges.iter().map(|charge| Standing::kept(charge, u32::MAX, u64::MAX)).collect();
        check(&headers["RateLimit-Policy"], &ratelimit_policy(&kept).unwrap());
        check(&headers["RateLimit"], &ratelimit(&kept).unwrap());
        // What is not violated does not say when there is more.
        let refused = [kept[0], Standing::violated(&charges[1], 1)];
        check(&headers["RateLimit-Once-Counted"], &ratelimit(&refused).unwrap());
    }

    #[test]
    fn no_page_is_named_where_none_may_read() {
        let origin = |deployment: &Deployment| {
            let components = components(api(&[READ.control()]), deployment);
            serde_json::to_value(components).unwrap()["Access-Control-Allow-Origin"]["schema"]["enum"][0].clone()
        };
        let deployment = Deployment::at("https://api.example");
        assert_eq!(origin(&deployment), "null");
        assert_eq!(origin(&deployment.origin("https://shop.example")), "https://shop.example");
    }
}
