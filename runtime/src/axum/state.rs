//! axum's `State` as an argument, and the stores of objects as parts of axum's state.

use std::any::Any;

use axum::extract::{FromRef, State};

use crate::{
    gate::Request,
    input::{AnyState, Argument, Extract, Object, ObjectIn},
};

impl<T, E> Argument<E> for State<T> {}

// `Extract` itself says what is missing, in our words.
#[diagnostic::do_not_recommend]
impl<T: FromRef<S> + Send, S: AnyState, E> Extract<S, E> for State<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        Some(Self(T::from_ref(request.state())))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Object, S> ObjectIn<S> for T
where
    T::Store: FromRef<S>,
{
    type Loaded = T;

    fn store(state: &S) -> T::Store {
        T::Store::from_ref(state)
    }
}
