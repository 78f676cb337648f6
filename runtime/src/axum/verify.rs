//! What values are verified with, as parts of axum's state, and the time that it may take.

use axum::extract::FromRef;
use tokio::time::timeout;

use crate::{
    Outage,
    value::{Findings, Verify, VerifyIn},
};

#[diagnostic::do_not_recommend]
impl<T: Verify + Sync, S: Sync> VerifyIn<S> for T
where
    T::Context: FromRef<S>,
{
    async fn verify_in(&self, state: &S, findings: &mut Findings<'_>) -> Result<(), Outage> {
        let context = T::Context::from_ref(state);
        timeout(T::WITHIN, self.verify(&context, findings)).await.unwrap_or(Err(Outage))
    }
}
