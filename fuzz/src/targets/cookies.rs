//! Cookies: what is read stands there as one pair of a plain splitting.

use http::{HeaderMap, HeaderValue, Version, header::COOKIE};
use palisade::{__private::read_cookies, prelude::*};
use serde::Deserialize;

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Crumbs {
    #[secure(length(max = 64))]
    a: Option<String>,
    #[secure(length(max = 8))]
    b: Option<String>,
    c: Option<u32>,
}

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let mut headers = HeaderMap::new();
    let lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    for line in &lines {
        let Ok(value) = HeaderValue::from_bytes(line) else { return };
        headers.append(COOKIE, value);
    }
    let shown = String::from_utf8_lossy(input);
    if 1 < lines.len() {
        assert!(read_cookies::<Crumbs>(&headers, Version::HTTP_11).is_none(), "{shown:?} is divided");
    }
    let Some(Ok(crumbs)) = read_cookies::<Crumbs>(&headers, Version::HTTP_2) else { return };
    let pairs: Vec<(&str, &str)> = shown.split(['\n', ';']).filter_map(|pair| pair.trim().split_once('=')).collect();
    for (name, read) in [("a", crumbs.a), ("b", crumbs.b), ("c", crumbs.c.map(|number| number.to_string()))] {
        let said: Vec<&str> = pairs.iter().filter(|(known, _)| *known == name).map(|(_, value)| *value).collect();
        assert_eq!(said, read.iter().map(String::as_str).collect::<Vec<_>>(), "`{name}` of {shown:?}");
        assert!(read.is_none_or(|read| !read.contains([' ', ',', ';', '\\'])), "`{name}` of {shown:?}");
    }
}
