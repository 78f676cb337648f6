//! Where a secret comes from.

use std::pin::Pin;

use super::{Secret, SecretFault};

/// A secret, once it is read.
pub type SecretRead<'a> = Pin<Box<dyn Future<Output = Result<Secret<Vec<u8>>, SecretFault>> + Send + 'a>>;

/// Reads a secret, as often as it is asked: from a [file](super::SecretFile), a [variable](super::SecretVariable), or from
/// whatever a function asks.
///
/// ```
/// use palisade::auth::{Reloading, Secret, SecretFault};
///
/// # struct Vault; impl Vault { async fn entry(&self, _: &str) -> Result<Vec<u8>, ()> { Ok(vec![7; 32]) } }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), SecretFault> {
/// let vault = std::sync::Arc::new(Vault);
/// let source = move || {
///     let vault = vault.clone();
///     async move {
///         let entry = vault.entry("shop/pepper").await;
///         entry.map(Secret::new).map_err(|_| SecretFault::new("the vault does not answer").of("shop/pepper"))
///     }
/// };
/// let pepper = Reloading::bytes(source).await?;
/// assert_eq!(pepper.current().expose().len(), 32);
/// # Ok(())
/// # }
/// ```
pub trait SecretSource: Send + Sync + 'static {
    /// Reads it anew. It must end by itself: whoever waits for it has no time of their own.
    fn read(&self) -> SecretRead<'_>;
}

impl<F, R> SecretSource for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Secret<Vec<u8>>, SecretFault>> + Send + 'static,
{
    fn read(&self) -> SecretRead<'_> {
        Box::pin(self())
    }
}
