//! An HTTP/1.1 client that sends the lines it is given, whatever bytes are in them.

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
    head: Vec<u8>,
    body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Ask {
    pub(crate) fn new(method: &str, target: &str) -> Self {
        let head = format!("{method} {target} HTTP/1.1\r\nhost: api.shop.example\r\nconnection: close\r\n");
        Self { head: head.into_bytes(), body: Vec::new() }
    }

    pub(crate) fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.head.extend([name.as_bytes(), b": ", value.as_ref(), b"\r\n"].concat());
        self
    }

    pub(crate) fn bearer(self, token: impl AsRef<[u8]>) -> Self {
        self.header("authorization", [b"Bearer ", token.as_ref()].concat())
    }

    pub(crate) fn form(self, body: &str) -> Self {
        let told = self.header("content-type", "application/x-www-form-urlencoded");
        Self { body: body.into(), ..told.header("content-length", body.len().to_string()) }
    }

    /// What it says that is long enough to be a secret.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let words = self.head.split(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte));
        words.filter_map(|word| str::from_utf8(word).ok()).filter(|word| 24 <= word.len())
    }

    /// Sends it and waits for the whole answer.
    pub(crate) async fn send(&self, address: SocketAddr) -> Answer {
        timeout(Duration::from_secs(60), self.exchange(address)).await.expect("the request is answered in time")
    }

    async fn exchange(&self, address: SocketAddr) -> Answer {
        let mut stream = TcpStream::connect(address).await.expect("the server is there");
        // A server may refuse, and close, before it has read everything.
        let _ = stream.write_all(&[&self.head[..], b"\r\n", &self.body].concat()).await;
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

    /// Every value of a header.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The same answer without the header fields that differ from one to the next.
    pub(crate) fn timeless(mut self) -> Self {
        self.headers.retain(|(name, _)| !["date", "ratelimit"].contains(&name.as_str()));
        self
    }
}
