//! Rules as statics: each rule, the table of each place, and the tree of each field.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{call, numbered};
use crate::{
    model::{Place, Rule},
    paths::{Paths, Words},
    tokens,
};

/// The statics of a place and of the places in it.
pub(super) fn statics(paths: &Paths, place: &Place) -> TokenStream {
    if place.is_bare() {
        return TokenStream::new();
    }
    let rules = place.rules.iter().enumerate().map(|(at, rule)| {
        let behind = place.rules.get(at + 1..).unwrap_or_default();
        self::rule(paths, rule, behind)
    });
    let references = place.rules.iter().map(|rule| reference(paths, rule));
    let count = place.rules.len();
    let inner = [&place.each, &place.keys, &place.values].into_iter().flatten().map(|inner| statics(paths, inner));
    let private = paths.private(Span::call_site());
    let (table, tree) = (table(place), numbered("TREE", place.index, Span::call_site()));
    let parts = parts(paths, place);
    quote! {
        #(#rules)*
        static #table: [#private::RuleRef; #count] = [#(#references),*];
        #(#inner)*
        static #tree: #private::Rules = #private::Rules::new(&#table) #parts;
    }
}

/// A reference to the tree of a place.
pub(super) fn tree(paths: &Paths, place: &Place) -> TokenStream {
    let span = Span::call_site();
    if place.is_bare() {
        let private = paths.private(span);
        return quote!(&#private::Rules::NONE);
    }
    let tree = numbered("TREE", place.index, span);
    quote!(&#tree)
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

/// The static of a rule.
pub(super) fn name(rule: &Rule) -> Ident {
    numbered("RULE", rule.index, rule.call.span())
}

/// A rule is told what stands behind it: that can say how the rule is meant.
fn rule(paths: &Paths, rule: &Rule, behind: &[Rule]) -> TokenStream {
    let span = rule.call.span();
    let private = paths.private(span);
    let ty = ty(paths, rule);
    let built = call::rule(rule);
    let (sealed, name) = (sealed(rule), name(rule));
    let behind = behind.iter().map(|rule| {
        let sealed = self::sealed(rule);
        quote_spanned!(rule.call.span()=> #sealed.into_facets())
    });
    quote_spanned! {span=>
        const #sealed: #private::Sealed<#ty> = <#ty>::#built.seal();
        static #name: #private::Placed<#ty> = #sealed.before(&[#(#behind),*]);
    }
}

fn reference(paths: &Paths, rule: &Rule) -> TokenStream {
    let span = rule.call.span();
    let private = paths.private(span);
    let name = name(rule);
    let on = rule.group.as_ref().map(|group| {
        let span = tokens::path_span(group);
        let (private, word) = (paths.private(span), group.segments.last().map(|last| tokens::unraw(&last.ident)));
        quote_spanned!(span=> .on(#private::Group::of::<#group>(#word)))
    });
    quote_spanned!(span=> #private::RuleRef::placed(&#name) #on)
}

/// The constant of a rule before it has its place.
fn sealed(rule: &Rule) -> Ident {
    numbered("SEALED", rule.index, rule.call.span())
}

fn table(place: &Place) -> Ident {
    numbered("RULES", place.index, Span::call_site())
}

fn parts(paths: &Paths, place: &Place) -> TokenStream {
    let part = |word: &str, inner: &Option<Box<Place>>| {
        inner.as_ref().map(|inner| {
            let (word, tree) = (Ident::new(word, Span::call_site()), tree(paths, inner));
            quote!(.#word(#tree))
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
