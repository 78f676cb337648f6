//! `DPoP` proofs: of all texts, only the signed one is good; and the address that a proof names is the one that others read in it.

use std::sync::LazyLock;

use http::Method;
use palisade::{
    auth::{Algorithm, Dpop, MemoryReplays, Proven, PublicOrigin},
    testing::ProofKey,
};
use url::Url;

/// RFC 9449, section 7.1, figure 13, without its signature.
const SIGNED: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZ\
    OXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2\
    In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRy\
    ZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9";

const TOKEN: &str = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
const NOW: u64 = 1_562_262_618;
const PATH: &str = "/protectedresource";

static ORIGIN: LazyLock<PublicOrigin> =
    LazyLock::new(|| PublicOrigin::new("https://resource.example.org").expect("an origin"));
static DPOP: LazyLock<Dpop> = LazyLock::new(|| Dpop::new(MemoryReplays::new(1)));
static KEY: LazyLock<ProofKey> = LazyLock::new(|| ProofKey::new().algorithm(Algorithm::EdDsa));

/// Runs the target on one input: a proof, and an address for a proof.
pub fn run(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    let proven = Proven::new(&Method::GET, &ORIGIN, PATH, TOKEN);
    if DPOP.verify(text, &proven, NOW).is_ok() {
        // The signature itself has two forms, as any of ECDSA has.
        assert_eq!(text.rsplit_once('.').map(|(signed, _)| signed), Some(SIGNED));
    }
    let proof = KEY.proof("GET", text, TOKEN).sign(NOW);
    if DPOP.verify(&proof, &proven, NOW).is_ok() {
        let named = Url::parse(text).expect("an address that is accepted is one");
        assert_eq!((named.scheme(), named.host_str(), named.port()), ("https", Some("resource.example.org"), None));
        assert_eq!((named.username(), named.password()), ("", None));
        let segment = named.path().trim_start_matches('/');
        assert!(!named.path().starts_with("//") && decoded(segment) == PATH[1..], "{text:?}");
    }
}

/// A path without encoding.
fn decoded(path: &str) -> String {
    let mut parts = path.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_at_checked(2).unwrap_or(("", part));
        text.push(u8::from_str_radix(code, 16).map_or('%', char::from));
        text.push_str(rest);
    }
    text
}
