//! The policy that all endpoints share: scopes, roles, and the API they make up.

use palisade::prelude::*;

use crate::{
    admin::list_all_orders,
    orders::{cancel_order, change_order, list_orders, place_order, read_order},
    payments::note_payment,
    reports::daily_report,
    service::{health, openapi},
    warehouse::note_shipment,
};

/// What a token may be good for.
#[derive(Debug, Clone, Copy, Scopes)]
pub enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    OrdersRead,
    /// Place, change and cancel orders.
    #[secure("orders:write")]
    OrdersWrite,
    /// See the orders of every customer.
    #[secure("admin:orders")]
    AdminOrders,
    /// Read reports.
    #[secure("reports:read")]
    ReportsRead,
    /// Say that orders have left.
    #[secure("orders:ship")]
    Ship,
}

/// What a caller may be.
#[derive(Debug, Clone, Copy, Roles)]
pub enum Role {
    /// Buys things.
    #[secure("customer")]
    Customer,
    /// Helps customers, with all of their orders.
    #[secure("support", implies(Customer))]
    Support,
}

/// The order API of a small shop.
#[secure(
    title = "Shop", version = "1.0.0",
    auth(oauth2, api_key(header = "X-Api-Key"), mtls, webhook(name = "payments")),
    scopes = Scope, roles = Role,
    default(rate = "600/min per ip", auth = "oauth2"),
    endpoints(
        health, openapi,
        list_orders, place_order, read_order, change_order, cancel_order,
        list_all_orders,
        daily_report,
        note_payment,
        note_shipment,
    ),
)]
#[derive(Debug)]
pub struct Shop;
