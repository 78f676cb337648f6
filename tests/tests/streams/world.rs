//! A service that takes uploads and items, and its audit log.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use palisade::{
    Outage,
    audit::{Event, Sink as AuditSink},
    input::upload::{File, FileType, Opening, Sink, TemporaryFile},
    limit::Limiter,
    policy::MediaType,
    prelude::*,
};
use tokio::net::TcpListener;

pub(crate) struct Picture;

impl FileType for Picture {
    const LONGEST: u64 = 64 * 1024;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::PNG, MediaType::JPEG];
    type Sink = TemporaryFile;
}

pub(crate) struct Table;

impl FileType for Table {
    const LONGEST: u64 = 1024;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::CSV];
    type Sink = Vec<u8>;
}

/// A file whose sink counts how many of it are open, and breaks on demand.
pub(crate) struct Watched;

impl FileType for Watched {
    const LONGEST: u64 = 64 * 1024;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::unproven("application/x-any", "a test")];
    type Sink = Counted;
}

pub(crate) static OPEN: AtomicUsize = AtomicUsize::new(0);

pub(crate) struct Counted;

impl Sink for Counted {
    async fn open(file: &Opening<'_>) -> Result<Self, Outage> {
        assert_eq!(file.media_type(), "application/x-any");
        assert!(file.extension::<u8>().is_none());
        if file.name() == "outage" {
            return Err(Outage);
        }
        OPEN.fetch_add(1, Ordering::SeqCst);
        Ok(Self)
    }

    async fn write(&mut self, chunk: Bytes) -> Result<(), Outage> {
        if chunk.starts_with(b"outage") { Err(Outage) } else { Ok(()) }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Debug, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewPicture {
    #[secure(trim, length(min = 1, max = 8))]
    title: String,
    #[secure(range(min = 1, max = 9))]
    stars: Option<u8>,
    #[serde(default)]
    #[secure(length(max = 2), each(length(max = 4)))]
    tags: Vec<String>,
    picture: File<Picture>,
    thumb_nail: Option<File<Picture>>,
    #[serde(default)]
    #[secure(length(max = 2))]
    tables: Vec<File<Table>>,
    watched: Option<File<Watched>>,
}

#[derive(serde::Serialize, Secure)]
#[secure(output)]
pub(crate) struct Kept {
    #[secure(length(max = 2_000))]
    what: String,
}

#[secure(post = "/pictures", public = "a test", rate = "1000000/min per ip")]
pub(crate) async fn add(Multipart(new): Multipart<NewPicture>) -> Json<Kept> {
    let on_disk = |file: &File<Picture>| {
        let path = file.sink().path().expect("it was written");
        assert_eq!(std::fs::metadata(path).expect("it is there").len(), file.size());
    };
    on_disk(&new.picture);
    new.thumb_nail.iter().for_each(on_disk);
    let tables: Vec<_> = new
        .tables
        .into_iter()
        .map(|table| (table.name().to_owned(), String::from_utf8(table.into_sink()).expect("UTF-8")))
        .collect();
    let (picture, size) = (new.picture.name(), new.picture.size());
    let what = format!(
        "{:?} {:?} {:?} {picture} {} {size} {} {tables:?} {}",
        new.title,
        new.stars,
        new.tags,
        new.picture.media_type(),
        new.thumb_nail.is_some(),
        new.watched.is_some(),
    );
    Json(Kept { what })
}

#[derive(Debug, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reading {
    #[secure(range(min = -90, max = 60))]
    celsius: i8,
    #[serde(default)]
    #[secure(trim, length(max = 4))]
    place: String,
}

#[secure(post = "/readings", public = "a test", rate = "1000000/min per ip")]
pub(crate) async fn record(mut readings: Ndjson<Reading, 5>) -> Result<Json<Kept>, Problem> {
    let mut what = String::new();
    while let Some(reading) = readings.next().await {
        let reading = reading?;
        what.push_str(&format!("{}:{}{:?} ", readings.line(), reading.celsius, reading.place));
    }
    assert!(readings.next().await.is_none());
    Ok(Json(Kept { what }))
}

/// Goes on behind a bad line.
#[secure(post = "/tolerant", public = "a test", rate = "1000000/min per ip")]
pub(crate) async fn tolerate(mut readings: Ndjson<Reading, 5>) -> Json<Kept> {
    let mut what = String::new();
    while let Some(reading) = readings.next().await {
        what.push(if reading.is_ok() { '+' } else { '-' });
    }
    Json(Kept { what })
}

#[secure(post = "/notes", public = "a test", rate = "1000000/min per ip")]
pub(crate) async fn note(Json(note): Json<Reading>) -> Json<Kept> {
    Json(Kept { what: note.place })
}

#[secure(post = "/short", public = "a test", rate = "1000000/min per ip", body_limit(max = 20, reason = "a test"))]
pub(crate) async fn short(Json(note): Json<Reading>) -> Json<Kept> {
    Json(Kept { what: note.place })
}

/// Takes what comes.
#[secure(title = "Intake", version = "1.0.0", endpoints(add, record, tolerate, note, short))]
pub(crate) struct Intake;

/// Stage, reason and status of each request.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

impl AuditSink for Log {
    fn record(&self, event: &Event<'_>) {
        let line = format!("{} {} {} {}", event.verdict.name(), event.stage, event.reason, event.status);
        self.0.lock().expect("no test panics here").push(line);
    }
}

impl Log {
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no test panics here"))
    }
}

pub(crate) async fn serve(body_timeout: Duration) -> (SocketAddr, Log) {
    let log = Log::default();
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::sink(log.clone()))
        .body_timeout(body_timeout)
        .build()
        .await
        .expect("the gate opens");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(palisade::axum::serve(listener, Intake::router(gate), std::future::pending()));
    (address, log)
}
