//! Who sees what: one handler, one type, and each caller gets the part of it that is theirs.

use axum::{body::Body, extract::ConnectInfo};
use http::Request;
use http_body_util::BodyExt;
use palisade::{
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use tower::ServiceExt;

/// What a caller may be.
#[derive(Roles)]
enum Role {
    /// Helps patients.
    #[secure("nurse")]
    Nurse,
    /// Treats patients.
    #[secure("doctor", implies(Nurse))]
    Doctor,
}

/// The record of a patient.
#[derive(serde::Serialize, Secure)]
#[secure(output)]
struct Record {
    #[secure(owner, length(max = 64))]
    patient: String,
    #[secure(visible(allow = owner || role(Role::Nurse)), length(max = 100))]
    ward: String,
    #[secure(visible(role = Role::Doctor), length(max = 1_000))]
    findings: String,
    #[secure(visible(owner), mask(last = 3), length(max = 20))]
    insurance: String,
    #[secure(never, length(max = 100))]
    row: String,
}

/// Shows a record.
#[secure(get = "/record", auth = "oauth2")]
async fn read_record() -> Json<Record> {
    Json(Record {
        patient: "ada".into(),
        ward: "3 West".into(),
        findings: "recovering".into(),
        insurance: "X110411319".into(),
        row: "clinic.records:7".into(),
    })
}

/// The records of a clinic.
#[secure(
    title = "Clinic", version = "1.0.0",
    auth(oauth2), roles = Role,
    default(rate = "60/min per caller"),
    endpoints(read_record),
)]
struct Clinic;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    const NOW: u64 = 1_800_000_000;
    let issuer = TestIssuer::new("https://id.clinic.example");
    let gate = Gate::builder()
        .bearer(issuer.tokens(TestIssuer::AUDIENCE))
        .limiter(Limiter::memory())
        .audit(Audit::none("an example prints what it does"))
        .clock(FakeClock::at(NOW))
        .build()
        .await?;
    let app: axum::Router = Clinic::router(gate);

    let rows = [
        ("ada", None, r#"{"patient":"ada","ward":"3 West","insurance":"X110411319"}"#),
        ("eve", None, r#"{"patient":"ada","insurance":"*******319"}"#),
        ("ned", Some("nurse"), r#"{"patient":"ada","ward":"3 West","insurance":"*******319"}"#),
        (
            "dan",
            Some("doctor"),
            r#"{"patient":"ada","ward":"3 West","findings":"recovering","insurance":"*******319"}"#,
        ),
    ];
    for (subject, role, expected) in rows {
        let token = issuer.token().subject(subject);
        let token = role.map_or_else(|| token.clone(), |role| token.clone().role(role));
        let request = Request::get("/record")
            .header("authorization", format!("Bearer {}", token.sign(NOW)))
            .extension(ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))))
            .body(Body::empty())?;
        let answer = app.clone().oneshot(request).await?.into_body().collect().await?.to_bytes();
        println!("{subject}: {}", String::from_utf8_lossy(&answer));
        assert_eq!(answer, expected);
    }
    Ok(())
}
