//! What digests of API keys are keyed with, so that a stolen table verifies nothing.

use std::fmt;

use ring::hmac;
use zeroize::Zeroize;

use crate::auth::Secret;

/// One pepper or several, each under a number. The one with the largest number is for new secrets; the others stay for as long as
/// there are secrets that were made with them.
///
/// To change it: give every process the new pepper beside the old one, rotate the keys, and leave the old one out when no
/// key has a secret of it any more.
///
/// ```
/// use palisade::auth::{Peppers, Secret};
///
/// let old = Secret::new(vec![7; 32]); // from your secret store
/// let new = Secret::new(vec![8; 32]);
/// let peppers = Peppers::new(1, old)?.and(2, new)?;
/// assert_eq!(peppers.newest(), 2);
/// # Ok::<(), palisade::auth::PepperError>(())
/// ```
pub struct Peppers {
    older: Vec<(u32, hmac::Key)>,
    newest: (u32, hmac::Key),
}

/// Why peppers are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PepperError {
    /// One has fewer than 32 bytes.
    TooShort,
    /// Two have the same number.
    Repeated,
    /// There are more than [`Peppers::MOST`].
    TooMany,
    /// The text has no lines of the form `number:pepper`.
    Malformed,
}

impl Peppers {
    /// The number of a pepper for which nobody said one.
    pub const FIRST: u32 = 1;

    /// How many there may be: 16.
    pub const MOST: usize = 16;

    /// One pepper of at least 32 bytes under its number.
    ///
    /// # Errors
    /// When it is shorter.
    pub fn new<P: AsRef<[u8]> + Zeroize>(number: u32, pepper: Secret<P>) -> Result<Self, PepperError> {
        Ok(Self { older: Vec::new(), newest: (number, key(pepper)?) })
    }

    /// Another one beside it, older or newer as its number says.
    ///
    /// # Errors
    /// When it is shorter than 32 bytes, its number is there, or there are too many.
    pub fn and<P: AsRef<[u8]> + Zeroize>(mut self, number: u32, pepper: Secret<P>) -> Result<Self, PepperError> {
        if Self::MOST <= self.older.len() + 1 {
            return Err(PepperError::TooMany);
        }
        if self.find(number).is_some() {
            return Err(PepperError::Repeated);
        }
        let added = (number, key(pepper)?);
        if self.newest.0 < number {
            self.older.push(std::mem::replace(&mut self.newest, added));
        } else {
            self.older.push(added);
        }
        Ok(self)
    }

    /// Peppers from a text, as a file holds it: a line `number:pepper` for each, or one line with the only pepper, whose number is 1.
    /// A pepper is visible ASCII, as `openssl rand -base64 32` makes it, and is used as it is written.
    ///
    /// ```
    /// use palisade::auth::{ApiKeys, MemoryKeys, Peppers, Reloading, SecretFile};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let path = std::env::temp_dir().join("palisade_doc_peppers");
    /// std::fs::write(&path, "1:BWVnBeNR5CVTPnm7AzGPLXhqt+1zKZnlkqrFFl9xj0A=\n2:rCkAvMqCSZpEQ3q9h3IoZlV2mTRKbY8uEmJSNflPGQ4=\n")?;
    /// # #[cfg(unix)]
    /// # std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    /// let peppers = Reloading::read(SecretFile::at(&path), Peppers::parse).await?;
    /// let keys = ApiKeys::peppered("shop", MemoryKeys::new([]), peppers.clone())?;
    /// # let _ = keys;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the text is another, or a pepper is refused.
    #[expect(clippy::needless_pass_by_value, reason = "the text is taken, so that it is wiped on return")]
    pub fn parse(text: Secret<Vec<u8>>) -> Result<Self, PepperError> {
        let text = str::from_utf8(text.expose()).map_err(|_| PepperError::Malformed)?;
        let mut lines = text.lines();
        let first = lines.next().ok_or(PepperError::Malformed)?;
        if !first.contains(':') {
            return if lines.next().is_none() {
                Self::new(Self::FIRST, alone(first)?)
            } else {
                Err(PepperError::Malformed)
            };
        }
        let (number, pepper) = numbered(first)?;
        lines.try_fold(Self::new(number, pepper)?, |peppers, line| {
            let (number, pepper) = numbered(line)?;
            peppers.and(number, pepper)
        })
    }

    /// The number of the one that new secrets are made with.
    #[must_use]
    pub const fn newest(&self) -> u32 {
        self.newest.0
    }

    /// The digest of a new secret, with the number of its pepper.
    pub(super) fn digest(&self, authenticated: &[u8]) -> Option<([u8; 32], u32)> {
        let (number, key) = &self.newest;
        Some((hmac::sign(key, authenticated).as_ref().try_into().ok()?, *number))
    }

    /// Whether this is the digest, made with the pepper of this number. It takes as long where there is no such pepper.
    pub(super) fn verifies(&self, number: u32, authenticated: &[u8], digest: &[u8; 32]) -> bool {
        #[cfg(test)]
        counted::one_more();
        let (key, known) = self.find(number).map_or((&self.newest.1, false), |key| (key, true));
        hmac::verify(key, authenticated, digest).is_ok() & known
    }

    fn find(&self, number: u32) -> Option<&hmac::Key> {
        self.older.iter().chain([&self.newest]).find_map(|(known, key)| (*known == number).then_some(key))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the pepper is taken, so that it is wiped on return")]
fn key<P: AsRef<[u8]> + Zeroize>(pepper: Secret<P>) -> Result<hmac::Key, PepperError> {
    let pepper = pepper.expose().as_ref();
    if pepper.len() < 32 {
        return Err(PepperError::TooShort);
    }
    Ok(hmac::Key::new(hmac::HMAC_SHA256, pepper))
}

fn numbered(line: &str) -> Result<(u32, Secret<Vec<u8>>), PepperError> {
    let (number, pepper) = line.split_once(':').ok_or(PepperError::Malformed)?;
    let number = number.parse().map_err(|_| PepperError::Malformed)?;
    Ok((number, alone(pepper)?))
}

/// A pepper has no spaces: they would be there by mistake.
fn alone(text: &str) -> Result<Secret<Vec<u8>>, PepperError> {
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(PepperError::Malformed);
    }
    Ok(Secret::new(text.as_bytes().to_vec()))
}

impl fmt::Debug for Peppers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Peppers").field("newest", &self.newest.0).finish_non_exhaustive()
    }
}

impl fmt::Display for PepperError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::TooShort => "a pepper is shorter than 32 bytes: make one with `openssl rand -base64 32`",
            Self::Repeated => "two peppers have the same number: give the new one the next number",
            Self::TooMany => "there are more than 16 peppers: leave out those that no key was made with",
            Self::Malformed => {
                "peppers are read as lines `number:pepper` of visible ASCII, or as one line with the only pepper: make one with \
                 `openssl rand -base64 32`"
            }
        })
    }
}

impl std::error::Error for PepperError {}

/// How many digests were made, for the proof that their number tells nothing.
#[cfg(test)]
pub(super) mod counted {
    use std::cell::Cell;

    thread_local! {
        static DIGESTS: Cell<usize> = const { Cell::new(0) };
    }

    pub(in crate::auth::api_key) fn one_more() {
        DIGESTS.set(DIGESTS.get() + 1);
    }

    pub(in crate::auth::api_key) fn take() -> usize {
        DIGESTS.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "0123456789abcdef0123456789abcdef";
    const TWO: &str = "fedcba9876543210fedcba9876543210";

    fn parsed(text: &str) -> Result<Vec<u32>, PepperError> {
        let peppers = Peppers::parse(Secret::new(text.as_bytes().to_vec()))?;
        Ok(peppers.older.iter().chain([&peppers.newest]).map(|(number, _)| *number).collect())
    }

    #[test]
    fn a_file_holds_one_pepper_or_numbered_ones() {
        for (text, expected) in [
            (String::from(ONE), Ok(vec![1])),
            (format!("{ONE}\n"), Ok(vec![1])),
            (format!("7:{ONE}"), Ok(vec![7])),
            (format!("2:{ONE}\r\n1:{TWO}\r\n"), Ok(vec![1, 2])),
            (format!("1:{ONE}\n2:{TWO}\n30:{TWO}"), Ok(vec![1, 2, 30])),
            (format!("1:{ONE}\n1:{TWO}"), Err(PepperError::Repeated)),
            (format!("1:{ONE}\n{TWO}"), Err(PepperError::Malformed)),
            (format!("{ONE}\n{TWO}"), Err(PepperError::Malformed)),
            (format!("1:{ONE}\n\n2:{TWO}"), Err(PepperError::Malformed)),
            (format!("{ONE} "), Err(PepperError::Malformed)),
            (format!("1:{ONE}é"), Err(PepperError::Malformed)),
            (format!("v2:{ONE}"), Err(PepperError::Malformed)),
            (String::from("2:short"), Err(PepperError::TooShort)),
            (String::from("short"), Err(PepperError::TooShort)),
            (String::new(), Err(PepperError::Malformed)),
            ((0..17).map(|number| format!("{number}:{ONE}\n")).collect(), Err(PepperError::TooMany)),
        ] {
            assert_eq!(parsed(&text), expected, "{text}");
        }
        assert_eq!(Peppers::parse(Secret::new(vec![0xFF; 40])).err(), Some(PepperError::Malformed));
    }

    #[test]
    fn the_only_pepper_is_the_text_itself() {
        let from_file = Peppers::parse(Secret::new(format!("{ONE}\n").into_bytes())).unwrap();
        let given = Peppers::new(1, Secret::new(String::from(ONE))).unwrap();
        assert_eq!(from_file.digest(b"x"), given.digest(b"x"));
    }

    #[test]
    fn rule_65_an_unknown_pepper_verifies_nothing() {
        let peppers = Peppers::new(2, Secret::new(String::from(ONE))).unwrap();
        let (digest, number) = peppers.digest(b"x").unwrap();
        assert!(peppers.verifies(number, b"x", &digest));
        assert!(!peppers.verifies(1, b"x", &digest) && !peppers.verifies(number, b"y", &digest));
    }
}
