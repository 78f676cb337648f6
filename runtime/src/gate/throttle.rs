//! Station 4: counts the caller. All limits of the station admit, or none is charged.

use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use super::{Keeper, Mounted, Reason, Refusal, endpoint::Quota};
use crate::{
    audit::Known,
    limit::{self, Admission, Charge, Limiter, Outage, RATELIMIT, Standing},
    policy::Rate,
    problem::Problem,
};

/// Counts the caller against the endpoint's quotas.
pub(super) async fn throttle(
    keeper: &Keeper,
    mounted: &Mounted,
    known: &Known,
    standings: &mut Vec<Standing>,
) -> Result<(), Refusal> {
    if mounted.by_caller.is_empty() {
        return Ok(());
    }
    charge(keeper, mounted, &mounted.by_caller, known.identity(), standings).await
}

/// Charges one unit to each quota, or to none, and notes where the client stands with each.
pub(super) async fn charge(
    keeper: &Keeper,
    mounted: &Mounted,
    quotas: &[Quota],
    key: &[u8],
    standings: &mut Vec<Standing>,
) -> Result<(), Refusal> {
    let Some(limiter) = &keeper.limiter else { return Err(Refusal::unavailable(Reason::StoreOutage)) };
    let now = keeper.clock.nanos();
    let admitted = match with_charges(quotas, key, |charges| limiter.try_admit_now(charges, now)) {
        Some(admitted) => admitted,
        // Boxed, so that the futures of all requests that are counted here stay small.
        None => Box::pin(admit_elsewhere(limiter, quotas, key, now)).await,
    };
    let admission = admitted.map_err(|outage| match outage {
        Outage::Unavailable | Outage::TimedOut => Refusal::unavailable(Reason::StoreOutage),
        Outage::TooManyCharges => Refusal::unavailable(Reason::Misdeclared),
    })?;
    standings.extend(admission.standings().copied());
    match admission.refused() {
        Some(refused) => Err(exceeded(mounted, quotas, &admission, &refused)),
        None => Ok(()),
    }
}

async fn admit_elsewhere(limiter: &Limiter, quotas: &[Quota], key: &[u8], now: u64) -> Result<Admission, Outage> {
    let charges: Vec<Charge<'_>> = quotas.iter().map(|quota| quota.charge(key)).collect();
    limiter.admit(&charges, now).await
}

fn with_charges<T>(
    quotas: &[Quota],
    key: &[u8],
    admit: impl FnOnce(&[Charge<'_>]) -> Option<Result<T, Outage>>,
) -> Option<Result<T, Outage>> {
    const NOBODY: Rate = Rate::parse("1/s per ip");
    if let [quota] = quotas {
        return admit(&[quota.charge(key)]);
    }
    let mut charges = [Charge { name: "", rate: &NOBODY, key }; Admission::CAPACITY];
    for (charge, quota) in charges.iter_mut().zip(quotas) {
        *charge = quota.charge(key);
    }
    // A gate does not open over more quotas than one admission holds, so none is cut here.
    match charges.get(..quotas.len()) {
        Some(charges) => admit(charges),
        None => Some(Err(Outage::TooManyCharges)),
    }
}

#[cold]
fn exceeded(mounted: &Mounted, quotas: &[Quota], admission: &Admission, refused: &limit::Refusal<'_>) -> Refusal {
    let problem = || {
        Problem::fixed(
            StatusCode::TOO_MANY_REQUESTS,
            "https://iana.org/assignments/http-problem-types#quota-exceeded",
            "too many requests",
        )
        .with_violated_policies(refused.policies().collect())
        // Both are replaced by what holds for this request.
        .with_header(RETRY_AFTER, HeaderValue::from_static("1"))
        .with_header(RATELIMIT, HeaderValue::from_static(""))
    };
    let mut violated = quotas.iter().zip(admission.standings()).filter(|(_, standing)| standing.is_violated());
    match (violated.next(), violated.next()) {
        (Some((quota, _)), None) => quota.exceeded.refusal(mounted, Reason::QuotaExceeded, problem),
        _ => Refusal::new(Reason::QuotaExceeded, problem()),
    }
}
