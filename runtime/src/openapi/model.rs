//! `OpenAPI` 3.1 as far as we write it: what a policy never says is not here.

use schemars::Schema;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

/// A map that keeps its order.
#[derive(Debug, Clone)]
pub(super) struct Pairs<V>(pub(super) Vec<(String, V)>);

impl<V> Pairs<V> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn push(&mut self, name: impl Into<String>, value: V) {
        self.0.push((name.into(), value));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value under `name`, which is made when there is none.
    pub(super) fn entry(&mut self, name: &str, make: impl FnOnce() -> V) -> Option<&mut V> {
        let found = self.0.iter().position(|(other, _)| other == name);
        match found {
            Some(at) => self.0.get_mut(at).map(|(_, value)| value),
            None => {
                self.push(name, make());
                self.0.last_mut().map(|(_, value)| value)
            }
        }
    }
}

impl<V: Serialize> Serialize for Pairs<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A whole document.
#[derive(Debug, Serialize)]
pub(super) struct OpenApi {
    pub(super) openapi: &'static str,
    pub(super) info: Info,
    pub(super) servers: [Server; 1],
    pub(super) tags: Vec<Tag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) security: Vec<Requirement>,
    pub(super) paths: Pairs<Pairs<Operation>>,
    pub(super) components: Components,
}

#[derive(Debug, Serialize)]
pub(super) struct Info {
    pub(super) title: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'static str,
    pub(super) version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) contact: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<Link>,
}

#[derive(Debug, Serialize)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) url: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Server {
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(rename = "x-internal")]
    pub(super) internal: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Tag {
    pub(super) name: String,
}

/// Schemes that must hold together, each with its scopes. Several requirements are alternatives; an empty one asks
/// for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Requirement(pub(super) std::collections::BTreeMap<&'static str, Vec<&'static str>>);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operation {
    pub(super) tags: [String; 1],
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) summary: &'static str,
    pub(super) description: String,
    pub(super) operation_id: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parameters: Vec<Parameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request_body: Option<RequestBody>,
    pub(super) responses: Pairs<Referable<Response>>,
    pub(super) security: Vec<Requirement>,
    #[serde(rename = "x-palisade-access", skip_serializing_if = "Option::is_none")]
    pub(super) access: Option<String>,
    #[serde(rename = "x-palisade-transport", skip_serializing_if = "Option::is_none")]
    pub(super) transport: Option<&'static str>,
    #[serde(rename = "x-public-reason", skip_serializing_if = "Option::is_none")]
    pub(super) public_reason: Option<&'static str>,
    #[serde(rename = "x-rate-limit")]
    pub(super) rate_limit: Vec<RateLimit>,
}

#[derive(Debug, Serialize)]
pub(super) struct RateLimit {
    pub(super) policy: &'static str,
    pub(super) quota: u32,
    pub(super) window: u64,
    pub(super) partition: &'static str,
    pub(super) burst: u32,
}

/// Where a parameter stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug, Serialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) location: Location,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    pub(super) required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) style: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) explode: Option<bool>,
    #[serde(rename = "x-open-reason", skip_serializing_if = "Option::is_none")]
    pub(super) open_reason: Option<&'static str>,
    pub(super) schema: Schema,
}

#[derive(Debug, Serialize)]
pub(super) struct RequestBody {
    pub(super) description: String,
    pub(super) required: bool,
    pub(super) content: Pairs<MediaType>,
}

#[derive(Debug, Serialize)]
pub(super) struct MediaType {
    pub(super) schema: Schema,
    /// How the properties of a form are spelled, or the parts of a multipart body declared.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub(super) encoding: Pairs<Encoding>,
}

impl MediaType {
    /// Content that says all about itself.
    pub(super) const fn of(schema: Schema) -> Self {
        Self { schema, encoding: Pairs::new() }
    }
}

/// How one property of a form is spelled, or one part of a multipart body declared.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub(super) enum Encoding {
    Spelled(Spelling),
    #[cfg(feature = "multipart")]
    Part {
        content_type: String,
    },
}

/// How a list or an object is spelled.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Spelling {
    pub(super) style: &'static str,
    pub(super) explode: bool,
}

/// A thing itself, or where it stands among the components.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Referable<T> {
    Reference {
        #[serde(rename = "$ref")]
        place: String,
    },
    Inline(T),
}

#[derive(Debug, Serialize)]
pub(super) struct Response {
    pub(super) description: String,
    pub(super) headers: Pairs<Referable<Header>>,
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub(super) content: Pairs<MediaType>,
}

#[derive(Debug, Serialize)]
pub(super) struct Header {
    pub(super) description: String,
    pub(super) required: bool,
    pub(super) schema: Schema,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Components {
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(super) schemas: Map<String, Value>,
    pub(super) responses: Pairs<Response>,
    pub(super) headers: Pairs<Header>,
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub(super) security_schemes: Pairs<SecurityScheme>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(super) enum SecurityScheme {
    Oauth2 {
        description: String,
        flows: Flows,
    },
    Http {
        description: String,
        scheme: &'static str,
        #[serde(rename = "bearerFormat")]
        bearer_format: &'static str,
    },
    ApiKey {
        description: String,
        #[serde(rename = "in")]
        location: &'static str,
        name: &'static str,
    },
    #[serde(rename = "mutualTLS")]
    MutualTls {
        description: String,
    },
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Flows {
    pub(super) authorization_code: Flow,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Flow {
    pub(super) authorization_url: String,
    pub(super) token_url: String,
    pub(super) refresh_url: String,
    pub(super) scopes: Pairs<String>,
}
