//! Rules as one static of the type, and the tree of each field that refers to them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{call, index, numbered};
use crate::{
    model::{Place, Rule, Ty},
    paths::{Paths, Words},
    tokens,
};

/// All rules of a type. They are one static, since rustc takes as long for each of them as for some lines of code.
pub(super) fn all(ty: &Ty) -> TokenStream {
    let mut places = Vec::new();
    ty.shape.fields().into_iter().for_each(|field| collect(&field.place, &mut places));
    collect(&ty.whole, &mut places);
    let mut rules: Vec<&Rule> = places.iter().flat_map(|place| &place.rules).collect();
    let whole = (!ty.whole.is_bare()).then(|| static_tree(&ty.paths, &ty.whole));
    if rules.is_empty() {
        return quote!(#whole);
    }
    rules.sort_by_key(|rule| rule.index);
    let types = rules.iter().map(|rule| {
        let (span, rule) = (rule.call.span(), self::ty(&ty.paths, rule));
        let private = ty.paths.private(span);
        quote_spanned!(span=> #private::Placed<#rule>)
    });
    let placed: TokenStream = places.iter().map(|place| placed(&ty.paths, place)).collect();
    let values = rules.iter().map(|rule| local(rule));
    quote! {
        static __RULES: (#(#types,)*) = {
            #placed
            (#(#values,)*)
        };
        #whole
    }
}

fn collect<'a>(place: &'a Place, places: &mut Vec<&'a Place>) {
    places.push(place);
    [&place.each, &place.keys, &place.values].into_iter().flatten().for_each(|inner| collect(inner, places));
}

/// The trees as statics, for a type whose functions or generic constants refer to them: no static of their own can hold them.
pub(super) fn trees(ty: &Ty) -> TokenStream {
    let fields = ty.shape.fields().into_iter().filter(|field| !field.place.is_bare());
    fields.map(|field| static_tree(&ty.paths, &field.place)).collect()
}

fn static_tree(paths: &Paths, place: &Place) -> TokenStream {
    let (private, name, tree) = (paths.private(Span::call_site()), name_of_tree(place), tree(paths, place));
    quote!(static #name: #private::Rules = #tree;)
}

/// A reference to the tree of a place that has a static of its own.
pub(super) fn named_tree(paths: &Paths, place: &Place) -> TokenStream {
    if place.is_bare() {
        let private = paths.private(Span::call_site());
        return quote!(&#private::Rules::NONE);
    }
    let name = name_of_tree(place);
    quote!(&#name)
}

/// The tree of a place. The references in it live as long as the static that it is written into: no constant could refer to
/// a rule, which may hold a cache.
pub(super) fn tree(paths: &Paths, place: &Place) -> TokenStream {
    let private = paths.private(Span::call_site());
    if place.is_bare() {
        return quote!(#private::Rules::NONE);
    }
    let references = place.rules.iter().map(|rule| reference(paths, rule));
    let parts = parts(paths, place);
    quote!(#private::Rules::new(&[#(#references),*]) #parts)
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

/// A reference to the rule, with the group that alone it holds in.
fn reference(paths: &Paths, rule: &Rule) -> TokenStream {
    let span = rule.call.span();
    let (private, name) = (paths.private(span), name(rule));
    let on = rule.group.as_ref().map(|group| {
        let span = tokens::path_span(group);
        let (private, word) = (paths.private(span), group.segments.last().map(|last| tokens::unraw(&last.ident)));
        quote_spanned!(span=> .on(#private::Group::of::<#group>(#word)))
    });
    quote_spanned!(span=> #private::RuleRef::of(&#name) #on)
}

/// The rules of a place, the last one first: each is told what those behind it demand of it.
fn placed(paths: &Paths, place: &Place) -> TokenStream {
    let private = paths.private(Span::call_site());
    let mut behind = quote!(#private::Unclean::Changed);
    let rules = place.rules.iter().rev().map(|rule| {
        let (span, ty, built) = (rule.call.span(), ty(paths, rule), call::rule(rule));
        let local = local(rule);
        let demanded = std::mem::replace(&mut behind, quote_spanned!(span=> #local.demanded()));
        quote_spanned!(span=> let #local = <#ty>::#built.seal().before(#demanded);)
    });
    rules.collect()
}

fn local(rule: &Rule) -> Ident {
    tokens::local(&format!("__rule_{}", rule.index), rule.call.span())
}

/// The rule where it stands.
pub(super) fn name(rule: &Rule) -> TokenStream {
    let span = rule.call.span();
    let (all, mut at) = (Ident::new("__RULES", span), index(rule.index));
    at.span = span;
    quote_spanned!(span=> #all.#at)
}

fn name_of_tree(place: &Place) -> Ident {
    numbered("TREE", place.index, Span::call_site())
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
    let check = place.check.as_ref().map(|path| {
        let (span, name) = (tokens::path_span(path), path.segments.last().map(|last| tokens::unraw(&last.ident)));
        quote_spanned!(span=> .checked_by(#name))
    });
    quote!(#each #keys #values #unchecked #check)
}
