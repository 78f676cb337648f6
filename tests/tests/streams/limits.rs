//! A limit that an endpoint says itself, instead of what its type makes of its bounds.

use std::time::Duration;

use crate::{client::Ask, world::serve};

#[tokio::test]
async fn a_limit_that_is_said_holds() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let padded = |size: usize| format!("{:<size$}", "{\"celsius\":1}");
    let rows = [
        ("/short", padded(20), 200, "allow respond ok 200"),
        ("/short", padded(21), 413, "deny admit too_large 413"),
        ("/notes", padded(21), 200, "allow respond ok 200"),
    ];
    for (target, body, status, event) in rows {
        assert_eq!(Ask::new("POST", target).json(body).send(address).await.status, status, "{target}");
        assert_eq!(log.take(), [event], "{target}");
    }
    let chunked = Ask::new("POST", "/short").json(padded(21)).chunked().send(address).await;
    assert_eq!((chunked.status, log.take()), (413, vec!["deny input too_large 413".into()]));
}
