//! The policy of one endpoint: what its attributes compile to.

use super::{CallerKinds, Control, body_limit, idempotent, signed, transport};
use crate::{
    input::BodyBounds,
    openapi::Operation,
    policy::{Kind, Message},
};

/// A request method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`; also answers `HEAD`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `PATCH`.
    Patch,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
}

impl Method {
    /// The method as it stands on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }

    /// What a request of this method does to an object.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Get | Self::Head | Self::Options => Action::Read,
            Self::Post => Action::Create,
            Self::Put | Self::Patch => Action::Update,
            Self::Delete => Action::Delete,
        }
    }
}

/// What is done to an object: its rule may differ by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// It is looked at.
    Read,
    /// Something is created under it.
    Create,
    /// It is changed.
    Update,
    /// It is removed.
    Delete,
}

/// Whether an endpoint has a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Only for authenticated callers.
    Guarded,
    /// For everybody, for this reason.
    Public {
        /// The reason, which documents publish.
        reason: &'static str,
    },
}

/// A path parameter that names an object: it is loaded and its rule asked before the handler runs.
#[derive(Debug, Clone, Copy)]
pub struct ObjectParameter {
    name: &'static str,
    document: fn(&mut Operation, &'static str),
}

impl ObjectParameter {
    /// The parameter `name`, whose value is of the kind `id`; `document` adds it to the document.
    ///
    /// # Panics
    /// In const evaluation, when nothing bounds the value.
    #[must_use]
    #[track_caller]
    pub const fn new(name: &'static str, id: Kind, document: fn(&mut Operation, &'static str)) -> Self {
        match id {
            Kind::Integer(..) | Kind::Number | Kind::Boolean | Kind::Object | Kind::Choice | Kind::Formatted(_) => Self { name, document },
            Kind::Text | Kind::List(_) | Kind::Array(..) | Kind::Map(..) | Kind::Opaque => Message::new("")
                .quoted(name)
                .text(": nothing bounds the `Id` of this object: give it a type that derives `Secure`, like `struct OrderId(#[secure(length(max = 32))] String)`")
                .panic(),
        }
    }

    /// The name in the path.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Adds the parameter to the document.
    pub fn document(&self, operation: &mut Operation) {
        (self.document)(operation, self.name);
    }
}

/// A path parameter that names no object, for a reason.
#[derive(Debug, Clone, Copy)]
pub struct OpenParameter {
    name: &'static str,
    reason: &'static str,
}

impl OpenParameter {
    /// The parameter `name`, without an object rule for `reason`.
    #[must_use]
    pub const fn new(name: &'static str, reason: &'static str) -> Self {
        Self { name, reason }
    }

    /// The name in the path.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Why no object rule decides.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

/// The policy of one endpoint.
#[derive(Debug)]
pub struct Endpoint {
    id: &'static str,
    method: Method,
    path: &'static str,
    summary: &'static str,
    description: &'static str,
    tag: &'static str,
    exposure: Exposure,
    controls: &'static [Control],
    objects: &'static [ObjectParameter],
    opens: &'static [OpenParameter],
    takes: CallerKinds,
    body: fn() -> BodyBounds,
    document: fn(&mut Operation),
}

/// What an endpoint whose attribute has errors compiles to, so that one mistake is one message. It has no id.
#[doc(hidden)]
pub static BROKEN: Endpoint = Endpoint::new("", Method::Get, "/");

impl Endpoint {
    /// An endpoint that demands nothing yet; `seal` refuses it as it is.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            summary: "",
            description: "",
            tag: "",
            exposure: Exposure::Guarded,
            controls: &[],
            objects: &[],
            opens: &[],
            takes: CallerKinds::ALL,
            body: || BodyBounds::NONE,
            document: |_| {},
        }
    }

    /// Says what the endpoint does: one line, and the rest.
    #[must_use]
    pub const fn described(self, summary: &'static str, description: &'static str) -> Self {
        Self { summary, description, ..self }
    }

    /// Groups it with others in documents.
    #[must_use]
    pub const fn tagged(self, tag: &'static str) -> Self {
        Self { tag, ..self }
    }

    /// For everybody, for this reason.
    ///
    /// # Panics
    /// In const evaluation, when the reason is empty.
    #[must_use]
    #[track_caller]
    pub const fn public(self, reason: &'static str) -> Self {
        assert!(!reason.is_empty(), "`public`: say why, the reason is published");
        Self { exposure: Exposure::Public { reason }, ..self }
    }

    /// What it demands.
    #[must_use]
    pub const fn controls(self, controls: &'static [Control]) -> Self {
        Self { controls, ..self }
    }

    /// The objects its path names.
    #[must_use]
    pub const fn objects(self, objects: &'static [ObjectParameter]) -> Self {
        Self { objects, ..self }
    }

    /// The path parameters that name no object.
    #[must_use]
    pub const fn opens(self, opens: &'static [OpenParameter]) -> Self {
        Self { opens, ..self }
    }

    /// The kinds of callers that its handler takes, by each of its arguments.
    #[must_use]
    pub const fn taking(mut self, arguments: &[CallerKinds]) -> Self {
        let mut at = 0;
        while at < arguments.len() {
            self.takes = self.takes.intersection(arguments[at]);
            at += 1;
        }
        self
    }

    /// How many bytes its body may have, from the bounds of its inputs.
    #[must_use]
    pub const fn body(self, body: fn() -> BodyBounds) -> Self {
        Self { body, ..self }
    }

    /// What its inputs and its answer add to the document.
    #[must_use]
    pub const fn document(self, document: fn(&mut Operation)) -> Self {
        Self { document, ..self }
    }

    /// The policy, once it says who may call.
    ///
    /// # Panics
    /// In const evaluation, when it says neither who may call nor `public`, or both, or is `idempotent` and cannot be.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Self {
        idempotent::assert_sense(self.id, self.method, self.exposure, self.controls);
        body_limit::assert_once(self.id, self.controls);
        transport::assert_once(self.id, self.controls);
        signed::assert_apart(self.id, self.controls);
        match (self.exposure, self.demands_access()) {
            (Exposure::Guarded, false) => Message::new("")
                .quoted(self.id)
                .text(" says neither who may call it nor why everybody may: add `scope`, `role`, `allow` or `auth`, or `public = \"reason\"`")
                .panic(),
            (Exposure::Public { .. }, true) => Message::new("")
                .quoted(self.id)
                .text(" is `public` and demands access: remove one of them")
                .panic(),
            (Exposure::Public { .. }, false) if !self.objects.is_empty() => Message::new("")
                .quoted(self.id)
                .text(" is `public`, and an object's rule needs a caller: demand access, or say `open(param, \"reason\")`")
                .panic(),
            (Exposure::Guarded, true) | (Exposure::Public { .. }, false) => self,
        }
    }

    const fn demands_access(&self) -> bool {
        let mut at = 0;
        while at < self.controls.len() {
            match self.controls[at] {
                Control::Access(_) | Control::Requirement(_) | Control::Signed(_) => return true,
                Control::Rate(_) | Control::Idempotent(_) | Control::BodyLimit(_) | Control::Transport(_) => {}
            }
            at += 1;
        }
        false
    }

    /// Whether its attribute had errors, which are reported where they are.
    pub(crate) const fn is_broken(&self) -> bool {
        self.id.is_empty()
    }

    /// The operation id: the handler's name unless `id = ".."` says otherwise.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path template, such as `/orders/{id}`.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// What it does, in one line.
    #[must_use]
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// What it does, beyond the one line.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.description
    }

    /// The tag that groups it; empty without one.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        self.tag
    }

    /// Whether it has a caller.
    #[must_use]
    pub const fn exposure(&self) -> Exposure {
        self.exposure
    }

    /// What it demands, in the order written.
    #[must_use]
    pub const fn own_controls(&self) -> &'static [Control] {
        self.controls
    }

    /// The objects its path names.
    #[must_use]
    pub const fn object_parameters(&self) -> &'static [ObjectParameter] {
        self.objects
    }

    /// The kinds of callers that its handler takes.
    pub(super) const fn callers_taken(&self) -> CallerKinds {
        self.takes
    }

    /// The path parameters that name no object.
    #[must_use]
    pub const fn open_parameters(&self) -> &'static [OpenParameter] {
        self.opens
    }

    /// How many bytes its body may have: what its types make of their bounds, unless it says another limit.
    #[must_use]
    pub fn body_bounds(&self) -> BodyBounds {
        let bounds = self.body_of_types();
        BodyBounds { bytes: self.body_limit().map_or(bounds.bytes, |limit| limit.bytes()), ..bounds }
    }

    /// What its types alone make of their bounds.
    pub(crate) fn body_of_types(&self) -> BodyBounds {
        (self.body)()
    }

    /// Adds its inputs and its answer to the document.
    pub fn describe(&self, operation: &mut Operation) {
        for object in self.objects {
            object.document(operation);
        }
        (self.document)(operation);
    }
}
