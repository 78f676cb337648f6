//! The text of an API key, `prefix_id_secret` and a checksum: made from randomness, taken apart again.

use ring::rand::{SecureRandom, SystemRandom};

use super::IssueError;
use crate::auth::Secret;

/// Characters of the id, the secret (190 bits) and the checksum.
const ID: usize = 12;
const SECRET: usize = 32;
const CHECKSUM: usize = 6;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The parts of a key that are needed to check it.
#[derive(PartialEq, Eq)]
pub(super) struct Parts<'k> {
    pub(super) id: &'k str,
    /// Everything but the checksum. The digest covers prefix and id too, so that it is worth nothing in
    /// another row of the store.
    pub(super) authenticated: &'k str,
}

/// A new random id.
pub(super) fn new_id() -> Result<String, IssueError> {
    let mut id = String::with_capacity(ID);
    push_random(&mut id, ID)?;
    Ok(id)
}

/// A key with a new random secret.
pub(super) fn new_key(prefix: &str, id: &str) -> Result<Secret<String>, IssueError> {
    // Sized beforehand, so that growing leaves no copy of the secret behind.
    let mut key = String::with_capacity(prefix.len() + id.len() + SECRET + CHECKSUM + 2);
    key.extend([prefix, "_", id, "_"]);
    push_random(&mut key, SECRET)?;
    Ok(seal(key))
}

/// Adds the checksum.
pub(super) fn seal(mut key: String) -> Secret<String> {
    key.extend(checksum(key.as_bytes()));
    Secret::new(key)
}

/// Takes a key apart, when it has the form, the prefix and the checksum of one.
pub(super) fn parse<'k>(key: &'k str, prefix: &str) -> Option<Parts<'k>> {
    let (id, tail) = key.strip_prefix(prefix)?.strip_prefix('_')?.split_once('_')?;
    let letters = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !letters(id, ID) || !letters(tail, SECRET + CHECKSUM) {
        return None;
    }
    let (authenticated, sum) = key.split_at_checked(key.len() - CHECKSUM)?;
    sum.chars().eq(checksum(authenticated.as_bytes())).then_some(Parts { id, authenticated })
}

/// The prefix of a key, whatever it is.
pub(super) fn prefix(key: &str) -> Option<&str> {
    let (front, _tail) = key.rsplit_once('_')?;
    let (prefix, _id) = front.rsplit_once('_')?;
    (is_prefix(prefix) && parse(key, prefix).is_some()).then_some(prefix)
}

/// Whether keys may start with it.
pub(super) fn is_prefix(text: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    (1..=24).contains(&text.len()) && text.bytes().all(letter)
}

/// Appends random letters and digits, each equally likely.
fn push_random(text: &mut String, mut wanted: usize) -> Result<(), IssueError> {
    let mut bytes = Secret::new([0; 64]);
    while wanted > 0 {
        SystemRandom::new().fill(bytes.expose_mut()).map_err(|_| IssueError::NoRandomness)?;
        // Bytes from 248 on would make the first letters of the alphabet likelier.
        let letters = bytes.expose().iter().filter(|byte| **byte < 248).map(|byte| letter(u32::from(*byte)));
        for letter in letters.take(wanted) {
            text.push(letter);
            wanted -= 1;
        }
    }
    Ok(())
}

/// The CRC-32 of `bytes` in base 62: lets a scanner or a client find a typing error without asking anyone.
fn checksum(bytes: &[u8]) -> [char; CHECKSUM] {
    let sum = crc32(bytes);
    [916_132_832, 14_776_336, 238_328, 3_844, 62, 1].map(|place| letter(sum / place))
}

fn letter(number: u32) -> char {
    ALPHABET.get((number % 62) as usize).map_or('0', |byte| char::from(*byte))
}

/// CRC-32 as in IEEE 802.3, bit by bit: a key is short and a table would be longer than the key.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum(b"123456789").iter().collect::<String>(), "3jZRME");
    }

    #[test]
    fn rule_66_a_key_has_at_least_128_random_bits_and_no_two_are_alike() {
        let bits = f64::log2(62.0) * SECRET as f64;
        assert!(bits > 128.0);
        let id = new_id().unwrap();
        let (one, two) = (new_key("shop", &id).unwrap(), new_key("shop", &id).unwrap());
        assert_ne!(one.expose(), two.expose());
        assert_eq!(one.expose().capacity(), one.expose().len());
    }

    #[test]
    fn rule_66_every_typing_error_is_found() {
        let key = new_key("shop", &new_id().unwrap()).unwrap();
        let key = key.expose();
        assert!(parse(key, "shop").is_some());
        for at in 0..key.len() {
            for letter in ["a", "B", "0", "_", "-"] {
                let mut typo = key.clone();
                typo.replace_range(at..=at, letter);
                assert!(typo == *key || parse(&typo, "shop").is_none(), "{typo}");
            }
        }
    }

    #[test]
    fn a_prefix_may_have_underscores_and_must_match_whole() {
        let key = new_key("shop_live", &new_id().unwrap()).unwrap();
        assert!(parse(key.expose(), "shop_live").is_some());
        assert!(parse(key.expose(), "shop").is_none());
        assert!(parse(key.expose(), "shop_liv").is_none());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text: String, tail in "shop_.{0,60}") {
            proptest::prop_assert!(parse(&text, "shop").is_none());
            let _ = parse(&tail, "shop");
        }
    }
}
