//! Uploads: what is declared is taken in, everything else is refused as a whole, and pointed at.

use std::{sync::atomic::Ordering, time::Duration};

use crate::{
    client::{Answer, Ask},
    world::{OPEN, serve},
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
/// Stands where a request is wrong. It must come back nowhere.
const CANARY: &str = "kanarienvogel";

/// One part: its header fields, and its content.
struct Part(String, Vec<u8>);

fn text(name: &str, text: &str) -> Part {
    Part(format!("content-disposition: form-data; name=\"{name}\""), text.into())
}

fn file(name: &str, filename: &str, media_type: &str, content: impl Into<Vec<u8>>) -> Part {
    let head = format!(
        "content-disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\ncontent-type: {media_type}"
    );
    Part(head, content.into())
}

fn picture() -> Part {
    file("picture", "a.png", "image/png", PNG)
}

fn body(parts: impl IntoIterator<Item = Part>) -> Vec<u8> {
    let mut body = Vec::new();
    for Part(head, content) in parts {
        body.extend_from_slice(format!("--BOUNDARY\r\n{head}\r\n\r\n").as_bytes());
        body.extend_from_slice(&content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--BOUNDARY--\r\n");
    body
}

fn ask(body: impl Into<Vec<u8>>) -> Ask {
    Ask::new("POST", "/pictures").header("content-type", "multipart/form-data; boundary=BOUNDARY").body(body)
}

fn post(parts: impl IntoIterator<Item = Part>) -> Ask {
    ask(body(parts))
}

/// What is wrong with a good upload that has this part, too.
fn with(part: Part) -> Ask {
    post([text("title", "Sun"), picture(), part])
}

fn what(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["what"].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn what_is_declared_is_taken_in() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let rows = [
        (post([text("title", " Sun "), picture()]), r#""Sun" None [] a.png image/png 16 false [] false"#),
        (post([picture(), text("title", "Sun")]).chunked(), r#""Sun" None [] a.png image/png 16 false [] false"#),
        (
            post([
                text("title", "Sun"),
                text("stars", "3"),
                text("tags", "x"),
                file("tables", "1.csv", "text/csv", "a;b\r\n"),
                picture(),
                text("tags", "y"),
                file("thumbNail", "Bild März.jpg", "IMAGE/JPEG", b"\xff\xd8\xff\xe0rest"),
                file("tables", "2.csv", "text/csv; charset=utf-8", ""),
                file("watched", "w", "application/x-any", vec![0; 64 * 1024]),
            ]),
            r#""Sun" Some(3) ["x", "y"] a.png image/png 16 true [("1.csv", "a;b\r\n"), ("2.csv", "")] true"#,
        ),
        // What a browser sends where nobody chose a file.
        (
            with(file("thumbNail", "", "application/octet-stream", "")),
            r#""Sun" None [] a.png image/png 16 false [] false"#,
        ),
        (
            post([text("title", "Sun"), file("picture", "b.png", "image/png", [PNG, &vec![b'-'; 60_000]].concat())]),
            r#""Sun" None [] b.png image/png 60016 false [] false"#,
        ),
    ];
    for (ask, expected) in rows {
        assert_eq!(what(&ask.send(address).await), expected);
        assert_eq!(log.take(), ["allow respond ok 200"]);
    }
    assert_eq!(OPEN.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_part_that_breaks_a_rule_is_pointed_at() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let large = [PNG, &vec![b'-'; 64 * 1024]].concat();
    let rows: Vec<(&str, Ask, &[&str])> = vec![
        ("no parts", post([]), &["body /title missing", "body /picture missing"]),
        ("a missing file", post([text("title", "Sun")]), &["body /picture missing"]),
        ("unknown", with(text(CANARY, CANARY)), &["body /kanarienvogel unknown"]),
        ("an unknown file", with(file("script", CANARY, "text/html", CANARY)), &["body /script unknown"]),
        ("a text twice", with(text("title", CANARY)), &["body /title duplicate"]),
        ("a file twice", with(picture()), &["body /picture duplicate"]),
        ("a text too long", with(text("stars", &CANARY.repeat(20))), &["body /stars too_large"]),
        ("no number", with(text("stars", "three")), &["body /stars type"]),
        ("out of range", with(text("stars", "11")), &["body /stars range"]),
        ("an empty text", with(text("stars", "")), &["body /stars type"]),
        (
            "one of a list",
            post([text("title", "Sun"), picture(), text("tags", "x"), text("tags", CANARY)]),
            &["body /tags/1 length"],
        ),
        (
            "too many texts",
            post((0..9).map(|_| text("tags", "x")).chain([text("title", "Sun"), picture()])),
            &["body /tags length"],
        ),
        (
            "too many files",
            post((0..9).map(|_| file("tables", "1.csv", "text/csv", "")).chain([text("title", "Sun"), picture()])),
            &["body /tables length"],
        ),
        (
            "a file too large",
            with(file("thumbNail", "a.png", "image/png", large.clone())),
            &["body /thumbNail file_size"],
        ),
        ("a text for a file", with(text("thumbNail", CANARY)), &["body /thumbNail type"]),
        ("a file for a text", with(file("stars", "3", "text/plain", "3")), &["body /stars type"]),
        (
            "a type that is not declared",
            with(file("thumbNail", "a.gif", "image/gif", "GIF89a")),
            &["body /thumbNail media_type"],
        ),
        ("another content", with(file("thumbNail", "a.png", "image/png", CANARY)), &["body /thumbNail media_type"]),
        (
            "a page that says it is a picture",
            with(file("thumbNail", "a.png", "image/png", "<html>")),
            &["body /thumbNail media_type"],
        ),
        (
            "a picture of another type",
            with(file("thumbNail", "a.jpg", "image/jpeg", PNG)),
            &["body /thumbNail media_type"],
        ),
        (
            "a script as a table",
            with(file("tables", "a.csv", "text/csv", "#!/bin/sh\n")),
            &["body /tables/0 media_type"],
        ),
        ("bytes as a table", with(file("tables", "a.csv", "text/csv", b"a;\0b")), &["body /tables/0 media_type"]),
        (
            "a table cut within a character",
            with(file("tables", "a.csv", "text/csv", b"a;\xc3")),
            &["body /tables/0 media_type"],
        ),
        (
            "a table too large",
            with(file("tables", "a.csv", "text/csv", vec![b'a'; 1025])),
            &["body /tables/0 file_size"],
        ),
        ("an empty picture", with(file("thumbNail", "a.png", "image/png", "")), &["body /thumbNail media_type"]),
        ("a path for a name", with(file("thumbNail", "../a.png", "image/png", PNG)), &["body /thumbNail filename"]),
        ("an encoded path", with(file("thumbNail", "..%2fa.png", "image/png", PNG)), &["body /thumbNail filename"]),
        ("a device", with(file("thumbNail", "nul.png", "image/png", PNG)), &["body /thumbNail filename"]),
        ("no name", with(file("thumbNail", "", "image/png", PNG)), &["body /thumbNail filename"]),
        (
            "everything at once",
            post([
                file("thumbNail", "a/b", "image/gif", CANARY),
                text("title", &CANARY.repeat(2)),
                text("stars", "0"),
                text("owner", CANARY),
            ]),
            &[
                "body /thumbNail filename",
                "body /thumbNail media_type",
                "body /title length",
                "body /stars range",
                "body /picture missing",
                "body /owner unknown",
            ],
        ),
    ];
    for (what, ask, expected) in rows {
        let answer = ask.send(address).await;
        assert_eq!(
            (answer.status, answer.violations()),
            (422, expected.iter().map(|&row| row.into()).collect()),
            "{what}"
        );
        let told = answer.body.replace("/kanarienvogel", "");
        assert!(!told.contains(CANARY), "{what}: {told}");
        assert_eq!(log.take(), ["deny input invalid 422"], "{what}");
    }
}

#[tokio::test]
async fn what_is_no_form_of_parts_is_refused_as_a_whole() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let good = || body([text("title", "Sun"), picture()]);
    let typed = |media_type: &str| Ask::new("POST", "/pictures").header("content-type", media_type).body(good());
    let raw = |head: &str| post([text("title", "Sun"), picture(), Part(head.to_owned(), CANARY.into())]);
    let cut = |at: usize| ask(good()[..good().len() - at].to_vec());
    let rows: Vec<(&str, Ask, u16, &str)> = vec![
        ("another type", typed("application/json"), 415, "content-type"),
        ("mixed", typed("multipart/mixed; boundary=BOUNDARY"), 415, "content-type"),
        ("no boundary", typed("multipart/form-data"), 415, "content-type"),
        ("no type", Ask::new("POST", "/pictures").body(good()), 415, "content-type"),
        ("a long boundary", typed(&format!("multipart/form-data; boundary={}", "B".repeat(71))), 415, "content-type"),
        (
            "two types",
            typed("multipart/form-data; boundary=BOUNDARY").header("content-type", "text/plain"),
            415,
            "content-type",
        ),
        ("two boundaries", typed("multipart/form-data; boundary=BOUNDARY; boundary=OTHER"), 415, "content-type"),
        ("two spellings of it", typed("multipart/form-data; boundary=BOUNDARY; Boundary=OTHER"), 415, "content-type"),
        ("compressed", ask(good()).header("content-encoding", "gzip"), 415, "content-type"),
        ("nothing", ask(""), 400, "malformed"),
        ("another boundary", typed("multipart/form-data; boundary=OTHER"), 400, "malformed"),
        ("cut in the boundary", cut(5), 400, "malformed"),
        ("cut in a file", cut(20), 400, "malformed"),
        ("no disposition", raw("content-type: text/plain"), 400, "malformed"),
        ("no name", raw("content-disposition: form-data"), 400, "malformed"),
        ("two names", raw("content-disposition: form-data; name=a; name=b"), 400, "malformed"),
        (
            "a name in another charset",
            raw("content-disposition: form-data; name=a; filename*=UTF-8''b"),
            400,
            "malformed",
        ),
        ("an attachment", raw("content-disposition: attachment; name=a"), 400, "malformed"),
        (
            "encoded once more",
            raw("content-disposition: form-data; name=tags\r\ncontent-transfer-encoding: base64"),
            400,
            "malformed",
        ),
        (
            "a name without end",
            raw(&format!("content-disposition: form-data; name={}", "n".repeat(257))),
            400,
            "malformed",
        ),
        ("no header fields at all", raw("\r\n"), 400, "malformed"),
        ("no UTF-8", with(Part("content-disposition: form-data; name=tags".into(), b"\xff".into())), 400, "malformed"),
        ("a NUL", with(text("tags", "\0")), 400, "malformed"),
        ("parts without number", post((0..1_100).map(|_| text("x", ""))), 400, "malformed"),
        ("more behind the end", ask([good(), vec![b' '; 2_000_000]].concat()), 413, "too-large"),
    ];
    for (what, ask, status, problem) in rows {
        let answer = ask.send(address).await;
        assert_eq!((answer.status, answer.problem().as_str()), (status, problem), "{what}");
        assert!(!answer.body.contains(CANARY), "{what}: {}", answer.body);
        let reason = problem.replace('-', "_");
        // What is declared as too large is not even begun.
        let stage = if status == 413 && what == "more behind the end" { "admit" } else { "input" };
        assert_eq!(log.take(), [format!("deny {stage} {reason} {status}")], "{what}");
    }
}

#[tokio::test]
async fn header_fields_without_end_are_not_held() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let endless = format!("--BOUNDARY\r\ncontent-disposition: form-data; name={}", "n".repeat(200_000));
    for (what, body) in [("a header field", endless.into_bytes()), ("no boundary", vec![b'-'; 200_000])] {
        let answer = ask(body).send(address).await;
        assert_eq!((answer.status, answer.problem().as_str()), (413, "too-large"), "{what}");
        assert_eq!(log.take(), ["deny input too_large 413"], "{what}");
    }
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let watched = |name: &str, content: &[u8]| file("watched", name, "application/x-any", content);
    let refused = with(watched("w", b"content")).send(address).await;
    assert_eq!(refused.status, 200);
    let refused = post([watched("w", b"content"), text("title", "Sun")]).send(address).await;
    assert_eq!(refused.violations(), ["body /picture missing"]);
    let refused = post([watched("w", &vec![b'x'; 65 * 1024]), picture()]).send(address).await;
    assert_eq!(refused.violations(), ["body /watched file_size", "body /title missing"]);
    log.take();
    for row in [watched("outage", b"content"), watched("w", b"outage")] {
        assert_eq!(with(row).send(address).await.status, 503);
        assert_eq!(log.take(), ["error input store_outage 503"]);
    }
    let mut cut = body([watched("w", &vec![b'x'; 30_000])]);
    cut.truncate(20_000);
    ask(cut).endless().abandon(address).await;
    assert_eq!(OPEN.load(Ordering::SeqCst), 0);
}
