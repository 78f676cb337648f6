//! Fields as constants, and the proof that each is bounded.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::GenericParam;

use super::{index, numbered, property, rules};
use crate::{
    errors::Soundness,
    model::{Field, Presence, Shape, Ty},
    paths::Words,
    tokens,
};

/// The fields of a type whose fields are all known here are one static: rustc takes as long for each constant as for some
/// lines of code. Each proof is a constant all the same, so that all fields are complained of at once. Elsewhere there is a
/// constant for each field that is known here.
pub(super) fn constants(ty: &Ty, soundness: Soundness) -> TokenStream {
    let fields = ty.shape.fields();
    if is_one_static(ty) {
        let private = ty.paths.private(Span::call_site());
        let elements = fields.iter().map(|field| {
            let tree = rules::tree(&ty.paths, &field.place);
            expression(ty, field, &nameable(ty, field), &quote!(&#tree))
        });
        let proofs = fields.iter().enumerate().filter(|_| soundness == Soundness::Sound).map(|(at, field)| {
            let (span, at) = (field.span, index(at));
            let proof = proof(ty, field, &quote_spanned!(span=> __FIELDS[#at]));
            quote_spanned!(span=> const _: () = { #proof };)
        });
        return quote! {
            static __FIELDS: &[#private::Field] = &[#(#elements),*];
            #(#proofs)*
        };
    }
    let trees = rules::trees(ty);
    let constants =
        fields.into_iter().filter(|field| field.generic.is_none()).map(|field| constant(ty, field, soundness));
    quote!(#trees #(#constants)*)
}

/// A newtype has no list of its own, and the functions of a generic type refer to its trees.
fn is_one_static(ty: &Ty) -> bool {
    match &ty.shape {
        Shape::Object(_) | Shape::Tuple(_) | Shape::Variants(..) => {
            ty.shape.fields().iter().all(|field| field.generic.is_none())
        }
        Shape::Newtype(_) | Shape::Choice(_) | Shape::Broken => false,
    }
}

/// The list of fields. A generic field proves itself where its type becomes known.
pub(super) fn list(ty: &Ty, soundness: Soundness) -> TokenStream {
    if is_one_static(ty) {
        return quote!(__FIELDS);
    }
    let fields = ty.shape.fields();
    let proofs = fields.iter().filter(|field| field.generic.is_some() && soundness == Soundness::Sound).map(|field| {
        let value = expression(ty, field, &field.ty, &rules::named_tree(&ty.paths, &field.place));
        proof(ty, field, &quote!(#value))
    });
    let proofs: TokenStream = proofs.collect();
    let elements = fields.iter().map(|field| match field.generic {
        Some(_) => expression(ty, field, &field.ty, &rules::named_tree(&ty.paths, &field.place)),
        None => quote::ToTokens::into_token_stream(name(field)),
    });
    let list = quote!(&[#(#elements),*]);
    if proofs.is_empty() { list } else { quote!({ #proofs #list }) }
}

/// The proofs alone, for a type whose list of fields is another's.
pub(super) fn proofs(ty: &Ty, soundness: Soundness) -> TokenStream {
    let fields = ty.shape.fields();
    let generic = fields.iter().filter(|field| field.generic.is_some() && soundness == Soundness::Sound);
    generic
        .map(|field| proof(ty, field, &expression(ty, field, &field.ty, &rules::named_tree(&ty.paths, &field.place))))
        .collect()
}

fn constant(ty: &Ty, field: &Field, soundness: Soundness) -> TokenStream {
    let value = expression(ty, field, &nameable(ty, field), &rules::named_tree(&ty.paths, &field.place));
    let (span, name) = (field.span, name(field));
    let private = ty.paths.private(span);
    let proof = (soundness == Soundness::Sound).then(|| {
        let proof = proof(ty, field, &quote!(#name));
        quote_spanned!(span=> const _: () = { #proof };)
    });
    quote_spanned!(span=> const #name: #private::Field = #value; #proof)
}

/// The type of a field outside of the impl, where its lifetimes are not known.
fn nameable(ty: &Ty, field: &Field) -> TokenStream {
    let lifetimes: Vec<String> = ty.input.generics.params.iter().filter_map(lifetime).collect();
    tokens::replace_lifetimes(field.ty.clone(), &lifetimes)
}

fn proof(ty: &Ty, field: &Field, value: &TokenStream) -> TokenStream {
    let span = field.span;
    let (private, owner) = (ty.paths.private(span), &ty.name);
    quote_spanned!(span=> #private::assert_field(#owner, &#value);)
}

fn expression(ty: &Ty, field: &Field, field_ty: &TokenStream, tree: &TokenStream) -> TokenStream {
    let span = field.span;
    let private = ty.paths.private(span);
    let name = &field.name;
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
    let style = field.style.as_ref().map(|word| {
        let words = ty.paths.words(Words::Styles, word.span());
        quote_spanned!(word.span()=> .style(#words::#word()))
    });
    let property = field.property.as_ref().map(|property| {
        let name = property::name(property);
        quote_spanned!(span=> .property(&#name))
    });
    quote_spanned! {span=>
        #private::Field::new(#name, <#field_ty as #private::Value>::KIND, <#field_ty as #private::Value>::shape, #tree)
            #optional #aliases #flattened #opaque #style #property
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
