//! The stack that most axum services have: jsonwebtoken in a middleware, `tower_governor`, garde in an extractor.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{FromRequest, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::post,
};
use garde::Validate;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::{Deserialize, de::DeserializeOwned};
use tower_governor::{GovernorLayer, governor::GovernorConfigBuilder};

use super::{Placed, token};
use crate::order::by_garde::{self, Order};

/// All of them together, with a limit that is never reached.
pub fn stack() -> Router {
    limited(Duration::from_millis(1), 1_000_000_000)
}

/// All of them together: `burst` requests are admitted, and then one each `period`.
pub fn limited(period: Duration, burst: u32) -> Router {
    let limits = GovernorConfigBuilder::default().period(period).burst_size(burst).finish().expect("a limit");
    orders().layer(middleware::from_fn_with_state(verifier(), authenticate)).layer(GovernorLayer::new(limits))
}

/// garde alone: the cheapest of the three.
pub fn orders() -> Router {
    async fn place_order(Valid(order): Valid<Order>) -> Json<Placed> {
        Json(Placed { total: order.total() })
    }
    Router::new().route("/orders", post(place_order))
}

/// Decodes and validates, as axum-valid does; that crate is not built for garde's newest version.
struct Valid<T>(T);

impl<T: DeserializeOwned + Validate<Context = ()>, S: Send + Sync> FromRequest<S> for Valid<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let Json(value) = Json::<T>::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        match value.validate() {
            Ok(()) => Ok(Self(value)),
            Err(report) => {
                let json = [(header::CONTENT_TYPE, "application/problem+json")];
                Err((StatusCode::UNPROCESSABLE_ENTITY, json, by_garde::to_json(&report)).into_response())
            }
        }
    }
}

struct Verifier {
    key: DecodingKey,
    validation: Validation,
}

fn verifier() -> Arc<Verifier> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[token::ISSUER]);
    validation.set_audience(&[token::AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    Arc::new(Verifier { key: DecodingKey::from_secret(token::SECRET), validation })
}

#[derive(Deserialize)]
struct Claims {
    scope: String,
    roles: Vec<String>,
}

async fn authenticate(
    State(verifier): State<Arc<Verifier>>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Result<Response, StatusCode> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = authorization.and_then(|value| value.strip_prefix("Bearer ")).ok_or(StatusCode::UNAUTHORIZED)?;
    let verified =
        decode::<Claims>(token, &verifier.key, &verifier.validation).map_err(|_| StatusCode::UNAUTHORIZED)?;
    let claims = verified.claims;
    let scope = claims.scope.split(' ').any(|scope| scope == "orders:write");
    let role = claims.roles.iter().any(|role| role == "customer");
    if scope && role { Ok(next.run(request).await) } else { Err(StatusCode::FORBIDDEN) }
}
