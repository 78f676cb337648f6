//! URLs: what is taken parses, has what was asked for, and stays so when it is normalized.

use palisade::rules::{Apply, normalize_url::NormalizeUrl, url::Url};

use crate::agreement::accepts;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let plain = accepts(const { Url::new().seal() }, text);
    let public = accepts(const { Url::new().host("public").seal() }, text);
    let wide = accepts(
        const { Url::new().schemes(&["http", "https", "ftp"]).userinfo("allowed").fragment("allowed").seal() },
        text,
    );
    let international = accepts(const { Url::new().international("allowed").seal() }, text);
    let ports = accepts(const { Url::new().ports(&[443]).seal() }, text);

    for (narrow, name) in [(public, "public"), (ports, "ports")] {
        assert!(!narrow || wide, "{text:?}: taken by `{name}` only");
    }
    assert!(!plain || international, "{text:?}: taken without international characters only");
    if plain || public || wide || international || ports {
        let parsed = url::Url::parse(text).unwrap_or_else(|error| panic!("{text:?} is taken: {error}"));
        assert!(parsed.host_str().is_some_and(|host| !host.is_empty()), "{text:?} has no host");
        assert!(wide || (parsed.username().is_empty() && parsed.password().is_none()), "{text:?} names a user");
        assert!(!text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\'), "{text:?}");
    }
    if ports {
        let parsed = url::Url::parse(text).expect("parsed above");
        assert_eq!(parsed.port_or_known_default(), Some(443), "{text:?}");
    }
    let mut clean = text.to_owned();
    NormalizeUrl::new().seal().into_rule().clean(&mut clean);
    if plain {
        assert!(accepts(const { Url::new().seal() }, &clean), "{text:?} is refused as {clean:?}");
        assert_eq!(url::Url::parse(text), url::Url::parse(&clean), "{text:?} means something else as {clean:?}");
    }
    assert!(
        !public || accepts(const { Url::new().host("public").seal() }, &clean),
        "{text:?}: {clean:?} is not public"
    );
}
