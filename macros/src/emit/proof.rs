//! Fields as constants, and the proof that each is bounded.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::GenericParam;

use super::{numbered, rules};
use crate::{
    errors::Soundness,
    model::{Field, Presence, Ty},
    tokens,
};

/// A constant for each field whose type is known here, with its proof.
pub(super) fn constants(ty: &Ty, soundness: Soundness) -> TokenStream {
    let fields = ty.shape.fields();
    fields.into_iter().filter(|field| field.generic.is_none()).map(|field| constant(ty, field, soundness)).collect()
}

/// The list of fields. A generic field proves itself where its type becomes known.
pub(super) fn list(ty: &Ty, soundness: Soundness) -> TokenStream {
    let fields = ty.shape.fields();
    let proofs = fields.iter().filter(|field| field.generic.is_some() && soundness == Soundness::Sound).map(|field| {
        let value = expression(ty, field, &field.ty);
        proof(ty, field, &quote!(#value))
    });
    let proofs: TokenStream = proofs.collect();
    let elements = fields.iter().map(|field| match field.generic {
        Some(_) => expression(ty, field, &field.ty),
        None => quote::ToTokens::into_token_stream(name(field)),
    });
    let list = quote!(&[#(#elements),*]);
    if proofs.is_empty() { list } else { quote!({ #proofs #list }) }
}

/// The proofs alone, for a type whose list of fields is another's.
pub(super) fn proofs(ty: &Ty, soundness: Soundness) -> TokenStream {
    let fields = ty.shape.fields();
    let generic = fields.iter().filter(|field| field.generic.is_some() && soundness == Soundness::Sound);
    generic.map(|field| proof(ty, field, &expression(ty, field, &field.ty))).collect()
}

fn constant(ty: &Ty, field: &Field, soundness: Soundness) -> TokenStream {
    // A constant stands outside of the impl and cannot see its lifetimes.
    let lifetimes: Vec<String> = ty.input.generics.params.iter().filter_map(lifetime).collect();
    let value = expression(ty, field, &tokens::replace_lifetimes(field.ty.clone(), &lifetimes));
    let (span, name) = (field.span, name(field));
    let private = ty.paths.private(span);
    let proof = (soundness == Soundness::Sound).then(|| {
        let proof = proof(ty, field, &quote!(#name));
        quote_spanned!(span=> const _: () = { #proof };)
    });
    quote_spanned!(span=> const #name: #private::Field = #value; #proof)
}

fn proof(ty: &Ty, field: &Field, value: &TokenStream) -> TokenStream {
    let span = field.span;
    let (private, owner) = (ty.paths.private(span), tokens::unraw(&ty.input.ident));
    quote_spanned!(span=> #private::assert_field(#owner, &#value);)
}

fn expression(ty: &Ty, field: &Field, field_ty: &TokenStream) -> TokenStream {
    let span = field.span;
    let private = ty.paths.private(span);
    let (name, tree) = (&field.name, rules::tree(&ty.paths, &field.place));
    let optional = match field.presence {
        Presence::Optional => quote_spanned!(span=> .optional()),
        Presence::Required => TokenStream::new(),
    };
    let aliases = (!field.aliases.is_empty()).then(|| {
        let aliases = &field.aliases;
        quote_spanned!(span=> .aliases(&[#(#aliases),*]))
    });
    let flattened = field.is_flattened().then(|| quote_spanned!(span=> .flattened()));
    let opaque = field.opaque.then(|| quote_spanned!(span=> .opaque()));
    quote_spanned! {span=>
        #private::Field::new(#name, <#field_ty as #private::Value>::KIND, <#field_ty as #private::Value>::shape, #tree)
            #optional #aliases #flattened #opaque
    }
}

fn name(field: &Field) -> Ident {
    numbered("FIELD", field.index, field.span)
}

fn lifetime(parameter: &GenericParam) -> Option<String> {
    match parameter {
        GenericParam::Lifetime(parameter) => Some(parameter.lifetime.ident.to_string()),
        GenericParam::Type(_) | GenericParam::Const(_) => None,
    }
}
