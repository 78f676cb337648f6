//! The `where` clauses of generated impls: bounds on what is used, and on nothing else.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::rules;
use crate::{
    model::{Field, Place, Ty},
    paths::Paths,
    tokens,
};

/// The user's predicates, ours for fields whose types are generic, and `more`.
pub(super) fn where_clause(ty: &Ty, more: Option<TokenStream>) -> TokenStream {
    let own =
        ty.input.generics.where_clause.iter().flat_map(|clause| &clause.predicates).map(ToTokens::to_token_stream);
    let fields = ty.shape.fields();
    let ours = fields.into_iter().filter(|field| field.generic.is_some()).flat_map(|field| predicates(ty, field));
    let all: Vec<TokenStream> = own.chain(ours).chain(more).collect();
    if all.is_empty() { TokenStream::new() } else { quote!(where #(#all),*) }
}

fn predicates(ty: &Ty, field: &Field) -> Vec<TokenStream> {
    let private = ty.paths.private(field.span);
    let field_ty = &field.ty;
    let owner = &ty.input.ident;
    let is_recursive = tokens::find_ident(field_ty.clone(), &|ident| ident == owner).is_some();
    let mut predicates: Vec<TokenStream> = if is_recursive {
        // A bound on the type itself would never be proved, so the bound is on the parameters, as serde does it.
        let parameters = ty.input.generics.type_params().map(|parameter| &parameter.ident);
        parameters.map(|parameter| quote_spanned!(field.span=> #parameter: #private::Value)).collect()
    } else {
        vec![quote_spanned!(field.span=> #field_ty: #private::Value)]
    };
    rule_predicates(&ty.paths, &field.place, field_ty, &mut predicates);
    predicates
}

fn rule_predicates(paths: &Paths, place: &Place, ty: &TokenStream, predicates: &mut Vec<TokenStream>) {
    // What a rule between fields asks of their types is its own business.
    for rule in place.rules.iter().filter(|rule| rule.between.is_none()) {
        let span = rule.call.span();
        let (private, rule) = (paths.private(span), rules::ty(paths, rule));
        predicates.push(quote_spanned!(span=> #rule: #private::Apply<#ty>));
    }
    for (projection, inner) in [("Item", &place.each), ("KeyOf", &place.keys), ("ValueOf", &place.values)] {
        if let Some(inner) = inner {
            let projection = proc_macro2::Ident::new(projection, Span::call_site());
            let private = paths.private(Span::call_site());
            rule_predicates(paths, inner, &quote!(#private::#projection<#ty>), predicates);
        }
    }
}
