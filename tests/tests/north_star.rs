//! The example of the design, as a user would write it.

use axum::{body::Body, extract::ConnectInfo};
use palisade::{
    access::Decision,
    auth::{MemoryKeys, Outage, Secret},
    policy::Action,
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use serde::{Deserialize, Serialize};
use tower::ServiceExt;

/// What a token may be good for.
#[derive(Scopes)]
pub enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    OrdersRead,
    /// Place and cancel orders.
    #[secure("orders:write")]
    OrdersWrite,
}

/// What a caller may be.
#[derive(Roles)]
pub enum Role {
    /// A customer.
    #[secure("customer")]
    Customer,
    /// Helps customers.
    #[secure("support", implies(Customer))]
    Support,
}

/// Where an order goes.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[secure(length(min = 1, max = 100))]
    street: String,
}

/// A new order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewOrder {
    #[secure(trim, length(min = 1, max = 64))]
    title: String,
    #[secure(pattern("[A-Z]{3}-[0-9]{4}"))]
    sku: String,
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
    #[secure(email, sensitive)]
    contact: String,
    #[secure(length(max = 10), each(trim, length(min = 1, max = 24)))]
    tags: Vec<String>,
    ship_to: Address,
}

/// An order.
#[derive(Serialize, Secure)]
#[secure(output)]
pub struct Order {
    #[secure(length(max = 64))]
    title: String,
}

/// Where orders are kept.
#[derive(Clone)]
pub struct Db;

impl Object for Order {
    type Id = u32;
    type Store = Db;

    async fn load(id: u32, _db: &Db) -> Result<Option<Self>, Outage> {
        Ok((id == 1).then(|| Order { title: "alice".into() }))
    }

    fn rule(&self, caller: &Caller, _action: Action) -> Decision {
        Decision::allow_if(caller.subject() == self.title)
    }
}

/// Places an order.
#[secure(post = "/orders", scope = Scope::OrdersWrite, rate = "60/min per caller")]
async fn place_order(
    caller: Caller,
    State(_db): State<Db>,
    Json(order): Json<NewOrder>,
) -> Result<Created<Json<Order>>, Problem> {
    assert!(!caller.subject().is_empty());
    assert!(order.quantity > 0 && !order.sku.is_empty() && !order.contact.is_empty());
    let _ = (&order.tags, &order.ship_to.street);
    Ok(Created::at("/orders/1", Json(Order { title: order.title })))
}

/// Reads one order. Only its owner may.
#[secure(get = "/orders/{id}", scope = Scope::OrdersRead, object(id: Order))]
async fn read_order(order: Authorized<Order>) -> Json<Order> {
    Json(order.into_inner())
}

/// Cancels an order.
#[secure(delete = "/orders/{id}", object(id: Order),
         allow = scope(Scope::OrdersWrite) && (role(Role::Support) || fresh(minutes(15))))]
async fn cancel_order(order: Authorized<Order>, State(_db): State<Db>) -> Result<NoContent, Problem> {
    let _ = order;
    Ok(NoContent)
}

#[secure(get = "/health", public = "a liveness probe; it returns nothing but 204")]
async fn health() -> NoContent {
    NoContent
}

/// The order API of a small shop.
#[secure(
    title = "Shop", version = "1.0.0",
    auth(oauth2, api_key(header = "X-Api-Key")),
    scopes = Scope, roles = Role,
    default(rate = "600/min per ip"),
    endpoints(place_order, read_order, cancel_order, health),
)]
pub struct Shop;

/// An application in process: the gate with test keys in front of the endpoints above.
struct Application {
    app: axum::Router,
    issuer: TestIssuer,
}

const NOW: u64 = 1_800_000_000;

impl Application {
    async fn start() -> Self {
        let issuer = TestIssuer::new("https://id.shop.example");
        let pepper = Secret::new("a pepper of at least thirty-two bytes".to_owned());
        let keys = ApiKeys::new("shop", MemoryKeys::new([]), pepper).expect("sound keys");
        let gate = Gate::builder()
            .bearer(issuer.tokens("https://api.shop.example"))
            .api_keys(keys)
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::tracing())
            .clock(FakeClock::at(NOW))
            .build()
            .await
            .expect("the gate opens");
        Self { app: Shop::router(gate).with_state(Db), issuer }
    }

    async fn status(&self, method: &str, path: &str, scope: Option<&str>, body: &str) -> u16 {
        let peer = ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1)));
        let mut request = http::Request::builder().method(method).uri(path).extension(peer);
        if let Some(scope) = scope {
            let token = self.issuer.token().subject("alice").scope(scope).sign(NOW);
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        self.app.clone().oneshot(request).await.expect("an answer").status().as_u16()
    }
}

#[tokio::test]
async fn the_design_compiles_and_runs() {
    let good =
        r#"{"title":" a ","sku":"ABC-1234","quantity":1,"contact":"a@b.example","tags":["x"],"shipTo":{"street":"y"}}"#;
    let bad = r#"{"title":5,"sku":"abc","quantity":-1,"contact":"a","tags":["x",""],"shipTo":{"street":"","street":"x"},"more":1}"#;
    let (read, write) = (Some("orders:read"), Some("orders:write"));
    let application = Application::start().await;
    let rows = [
        ("GET", "/health", None, "", 204),
        ("GET", "/orders/1", None, "", 401),
        ("GET", "/orders/1", write, "", 403),
        ("GET", "/orders/1", read, "", 200),
        ("GET", "/orders/2", read, "", 404),
        ("DELETE", "/orders/1", write, "", 401),
        ("POST", "/orders", write, good, 201),
        ("POST", "/orders", write, bad, 422),
        ("POST", "/orders", write, "{", 400),
        ("PUT", "/orders", write, good, 405),
    ];
    for (method, path, scope, body, expected) in rows {
        let found = application.status(method, path, scope, body).await;
        assert_eq!(found, expected, "{method} {path} with {scope:?}: {body}");
    }
}

#[tokio::test]
async fn the_body_of_a_handler_is_callable_as_it_is() {
    assert_eq!(health::handler().await, NoContent);
}
