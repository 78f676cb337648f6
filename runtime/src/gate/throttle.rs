//! Station 4: counts the caller. All limits of the station admit, or none is charged.

use http::StatusCode;

use super::{Keeper, Mounted, Reason, Refusal, endpoint::Quota};
use crate::{
    audit::Known,
    limit::{Admission, Charge, retry_after},
    policy::Rate,
    problem::Problem,
};

/// Counts the caller against the endpoint's quotas.
pub(super) async fn throttle(keeper: &Keeper, mounted: &Mounted, known: &Known) -> Result<Option<Admission>, Refusal> {
    if mounted.by_caller.is_empty() {
        return Ok(None);
    }
    charge(keeper, &mounted.by_caller, known.identity()).await.map(Some)
}

/// Charges one unit to each quota, or to none.
pub(super) async fn charge(keeper: &Keeper, quotas: &[Quota], key: &[u8]) -> Result<Admission, Refusal> {
    const NOBODY: Rate = Rate::parse("1/s per ip");
    let Some(limiter) = &keeper.limiter else { return Err(Refusal::unavailable(Reason::StoreOutage)) };
    let mut charges = [Charge { name: "", rate: &NOBODY, key }; Admission::CAPACITY];
    for (charge, quota) in charges.iter_mut().zip(quotas) {
        *charge = quota.charge(key);
    }
    // A gate does not open over more quotas than one admission holds, so none is cut here.
    let admitted = match charges.get(..quotas.len()) {
        Some(charges) => limiter.admit(charges, keeper.clock.nanos()).await,
        None => return Err(Refusal::unavailable(Reason::Misdeclared)),
    };
    match admitted {
        Ok(admission) => match admission.refused() {
            Some(refused) => Err(exceeded(&admission, refused.policies().collect())),
            None => Ok(admission),
        },
        Err(_) => Err(Refusal::unavailable(Reason::StoreOutage)),
    }
}

#[cold]
fn exceeded(admission: &Admission, policies: Vec<&'static str>) -> Refusal {
    let problem = Problem::fixed(
        StatusCode::TOO_MANY_REQUESTS,
        "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "too many requests",
    )
    .with_violated_policies(policies);
    let problem = match retry_after(admission.standings()) {
        Some(seconds) => problem.with_header(http::header::RETRY_AFTER, seconds),
        None => problem,
    };
    Refusal::new(Reason::QuotaExceeded, problem).with_admission(*admission)
}
