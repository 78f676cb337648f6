//! Many uploads at once cost what they hold, not what they send: measured in a process of its own.

use std::{fs, net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use palisade::{
    Outage,
    input::upload::{File, FileType, Opening, Sink},
    limit::Limiter,
    policy::MediaType,
    prelude::*,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Barrier, Semaphore},
    time::timeout,
};

const UPLOADS: usize = 1_000;
const LONGEST: usize = 512 * 1024;
/// What one upload may cost while it is on its way, its client in this process included. It sends nearly three times that.
const COST: u64 = 192 * 1024;
/// Sockets of both sides, and what else is open.
const OPEN_FILES: u64 = 2 * UPLOADS as u64 + 100;

static BEGINNING: Semaphore = Semaphore::const_new(32);

struct Any;

impl FileType for Any {
    const LONGEST: u64 = LONGEST as u64;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::unproven("application/octet-stream", "a test")];
    type Sink = Nothing;
}

struct Nothing;

impl Sink for Nothing {
    async fn open(_file: &Opening<'_>) -> Result<Self, Outage> {
        Ok(Self)
    }

    async fn write(&mut self, _chunk: Bytes) -> Result<(), Outage> {
        Ok(())
    }
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Upload {
    file: File<Any>,
}

#[secure(post = "/", public = "a test", rate = "1000000/min per ip")]
async fn upload(Multipart(upload): Multipart<Upload>) -> NoContent {
    assert_eq!(upload.file.size(), LONGEST as u64);
    NoContent
}

/// Takes files.
#[secure(title = "Uploads", version = "1.0.0", endpoints(upload))]
struct Uploads;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_uploads_are_never_whole_in_memory() {
    let (Some(before), Some(files)) = (resident(), open_files()) else {
        println!("skipped: this system does not say in /proc how much memory a process has");
        return;
    };
    if files < OPEN_FILES {
        println!("skipped: {files} open files are allowed, and {OPEN_FILES} are needed");
        return;
    }
    let address = serve().await;
    let all_there = Arc::new(Barrier::new(UPLOADS + 1));
    let clients: Vec<_> = (0..UPLOADS).map(|_| tokio::spawn(client(address, Arc::clone(&all_there)))).collect();
    timeout(Duration::from_secs(120), all_there.wait()).await.expect("all uploads come to their last byte in time");
    // What was sent last is on its way through the server.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let cost = resident().expect("it was there before").saturating_sub(before) / UPLOADS as u64;
    println!("{cost} bytes for each upload of {LONGEST}");
    all_there.wait().await;
    for client in clients {
        let answer = timeout(Duration::from_secs(60), client).await.expect("it is answered in time").expect("no panic");
        assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    }
    assert!(cost < COST, "{cost} bytes for each upload");
}

async fn serve() -> SocketAddr {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .body_timeout(Duration::from_secs(180))
        .build()
        .await
        .expect("the gate opens");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(palisade::axum::serve(listener, Uploads::router(gate), std::future::pending()));
    address
}

/// Sends all but the end, waits until everybody has, and ends.
async fn client(address: SocketAddr, all_there: Arc<Barrier>) -> String {
    static CONTENT: [u8; 16 * 1024] = [b'x'; 16 * 1024];
    let head = "--B\r\ncontent-disposition: form-data; name=file; filename=a\r\ncontent-type: application/octet-stream\r\n\r\n";
    let end = "\r\n--B--\r\n";
    let length = head.len() + LONGEST + end.len();
    // Not all of them begin in the same moment, in which no backlog has room for them.
    let begins = BEGINNING.acquire().await.expect("it is never closed");
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = format!(
        "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=B\r\n\
         content-length: {length}\r\n\r\n{head}"
    );
    stream.write_all(request.as_bytes()).await.expect("it reads");
    drop(begins);
    for _ in 0..LONGEST / CONTENT.len() {
        if let Err(error) = stream.write_all(&CONTENT).await {
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer).await;
            panic!("{error}: {answer}");
        }
    }
    all_there.wait().await;
    all_there.wait().await;
    stream.write_all(end.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    answer
}

/// The memory of this process that is not swapped out, in bytes.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

/// How many files this process may have open.
fn open_files() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().next()? {
        "unlimited" => Some(u64::MAX),
        limit => limit.parse().ok(),
    }
}
