//! Items in lines: each is checked as it comes, and a bad line says its number.

use std::time::Duration;

use crate::{client::Ask, world::serve};

const CANARY: &str = "kanarienvogel";

fn post(target: &str, body: impl Into<Vec<u8>>) -> Ask {
    Ask::new("POST", target).header("content-type", "application/x-ndjson").body(body)
}

fn line(celsius: i16) -> String {
    format!("{{\"celsius\":{celsius}}}\n")
}

#[tokio::test]
async fn good_lines_come_through() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let rows = [
        ("".to_owned(), ""),
        (line(1), "1:1\"\" "),
        ("{\"celsius\":1,\"place\":\" x \"}\r\n {\"celsius\":2}".to_owned(), "1:1\"x\" 2:2\"\" "),
        ((1..=5).map(line).collect(), "1:1\"\" 2:2\"\" 3:3\"\" 4:4\"\" 5:5\"\" "),
    ];
    for (body, expected) in rows {
        for ask in [post("/readings", body.clone()), post("/readings", body.clone()).chunked()] {
            if body.is_empty() {
                continue;
            }
            let answer = ask.send(address).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_eq!(answer.json()["what"], expected);
            assert_eq!(log.take(), ["allow respond ok 200"]);
        }
    }
}

/// What it is, the body, and the status, problem, places and line of its answer.
type Row = (&'static str, Vec<u8>, u16, &'static str, &'static [&'static str], &'static str);

#[tokio::test]
async fn a_bad_line_says_its_number() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let long = |size: usize| format!("{}{{\"celsius\":1,\"place\":\"{}\"}}", line(1), CANARY.repeat(size));
    let rows: Vec<Row> = vec![
        ("a rule", format!("{}{}", line(1), line(61)).into(), 422, "validation", &["body /celsius range"], "line 2"),
        (
            "several",
            "{\"place\":\"xxxxx\",\"x\":1}".into(),
            422,
            "validation",
            &["body /celsius missing", "body /place length", "body /x unknown"],
            "line 1",
        ),
        ("no JSON", format!("{}{CANARY}\n", line(1)).into(), 400, "malformed", &[], "line 2"),
        ("two in a line", "{\"celsius\":1}{\"celsius\":1}\n".into(), 400, "malformed", &[], "line 1"),
        ("an empty line", format!("{}\n{}", line(1), line(1)).into(), 400, "malformed", &[], "line 2"),
        ("no UTF-8", b"{\"celsius\":1,\"place\":\"\xff\"}".to_vec(), 400, "malformed", &[], "line 1"),
        ("too long", long(20).into(), 422, "validation", &["body /place length"], "line 2"),
        ("far too long", long(200).into(), 413, "too-large", &[], "line 2"),
        ("too many", line(1).repeat(6).into(), 413, "too-large", &[], "line 6"),
    ];
    for (what, body, status, problem, violations, detail) in rows {
        let answer = post("/readings", body).chunked().send(address).await;
        assert_eq!((answer.status, answer.problem().as_str()), (status, problem), "{what}: {}", answer.body);
        if status == 422 {
            assert_eq!(answer.violations(), violations, "{what}");
        }
        assert_eq!(answer.json()["detail"], detail, "{what}");
        assert!(!answer.body.contains(CANARY), "{what}: {}", answer.body);
        let reason = if problem == "validation" { "invalid".to_owned() } else { problem.replace('-', "_") };
        assert_eq!(log.take(), [format!("deny input {reason} {status}")], "{what}");
    }
}

#[tokio::test]
async fn a_handler_may_go_on_behind_a_bad_line() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    let body = format!("{}{}no\n{}", line(1), line(99), line(2));
    assert_eq!(post("/tolerant", body).send(address).await.json()["what"], "+--+");
    assert_eq!(post("/tolerant", line(1).repeat(9)).send(address).await.json()["what"], "+++++-");
    assert_eq!(log.take(), ["allow respond ok 200", "allow respond ok 200"]);
}

#[tokio::test]
async fn only_what_is_declared_as_lines_is_read() {
    let (address, log) = serve(Duration::from_secs(10)).await;
    for media_type in ["application/json", "application/x-ndjson; charset=latin1", "text/plain"] {
        let ask = Ask::new("POST", "/readings").header("content-type", media_type).body(line(1));
        assert_eq!((ask.send(address).await.status, log.take()), (415, vec!["deny input content_type 415".into()]));
    }
    let declared = post("/readings", "").header("content-length", "9999999");
    assert_eq!((declared.send(address).await.status, log.take()), (413, vec!["deny admit too_large 413".into()]));
}
