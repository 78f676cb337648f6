//! Rules as one static of the type, and the tree of each field that refers to them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{call, index, numbered};
use crate::{
    model::{Field, Place, Rule, Ty},
    paths::{Paths, Words},
};

/// All rules of a type. They are one static, since rustc takes as long for each of them as for some lines of code.
pub(super) fn all(ty: &Ty) -> TokenStream {
    let mut rules = Vec::new();
    ty.shape.fields().into_iter().for_each(|field| collect(&field.place, &mut rules));
    if rules.is_empty() {
        return TokenStream::new();
    }
    rules.sort_by_key(|rule| rule.index);
    let types = rules.iter().map(|rule| {
        let (span, rule) = (rule.call.span(), self::ty(&ty.paths, rule));
        let private = ty.paths.private(span);
        quote_spanned!(span=> #private::Sealed<#rule>)
    });
    let values = rules.iter().map(|rule| {
        let (span, ty, built) = (rule.call.span(), self::ty(&ty.paths, rule), call::rule(&rule.call));
        quote_spanned!(span=> <#ty>::#built.seal())
    });
    // A rule may hold a cache, and what refers to such a thing is no constant: so the references are a static too.
    let references = rules.iter().map(|rule| {
        let span = rule.call.span();
        let (private, rule) = (ty.paths.private(span), sealed(rule));
        quote_spanned!(span=> #private::RuleRef::of(&#rule))
    });
    let private = ty.paths.private(Span::call_site());
    quote! {
        static __RULES: (#(#types,)*) = (#(#values,)*);
        static __REFERENCES: &[#private::RuleRef] = &[#(#references),*];
    }
}

fn collect<'a>(place: &'a Place, rules: &mut Vec<&'a Rule>) {
    rules.extend(&place.rules);
    [&place.each, &place.keys, &place.values].into_iter().flatten().for_each(|inner| collect(inner, rules));
}

/// The trees as statics, for a type whose functions or generic constants refer to them: no static of their own can hold them.
pub(super) fn trees(ty: &Ty) -> TokenStream {
    let fields = ty.shape.fields().into_iter().filter(|field| !field.place.is_bare());
    let trees = fields.map(|field| {
        let (private, name, tree) =
            (ty.paths.private(Span::call_site()), name_of_tree(field), tree(&ty.paths, &field.place));
        quote!(static #name: #private::Rules = #tree;)
    });
    trees.collect()
}

/// A reference to the tree of a field that has a static of its own.
pub(super) fn named_tree(paths: &Paths, field: &Field) -> TokenStream {
    if field.place.is_bare() {
        let private = paths.private(Span::call_site());
        return quote!(&#private::Rules::NONE);
    }
    let name = name_of_tree(field);
    quote!(&#name)
}

/// The tree of a place. The references in it live as long as the static that it is written into.
pub(super) fn tree(paths: &Paths, place: &Place) -> TokenStream {
    let private = paths.private(Span::call_site());
    if place.is_bare() {
        return quote!(#private::Rules::NONE);
    }
    let own = match (place.rules.first(), place.rules.len()) {
        // The rules of a place are numbered one after the other.
        (Some(first), count) => {
            let (start, count) = (index(first.index), index(count));
            quote!(#private::Rules::of(__REFERENCES, #start, #count))
        }
        (None, _) => quote!(#private::Rules::new(&[])),
    };
    let parts = parts(paths, place);
    quote!(#own #parts)
}

/// The type of a rule: a word is one of ours, a path is the user's.
pub(super) fn ty(paths: &Paths, rule: &Rule) -> TokenStream {
    let span = rule.call.span();
    match rule.call.path.get_ident() {
        Some(word) => {
            let words = paths.words(Words::Rules, span);
            quote_spanned!(span=> #words::#word)
        }
        None => rule.call.path.to_token_stream(),
    }
}

/// The rule where it stands, with its facets.
pub(super) fn sealed(rule: &Rule) -> TokenStream {
    let span = rule.call.span();
    let (all, mut at) = (Ident::new("__RULES", span), index(rule.index));
    at.span = span;
    quote_spanned!(span=> #all.#at)
}

fn name_of_tree(field: &Field) -> Ident {
    numbered("TREE", field.place.index, Span::call_site())
}

fn parts(paths: &Paths, place: &Place) -> TokenStream {
    let part = |word: &str, inner: &Option<Box<Place>>| {
        inner.as_ref().map(|inner| {
            let (word, tree) = (Ident::new(word, Span::call_site()), tree(paths, inner));
            quote!(.#word(&#tree))
        })
    };
    let (each, keys, values) = (part("each", &place.each), part("keys", &place.keys), part("values", &place.values));
    let unchecked = place.unchecked.as_ref().map(|reason| quote_spanned!(reason.span()=> .unchecked(#reason)));
    quote!(#each #keys #values #unchecked)
}
