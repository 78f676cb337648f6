//! Who calls, as an argument of a handler.

use std::any::Any;

use serde::de::DeserializeOwned;

use super::{AnyState, Argument, Extract, Guarded};
use crate::{
    auth::{Caller, Client, FromCaller, KeyHolder, Machine, Partner, Sender, User, Workload},
    gate::{Reason, Refusal, Request},
    policy::CallerKinds,
};

/// The caller of the request as a `T`. None, and the request refused, where they are not what `T` reads.
#[doc(hidden)]
pub fn caller_as<S, T: FromCaller>(request: &mut Request<'_, S>) -> Option<T> {
    let Some(caller) = request.caller() else { return request.refuse(Refusal::internal(Reason::Misdeclared)) };
    match T::from_caller(caller) {
        Ok(caller) => Some(caller),
        Err(error) => {
            let refusal = request.unfit(error);
            request.refuse(refusal)
        }
    }
}

macro_rules! arguments {
    ($($ty:ty $(, $claims:ident)?;)+) => {$(
        impl<E: Guarded $(, $claims: DeserializeOwned)?> Argument<E> for $ty {
            const CALLERS: CallerKinds = <Self as FromCaller>::KINDS;
        }

        impl<S: AnyState, E: Guarded $(, $claims: DeserializeOwned + Send)?> Extract<S, E> for $ty {
            async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
                caller_as(request)
            }
        }
    )+};
}

arguments! {
    Caller;
    User<C>, C;
    Client<C>, C;
    KeyHolder;
    Machine;
    Sender;
    Partner;
    Workload;
}
