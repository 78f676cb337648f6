//! Objects: what a path parameter names is loaded, and its own rule asked, before anything else of the request is read.

use std::{any::Any, borrow::Cow, future::Future, ops::Deref};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{Argument, Extract, Loads};
use crate::{
    access::Decision,
    auth::{Caller, Outage},
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    policy::{Action, Kind},
    value::{Path, Report, Surroundings, Value, decode::lexical::Lexical},
};

/// The state of an application: anything that may be shared between its requests.
pub trait AnyState: Clone + Send + Sync + 'static {}

impl<S: Clone + Send + Sync + 'static> AnyState for S {}

/// Something that a path parameter names and that not everybody may see.
///
/// ```
/// use palisade::{access::Decision, auth::{Caller, Outage}, policy::Action, prelude::*};
///
/// #[derive(Clone)]
/// struct Orders;
///
/// struct Order { owner: String }
///
/// impl Object for Order {
///     type Id = u32;
///     type Store = Orders;
///
///     async fn load(_id: u32, _orders: &Orders) -> Result<Option<Self>, Outage> {
///         Ok(Some(Order { owner: "alice".into() }))
///     }
///
///     fn rule(&self, caller: &Caller, _action: Action) -> Decision {
///         Decision::allow_if(caller.subject() == self.owner)
///     }
/// }
///
/// #[secure(get = "/orders/{id}", object(id: Order), auth = "oauth2", rate = "60/min per caller")]
/// async fn read_order(order: Authorized<Order>) -> NoContent {
///     assert!(!order.owner.is_empty());
///     NoContent
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no object: nothing decides who may see it",
    note = "implement `palisade::Object` for `{Self}`: how it is loaded, and its rule"
)]
pub trait Object: Sized + Send + Sync + 'static {
    /// What names it in a path. What does not decode, or breaks the rules of its type, names nothing: 404.
    type Id: Value + DeserializeOwned + JsonSchema + Send;
    /// Where it is loaded from: the application's state, or a part of it.
    type Store: Send + Sync;

    /// Loads it; `None` when there is none.
    ///
    /// # Errors
    /// When the store does not answer: the request is refused with 503.
    fn load(id: Self::Id, store: &Self::Store) -> impl Future<Output = Result<Option<Self>, Outage>> + Send;

    /// Whether this caller may do this to it. A denied object looks like an absent one: 404.
    fn rule(&self, caller: &Caller, action: Action) -> Decision;

    /// What kind of value names it.
    #[doc(hidden)]
    const ID: Kind = Self::Id::KIND;

    /// Adds the path parameter to the document.
    #[doc(hidden)]
    fn describe(operation: &mut Operation, name: &'static str) {
        operation.path_parameter::<Self::Id>(name);
    }
}

/// An object that can be loaded in an application with state `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be loaded in an application whose state is `{S}`",
    note = "its `Store` must be the state itself, or implement `FromRef<{S}>`"
)]
pub trait ObjectIn<S> {
    /// Itself. Were `Object` demanded of it above, its lack would be reported here as well as where the object is named.
    type Loaded: Object;

    /// The store within the state.
    fn store(state: &S) -> <Self::Loaded as Object>::Store;
}

/// An object that was loaded, and whose rule said yes to this caller and this action. Only the gate makes one.
#[derive(Debug)]
pub struct Authorized<T>(T);

impl<T> Authorized<T> {
    /// The object itself.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Authorized<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Loads the object that the path parameter `name` holds, and asks its rule.
///
/// # Errors
/// A refusal: 404 when there is none or it may not be seen, 503 when that cannot be said.
pub async fn object<T: ObjectIn<S>, S: AnyState>(
    request: &mut Request<'_, S>,
    name: &'static str,
) -> Result<Authorized<T::Loaded>, Refusal> {
    request.enter_object_station();
    let surroundings = request.surroundings();
    let Some(id) =
        request.path_parameter(name).and_then(|text| decode_id::<<T::Loaded as Object>::Id>(text, surroundings))
    else {
        return Err(Refusal::not_found());
    };
    let store = T::store(request.state());
    let object = match T::Loaded::load(id, &store).await {
        Ok(Some(object)) => object,
        Ok(None) => return Err(Refusal::not_found()),
        Err(Outage) => return Err(Refusal::unavailable(Reason::StoreOutage)),
    };
    let Some(caller) = request.caller() else { return Err(Refusal::not_found()) };
    match object.rule(caller, request.endpoint().method().action()) {
        Decision::Allow => Ok(Authorized(object)),
        Decision::Deny(_) => Err(Refusal::hidden_object()),
        Decision::Indeterminate => Err(Refusal::unavailable(Reason::Indeterminate)),
    }
}

fn decode_id<Id: Value + DeserializeOwned>(text: Cow<'_, str>, surroundings: Surroundings) -> Option<Id> {
    let mut id = Id::deserialize(Lexical(text)).ok()?;
    let mut report = Report::in_surroundings(surroundings);
    id.clean();
    id.check(&Path::root(), &mut report);
    report.is_empty().then_some(id)
}

impl<E: Loads<T>, T> Argument<E> for Authorized<T> {}

impl<S: AnyState, E: Loads<T>, T: Object> Extract<S, E> for Authorized<T> {
    async fn extract(request: &mut Request<'_, S>, objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        let loaded = objects.iter_mut().find_map(|slot| slot.downcast_mut::<Option<Self>>().and_then(Option::take));
        if loaded.is_none() {
            // More arguments of this type than parameters that name one.
            return request.refuse(Refusal::internal(Reason::Misdeclared));
        }
        loaded
    }
}
