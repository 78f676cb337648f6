//! An endpoint: its handler, its path, and whether it is guarded or public.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, ExprLit, Lit, LitStr, spanned::Spanned};

use super::{controls::controls, handler::handler, path::path, paths, request::request};
use crate::{
    errors::Errors,
    grammar,
    model::{Call, Case, Endpoint, Exposure, Given, Object, RawEndpoint, RawServer},
    tokens,
};

/// An endpoint that can be emitted.
pub(crate) fn endpoint(raw: RawEndpoint, server: RawServer, errors: &mut Errors) -> Endpoint {
    let ident: &Ident = server.ident();
    let id = raw.id.clone().unwrap_or_else(|| id(&server));
    match &raw.route {
        Some(route) => path(&route.path, &raw, errors),
        // A method that was said but cannot be read is reported already.
        None if errors.is_empty() && raw.controls.iter().any(is_route) => {
            for call in raw.controls.iter().filter(|call| is_route(call)) {
                let word = tokens::path_text(&call.path);
                errors.at(call.span(), &format!("`{word}` is no method: write {METHODS}"));
            }
        }
        None if errors.is_empty() => {
            let mend = "add them, as in `get = \"/orders\"`";
            let other = match &server {
                RawServer::Function(_) => "",
                RawServer::Struct(_) => "; an API is a unit struct, and a request or response type derives `Secure`",
            };
            errors.at(ident.span(), &format!("`{ident}` has no method and path: {mend}{other}"));
        }
        None => {}
    }
    controls(&raw.controls, errors);
    objects(&raw.objects, errors);
    let exposure = match raw.public.clone() {
        None => Exposure::Guarded,
        Some((at, reason)) => {
            grammar::reason(&reason, "public", errors);
            if raw.allow.is_some() {
                errors.at(at, "`public` excludes `allow`: remove one");
            }
            Exposure::Public(reason)
        }
    };
    let paths = paths(raw.krate.clone());
    let handler = match server {
        RawServer::Function(function) => {
            if let Some((at, _)) = raw.check {
                errors.at(at, "`check` sees a request as a whole: write a handler struct, or `check` on a type");
            }
            handler(function, errors)
        }
        RawServer::Struct(whole) => request(*whole, &raw, &paths, errors),
    };
    Endpoint {
        paths,
        handler,
        route: raw.route,
        exposure,
        allow: raw.allow,
        objects: raw.objects,
        opens: raw.opens,
        id,
        tag: raw.tag,
        controls: raw.controls,
    }
}

/// A function's own name; that of a type as a function would have it.
fn id(server: &RawServer) -> LitStr {
    let ident = server.ident();
    let name = tokens::unraw(ident);
    let name = match server {
        RawServer::Function(_) => name,
        RawServer::Struct(_) => Case::Snake.variant(&name),
    };
    LitStr::new(&name, ident.span())
}

/// An `Authorized<T>` does not say which parameter it is for, so there is one of each type.
fn objects(objects: &[Object], errors: &mut Errors) {
    for (at, object) in objects.iter().enumerate() {
        let text = object.ty.to_token_stream().to_string();
        let before = objects.iter().take(at).find(|before| before.ty.to_token_stream().to_string() == text);
        if let Some(before) = before {
            let (first, second) = (&before.parameter, &object.parameter);
            errors.at(
                object.ty.span(),
                &format!("`{first}` and `{second}` are both `{text}`, and an argument could be either: wrap one in a type of its own"),
            );
        }
    }
}

const METHODS: &str = "`get`, `put`, `post`, `delete`, `patch`, `head` or `options`";

/// Whether an entry is given a path, as only methods are.
fn is_route(call: &Call) -> bool {
    call.positional().any(|given| match given {
        Given::Plain(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => text.value().starts_with('/'),
        Given::Plain(_) | Given::Entry(_) | Given::List(_) => false,
    })
}
