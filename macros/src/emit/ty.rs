//! `#[derive(Secure)]`: constants, the impl of `Value`, the markers, and the schema.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Data;

use super::{
    block, bounds,
    constructor::constructor,
    mirror, plain, proof, property, regard, rules,
    visit::{self, Pass, Scene, Siblings, Subject},
};
use crate::{
    errors::Soundness,
    model::{Content, Decoding, Direction, Entrance, Field, Shape, Tagged, Ty, Unknown, Variant},
};

/// The whole expansion of a declared type.
pub(crate) fn ty(ty: &Ty, soundness: Soundness) -> TokenStream {
    block(&ty.paths, &items(ty, soundness))
}

/// The same, to stand in a block with more.
pub(super) fn items(ty: &Ty, soundness: Soundness) -> TokenStream {
    let rules = rules::all(ty);
    let constants = proof::constants(ty, soundness);
    let properties = property::all(ty);
    let value = value(ty, soundness);
    let markers = markers(ty);
    let constructor = constructor(ty);
    let key = key(ty);
    let schema = plain::schema(ty).unwrap_or_else(|| mirror::schema(ty));
    quote! {
        #rules
        #properties
        #constants
        #value
        #markers
        #constructor
        #key
        #schema
    }
}

fn value(ty: &Ty, soundness: Soundness) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let (generics, _, _) = ty.input.generics.split_for_impl();
    let (path, where_clause) = (&ty.path, bounds::where_clause(ty, None));
    let (kind, fields, shape) = (kind(ty), fields(ty, soundness), shape(ty));
    let (clean, check) = (body(ty, Pass::Clean), body(ty, Pass::Check));
    let describe = mirror::describe(ty);
    let regard = regard::regard(ty);
    quote! {
        #[automatically_derived]
        impl #generics #private::Value for #path #where_clause {
            const KIND: #private::Kind = #kind;
            const FIELDS: &'static [#private::Field] = #fields;

            fn shape() -> #private::Shape {
                #shape
            }

            #describe

            #regard

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
        Shape::Newtype(_) | Shape::Object(_) | Shape::Tuple(_) | Shape::Variants(..) | Shape::Broken => {
            quote!(#private::Kind::Object)
        }
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
        Shape::Object(_) | Shape::Tuple(_) | Shape::Variants(..) => proof::list(ty, soundness),
    }
}

fn shape(ty: &Ty) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let (name, path) = (&ty.name, &ty.path);
    match ty.decoding {
        Decoding::Derived => {}
        Decoding::Own => return quote!(#private::Shape::opaque(#name)),
    }
    match &ty.shape {
        Shape::Object(_) => {
            let unknown = unknown(ty);
            quote!(#private::Shape::object(#name, <#path as #private::Value>::FIELDS, #unknown))
        }
        Shape::Tuple(_) => quote!(#private::Shape::tuple(<#path as #private::Value>::FIELDS)),
        Shape::Newtype(field) if !field.opaque => {
            let (inner, tree) = (&field.ty, rules::named_tree(&ty.paths, &field.place));
            quote!(#private::Shape::newtype(<#inner as #private::Value>::shape, #tree))
        }
        Shape::Choice(variants) => {
            let names = variants.iter().map(|(_, name)| name);
            quote!(#private::Shape::choice(&[#(#names),*]))
        }
        Shape::Variants(tagged, variants) => self::variants(ty, tagged, variants),
        Shape::Newtype(_) | Shape::Broken => quote!(#private::Shape::opaque(#name)),
    }
}

/// An enum with data.
fn variants(ty: &Ty, tagged: &Tagged, variants: &[Variant]) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let all = all_variants(ty, tagged, variants);
    quote!(#private::Shape::variants(#all))
}

/// The variants of it, and how they are told apart.
pub(super) fn all_variants(ty: &Ty, tagged: &Tagged, variants: &[Variant]) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let tagged = match tagged {
        Tagged::External => quote!(External),
        Tagged::Internal(tag) => quote!(Internal(#tag)),
        Tagged::Adjacent(tag, content) => quote!(Adjacent(#tag, #content)),
        Tagged::Untagged => quote!(Untagged),
    };
    let all = variants.iter().map(|variant| {
        let form = match variant.form {
            Content::Unit => quote!(Unit),
            Content::Newtype => quote!(Newtype),
            Content::Tuple => quote!(Tuple),
            Content::Object => quote!(Object),
            Content::Opaque => quote!(Opaque),
        };
        let (name, aliases, count) = (&variant.wire, &variant.aliases, variant.fields.len());
        quote!(#private::Variant::new(#name, &[#(#aliases),*], #private::Content::#form, #count))
    });
    let (path, unknown) = (&ty.path, unknown(ty));
    quote! {
        #private::Variants::new(
            #private::Tagging::#tagged,
            const { &[#(#all),*] },
            <#path as #private::Value>::FIELDS,
            #unknown,
        )
    }
}

fn unknown(ty: &Ty) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    match ty.unknown {
        Unknown::Refused => quote!(#private::Unknown::Refused),
        Unknown::Ignored => quote!(#private::Unknown::Ignored),
    }
}

fn body(ty: &Ty, pass: Pass) -> TokenStream {
    let scene = |siblings| Scene { paths: &ty.paths, pass, siblings };
    let member = |scene, field: &Field| visit::field(scene, field, Subject::Member(&field.member));
    let (fields, siblings): (TokenStream, _) = match &ty.shape {
        Shape::Object(fields) | Shape::Tuple(fields) => {
            let siblings = Siblings::Members(fields);
            (fields.iter().map(|field| member(scene(siblings), field)).collect(), siblings)
        }
        Shape::Newtype(field) => (member(scene(Siblings::None), field), Siblings::None),
        Shape::Variants(_, variants) => {
            let arms =
                variants.iter().filter(|variant| !variant.fields.is_empty()).map(|variant| arm(ty, variant, pass));
            let arms = quote! {
                match self {
                    #(#arms)*
                    _ => {}
                }
            };
            (arms, Siblings::None)
        }
        Shape::Choice(_) | Shape::Broken => (TokenStream::new(), Siblings::None),
    };
    let preamble = visit::preamble(&ty.paths, pass, &ty.whole, &ty.shape.fields());
    let whole = visit::whole(scene(siblings), &ty.whole, &ty.path);
    quote!(#preamble #fields #whole)
}

fn arm(ty: &Ty, variant: &Variant, pass: Pass) -> TokenStream {
    let owner = &ty.input.ident;
    let ident = &variant.ident;
    let names: Vec<String> = variant.fields.iter().map(|field| format!("__field_{}", field.index)).collect();
    let members = variant.fields.iter().map(|field| &field.member);
    let locals = names.iter().map(|name| format_ident!("{name}"));
    let scene = Scene { paths: &ty.paths, pass, siblings: Siblings::Locals(&variant.fields, &names) };
    let fields = variant.fields.iter().zip(&names);
    let fields = fields.map(|(field, name)| visit::field(scene, field, Subject::Local(name)));
    let down = match (pass, &variant.tagged) {
        (Pass::Check, Tagged::External) => Some(&variant.wire),
        (Pass::Check, Tagged::Adjacent(_, content)) => Some(content),
        (Pass::Check, Tagged::Internal(_) | Tagged::Untagged) | (Pass::Clean | Pass::Relate, _) => None,
    };
    let down = down.map(|name| quote!(let __path = &__path.field(#name);));
    quote! {
        #owner::#ident { #(#members: #locals,)* .. } => {
            #down
            #(#fields)*
        }
    }
}

/// What can be the key of a map, if it can: a name, or what a newtype is around.
fn key(ty: &Ty) -> Option<TokenStream> {
    let private = ty.paths.private(Span::call_site());
    let (more, text) = match (&ty.shape, ty.decoding) {
        (Shape::Newtype(field), Decoding::Derived) if !field.opaque => {
            let (inner, member) = (&field.ty, &field.member);
            // A bound that names a lifetime may be false, and then only says that this type is no key.
            let more = quote!(for<'__key> &'__key #inner: #private::Key);
            (Some(more), quote!(<&#inner as #private::Key>::spell(&&self.#member, __read)))
        }
        (Shape::Choice(variants), Decoding::Derived) => {
            let owner = &ty.input.ident;
            let arms = variants.iter().map(|(ident, name)| quote!(#owner::#ident { .. } => __read(#name),));
            let all = matches!(&ty.input.data, Data::Enum(data) if data.variants.len() == variants.len());
            // A variant that serde skips is never written.
            let skipped = (!all).then(|| quote!(_ => __read(""),));
            (None, quote!(match self { #(#arms)* #skipped }))
        }
        (
            Shape::Newtype(_)
            | Shape::Choice(_)
            | Shape::Object(_)
            | Shape::Tuple(_)
            | Shape::Variants(..)
            | Shape::Broken,
            Decoding::Derived | Decoding::Own,
        ) => return None,
    };
    let (generics, _, _) = ty.input.generics.split_for_impl();
    let (path, where_clause) = (&ty.path, bounds::where_clause(ty, more));
    Some(quote! {
        #[automatically_derived]
        impl #generics #private::Key for #path #where_clause {
            fn spell<__R>(&self, __read: impl #private::FnOnce(&str) -> __R) -> __R {
                #text
            }
        }
    })
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
        let marker = match ty.entrance {
            Entrance::Plain => quote!(Input),
            Entrance::Verified => quote!(Unverified),
        };
        quote! {
            #[automatically_derived]
            impl #generics #private::#marker for #path #with_schema {}
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
