//! Requests per second through real sockets on loopback: one server thread, and one that asks over kept connections.
//!
//! The machine is shared, so beside the requests of a second there are those of a second of the server thread's own
//! processor time: that does not depend on who else runs, or on the client.

use std::{
    fs, io,
    net::SocketAddr,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use axum::Router;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    sync::oneshot,
};

use crate::{
    endpoint::{by_hand, peers, plain, secured, token},
    order,
};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(1);

/// The applications, the first of which is what the others are compared with.
const APPLICATIONS: [(&str, fn() -> Router); 5] = [
    ("plain axum `Json<T>`, no protection", plain::json),
    ("plain axum `Bytes` and serde_json", plain::bytes),
    ("by hand, token cached", by_hand::orders),
    ("**Palisade, token cached**", secured::shop),
    ("jsonwebtoken, tower_governor, garde", peers::stack),
];

/// Measures in turn, so that a busy moment meets all alike, and prints the medians.
pub fn print() {
    let request = request();
    let mut rounds: [Vec<Round>; APPLICATIONS.len()] = Default::default();
    for _ in 0..ROUNDS {
        for ((name, application), rounds) in APPLICATIONS.iter().zip(&mut rounds) {
            rounds.push(round(application(), &request).unwrap_or_else(|error| panic!("{name}: {error}")));
        }
    }
    println!("\n| loopback, a valid order | requests/s | × | requests/s of the server's processor time | × |");
    println!("|---|---|---|---|---|");
    let medians = rounds.map(|rounds| [median(&rounds, Round::by_clock), median(&rounds, Round::by_processor)]);
    let [clock_base, processor_base] = medians[0];
    for ((name, _), [clock, processor]) in APPLICATIONS.iter().zip(medians) {
        let (clock_ratio, processor_ratio) = (clock / clock_base, processor / processor_base);
        println!("| {name} | {clock:.0} | {clock_ratio:.2} | {processor:.0} | {processor_ratio:.2} |");
    }
}

/// What one second came to.
struct Round {
    answered: f64,
    seconds: f64,
    processor_seconds: f64,
}

impl Round {
    fn by_clock(&self) -> f64 {
        self.answered / self.seconds
    }

    fn by_processor(&self) -> f64 {
        self.answered / self.processor_seconds
    }
}

fn median(rounds: &[Round], of: fn(&Round) -> f64) -> f64 {
    let mut values: Vec<f64> = rounds.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The request as it goes over the wire.
fn request() -> Vec<u8> {
    let authorization = token::bearer("alice", "orders:read orders:write", token::SECRET);
    format!(
        "POST /orders HTTP/1.1\r\nhost: shop.example\r\nuser-agent: palisade-benches/0.1\r\naccept: application/json\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nauthorization: {authorization}\r\n\r\n{}",
        order::VALID.len(),
        order::VALID
    )
    .into_bytes()
}

fn round(application: Router, request: &[u8]) -> io::Result<Round> {
    let (bound, address) = mpsc::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = thread::spawn(move || -> io::Result<f64> {
        runtime()?.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let _ = bound.send(listener.local_addr()?);
            let before = processor_seconds()?;
            let service = application.into_make_service_with_connect_info::<SocketAddr>();
            tokio::select! {
                served = async { axum::serve(listener, service).await } => served?,
                _ = stopped => {}
            }
            Ok(processor_seconds()? - before)
        })
    });
    let address = address.recv().map_err(io::Error::other)?;
    let (start, until) = (Instant::now(), Instant::now() + ROUND);
    let answered = runtime()?.block_on(async {
        let asking: Vec<_> =
            (0..CONNECTIONS).map(|_| tokio::spawn(converse(address, request.to_vec(), until))).collect();
        let mut answered = 0;
        for client in asking {
            answered += client.await.map_err(io::Error::other)??;
        }
        io::Result::Ok(answered)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let _ = stop.send(());
    let processor_seconds = server.join().map_err(|_| io::Error::other("the server panicked"))??;
    Ok(Round { answered: f64::from(answered), seconds, processor_seconds })
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// For how long this thread ran on a processor.
fn processor_seconds() -> io::Result<f64> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = statistics.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map(|nanoseconds| nanoseconds / 1e9).ok_or_else(|| io::Error::other("no statistics of this thread"))
}

/// Asks again and again over one connection, and says how many answers came.
async fn converse(address: SocketAddr, request: Vec<u8>, until: Instant) -> io::Result<u32> {
    let mut connection = TcpStream::connect(address).await?;
    connection.set_nodelay(true)?;
    let (mut answered, mut buffer) = (0, vec![0; 16 * 1024]);
    while Instant::now() < until {
        connection.write_all(&request).await?;
        let mut filled = 0;
        while answer_length(&buffer[..filled])?.is_none_or(|length| filled < length) {
            match connection.read(&mut buffer[filled..]).await? {
                0 => return Err(io::Error::other("the server hung up")),
                more => filled += more,
            }
        }
        answered += 1;
    }
    Ok(answered)
}

/// How long the answer is that begins like this, once its header fields are there.
fn answer_length(answer: &[u8]) -> io::Result<Option<usize>> {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = str::from_utf8(&answer[..end]).map_err(io::Error::other)?;
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(io::Error::other(format!("refused: {head}")));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|length| length.parse().ok()).ok_or_else(|| io::Error::other("no length"))?;
    Ok(Some(end + 4 + length))
}
