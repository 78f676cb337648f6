//! A secret from an environment variable.

use std::{env, future};

use super::{Secret, SecretFault, SecretRead, SecretSource};

/// Reads a secret from an environment variable, all of it: nothing is trimmed.
///
/// The variable stays where it is, since taking it away while other threads run is not safe. Whoever may read `/proc` of the
/// process, and every process that it starts, can see it: prefer a [file](super::SecretFile). Reading it again finds what it was
/// when the process started.
///
/// ```
/// use palisade::auth::{SecretSource, SecretVariable};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let fault = SecretVariable::named("SHOP_PEPPER").read().await.unwrap_err();
/// assert_eq!(fault.to_string(), "the secret `SHOP_PEPPER`: there is no such variable: set it");
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SecretVariable {
    name: String,
}

impl SecretVariable {
    /// The secret in the variable of this name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }

    fn read_now(&self) -> Result<Secret<Vec<u8>>, SecretFault> {
        match env::var_os(&self.name) {
            None => Err(SecretFault::new("there is no such variable: set it").of(&self.name)),
            Some(value) if value.is_empty() => Err(SecretFault::new("the variable is empty: set it").of(&self.name)),
            Some(value) => Ok(Secret::new(value.into_encoded_bytes())),
        }
    }
}

impl SecretSource for SecretVariable {
    fn read(&self) -> SecretRead<'_> {
        Box::pin(future::ready(self.read_now()))
    }
}
