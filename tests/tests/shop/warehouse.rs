//! The warehouse, which comes by TLS with a certificate of its own: as `shop --tls DIRECTORY` makes them.

use std::{path::Path, process::Command};

use palisade::{Clock, SystemClock, audit::Audit};
use serde_json::json;
use shop::{
    app::{self, App},
    demo,
    deployment::{self, Identities},
    orders::Orders,
    tls,
};
use tokio::net::TcpListener;

/// Calls with curl, by the authority of the directory and, if it is named, a certificate in it with its key: the status.
fn call(directory: &Path, shows: Option<(&str, &str)>, url: &str, more: &[&str]) -> String {
    let file = |name: &str| directory.join(name).display().to_string();
    let mut curl = Command::new("curl");
    // Not HTTP/2: an answer that comes before its request is read ends with RST_STREAM and no error (RFC 9113, section 8.1), which
    // some versions of curl take for one.
    curl.args([
        "--http1.1",
        "-s",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}%{errormsg}",
        "--cacert",
        &file("clients.pem"),
    ]);
    if let Some((certificate, key)) = shows {
        curl.args(["--cert", &file(certificate), "--key", &file(key)]);
    }
    let output = curl.args(more).arg(url).output().expect("curl runs");
    String::from_utf8(output.stdout).expect("a status")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_warehouse_ships_by_its_certificate_alone() {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("skipped: no curl to make a TLS connection with");
        return;
    }
    let directory = std::env::temp_dir().join(format!("shop-tls-{}", std::process::id()));
    let tls = tls::open(&directory).await.unwrap();
    let identities = Identities::new().unwrap();
    let tokens = identities.tokens(SystemClock.unix_seconds());
    let orders = Orders::in_memory().await.unwrap();
    let samples = demo::sample(&orders).await.unwrap();
    let gate = deployment::gate(identities, SystemClock, Audit::tracing()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app::router(gate, App { orders, document: deployment::document(address) });
    tokio::spawn(palisade::tls::serve(listener, app, tls, std::future::pending()));

    let asked = {
        let directory = directory.clone();
        tokio::task::spawn_blocking(move || {
            let base = format!("https://localhost:{}", address.port());
            let shipment = json!({"orderId": samples.placed.as_str()}).to_string();
            let ship = format!("{base}/v1/shipments");
            let order = format!("{base}/v1/orders/{}", samples.placed.as_str());
            let alice = ["-H", &format!("authorization: Bearer {}", tokens[0].1)];
            let shipment = ["-H", "content-type: application/json", "-d", &shipment];
            let warehouse = Some(("warehouse.pem", "warehouse.key"));
            [
                ("anybody, to see whether it is there", call(&directory, None, &format!("{base}/health"), &[]), "204"),
                ("no certificate", call(&directory, None, &ship, &shipment), "401"),
                (
                    "a certificate that names nobody",
                    call(&directory, Some(("chain.pem", "key.pem")), &ship, &shipment),
                    "401",
                ),
                ("the warehouse", call(&directory, warehouse, &ship, &shipment), "204"),
                ("the warehouse reads no orders", call(&directory, warehouse, &order, &[]), "401"),
                ("a token beside a certificate", call(&directory, warehouse, &order, &alice), "200"),
            ]
        })
        .await
        .unwrap()
    };
    std::fs::remove_dir_all(&directory).unwrap();
    for (what, found, expected) in asked {
        assert_eq!(found, expected, "{what}");
    }
}
