//! What a file with policies in it needs: `use palisade::prelude::*;`.

pub use crate::{Roles, Scopes, Secure, secure, value::Valid};

#[cfg(feature = "gate")]
pub use crate::{
    Api, Callers, Problem,
    access::Decision,
    audit::Audit,
    auth::{ApiKeys, Caller, Outage, Tokens},
    gate::{Clients, Gate},
    idempotency::Idempotency,
    input::{Authorized, Cookies, Form, Handle, Headers, Json, Ndjson, Object, Path, Query},
    limit::Limiter,
    openapi::Deployment,
    policy::{Action, hours, minutes, seconds},
    respond::{Created, NoContent},
};

#[cfg(feature = "multipart")]
pub use crate::input::Multipart;

#[cfg(feature = "axum")]
pub use crate::axum::Routes;
#[cfg(feature = "axum")]
pub use ::axum::extract::State;
