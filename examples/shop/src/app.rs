//! What handlers work with, and the router they are on.

use axum::{Router, extract::FromRef};
use palisade::{gate::Gate, openapi::Document, prelude::Routes};

use crate::{orders::Orders, policy::Shop};

/// The state of the application. A handler asks for the part it needs: `State(orders): State<Orders>`.
#[derive(Clone)]
pub struct App {
    /// The orders.
    pub orders: Orders,
    /// The document of the API, made once at the start.
    pub document: Document,
}

impl FromRef<App> for Orders {
    fn from_ref(app: &App) -> Self {
        app.orders.clone()
    }
}

impl FromRef<App> for Document {
    fn from_ref(app: &App) -> Self {
        app.document.clone()
    }
}

/// Every endpoint behind the gate, and a problem where there is none.
pub fn router(gate: Gate<Shop>, app: App) -> Router {
    Shop::application(gate).with_state(app)
}
