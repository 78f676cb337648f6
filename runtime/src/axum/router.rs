//! An API as an `axum::Router`.

use std::{collections::BTreeMap, future::Future, marker::PhantomData, net::SocketAddr, pin::Pin, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    handler::Handler,
    response::Response,
    routing::{MethodFilter, MethodRouter},
};
use http::StatusCode;

use crate::{
    api::{Api, Mount, Mounts},
    gate::{self, Gate, Keeper, Mounted, Serve},
    input::{AnyState, Foreign},
    policy,
    problem::Problem,
    respond::{Answer, Respond},
};

/// Makes a router of an API.
///
/// ```
/// use palisade::{gate::Clients, limit::Limiter, prelude::*};
///
/// #[secure(get = "/health", public = "a liveness probe", rate = "60/min per ip")]
/// async fn health() -> NoContent { NoContent }
///
/// #[secure(title = "Probe", version = "1.0.0", endpoints(health))]
/// struct Probe;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let gate = Gate::builder()
///     .limiter(Limiter::memory())
///     .clients(Clients::direct())
///     .audit(Audit::tracing())
///     .build()
///     .await?;
/// let existing: axum::Router = axum::Router::new();
/// let app = existing.merge(Probe::router(gate)).fallback(palisade::axum::not_found);
/// # let _ = app;
/// # Ok(())
/// # }
/// ```
pub trait Routes<S: AnyState>: Api + Sized {
    /// Every endpoint behind the gate, to be merged into an application or served as it is.
    fn router(gate: Gate<Self>) -> Router<S>;
}

impl<S: AnyState, A: Mounts<S>> Routes<S> for A {
    fn router(gate: Gate<A>) -> Router<S> {
        let mut mounting = Mounting { keeper: gate.keeper(), paths: BTreeMap::new() };
        A::mount(&mut mounting);
        mounting
            .paths
            .into_iter()
            .fold(Router::new(), |router, (path, methods)| router.route(path, methods.fallback(method_not_allowed)))
    }
}

/// The endpoints by path, so that each path gets one fallback for the methods it lacks.
struct Mounting<S> {
    keeper: Arc<Keeper>,
    paths: BTreeMap<&'static str, MethodRouter<S>>,
}

impl<S: AnyState> Mount<S> for Mounting<S> {
    fn endpoint<E: Serve<S> + 'static>(&mut self, policy: &'static policy::Endpoint) {
        let endpoint = Endpoint::<E> {
            mounted: Arc::new(self.keeper.mount(policy)),
            keeper: Arc::clone(&self.keeper),
            serves: PhantomData,
        };
        let methods = self.paths.remove(policy.path()).unwrap_or_default();
        self.paths.insert(policy.path(), methods.on(filter(policy.method()), endpoint));
    }
}

fn filter(method: policy::Method) -> MethodFilter {
    match method {
        policy::Method::Get => MethodFilter::GET,
        policy::Method::Put => MethodFilter::PUT,
        policy::Method::Post => MethodFilter::POST,
        policy::Method::Delete => MethodFilter::DELETE,
        policy::Method::Patch => MethodFilter::PATCH,
        policy::Method::Head => MethodFilter::HEAD,
        policy::Method::Options => MethodFilter::OPTIONS,
    }
}

/// One endpoint as an axum handler.
struct Endpoint<E> {
    keeper: Arc<Keeper>,
    mounted: Arc<Mounted>,
    serves: PhantomData<fn() -> E>,
}

impl<E> Clone for Endpoint<E> {
    fn clone(&self) -> Self {
        Self { keeper: Arc::clone(&self.keeper), mounted: Arc::clone(&self.mounted), serves: PhantomData }
    }
}

impl<E: Serve<S> + 'static, S: AnyState> Handler<(), S> for Endpoint<E> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let mut body = Foreign(body);
            let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|connected| connected.0.ip());
            gate::travel::<E, S>(&self.keeper, &self.mounted, &parts, &mut body, peer, &state).await.map(Body::from)
        })
    }
}

/// The answer where no route is: a problem, with the security headers. Set it as the application's fallback.
pub async fn not_found() -> Response {
    finished(Problem::not_found())
}

async fn method_not_allowed() -> Response {
    finished(Problem::fixed(
        StatusCode::METHOD_NOT_ALLOWED,
        "urn:palisade:problem:method-not-allowed",
        "this method is not offered here",
    ))
}

fn finished(problem: Problem) -> Response {
    let mut answer: Answer = problem.respond();
    gate::secure(answer.headers_mut());
    answer.map(Body::from)
}
