//! What is left of the function: a struct of its name, with the function as `handler` on it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Attribute;

use crate::model::{Endpoint, Form, RawHandler};

/// The item that the user wrote. It is emitted whatever is wrong with the policy.
pub(super) fn handler(endpoint: &Endpoint) -> TokenStream {
    match &endpoint.handler.form {
        Form::Function(raw) => function(endpoint, raw),
        Form::Struct(request, _) => request.item.to_token_stream(),
    }
}

/// The struct and the function.
fn function(endpoint: &Endpoint, raw: &RawHandler) -> TokenStream {
    let (visibility, body, ident) = (&raw.visibility, &raw.body, &raw.signature.ident);
    let docs = raw.attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let conditions = conditions(endpoint);
    let others =
        raw.attributes.iter().filter(|attribute| !attribute.path().is_ident("doc") && !is_condition(attribute));
    let mut signature = raw.signature.clone();
    signature.ident = Ident::new("handler", ident.span());
    // The struct is a name and no data. It has braces, since a unit struct is a value too, and as a pattern it would be in
    // the way of every local variable of its name. The function is async because it has to be.
    quote! {
        #(#docs)*
        #conditions
        #[allow(missing_debug_implementations, non_camel_case_types)]
        #visibility struct #ident {}

        #conditions
        #[allow(clippy::unused_async, missing_docs)]
        impl #ident {
            #(#others)*
            #visibility #signature #body
        }
    }
}

/// The `cfg`s of the function, which everything made of it shares.
pub(super) fn conditions(endpoint: &Endpoint) -> TokenStream {
    let attributes = endpoint.handler.attributes().iter();
    attributes.filter(|attribute| is_condition(attribute)).map(ToTokens::to_token_stream).collect()
}

fn is_condition(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}
