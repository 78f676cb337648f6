//! The item under `#[secure(..)]`: a function, read without its body, or a struct.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Fields, ItemStruct, Signature, Token, Visibility,
    parse::{ParseStream, Parser},
};

use super::docs;
use crate::{
    errors::Errors,
    model::{RawHandler, RawItem},
};

const WRONG_ITEM: &str = "`secure` goes on a handler (`async fn`, or a struct with named fields), on an API (a unit struct) or, through `#[derive(Secure)]`, on a type";
const NO_NAMES: &str = "a handler struct has named fields, and an API none: write `{ .. }` or remove the fields; a request or response type derives `Secure`";

/// Reads the item. One that is neither is given back as it came, with an error.
pub(crate) fn item(tokens: TokenStream, errors: &mut Errors) -> RawItem {
    match parse.parse2(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            errors.push(error);
            RawItem::Other(tokens)
        }
    }
}

fn parse(input: ParseStream<'_>) -> syn::Result<RawItem> {
    let attributes = Attribute::parse_outer(input)?;
    let visibility: Visibility = input.parse()?;
    if input.peek(Token![struct]) {
        let mut item: ItemStruct = input.parse()?;
        item.attrs = attributes;
        item.vis = visibility;
        return match &item.fields {
            Fields::Named(_) => Ok(RawItem::Struct(Box::new(item))),
            Fields::Unit if item.generics.params.is_empty() => {
                let docs = docs(&item.attrs);
                Ok(RawItem::unit(item, docs))
            }
            Fields::Unit => Err(syn::Error::new(item.ident.span(), WRONG_ITEM)),
            Fields::Unnamed(_) => Err(syn::Error::new(item.ident.span(), NO_NAMES)),
        };
    }
    let begins = input.span();
    if !is_function(input) {
        let _: TokenStream = input.parse()?;
        return Err(syn::Error::new(begins, WRONG_ITEM));
    }
    let signature: Signature = input.parse()?;
    let body: TokenStream = input.parse()?;
    if let Some(receiver) = signature.receiver() {
        // Only a method has one, and among methods there is no room for what an endpoint expands to.
        return Err(syn::Error::new(receiver.self_token.span, "a handler has no `self`: take state as `State(..)`"));
    }
    let docs = docs(&attributes);
    Ok(RawItem::Handler(Box::new(RawHandler { attributes, visibility, signature, body, docs })))
}

/// Whether `fn` comes after nothing but its own qualifiers.
fn is_function(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    while let Ok(token) = ahead.parse::<TokenTree>() {
        match token {
            TokenTree::Ident(ident) if ident == "fn" => return true,
            TokenTree::Ident(ident) if ["async", "const", "unsafe", "extern"].iter().any(|word| ident == word) => {}
            TokenTree::Literal(_) => {}
            TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Punct(_) => return false,
        }
    }
    false
}
