//! Multipart bodies: what is read is the same however the body is cut, files are what was sent, a report is sound.

use bytes::Bytes;
use futures_executor::block_on;
use palisade::{
    input::{
        read_multipart,
        upload::{File, FileType},
    },
    policy::MediaType,
    prelude::*,
    value::Report,
};
use serde::Deserialize;

use super::json::sound;

struct Picture;

impl FileType for Picture {
    const LONGEST: u64 = 64;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::PNG, MediaType::GIF, MediaType::PDF, MediaType::ZIP];
    type Sink = Vec<u8>;
}

struct Table;

impl FileType for Table {
    const LONGEST: u64 = 48;
    const MEDIA_TYPES: &'static [MediaType] =
        &[MediaType::CSV, MediaType::PLAIN, MediaType::unproven("application/x-any", "anything")];
    type Sink = Vec<u8>;
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Upload {
    #[secure(trim, length(min = 1, max = 8))]
    title: String,
    stars: Option<u8>,
    #[serde(default)]
    #[secure(length(max = 2), each(length(max = 4)))]
    tags: Vec<String>,
    picture: Option<File<Picture>>,
    #[serde(default)]
    #[secure(length(max = 2))]
    tables: Vec<File<Table>>,
}

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let whole = read(vec![Bytes::copy_from_slice(input)], input);
    let middle = input.len() / 2;
    let (left, right) = input.split_at(middle);
    let cuts = [
        vec![Bytes::copy_from_slice(left), Bytes::new(), Bytes::copy_from_slice(right)],
        input.chunks(7).map(Bytes::copy_from_slice).collect(),
        input.chunks(1).map(Bytes::copy_from_slice).collect(),
    ];
    for pieces in cuts {
        let count = pieces.len();
        assert_eq!(whole, read(pieces, input), "in {count} pieces: {}", String::from_utf8_lossy(input));
    }
}

/// What is read, in words.
fn read(pieces: Vec<Bytes>, input: &[u8]) -> String {
    match block_on(read_multipart::<Upload>("B", pieces)) {
        None => "refused as a whole".to_owned(),
        Some(Err(report)) => {
            assert!(!report.is_empty());
            sound(&report, input);
            said(&report)
        }
        Some(Ok(upload)) => {
            let (title, stars, tags) = (&upload.title, upload.stars, &upload.tags);
            let mut words = format!("{title:?} {stars:?} {tags:?}");
            let picture = upload.picture.map(|file| told(file, input));
            let tables = upload.tables.into_iter().map(|file| told(file, input));
            words.extend(picture.into_iter().chain(tables));
            words
        }
    }
}

fn said(report: &Report) -> String {
    report.violations().map(|found| format!("{} {}; ", found.pointer(), found.code())).collect()
}

fn told<K: FileType<Sink = Vec<u8>>>(file: File<K>, input: &[u8]) -> String {
    assert!(file.size() <= K::LONGEST && !file.name().is_empty() && !file.name().contains(['/', '\\', '\0']));
    let words = format!("{} {} {}", file.name(), file.media_type(), file.size());
    let (size, content) = (file.size(), file.into_sink());
    assert_eq!(content.len() as u64, size);
    let sent = content.is_empty() || input.windows(content.len()).any(|window| window == content);
    assert!(sent, "a file that nobody sent: {content:?}");
    words
}
