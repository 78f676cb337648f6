//! Finds API keys in texts where none should be.

use super::text;

/// What every API key looks like, as scanners for secrets want it (a regular expression of any dialect). [`leaked_api_keys`] also looks at the
/// checksum, so that nothing else is reported.
///
/// ```
/// use palisade::auth::API_KEY_PATTERN;
///
/// assert_eq!(API_KEY_PATTERN, r"\b[a-z0-9_]{1,24}_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}\b");
/// ```
pub const API_KEY_PATTERN: &str = r"\b[a-z0-9_]{1,24}_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}\b";

/// The API keys in a text, of whatever prefix: a log, a commit, a message. Their form and checksum say so; whether they are good, only
/// their issuer knows.
///
/// ```
/// use palisade::auth::{ApiKeys, MemoryKeys, Secret, leaked_api_keys};
///
/// let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32]))?;
/// let key = keys.issue("nightly")?.key;
/// let log = format!("+ SHOP_KEY=\"{}\"", key.expose());
/// assert!(leaked_api_keys(&log).eq([key.expose().as_str()]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn leaked_api_keys(text: &str) -> impl Iterator<Item = &str> {
    // Looking at each word once keeps it linear.
    text.split(|character: char| character != '_' && !character.is_ascii_alphanumeric())
        .filter(|word| text::prefix(word).is_some())
}
