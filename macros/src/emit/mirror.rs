//! The schema of a type that is no plain object: a hidden mirror of it derives `JsonSchema`, and our rules are added to what
//! that says.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Data, Fields, GenericParam, Meta, Token, punctuated::Punctuated};

use super::{bounds, property, rules};
use crate::{
    model::{Shape, Ty},
    tokens,
};

/// The impl of `JsonSchema`, and the mirror it is made from.
pub(super) fn schema(ty: &Ty) -> TokenStream {
    let span = Span::call_site();
    let private = ty.paths.private(span);
    let (generics, parameters, _) = ty.input.generics.split_for_impl();
    let path = &ty.path;
    if matches!(ty.shape, Shape::Broken) {
        let where_clause = bounds::where_clause(ty, None);
        return implementation(&private, &quote!(#generics), path, &quote!(()), &where_clause, ty);
    }
    let mirror = mirror(ty);
    let mirrored = quote!(__Mirror #parameters);
    let is_generic = ty.input.generics.type_params().next().is_some();
    let where_clause = bounds::where_clause(ty, is_generic.then(|| quote!(#mirrored: #private::schemars::JsonSchema)));
    let implementation = implementation(&private, &quote!(#generics), path, &mirrored, &where_clause, ty);
    // The derive of schemars counts on the prelude, and on a plain name for its own crate.
    quote! {
        const _: () = {
            use #private::schemars as __schemars;
            use ::core::{convert::{From as _, Into as _}, default::Default as _};
            use ::core::iter::{IntoIterator as _, Iterator as _};
            use ::core::option::Option::{None, Some};
            #mirror
            #implementation
        };
    }
}

fn implementation(
    private: &TokenStream,
    generics: &TokenStream,
    path: &TokenStream,
    mirrored: &TokenStream,
    where_clause: &TokenStream,
    ty: &Ty,
) -> TokenStream {
    let described = quote! {
        <#path as #private::Value>::describe(
            <#mirrored as #private::schemars::JsonSchema>::json_schema(__generator),
            #private::None,
        )
    };
    let described = property::describe(ty, &described).unwrap_or(described);
    quote! {
        #[automatically_derived]
        impl #generics #private::schemars::JsonSchema for #path #where_clause {
            fn inline_schema() -> bool {
                <#mirrored as #private::schemars::JsonSchema>::inline_schema()
            }

            fn schema_name() -> #private::Text {
                <#mirrored as #private::schemars::JsonSchema>::schema_name()
            }

            fn schema_id() -> #private::Text {
                <#mirrored as #private::schemars::JsonSchema>::schema_id()
            }

            fn json_schema(__generator: &mut #private::schemars::SchemaGenerator) -> #private::schemars::Schema {
                #described
            }
        }
    }
}

/// What our rules add to the mirror's schema.
pub(super) fn describe(ty: &Ty) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let path = &ty.path;
    let fields = quote!(<#path as #private::Value>::FIELDS);
    let described = match &ty.shape {
        Shape::Object(_) => {
            let whole = rules::named_tree(&ty.paths, &ty.whole);
            quote!(#private::with_facets(__schema, #fields, #whole, __group))
        }
        Shape::Tuple(_) => quote!(#private::with_tuple_facets(__schema, #fields, __group)),
        Shape::Newtype(field) => {
            let tree = rules::named_tree(&ty.paths, &field.place);
            quote!(#private::with_newtype_facets(__schema, #tree, __group))
        }
        Shape::Variants(..) => {
            quote!(#private::with_variant_facets(__schema, <#path as #private::Value>::shape(), __group))
        }
        // The schema says it all.
        Shape::Choice(_) | Shape::Broken => return TokenStream::new(),
    };
    quote! {
        fn describe(__schema: #private::schemars::Schema, __group: #private::InGroup) -> #private::schemars::Schema {
            #described
        }
    }
}

/// The type again under a name of ours, with everything that schemars reads and nothing else.
fn mirror(ty: &Ty) -> TokenStream {
    let input = &ty.input;
    // A recursive type asks for the schema of itself, so the mirror knows what that demands.
    let (generics, where_clause) = (&input.generics, bounds::where_clause(ty, None));
    let (attributes, default) = container(ty);
    let name = name(ty);
    let body = match &input.data {
        Data::Struct(data) => {
            let fields = fields(ty, &data.fields);
            match data.fields {
                Fields::Named(_) => quote!(struct __Mirror #generics #where_clause { #fields }),
                Fields::Unnamed(_) => quote!(struct __Mirror #generics(#fields) #where_clause;),
                Fields::Unit => quote!(struct __Mirror #generics #where_clause;),
            }
        }
        Data::Enum(data) => {
            let variants = data.variants.iter().map(|variant| {
                let (attributes, ident) = (read(&variant.attrs), &variant.ident);
                let fields = fields(ty, &variant.fields);
                let fields = match variant.fields {
                    Fields::Named(_) => quote!({ #fields }),
                    Fields::Unnamed(_) => quote!((#fields)),
                    Fields::Unit => TokenStream::new(),
                };
                quote!(#attributes #ident #fields)
            });
            quote!(enum __Mirror #generics #where_clause { #(#variants),* })
        }
        // Refused before it gets here.
        Data::Union(_) => TokenStream::new(),
    };
    let anything = anything(ty);
    quote! {
        #anything
        #default
        #[derive(__schemars::JsonSchema)]
        #[schemars(crate = "__schemars", rename = #name)]
        #attributes
        #body
    }
}

/// `Page_of_{T}`, where schemars puts the name of each argument.
fn name(ty: &Ty) -> String {
    let mut name = tokens::unraw(&ty.input.ident);
    let mut joint = "_of_";
    for parameter in &ty.input.generics.params {
        let parameter = match parameter {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
        };
        name.push_str(joint);
        name.push_str(&format!("{{{parameter}}}"));
        joint = "_and_";
    }
    name
}

/// The attributes of the type. A default is made by the type itself, since the mirror has none.
fn container(ty: &Ty) -> (TokenStream, Option<TokenStream>) {
    let path = &ty.path;
    let is_default = |entry: &Meta| matches!(entry, Meta::Path(path) if path.is_ident("default"));
    let has_default = ty.input.attrs.iter().flat_map(serde_entries).any(|entry| is_default(&entry));
    let is_transparent =
        ty.input.attrs.iter().flat_map(serde_entries).any(|entry| entry.path().is_ident("transparent"));
    let mut attributes = kept(&ty.input.attrs, &|entry| !is_default(entry));
    if is_transparent {
        // Any documentation keeps schemars from lending the type the name of what is in it.
        attributes.extend(quote!(#[doc = ""]));
    }
    if !has_default {
        return (attributes, None);
    }
    let is_generic = !ty.input.generics.params.is_empty();
    let maker =
        if is_generic { format!("<{path} as ::core::default::Default>::default") } else { "__default".to_owned() };
    attributes.extend(quote!(#[serde(default = #maker)]));
    let default =
        (!is_generic).then(|| quote!(fn __default() -> #path { <#path as ::core::default::Default>::default() }));
    (attributes, default)
}

fn fields(ty: &Ty, fields: &Fields) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let attributes = read(&field.attrs);
        let name = field.ident.as_ref().map(|ident| quote!(#ident:));
        let field_ty =
            tokens::replace_idents(field.ty.to_token_stream(), &|ident| (ident == "Self").then(|| ty.path.clone()));
        quote!(#attributes #name #field_ty)
    });
    quote!(#(#fields),*)
}

/// The attributes of a field or variant. What the user's own code encodes can be anything.
fn read(attributes: &[Attribute]) -> TokenStream {
    let is_codec =
        |entry: &Meta| ["with", "deserialize_with", "serialize_with"].iter().any(|word| entry.path().is_ident(word));
    let is_condition = |entry: &Meta| entry.path().is_ident("skip_serializing_if");
    let entries: Vec<Meta> = attributes.iter().flat_map(serde_entries).collect();
    if !entries.iter().any(is_codec) {
        return kept(attributes, &|_| true);
    }
    let mut read = kept(attributes, &|entry| !is_codec(entry) && !is_condition(entry));
    read.extend(quote!(#[schemars(schema_with = "__anything")]));
    if entries.iter().any(|entry| entry.path().is_ident("default")) {
        // Its default would be written as the type writes it, not as the user's own code does.
        read.extend(quote!(#[serde(skip_serializing_if = "__always")]));
    }
    read
}

/// Documentation, and the serde entries that `keep` accepts.
fn kept(attributes: &[Attribute], keep: &dyn Fn(&Meta) -> bool) -> TokenStream {
    let attributes = attributes.iter().filter_map(|attribute| {
        let path = attribute.path();
        if path.is_ident("doc") || path.is_ident("deprecated") {
            return Some(attribute.to_token_stream());
        }
        let entries = serde_entries(attribute).into_iter().filter(|entry| keep(entry));
        path.is_ident("serde").then(|| quote!(#[serde(#(#entries),*)]))
    });
    attributes.collect()
}

pub(super) fn serde_entries(attribute: &Attribute) -> Vec<Meta> {
    if !attribute.path().is_ident("serde") {
        return Vec::new();
    }
    let entries = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    entries.map(|entries| entries.into_iter().collect()).unwrap_or_default()
}

/// What the attributes above name, where they name it.
fn anything(ty: &Ty) -> Option<TokenStream> {
    let fields: Vec<&Attribute> = match &ty.input.data {
        Data::Struct(data) => data.fields.iter().flat_map(|field| &field.attrs).collect(),
        Data::Enum(data) => {
            let variants = data.variants.iter();
            variants
                .flat_map(|variant| variant.attrs.iter().chain(variant.fields.iter().flat_map(|field| &field.attrs)))
                .collect()
        }
        Data::Union(_) => Vec::new(),
    };
    let is_codec =
        |entry: Meta| ["with", "deserialize_with", "serialize_with"].iter().any(|word| entry.path().is_ident(word));
    fields.into_iter().flat_map(serde_entries).any(is_codec).then(|| {
        quote! {
            fn __anything(_: &mut __schemars::SchemaGenerator) -> __schemars::Schema {
                <__schemars::Schema as ::core::convert::From<bool>>::from(true)
            }
            fn __always<__T: ?::core::marker::Sized>(_: &__T) -> bool {
                true
            }
        }
    })
}
