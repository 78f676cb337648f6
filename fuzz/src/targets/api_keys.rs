//! API keys and their peppers: what has the form of a key is what a plain reading of the form takes, and no key opens but the one
//! that was issued.

use std::sync::LazyLock;

use futures_executor::block_on;
use palisade::auth::{API_KEY_PATTERN, ApiKeyError, ApiKeys, MemoryKeys, NewApiKey, Peppers, Secret, leaked_api_keys};
use regex::Regex;

const NOW: u64 = 1_800_000_000;

/// A key that is good, and what verifies it.
static SERVED: LazyLock<(ApiKeys<MemoryKeys>, String)> = LazyLock::new(|| {
    let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).expect("sound keys");
    let issued = block_on(keys.create(NewApiKey::of("nightly"), NOW)).expect("random bytes");
    (keys, issued.key.expose().clone())
});
static PATTERN: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^{API_KEY_PATTERN}$")).expect("a pattern"));

/// Runs the target on one input: a key, or a text with some in it; and peppers.
pub fn run(input: &[u8]) {
    // Refused or read, never worse.
    let _ = Peppers::parse(Secret::new(input.to_vec()));
    let Ok(text) = str::from_utf8(input) else { return };
    let (keys, good) = &*SERVED;
    // The good one, changed as the input says: a mutator would hardly find a checksum by itself.
    for presented in [text, &spliced(good, input), &sealed(text)] {
        let verified = block_on(keys.verify(presented, NOW));
        assert_eq!(verified.is_ok(), presented == good, "`{presented}`");
        let has_form = keys.has_form(presented);
        assert_eq!(has_form, plain(presented) == Some("shop"), "`{presented}` by another reading");
        assert_eq!(verified == Err(ApiKeyError::Malformed), !has_form, "`{presented}`");
    }
    for found in leaked_api_keys(text) {
        assert!(PATTERN.is_match(found) && plain(found).is_some(), "`{found}`");
    }
}

/// The prefix of a key, read another way.
fn plain(key: &str) -> Option<&str> {
    if !PATTERN.is_match(key) {
        return None;
    }
    let (front, sum) = key.split_at(key.len() - 6);
    (checksum(front.as_bytes()) == sum).then(|| key.rsplitn(3, '_').nth(2)).flatten()
}

fn spliced(good: &str, input: &[u8]) -> String {
    let mut bytes = good.as_bytes().to_vec();
    for (place, byte) in input.iter().take(2).zip(input.iter().skip(2)) {
        let place = usize::from(*place) % bytes.len();
        bytes[place] = byte & 0x7F;
    }
    String::from_utf8(bytes).expect("ASCII")
}

/// The text as a key with the right checksum.
fn sealed(text: &str) -> String {
    let letters: String =
        text.chars().filter(char::is_ascii_alphanumeric).chain(std::iter::repeat('0')).take(44).collect();
    let front = format!("shop_{}_{}", &letters[..12], &letters[12..]);
    format!("{front}{}", checksum(front.as_bytes()))
}

/// CRC-32 by its definition as a division, in six digits of base 62.
fn checksum(bytes: &[u8]) -> String {
    let mut remainder = u32::MAX;
    for bit in bytes.iter().flat_map(|byte| (0..8).map(move |place| u32::from(byte >> place & 1))) {
        let falls_out = (remainder ^ bit) & 1;
        remainder >>= 1;
        if falls_out == 1 {
            remainder ^= 0xEDB8_8320;
        }
    }
    let (mut sum, mut digits) = (!remainder, Vec::new());
    for _ in 0..6 {
        digits.push(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[sum as usize % 62]);
        sum /= 62;
    }
    digits.reverse();
    String::from_utf8(digits).expect("ASCII")
}
