//! The client against servers on this machine, which answer with exactly these bytes.

use std::net::SocketAddr;

use http::StatusCode;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;

/// A server that answers every connection with these bytes, and then waits if it is told to.
async fn answering(bytes: Vec<u8>, then_waits: Duration) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let bytes = bytes.clone();
            tokio::spawn(async move {
                let mut request = [0; 4_096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(&bytes).await;
                tokio::time::sleep(then_waits).await;
            });
        }
    });
    address
}

fn get(uri: &str) -> Request<Bytes> {
    Request::get(uri).body(Bytes::new()).unwrap()
}

async fn ask(bytes: Vec<u8>) -> Result<Response<Bytes>, FetchError> {
    let address = answering(bytes, Duration::ZERO).await;
    HttpsClient::new().unwrap().fetch(get(&format!("http://{address}/jwks"))).await
}

fn with_body(length: usize) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n").into_bytes();
    bytes.resize(bytes.len() + length, b' ');
    bytes
}

#[tokio::test]
async fn rule_44_an_answer_is_read_whole_up_to_its_bound() {
    let answer = ask(with_body(HttpsClient::LARGEST)).await.unwrap();
    assert_eq!((answer.status(), answer.body().len()), (StatusCode::OK, HttpsClient::LARGEST));
    assert_eq!(ask(with_body(HttpsClient::LARGEST + 1)).await.err(), Some(FetchError::TooLarge));
    let mut chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..=HttpsClient::LARGEST / 0x1000 {
        chunked.extend_from_slice(b"1000\r\n");
        chunked.resize(chunked.len() + 0x1000, b' ');
        chunked.extend_from_slice(b"\r\n");
    }
    assert_eq!(ask(chunked).await.err(), Some(FetchError::TooLarge));
    let mut head = b"HTTP/1.1 200 OK\r\nx-long: ".to_vec();
    head.resize(head.len() + 128 * 1024, b'a');
    assert_eq!(ask(head).await.err(), Some(FetchError::Unreachable));
    assert_eq!(
        ask(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort".to_vec()).await.err(),
        Some(FetchError::Unreachable)
    );
    assert_eq!(ask(Vec::new()).await.err(), Some(FetchError::Unreachable));
}

#[tokio::test]
async fn rule_44_a_redirect_is_an_answer() {
    let elsewhere = answering(with_body(1), Duration::ZERO).await;
    let redirect = format!("HTTP/1.1 307 T\r\nlocation: http://{elsewhere}/\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(ask(redirect.into_bytes()).await.map(|answer| answer.status().as_u16()), Ok(307));
}

#[tokio::test]
async fn rule_44_only_safe_addresses_are_connected_to() {
    let client = HttpsClient::new().unwrap();
    for uri in
        ["http://id.shop.example/jwks", "http://10.0.0.1/", "ftp://127.0.0.1/", "http://user@127.0.0.1/", "/jwks"]
    {
        assert_eq!(client.fetch(get(uri)).await.err(), Some(FetchError::Insecure), "{uri}");
    }
}

#[tokio::test]
async fn rule_44_nothing_is_waited_for_without_end() {
    let address = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n".to_vec(), Duration::from_secs(60)).await;
    let client = HttpsClient::new().unwrap().timeout(Duration::from_millis(50));
    assert_eq!(client.fetch(get(&format!("http://{address}/"))).await.err(), Some(FetchError::Slow));
}

#[test]
fn roots_are_certificates() {
    for bad in ["", "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] {
        assert_eq!(HttpsClient::builder().roots(bad).err(), Some(ClientError::NoCertificate), "{bad:?}");
    }
}

#[cfg(feature = "tls")]
#[tokio::test]
async fn a_root_of_ones_own_is_trusted_when_it_is_said() {
    use rustls::{ServerConfig, pki_types::PrivateKeyDer};
    use tokio_rustls::TlsAcceptor;

    let made = rcgen::generate_simple_self_signed([String::from("localhost")]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4_096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(&with_body(2)).await;
        }
    });
    let uri = format!("https://localhost:{port}/jwks");
    let stranger = HttpsClient::new().unwrap();
    assert_eq!(stranger.fetch(get(&uri)).await.err(), Some(FetchError::Unreachable));
    let trusting = HttpsClient::builder().roots(made.cert.pem()).unwrap().build().unwrap();
    assert_eq!(trusting.fetch(get(&uri)).await.map(|answer| answer.body().len()), Ok(2));
    // Another name than the certificate's.
    let other = trusting.fetch(get(&format!("https://127.0.0.1:{port}/jwks"))).await;
    assert_eq!(other.err(), Some(FetchError::Unreachable));
}
