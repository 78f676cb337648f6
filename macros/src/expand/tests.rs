//! Expansions of small inputs: as snapshots, as a table of messages, and walked for names that are not ours to use.

mod errors;
mod hygiene;
mod snapshots;

use proc_macro2::TokenStream;

use crate::model::Word;

/// Expands a file of items as rustc would: each derive or attribute by its name.
fn expand(source: &str) -> Result<TokenStream, String> {
    let file: syn::File = syn::parse_str(source).map_err(|error| error.to_string())?;
    Ok(file.items.into_iter().map(expand_item).collect())
}

fn expand_item(mut item: syn::Item) -> TokenStream {
    let attributes = match &mut item {
        syn::Item::Struct(item) => &mut item.attrs,
        syn::Item::Enum(item) => &mut item.attrs,
        syn::Item::Union(item) => &mut item.attrs,
        syn::Item::Fn(item) => &mut item.attrs,
        other => return quote::quote!(#other),
    };
    let derives = |attribute: &syn::Attribute, name: &str| {
        attribute.path().is_ident("derive") && quote::quote!(#attribute).to_string().contains(name)
    };
    if attributes.iter().any(|attribute| derives(attribute, "Secure")) {
        return super::ty(quote::quote!(#item));
    }
    if attributes.iter().any(|attribute| derives(attribute, "Scopes")) {
        return super::catalogue(quote::quote!(#item), Word::Scope);
    }
    if attributes.iter().any(|attribute| derives(attribute, "Roles")) {
        return super::catalogue(quote::quote!(#item), Word::Role);
    }
    if attributes.iter().any(|attribute| derives(attribute, "Callers")) {
        return super::callers(quote::quote!(#item));
    }
    let Some(at) = attributes.iter().position(|attribute| attribute.path().is_ident("secure")) else {
        return quote::quote!(#item);
    };
    let words = match attributes.remove(at).meta {
        syn::Meta::List(list) => list.tokens,
        syn::Meta::Path(_) | syn::Meta::NameValue(_) => TokenStream::new(),
    };
    super::attribute(words, quote::quote!(#item))
}
