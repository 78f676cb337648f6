//! The signature of a handler: an `async fn` whose types are written out.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{FnArg, Generics, ReturnType, Safety, Signature, Type, spanned::Spanned};

use crate::{
    errors::Errors,
    model::{Form, Handler, RawHandler},
    tokens,
};

/// The types of the arguments and of the response.
pub(crate) fn handler(raw: Box<RawHandler>, errors: &mut Errors) -> Handler {
    qualifiers(&raw.signature, errors);
    let arguments = raw.signature.inputs.iter().filter_map(|input| argument(input, errors)).collect();
    let response = match &raw.signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => {
            concrete(ty, errors);
            ty.to_token_stream()
        }
    };
    Handler {
        ident: raw.signature.ident.clone(),
        generics: Generics::default(),
        form: Form::Function(raw),
        arguments,
        response,
    }
}

fn qualifiers(signature: &Signature, errors: &mut Errors) {
    if signature.asyncness.is_none() {
        errors.at(signature.fn_token.span, "handlers are `async fn`");
    }
    let unwanted = [
        signature.constness.as_ref().map(Spanned::span),
        signature.abi.as_ref().map(Spanned::span),
        signature.variadic.as_ref().map(Spanned::span),
        match &signature.safety {
            Safety::Unsafe(token) => Some(token.span),
            Safety::Safe(token) => Some(token.span),
            Safety::Default => None,
        },
    ];
    for span in unwanted.into_iter().flatten() {
        errors.at(span, "handlers are plain `async fn`: remove this");
    }
    let where_clause = signature.generics.where_clause.as_ref().map(Spanned::span);
    let parameter = signature.generics.params.first().map(Spanned::span);
    if let Some(span) = parameter.or(where_clause) {
        errors.at(span, "a handler cannot be generic: write the types out, the document needs them");
    }
}

fn argument(input: &FnArg, errors: &mut Errors) -> Option<TokenStream> {
    match input {
        // Refused when it was read.
        FnArg::Receiver(_) => None,
        FnArg::Typed(argument) => {
            let conditional = argument
                .attrs
                .iter()
                .find(|attribute| attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr"));
            if let Some(attribute) = conditional {
                let message = "an argument cannot be conditional: put `cfg` on two handlers";
                errors.push(syn::Error::new_spanned(attribute, message));
            }
            concrete(&argument.ty, errors);
            Some(argument.ty.to_token_stream())
        }
    }
}

/// The policy names each type outside of the function, where nothing can be left to inference.
fn concrete(ty: &Type, errors: &mut Errors) {
    let found = tokens::find_ident(ty.to_token_stream(), &|ident: &Ident| ident == "impl");
    if let Some(keyword) = found {
        errors.at(keyword.span(), "write the type out: the document needs it");
    } else if let Some(span) = tokens::find_elided_lifetime(ty.to_token_stream()) {
        errors.at(span, "a handler takes and returns owned values: remove the borrow");
    }
}
