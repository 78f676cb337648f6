//! The order endpoint, several times the same, called in process: no socket, no runtime, nothing ever waits.

pub mod by_hand;
pub mod peers;
pub mod plain;
pub mod secured;
pub mod token;

use std::{
    net::SocketAddr,
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use bytes::Bytes;
use http::{StatusCode, header};
use http_body_util::BodyExt;
use tower::Service;

/// A request as a client sends it, with a token or without.
pub fn request(path: &'static str, authorization: Option<&str>, document: &Bytes) -> Request {
    let mut request = http::Request::post(path)
        .header(header::HOST, "shop.example")
        .header(header::USER_AGENT, "palisade-benches/0.1")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONTENT_LENGTH, document.len());
    if let Some(authorization) = authorization {
        request = request.header(header::AUTHORIZATION, authorization);
    }
    let mut request = request.body(Body::from(document.clone())).expect("a request");
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4711))));
    request
}

/// Calls the application and reads the answer to its end.
pub fn call(app: &mut Router, request: Request) -> (StatusCode, usize) {
    let answer = at_once(app.call(request)).unwrap_or_else(|never| match never {});
    let status = answer.status();
    (status, at_once(answer.into_body().collect()).map_or(0, |body| body.to_bytes().len()))
}

/// What a future comes to that never waits.
pub fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// What every endpoint answers.
#[derive(serde::Serialize)]
pub struct Placed {
    pub total: u64,
}
