//! The endpoint with Palisade: authenticated, authorized, limited, checked, audited, answered with all its headers.

use axum::Router;
use palisade::{
    auth::{Algorithm, Key, Keys, Secret, Tokens},
    prelude::*,
};
use serde::Serialize;

use super::{at_once, token};
use crate::order::secured::Order;

/// What a token may be good for.
#[derive(Scopes)]
pub enum Scope {
    /// Place orders.
    #[secure("orders:write")]
    OrdersWrite,
}

/// What a caller may be.
#[derive(Roles)]
pub enum Role {
    /// A customer.
    #[secure("customer")]
    Customer,
}

/// What was placed.
#[derive(Serialize, Secure)]
#[secure(output)]
pub struct Placed {
    total: u64,
}

/// Places an order.
#[secure(post = "/orders", scope = Scope::OrdersWrite, role = Role::Customer, rate = "1000000/s per caller")]
async fn place_order(Json(order): Json<Order>) -> Json<Placed> {
    Json(Placed { total: order.total() })
}

/// Places an order, but once a day.
#[secure(post = "/limited", scope = Scope::OrdersWrite, role = Role::Customer, rate = "1/d per caller")]
async fn place_one(Json(order): Json<Order>) -> Json<Placed> {
    Json(Placed { total: order.total() })
}

/// The order API.
#[secure(title = "Shop", version = "1.0.0", auth(oauth2), scopes = Scope, roles = Role, endpoints(place_order, place_one))]
pub struct Shop;

/// The application.
pub fn shop() -> Router {
    let key = Key::hmac(Algorithm::Hs256, &Secret::new(*token::SECRET)).expect("a key").named(token::KEY_ID);
    let tokens = Tokens::issuer(token::ISSUER).audience(token::AUDIENCE).keys(Keys::new([key]).expect("a key set"));
    let gate = Gate::builder().bearer(tokens).limiter(Limiter::memory()).audit(Audit::tracing());
    Shop::router(at_once(gate.build()).expect("the gate has all it needs"))
}
