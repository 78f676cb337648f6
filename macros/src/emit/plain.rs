//! The schema of a plain object: a table of its properties. It says what the mirror would, at a fraction of the price.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Attribute, Data, Expr, ExprLit, Fields, GenericParam, Lit, Meta};

use super::{bounds, mirror::serde_entries, property};
use crate::{
    model::{Decoding, Shape, Ty},
    tokens,
};

/// The impl of `JsonSchema`, unless something about the type or one of its fields is for the derive of schemars to read.
pub(super) fn schema(ty: &Ty) -> Option<TokenStream> {
    let private = ty.paths.private(Span::call_site());
    let (docs, properties) = (text(&ty.input.attrs)?, properties(ty)?);
    let has_parameters =
        ty.input.generics.params.iter().any(|parameter| !matches!(parameter, GenericParam::Lifetime(_)));
    let entries = || ty.input.attrs.iter().flat_map(serde_entries);
    let denies = |entry: &Meta| matches!(entry, Meta::Path(path) if path.is_ident("deny_unknown_fields"));
    if has_parameters || !entries().all(|entry| denies(&entry) || is_text(&entry, "rename_all")) {
        return None;
    }
    let unknown = if entries().any(|entry| denies(&entry)) { quote!(Refused) } else { quote!(Ignored) };
    let (name, path) = (tokens::unraw(&ty.input.ident), &ty.path);
    let (generics, _, _) = ty.input.generics.split_for_impl();
    let where_clause = bounds::where_clause(ty, None);
    let described = quote!(<#path as #private::Value>::describe(__schema, #private::None));
    let described = property::describe(ty, &described).unwrap_or(described);
    Some(quote! {
        #[automatically_derived]
        impl #generics #private::schemars::JsonSchema for #path #where_clause {
            fn schema_name() -> #private::Text {
                #private::Text::Borrowed(#name)
            }

            fn schema_id() -> #private::Text {
                #private::Text::Borrowed(#private::type_name::<#path>())
            }

            fn json_schema(__generator: &mut #private::schemars::SchemaGenerator) -> #private::schemars::Schema {
                let __schema = #private::object_schema(
                    __generator,
                    #docs,
                    <#path as #private::Value>::FIELDS,
                    #private::Unknown::#unknown,
                    &[#(#properties),*],
                );
                #described
            }
        }
    })
}

/// What makes the schema of each field that is on the wire, and its documentation.
fn properties(ty: &Ty) -> Option<Vec<TokenStream>> {
    let (Shape::Object(fields), Decoding::Derived, Data::Struct(data)) = (&ty.shape, ty.decoding, &ty.input.data)
    else {
        return None;
    };
    let Fields::Named(all) = &data.fields else { return None };
    let is_skipped = |entry: &Meta| matches!(entry, Meta::Path(path) if path.is_ident("skip"));
    let is_plain = |entry: &Meta| {
        let is_borrow = matches!(entry, Meta::Path(path) if path.is_ident("borrow"));
        is_skipped(entry) || is_borrow || is_text(entry, "rename") || is_text(entry, "alias")
    };
    let mut entries = all.named.iter().flat_map(|field| field.attrs.iter().flat_map(serde_entries));
    if !entries.all(|entry| is_plain(&entry)) {
        return None;
    }
    let on_the_wire =
        all.named.iter().filter(|field| !field.attrs.iter().flat_map(serde_entries).any(|entry| is_skipped(&entry)));
    let on_the_wire: Vec<_> = on_the_wire.collect();
    if on_the_wire.len() != fields.len() {
        return None;
    }
    let properties = fields.iter().zip(on_the_wire).map(|(field, declared)| {
        let docs = text(&declared.attrs)?;
        let (span, field_ty) = (field.span, &field.ty);
        let private = ty.paths.private(span);
        Some(quote_spanned!(span=> (#private::schemars::SchemaGenerator::subschema_for::<#field_ty>, #docs)))
    });
    properties.collect()
}

/// The documentation as schemars puts it together, when it is all there is to put into a schema, and can be read.
fn text(attributes: &[Attribute]) -> Option<String> {
    let mut lines = Vec::new();
    for attribute in attributes {
        if attribute.path().is_ident("deprecated") {
            return None;
        }
        if let (true, Meta::NameValue(pair)) = (attribute.path().is_ident("doc"), &attribute.meta) {
            let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &pair.value else { return None };
            let line = line.value();
            lines.push(line.strip_prefix(' ').map_or(line.clone(), str::to_owned));
        }
    }
    Some(lines.join("\n"))
}

/// Whether the entry is `word = ".."`, which is the same in both directions.
fn is_text(entry: &Meta, word: &str) -> bool {
    matches!(entry, Meta::NameValue(pair) if pair.path.is_ident(word))
}
