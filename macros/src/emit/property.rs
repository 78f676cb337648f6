//! Who sees and who writes a field, as a static for each, and what that adds to the schema.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{access, numbered, ty::all_variants};
use crate::{
    model::{Access, Call, Field, Property, Shape, Ty},
    paths::Paths,
};

/// The statics of a type.
pub(super) fn all(ty: &Ty) -> TokenStream {
    let fields = ty.shape.fields();
    let properties = fields.into_iter().filter_map(|field| Some((field, field.property.as_ref()?)));
    properties.map(|(field, property)| one(&ty.paths, field, property)).collect()
}

/// The static of a property.
pub(super) fn name(property: &Property) -> Ident {
    numbered("PROPERTY", property.index, Span::call_site())
}

/// What `described` says, and who sees and writes the fields; nothing when everybody does.
pub(super) fn describe(ty: &Ty, described: &TokenStream) -> Option<TokenStream> {
    let private = ty.paths.private(Span::call_site());
    let path = &ty.path;
    if ty.shape.fields().iter().all(|field| field.property.is_none()) {
        return None;
    }
    match &ty.shape {
        Shape::Object(_) | Shape::Tuple(_) => {
            Some(quote!(#private::with_properties(#described, <#path as #private::Value>::FIELDS, __generator)))
        }
        Shape::Newtype(field) => {
            let name = name(field.property.as_ref()?);
            Some(quote!(#private::with_newtype_property(#described, &#name, __generator)))
        }
        Shape::Variants(tagged, variants) => {
            let variants = all_variants(ty, tagged, variants);
            Some(quote!(#private::with_variant_properties(#described, #variants, __generator)))
        }
        Shape::Choice(_) | Shape::Broken => None,
    }
}

fn one(paths: &Paths, field: &Field, property: &Property) -> TokenStream {
    let private = paths.private(field.span);
    let name = name(property);
    let wire = field.leaving.as_ref().map_or(&field.name, |leaving| &leaving.name);
    let visible = property.visible.as_ref().map(|tree| demand(paths, "visible", tree));
    let writable = property.writable.as_ref().map(|tree| demand(paths, "writable", tree));
    let never = property.never.map(|at| quote_spanned!(at=> .never()));
    let mask = property.mask.as_ref().map(|call| mask(paths, call));
    let span = field.span;
    quote_spanned! {span=>
        static #name: #private::Property = #private::Property::new(#wire) #visible #never #mask #writable;
    }
}

/// A tree of constants has a block of its own, where its names are.
fn demand(paths: &Paths, word: &str, tree: &Access) -> TokenStream {
    let (constants, root) = access::access(paths, tree);
    let span = root.span();
    let word = Ident::new(word, span);
    quote_spanned!(span=> .#word({ #constants &#root }))
}

/// As with a rule, an argument is a method.
fn mask(paths: &Paths, call: &Call) -> TokenStream {
    let span = call.span();
    let private = paths.private(span);
    let positional = call.positional().map(crate::model::Given::tokens);
    let named = call.named().map(|(name, given)| {
        let value = given.tokens();
        quote_spanned!(span=> .#name(#value))
    });
    quote_spanned!(span=> .masked(#private::Masking::new(#(#positional),*) #(#named)*))
}
