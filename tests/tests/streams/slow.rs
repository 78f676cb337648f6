//! Bodies that come too slowly, or never end.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::world::serve;

/// The head of a request whose body is announced, and this much of the body.
fn begin(target: &str, media_type: &str, body: &str) -> String {
    format!("POST {target} HTTP/1.1\r\nhost: a\r\ncontent-type: {media_type}\r\ncontent-length: 300\r\n\r\n{body}")
}

#[tokio::test]
async fn a_body_that_stops_is_not_waited_for() {
    let (address, log) = serve(Duration::from_millis(300)).await;
    let part = "--B\r\ncontent-disposition: form-data; name=title\r\n\r\nSu";
    let rows = [
        ("/notes", "application/json", ""),
        ("/notes", "application/json", "{\"celsius\":"),
        ("/pictures", "multipart/form-data; boundary=B", part),
        ("/readings", "application/x-ndjson", "{\"celsius\":1}\n{"),
    ];
    for (target, media_type, body) in rows {
        let started = Instant::now();
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(begin(target, media_type, body).as_bytes()).await.expect("it reads");
        let mut received = Vec::new();
        let closed = timeout(Duration::from_secs(10), stream.read_to_end(&mut received)).await;
        closed.expect("the connection is closed").expect("it answers");
        let answer = String::from_utf8_lossy(&received);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{target}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{target}: {answer}");
        assert!(answer.contains("urn:palisade:problem:slow-body"), "{target}: {answer}");
        assert!(Duration::from_millis(250) < started.elapsed(), "{target}");
        assert_eq!(log.take(), ["deny input slow_body 408"], "{target}");
    }
}

#[tokio::test]
async fn a_byte_now_and_then_earns_no_time() {
    let (address, log) = serve(Duration::from_millis(500)).await;
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    stream.write_all(begin("/notes", "application/json", "").as_bytes()).await.expect("it reads");
    let started = Instant::now();
    // More bytes than there is time for.
    for _ in 0..100 {
        if stream.write_all(b" ").await.is_err() || !log.take().is_empty() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}

#[tokio::test]
async fn each_item_is_given_its_time() {
    let (address, log) = serve(Duration::from_millis(600)).await;
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let head = "POST /readings HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/x-ndjson\r\n\
                transfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("it reads");
    for _ in 0..4 {
        sleep(Duration::from_millis(300)).await;
        stream.write_all(b"e\r\n{\"celsius\":1}\n\r\n").await.expect("it reads");
    }
    stream.write_all(b"0\r\n\r\n").await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!(log.take(), ["allow respond ok 200"]);
}
