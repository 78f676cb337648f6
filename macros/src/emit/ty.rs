//! `#[derive(Secure)]`: constants, the impl of `Value`, the markers, and the schema.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

use super::{
    block, bounds, mirror, proof, rules,
    visit::{self, Pass, Subject},
};
use crate::{
    errors::Soundness,
    model::{Decoding, Direction, Shape, Tagging, Ty, Unknown, Variant},
    tokens,
};

/// The whole expansion of a declared type.
pub(crate) fn ty(ty: &Ty, soundness: Soundness) -> TokenStream {
    let rules = rules::all(ty);
    let constants = proof::constants(ty, soundness);
    let value = value(ty, soundness);
    let markers = markers(ty);
    let schema = mirror::schema(ty);
    block(&quote! {
        #rules
        #constants
        #value
        #markers
        #schema
    })
}

fn value(ty: &Ty, soundness: Soundness) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let (generics, _, _) = ty.input.generics.split_for_impl();
    let (path, where_clause) = (&ty.path, bounds::where_clause(ty, None));
    let (kind, fields, shape) = (kind(ty), fields(ty, soundness), shape(ty));
    let (clean, check) = (body(ty, Pass::Clean), body(ty, Pass::Check));
    quote! {
        #[automatically_derived]
        impl #generics #private::Value for #path #where_clause {
            const KIND: #private::Kind = #kind;
            const FIELDS: &'static [#private::Field] = #fields;

            fn shape() -> #private::Shape {
                #shape
            }

            fn clean(&mut self) {
                #clean
            }

            fn check(&self, __path: &#private::Path<'_>, __report: &mut #private::Report) {
                #check
            }
        }
    }
}

fn kind(ty: &Ty) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    match ty.shape {
        Shape::Choice(_) => quote!(#private::Kind::Choice),
        // A type around another has rules of its own, so like an object it bounds itself.
        Shape::Newtype(_) | Shape::Object(_) | Shape::Variants(_) | Shape::Broken => quote!(#private::Kind::Object),
    }
}

fn fields(ty: &Ty, soundness: Soundness) -> TokenStream {
    match &ty.shape {
        Shape::Newtype(field) if !field.opaque => {
            let private = ty.paths.private(field.span);
            let (proofs, inner) = (proof::proofs(ty, soundness), &field.ty);
            quote!({ #proofs <#inner as #private::Value>::FIELDS })
        }
        Shape::Newtype(_) | Shape::Choice(_) | Shape::Broken => quote!(&[]),
        Shape::Object(_) | Shape::Variants(_) => proof::list(ty, soundness),
    }
}

fn shape(ty: &Ty) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let (name, path) = (tokens::unraw(&ty.input.ident), &ty.path);
    match ty.decoding {
        Decoding::Derived => {}
        Decoding::Own => return quote!(#private::Shape::opaque(#name)),
    }
    match &ty.shape {
        Shape::Object(_) => {
            let unknown = match ty.unknown {
                Unknown::Refused => quote!(#private::Unknown::Refused),
                Unknown::Ignored => quote!(#private::Unknown::Ignored),
            };
            quote!(#private::Shape::object(#name, <#path as #private::Value>::FIELDS, #unknown))
        }
        Shape::Newtype(field) if !field.opaque => {
            let (inner, tree) = (&field.ty, rules::named_tree(&ty.paths, field));
            quote!(#private::Shape::newtype(<#inner as #private::Value>::shape, #tree))
        }
        Shape::Choice(names) => quote!(#private::Shape::choice(&[#(#names),*])),
        Shape::Variants(_) => quote!(#private::Shape::variants(<#path as #private::Value>::FIELDS)),
        Shape::Newtype(_) | Shape::Broken => quote!(#private::Shape::opaque(#name)),
    }
}

fn body(ty: &Ty, pass: Pass) -> TokenStream {
    match &ty.shape {
        Shape::Object(fields) => {
            fields.iter().map(|field| visit::field(&ty.paths, field, Subject::Member(&field.member), pass)).collect()
        }
        Shape::Newtype(field) => visit::field(&ty.paths, field, Subject::Member(&field.member), pass),
        Shape::Variants(variants) => {
            let arms =
                variants.iter().filter(|variant| !variant.fields.is_empty()).map(|variant| arm(ty, variant, pass));
            quote! {
                match self {
                    #(#arms)*
                    _ => {}
                }
            }
        }
        Shape::Choice(_) | Shape::Broken => TokenStream::new(),
    }
}

fn arm(ty: &Ty, variant: &Variant, pass: Pass) -> TokenStream {
    let owner = &ty.input.ident;
    let ident = &variant.ident;
    let names: Vec<String> = variant.fields.iter().map(|field| format!("__field_{}", field.index)).collect();
    let members = variant.fields.iter().map(|field| &field.member);
    let locals = names.iter().map(|name| format_ident!("{name}"));
    let fields = variant.fields.iter().zip(&names);
    let fields = fields.map(|(field, name)| visit::field(&ty.paths, field, Subject::Local(name), pass));
    let down = match (pass, &variant.tagging) {
        (Pass::Check, Tagging::External) => Some(&variant.wire),
        (Pass::Check, Tagging::Adjacent(content)) => Some(content),
        (Pass::Check, Tagging::InPlace) | (Pass::Clean, _) => None,
    };
    let down = down.map(|name| quote!(let __path = &__path.field(#name);));
    quote! {
        #owner::#ident { #(#members: #locals,)* .. } => {
            #down
            #(#fields)*
        }
    }
}

fn markers(ty: &Ty) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let (generics, _, _) = ty.input.generics.split_for_impl();
    let (path, where_clause) = (&ty.path, bounds::where_clause(ty, None));
    // That a type with parameters has a schema depends on them.
    let has_parameters = ty.input.generics.type_params().next().is_some();
    let described = has_parameters.then(|| quote!(#path: #private::schemars::JsonSchema));
    let with_schema = bounds::where_clause(ty, described);
    let input = (ty.direction != Direction::Out).then(|| {
        quote! {
            #[automatically_derived]
            impl #generics #private::Input for #path #with_schema {}
        }
    });
    let output = (ty.direction != Direction::In).then(|| {
        quote! {
            #[automatically_derived]
            impl #generics #private::Output for #path #with_schema {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #generics #private::Secure for #path #where_clause {}
        #input
        #output
    }
}
