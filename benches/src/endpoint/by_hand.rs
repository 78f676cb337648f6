//! The endpoint written by hand, everything in one handler: token cache, scope and role, rate, size, check, headers.
//!
//! No audit event, no problem documents, no challenges: it is the limit for the allowed request, not a gate.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Instant,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::post,
};
use foldhash::fast::RandomState;
use http_body_util::{BodyExt, Limited};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, get_current_timestamp};
use serde::Deserialize;

use super::{Placed, token};
use crate::order::by_hand::Order;

pub fn orders() -> Router {
    with(Limit { interval: 1_000, burst: 1_000_000 })
}

/// The same, but an order a day.
pub fn limited() -> Router {
    with(Limit { interval: 86_400_000_000_000, burst: 1 })
}

fn with(limit: Limit) -> Router {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[token::ISSUER]);
    validation.set_audience(&[token::AUDIENCE]);
    let shop = Shop {
        key: DecodingKey::from_secret(token::SECRET),
        validation,
        cache: RwLock::default(),
        arrivals: Mutex::default(),
        limit,
        start: Instant::now(),
    };
    Router::new().route("/orders", post(place_order)).with_state(Arc::new(shop))
}

struct Shop {
    key: DecodingKey,
    validation: Validation,
    cache: RwLock<HashMap<Box<[u8]>, Known, RandomState>>,
    /// When the bucket of each subject is full again, in nanoseconds since the start.
    arrivals: Mutex<HashMap<u64, u64, RandomState>>,
    limit: Limit,
    start: Instant,
}

#[derive(Clone, Copy)]
struct Known {
    id: u64,
    expires_at: u64,
    rights: u8,
}

const SCOPE: u8 = 1;
const ROLE: u8 = 2;

/// One unit an interval, in nanoseconds, or so many at once.
#[derive(Clone, Copy)]
struct Limit {
    interval: u64,
    burst: u64,
}

async fn place_order(State(shop): State<Arc<Shop>>, request: Request) -> Response {
    match shop.place(request).await {
        Ok(answer) => answer,
        Err(status) => {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = status;
            answer
        }
    }
}

impl Shop {
    async fn place(&self, request: Request) -> Result<Response, StatusCode> {
        let headers = request.headers();
        let authorization = headers.get(header::AUTHORIZATION).ok_or(StatusCode::UNAUTHORIZED)?;
        let token = authorization.as_bytes().strip_prefix(b"Bearer ").ok_or(StatusCode::UNAUTHORIZED)?;
        let known = self.known(token).ok_or(StatusCode::UNAUTHORIZED)?;
        if known.rights & (SCOPE | ROLE) != SCOPE | ROLE {
            return Err(StatusCode::FORBIDDEN);
        }
        let (remaining, reset) = self.charge(known.id).ok_or(StatusCode::TOO_MANY_REQUESTS)?;
        if headers.get(header::CONTENT_TYPE).is_none_or(|declared| declared != "application/json") {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        let body = Limited::new(request.into_body(), 64 * 1024).collect().await;
        let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?.to_bytes();
        let text = simdutf8::basic::from_utf8(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
        let order: Order = serde_json::from_str(text).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
        if !order.check().is_empty() {
            return Err(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let placed = serde_json::to_vec(&Placed { total: order.total() });
        let mut answer = Response::new(Body::from(placed.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?));
        let headers = answer.headers_mut();
        headers.reserve(8);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let content = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        headers.insert(header::CONTENT_SECURITY_POLICY, content);
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert("ratelimit-policy", HeaderValue::from_static("\"place_order\";q=1000000;w=1"));
        if let Ok(rate) = HeaderValue::try_from(format!("\"place_order\";r={remaining};t={reset}")) {
            headers.insert("ratelimit", rate);
        }
        Ok(answer)
    }

    fn known(&self, token: &[u8]) -> Option<Known> {
        let now = get_current_timestamp();
        let cached = self.cache.read().unwrap_or_else(PoisonError::into_inner).get(token).copied();
        if let Some(known) = cached {
            return (now < known.expires_at).then_some(known);
        }
        #[derive(Deserialize)]
        struct Claims {
            exp: u64,
            scope: String,
            roles: Vec<String>,
        }
        let claims = decode::<Claims>(token, &self.key, &self.validation).ok()?.claims;
        let scope = if claims.scope.split(' ').any(|scope| scope == "orders:write") { SCOPE } else { 0 };
        let role = if claims.roles.iter().any(|role| role == "customer") { ROLE } else { 0 };
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        let known = Known { id: cache.len() as u64, expires_at: claims.exp, rights: scope | role };
        cache.insert(token.into(), known);
        Some(known)
    }

    /// The units that remain, and the seconds until there is one more.
    fn charge(&self, id: u64) -> Option<(u64, u64)> {
        let now = u64::try_from(self.start.elapsed().as_nanos()).ok()?;
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        let arrival = arrivals.entry(id).or_default();
        let Limit { interval, burst } = self.limit;
        let next = now.max(*arrival) + interval;
        let room = (interval * burst).checked_sub(next - now)?;
        *arrival = next;
        Some((room / interval, 1))
    }
}
