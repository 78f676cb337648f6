//! One request over both protocols: HTTP/1.1 exactly as written, HTTP/2 with prior knowledge.

use std::net::SocketAddr;

use axum::body::Bytes;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A request in the making. What is not said is not sent.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    method: &'static str,
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) body: String,
}

pub(crate) fn get(target: impl Into<String>) -> Ask {
    Ask { method: "GET", target: target.into(), headers: Vec::new(), body: Vec::new() }
}

pub(crate) fn post(target: impl Into<String>, content_type: &str, body: impl Into<Vec<u8>>) -> Ask {
    let ask = Ask { method: "POST", target: target.into(), headers: Vec::new(), body: body.into() };
    if content_type.is_empty() { ask } else { ask.header("content-type", content_type) }
}

impl Ask {
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_vec()));
        self
    }

    pub(crate) async fn over_http_1(&self, address: SocketAddr) -> Told {
        let mut bytes = format!("{} {} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n", self.method, self.target);
        if !self.body.is_empty() {
            bytes.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        let mut bytes = bytes.into_bytes();
        for (name, value) in &self.headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        let mut stream = TcpStream::connect(address).await.unwrap();
        // A server may refuse, and close, before it has read everything.
        let _ = stream.write_all(&bytes).await;
        let mut received = Vec::new();
        let _ = stream.read_to_end(&mut received).await;
        let text = String::from_utf8_lossy(&received).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Told { status: status.unwrap_or(0), body: body.to_owned() }
    }

    /// `None` where HTTP/2 has no way to say it.
    pub(crate) async fn over_http_2(&self, address: SocketAddr) -> Option<Told> {
        let mut request = http::Request::builder().method(self.method).uri(format!("http://test{}", self.target));
        for (name, value) in &self.headers {
            request = request.header(name, value.as_slice());
        }
        let request = request.body(()).ok()?;
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut client, connection) = h2::client::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        let (answer, mut sender) = client.send_request(request, self.body.is_empty()).unwrap();
        if !self.body.is_empty() {
            sender.send_data(Bytes::from(self.body.clone()), true).unwrap();
        }
        let answer = answer.await.unwrap();
        let status = answer.status().as_u16();
        let mut body = answer.into_body();
        let mut received = Vec::new();
        while let Some(Ok(data)) = body.data().await {
            received.extend_from_slice(&data);
        }
        Some(Told { status, body: String::from_utf8_lossy(&received).into_owned() })
    }
}

impl Told {
    /// The last word of the problem's type, and where it points and at what: `invalid: query /limit type`.
    pub(crate) fn problem(&self) -> String {
        let json: Value = serde_json::from_str(&self.body).unwrap_or_default();
        let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let kind = word(&json, "type").rsplit([':', '#']).next().unwrap_or_default().to_owned();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        let lines = errors
            .iter()
            .map(|error| format!("{} {} {}", word(error, "in"), word(error, "pointer"), word(error, "code")));
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() { kind } else { lines.join(", ") }
    }
}
