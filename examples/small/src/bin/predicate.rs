//! Who may, said with an expression: scopes, roles, and a predicate of your own.

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, StatusCode};
use palisade::{
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use tower::ServiceExt;

/// What a token may be good for.
#[derive(Scopes)]
enum Scope {
    /// Read the ledger.
    #[secure("ledger:read")]
    LedgerRead,
}

/// What a caller may be.
#[derive(Roles)]
enum Role {
    /// Keeps the books.
    #[secure("accountant")]
    Accountant,
}

/// Whether the caller belongs to the tenant that owns the ledger.
fn of_this_house(caller: &Caller) -> Decision {
    Decision::allow_if(caller.claims().get("tenant").is_some_and(|tenant| tenant == "house"))
}

/// Shows the ledger.
#[secure(get = "/ledger", allow = scope(Scope::LedgerRead) && (role(Role::Accountant) || of_this_house))]
async fn read_ledger() -> NoContent {
    NoContent
}

/// The books.
#[secure(
    title = "Books", version = "1.0.0",
    auth(oauth2), scopes = Scope, roles = Role,
    default(rate = "60/min per caller"),
    endpoints(read_ledger),
)]
struct Books;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    const NOW: u64 = 1_800_000_000;
    let issuer = TestIssuer::new("https://id.books.example");
    let gate = Gate::builder()
        .bearer(issuer.tokens("https://api.books.example"))
        .limiter(Limiter::memory())
        .audit(Audit::none("an example prints what it does"))
        .clock(FakeClock::at(NOW))
        .build()
        .await?;
    let app: axum::Router = Books::router(gate);

    let reader = || issuer.token().audience("https://api.books.example").scope("ledger:read");
    let rows = [
        ("without a scope", issuer.token().audience("https://api.books.example"), StatusCode::FORBIDDEN),
        ("a stranger", reader(), StatusCode::FORBIDDEN),
        ("an accountant", reader().role("accountant"), StatusCode::NO_CONTENT),
        ("one of the house", reader().claim("tenant", "house"), StatusCode::NO_CONTENT),
    ];
    for (who, token, expected) in rows {
        let request = Request::get("/ledger")
            .header("authorization", format!("Bearer {}", token.sign(NOW)))
            .extension(ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))))
            .body(Body::empty())?;
        let status = app.clone().oneshot(request).await?.status();
        println!("{who}: {status}");
        assert_eq!(status, expected);
    }
    Ok(())
}
