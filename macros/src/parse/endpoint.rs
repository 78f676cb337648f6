//! The words of an endpoint.

use proc_macro2::{Ident, TokenStream};
use syn::{
    LitStr, Meta, MetaList, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

use super::access::access;
use crate::{
    errors::Errors,
    grammar,
    model::{Method, Object, Open, RawEndpoint, Route},
    tokens,
};

/// Structural words apart, every entry is a control.
pub(crate) fn endpoint(words: TokenStream, errors: &mut Errors) -> RawEndpoint {
    let mut raw = RawEndpoint::default();
    for entry in grammar::entries(words, errors) {
        let at = grammar::span(&entry);
        let word = grammar::word(&entry).unwrap_or_default();
        if let Some(method) = Method::parse(&word) {
            let route = grammar::text(entry, "\"/orders\"", errors).map(|path| Route { method, path });
            if raw.route.is_some() {
                errors.at(at, "an endpoint has one method and path: write another handler");
            } else {
                raw.route = route;
            }
            continue;
        }
        match word.as_str() {
            "crate" => {
                let path = grammar::path(entry, "path", errors);
                grammar::once(&mut raw.krate, path, at, "crate", errors);
            }
            "public" => {
                let reason = grammar::text(entry, "\"reason\"", errors).map(|reason| (at, reason));
                grammar::once(&mut raw.public, reason, at, "public", errors);
            }
            "allow" => {
                let allow =
                    grammar::value(entry, "scope(..) && role(..)", errors).and_then(|expr| access(&expr, errors));
                grammar::once(&mut raw.allow, allow, at, "allow", errors);
            }
            "id" => {
                let id = grammar::text(entry, "\"placeOrder\"", errors);
                grammar::once(&mut raw.id, id, at, "id", errors);
            }
            "tag" => {
                let tag = grammar::text(entry, "\"orders\"", errors);
                grammar::once(&mut raw.tag, tag, at, "tag", errors);
            }
            "check" => {
                let check = grammar::path(entry, "path::to::function", errors).map(|path| (at, path));
                grammar::once(&mut raw.check, check, at, "check", errors);
            }
            "object" => match list(entry, "object(id: Type)", errors) {
                Some(object) => raw.objects.push(object),
                None => raw.has_unread_binding = true,
            },
            "open" => match list(entry, "open(id, \"reason\")", errors) {
                Some(open) => raw.opens.push(open),
                None => raw.has_unread_binding = true,
            },
            _ => raw.controls.push(grammar::call(entry, errors)),
        }
    }
    raw
}

fn list<T: Parse>(entry: Meta, example: &str, errors: &mut Errors) -> Option<T> {
    let (at, word) = (grammar::span(&entry), tokens::path_text(entry.path()));
    let Meta::List(list) = entry else {
        errors.at(at, &format!("`{word}`: write `{example}`"));
        return None;
    };
    parse(&list, example, errors)
}

fn parse<T: Parse>(list: &MetaList, example: &str, errors: &mut Errors) -> Option<T> {
    let parsed =
        list.parse_args::<T>().map_err(|error| syn::Error::new(error.span(), format!("{error}: write `{example}`")));
    errors.keep(parsed)
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let parameter = input.call(Ident::parse_any)?;
        let _: Token![:] = input.parse()?;
        let ty: Type = input.parse()?;
        let _: Option<Token![,]> = input.parse()?;
        Ok(Self { parameter, ty })
    }
}

impl Parse for Open {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let parameter = input.call(Ident::parse_any)?;
        let _: Token![,] = input.parse()?;
        let reason: LitStr = input.parse()?;
        let _: Option<Token![,]> = input.parse()?;
        Ok(Self { parameter, reason })
    }
}
