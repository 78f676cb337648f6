//! An API as an `axum::Router`.

use std::{
    collections::BTreeMap,
    future::{Future, Ready, ready},
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    handler::Handler,
    response::Response,
    routing::{MethodFilter, MethodRouter, get},
};
use tracing::Instrument;

use super::arriving::Paced;
use crate::{
    api::{Api, Mount, Mounts},
    gate::{self, Channel, Connection, Gate, Keeper, Mounted, Published, Refusal, Serve, Server},
    input::AnyState,
    policy,
    problem::Problem,
    respond::{self, Answer},
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
    /// Every endpoint behind the gate, to be merged into an application.
    fn router(gate: Gate<Self>) -> Router<S>
    where
        Self: Mounts<S>;

    /// Every endpoint behind the gate, and a problem everywhere else, which is recorded too: to be served as it is.
    fn application(gate: Gate<Self>) -> Router<S>
    where
        Self: Mounts<S>;
}

// What the state lacks is asked of the function: were it asked of the impl, rustc would say that there is no function.
impl<S: AnyState, A: Api> Routes<S> for A {
    fn router(gate: Gate<A>) -> Router<S>
    where
        A: Mounts<S>,
    {
        let mut mounting = Mounting { keeper: gate.keeper(), paths: BTreeMap::new() };
        A::mount(&mut mounting);
        let Mounting { keeper, paths } = mounting;
        let published = metadata(&keeper);
        paths.into_iter().fold(published, |router, (path, methods)| {
            router.route(path, methods.fallback(Nowhere { keeper: Arc::clone(&keeper), route: Some(path) }))
        })
    }

    fn application(gate: Gate<A>) -> Router<S>
    where
        A: Mounts<S>,
    {
        let nowhere = Nowhere { keeper: gate.keeper(), route: None };
        Self::router(gate).fallback(nowhere)
    }
}

/// The metadata of the resource, where they are published.
fn metadata<S: AnyState>(keeper: &Arc<Keeper>) -> Router<S> {
    let Some(published) = &keeper.published else { return Router::new() };
    let (told, telling) = (Arc::clone(published), Arc::clone(keeper));
    let tell =
        async move |request: Request| telling.tell_metadata(&told, request.method(), request.headers()).map(sent);
    let nowhere = Nowhere { keeper: Arc::clone(keeper), route: Some(Published::WELL_KNOWN) };
    Router::new().route(published.place().path(), get(tell).fallback(nowhere))
}

/// The endpoints by path, so that each path gets one fallback for the methods it lacks.
struct Mounting<S> {
    keeper: Arc<Keeper>,
    paths: BTreeMap<&'static str, MethodRouter<S>>,
}

impl<S: AnyState> Mount<S> for Mounting<S> {
    fn endpoint<E: Serve<S> + 'static>(&mut self, policy: &'static policy::Endpoint) {
        self.mount(policy, gate::serve::<E, S>);
    }
}

impl<S: AnyState> Mounting<S> {
    fn mount(&mut self, policy: &'static policy::Endpoint, serve: Server<S>) {
        let (mounted, keeper) = (Arc::new(self.keeper.mount(policy)), Arc::clone(&self.keeper));
        let methods = self.paths.remove(policy.path()).unwrap_or_default();
        let endpoint = Endpoint { keeper, mounted, serve };
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
struct Endpoint<S> {
    keeper: Arc<Keeper>,
    mounted: Arc<Mounted>,
    serve: Server<S>,
}

impl<S> Clone for Endpoint<S> {
    fn clone(&self) -> Self {
        Self { keeper: Arc::clone(&self.keeper), mounted: Arc::clone(&self.mounted), serve: self.serve }
    }
}

impl<S: AnyState> Handler<(), S> for Endpoint<S> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        // Taken apart out here, so that the future holds it once.
        let (mut parts, body) = request.into_parts();
        self.mounted.mark_sensitive(&mut parts.headers);
        let mut body = Paced::new(body, self.keeper.body_timeout);
        let runs_to_its_end = self.mounted.idempotent.is_some();
        let journey = async move {
            let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|connected| connected.0.ip());
            let channel = parts.extensions.get::<Channel>().cloned().unwrap_or(Channel::Plain);
            let connection = Connection { peer, channel };
            gate::travel(&self.keeper, &self.mounted, self.serve, &parts, &mut body, &connection, &state)
                .await
                .map(sent)
        };
        if runs_to_its_end {
            // A client that goes away will ask again under the same key, and then there must be an answer: dropped halfway, the
            // handler would have done nobody knows what.
            let journey = tokio::spawn(journey.in_current_span());
            return Box::pin(async { journey.await.unwrap_or_else(|_cut_off| unavailable().map(sent)) });
        }
        Box::pin(journey)
    }
}

/// A body of ours as one of axum's.
fn sent(body: respond::Body) -> Body {
    match body {
        respond::Body::Whole(bytes) => Body::from(bytes),
        stream @ respond::Body::Stream(_) => Body::new(stream),
    }
}

/// What answers where no endpoint is.
#[derive(Clone)]
struct Nowhere {
    keeper: Arc<Keeper>,
    /// The path whose endpoints have other methods, if it is one of the API's.
    route: Option<&'static str>,
}

impl<S: AnyState> Handler<(), S> for Nowhere {
    type Future = Ready<Response>;

    fn call(self, request: Request, _state: S) -> Self::Future {
        let (route, refusal) = match self.route {
            Some(route) => (route, Refusal::method_not_allowed()),
            None => ("none", Refusal::no_route()),
        };
        ready(self.keeper.turn_away(route, request.method(), refusal).map(sent))
    }
}

/// The answer where no route is, for an application that an API is merged into: a problem, with the security headers.
/// It is not recorded: [`Routes::application`] does that.
pub async fn not_found() -> Response {
    secure(Problem::not_found()).map(sent)
}

/// The answer to a request whose task the runtime has cut off, since it shuts down.
fn unavailable() -> Answer {
    secure(Problem::unavailable())
}

fn secure(problem: Problem) -> Answer {
    let mut answer = problem.into_answer();
    gate::secure(&mut answer);
    answer
}
