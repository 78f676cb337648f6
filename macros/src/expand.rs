//! The passes in order: parse, check, emit. What was wrong is appended to what could be emitted.

use proc_macro2::{Span, TokenStream};

use crate::{
    check, emit,
    errors::{Errors, Soundness},
    model::{RawItem, RawServer, Word},
    parse,
};

/// `#[derive(Secure)]`.
pub(crate) fn ty(item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let expansion = parse::ty(item, &mut errors).map(|raw| {
        let mut ty = check::ty(raw, &mut errors);
        if errors.soundness() == Soundness::Broken {
            // Rules that could not all be read are not judged either.
            ty.forget_rules();
        }
        emit::ty(&ty, errors.soundness())
    });
    errors.append_to(expansion)
}

/// `#[derive(Scopes)]` and `#[derive(Roles)]`.
pub(crate) fn catalogue(item: TokenStream, word: Word) -> TokenStream {
    let mut errors = Errors::new();
    let expansion = parse::catalogue(item, &mut errors).map(|raw| {
        let catalogue = check::catalogue(raw, word, &mut errors);
        emit::catalogue(&catalogue, errors.soundness())
    });
    errors.append_to(expansion)
}

/// `#[derive(Callers)]`.
pub(crate) fn callers(item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let expansion = parse::callers(item, &mut errors).map(|raw| {
        let callers = check::callers(raw, &mut errors);
        emit::callers(&callers, errors.soundness())
    });
    errors.append_to(expansion)
}

/// `#[secure(..)]` on an item.
pub(crate) fn attribute(words: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let expansion = match parse::item(item, &mut errors) {
        RawItem::Handler(handler) => {
            let raw = parse::endpoint(words, &mut errors);
            let endpoint = check::endpoint(raw, RawServer::Function(handler), &mut errors);
            emit::endpoint(&endpoint, errors.soundness())
        }
        RawItem::Struct(item) => {
            let raw = parse::endpoint(words, &mut errors);
            let request = parse::request(*item, &mut errors);
            let endpoint = check::endpoint(raw, RawServer::Struct(Box::new(request)), &mut errors);
            emit::endpoint(&endpoint, errors.soundness())
        }
        RawItem::Unit(unit) => {
            let raw = parse::api(words, &mut errors);
            let api = check::api(raw, *unit, &mut errors);
            emit::api(&api, errors.soundness())
        }
        RawItem::Other(item) => item,
    };
    errors.append_to(Some(expansion))
}

/// `#[secure(..)]` on an item, where nothing could enforce it.
pub(crate) fn without_gate(item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    match parse::item(item.clone(), &mut errors) {
        RawItem::Handler(_) | RawItem::Struct(_) | RawItem::Unit(_) => errors.at(
            Span::call_site(),
            "endpoints and APIs need the feature `gate` of palisade, or `axum` for its adapter: add it to your `Cargo.toml`",
        ),
        RawItem::Other(_) => {}
    }
    errors.append_to(Some(item))
}

#[cfg(test)]
mod tests;
