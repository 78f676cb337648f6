//! The example of the design, as a user would write it.
#![expect(missing_docs, reason = "a test")]

use palisade::{access::Decision, auth::Outage, policy::Action, prelude::*};
use serde::{Deserialize, Serialize};

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

#[derive(Roles)]
pub enum Role {
    /// A customer.
    #[secure("customer")]
    Customer,
    /// Helps customers.
    #[secure("support", implies(Customer))]
    Support,
}

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

#[derive(Serialize, Secure)]
#[secure(output)]
pub struct Order {
    #[secure(length(max = 64))]
    title: String,
}

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
async fn place_order(caller: Caller, State(_db): State<Db>, Json(order): Json<NewOrder>) -> Result<Created<Json<Order>>, Problem> {
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

#[tokio::test]
async fn the_design_runs() {
    use palisade::auth::{MemoryKeys, Secret};
    use palisade::testing::{FakeClock, TestIssuer};
    use tower::ServiceExt;
    let issuer = TestIssuer::new("https://id.shop.example");
    let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new("0123456789012345678901234567890123456789".to_owned())).unwrap();
    let gate = Gate::builder()
        .bearer(issuer.tokens("https://api.shop.example"))
        .api_keys(keys)
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::tracing())
        .clock(FakeClock::at(1_800_000_000))
        .build()
        .await
        .unwrap();
    let app: axum::Router = Shop::router(gate).with_state(Db);
    let token = issuer.token().subject("alice").scope("orders:read orders:write").sign(1_800_000_000);
    let call = |method: &str, path: &str, token: Option<&str>, body: &str| {
        let mut request = http::Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        let mut request = request.body(axum::body::Body::from(body.to_owned())).unwrap();
        request.extensions_mut().insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
        let app = app.clone();
        async move {
            let answer = app.oneshot(request).await.unwrap();
            let status = answer.status().as_u16();
            let headers = format!("{:?}", answer.headers());
            let body = http_body_util::BodyExt::collect(answer.into_body()).await.unwrap().to_bytes();
            println!("{status} {headers} {}", String::from_utf8_lossy(&body));
            status
        }
    };
    assert_eq!(call("GET", "/health", None, "").await, 204);
    assert_eq!(call("GET", "/orders/1", None, "").await, 401);
    assert_eq!(call("GET", "/orders/1", Some(&token), "").await, 200);
    assert_eq!(call("GET", "/orders/2", Some(&token), "").await, 404);
    assert_eq!(call("DELETE", "/orders/1", Some(&token), "").await, 401);
    let good = r#"{"title":" a ","sku":"ABC-1234","quantity":1,"contact":"a@b.example","tags":["x"],"shipTo":{"street":"y"}}"#;
    assert_eq!(call("POST", "/orders", Some(&token), good).await, 201);
    let bad = r#"{"title":" ","sku":"abc","quantity":0,"contact":"a","tags":["x",""],"shipTo":{"street":""}}"#;
    assert_eq!(call("POST", "/orders", Some(&token), bad).await, 422);
    let bad = r#"{"title":5,"sku":"abc","quantity":-1,"contact":"a","tags":["x",""],"shipTo":{"street":"","street":"x"},"more":1}"#;
    assert_eq!(call("POST", "/orders", Some(&token), bad).await, 422);
    assert_eq!(call("POST", "/orders", Some(&token), "{").await, 400);
}
