//! An HTTP/1.1 client that sends exactly the bytes it is given, also those that no well-behaved client would send.

use std::{net::SocketAddr, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// A request in the making. What is not said is not sent.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    framing: Framing,
}

/// How the end of the body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// By its length.
    Length,
    /// In chunks, and the last one comes.
    Chunked,
    /// In chunks, and the last one never comes.
    Endless,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Ask {
    pub(crate) fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.into(),
            target: target.into(),
            headers: Vec::new(),
            body: Vec::new(),
            framing: Framing::Length,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn is(&self, method: &str, target: &str) -> bool {
        self.method == method && self.target == target
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn json(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "application/json").body(body)
    }

    pub(crate) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    pub(crate) fn chunked(self) -> Self {
        Self { framing: Framing::Chunked, ..self }
    }

    pub(crate) fn endless(self) -> Self {
        Self { framing: Framing::Endless, ..self }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let chunk = format!("{:x}\r\n", self.body.len());
        let (framing, before, after): (String, &str, &str) = match self.framing {
            Framing::Length if self.body.is_empty() => (String::new(), "", ""),
            Framing::Length => (format!("content-length: {}\r\n", self.body.len()), "", ""),
            Framing::Chunked => ("transfer-encoding: chunked\r\n".into(), &chunk, "\r\n0\r\n\r\n"),
            Framing::Endless => ("transfer-encoding: chunked\r\n".into(), "", ""),
        };
        head.push_str(&framing);
        head.push_str("\r\n");
        head.push_str(before);
        [head.as_bytes(), &self.body, after.as_bytes()].concat()
    }

    /// Sends it and closes the connection at once.
    pub(crate) async fn abandon(&self, address: SocketAddr) {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(&self.bytes()).await.unwrap();
        // The server has to see the request before it sees that nobody waits.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    /// Sends it and waits for the whole answer.
    pub(crate) async fn send(&self, address: SocketAddr) -> Answer {
        timeout(Duration::from_secs(20), self.exchange(address)).await.expect("the request is answered in time")
    }

    async fn exchange(&self, address: SocketAddr) -> Answer {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // A server may refuse, and close, before it has read everything.
        let _ = stream.write_all(&self.bytes()).await;
        let mut received = Vec::new();
        let _ = stream.read_to_end(&mut received).await;
        Answer::parse(&String::from_utf8_lossy(&received))
    }
}

impl Answer {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("an answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.into(), value.into()));
        Self { status: status.expect("a status"), headers: headers.collect(), body: body.into() }
    }

    /// The content of a header that is there at most once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let value = found.next();
        assert_eq!(found.next(), None, "`{name}` is there once");
        value
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The last word of the problem's type.
    pub(crate) fn problem(&self) -> String {
        let json = self.json();
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{json}");
        assert_eq!(json["status"], self.status, "{json}");
        let kind = json["type"].as_str().expect("a type");
        kind.rsplit([':', '#']).next().unwrap_or_default().to_owned()
    }

    /// Where the problem points, and at what: `body /title length`.
    pub(crate) fn violations(&self) -> Vec<String> {
        let word = |error: &Value, name: &str| error[name].as_str().expect("a text").to_owned();
        let line = |error: &Value| format!("{} {} {}", word(error, "in"), word(error, "pointer"), word(error, "code"));
        self.json()["errors"].as_array().map(|errors| errors.iter().map(line).collect()).unwrap_or_default()
    }
}
