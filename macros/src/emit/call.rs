//! Calls: an argument of an entry becomes an argument of a constructor, or a method.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::{
    model::{Call, Given, Rule},
    paths::{Paths, Words},
};

/// `new(a).b(c)` for a rule, without the type in front; `between(&["field"], a).b(c)` where it mentions fields.
pub(super) fn rule(rule: &Rule) -> TokenStream {
    let call = &rule.call;
    let span = call.span();
    let word = if rule.between.is_some() { "between" } else { "new" };
    let constructor = match call.positional().any(Given::is_fraction) {
        true => fraction(word, span),
        false => Ident::new(word, span),
    };
    let fields = rule.between.as_ref().map(|between| {
        let names = &between.names;
        quote_spanned!(span=> &[#(#names),*])
    });
    let positional = fields.into_iter().chain(call.positional().map(|given| borrowed(given, span)));
    let named = call.named().map(|(name, given)| {
        let value = borrowed(given, span);
        let method = if given.is_fraction() { fraction(&name.to_string(), name.span()) } else { name.clone() };
        quote_spanned!(span=> .#method(#value))
    });
    let named: TokenStream = named.collect();
    let mut given = Group::new(Delimiter::Parenthesis, quote!(#(#positional),*));
    given.set_span(call.parentheses.unwrap_or(span));
    quote_spanned!(span=> #constructor #given #named)
}

/// A method takes one type of number, so a number with a fraction goes to a method of its own.
fn fraction(method: &str, span: Span) -> Ident {
    Ident::new(&format!("{method}_fraction"), span)
}

/// `palisade::controls::scope(a).b(c)`; schemes likewise.
pub(super) fn control(paths: &Paths, words: Words, call: &Call) -> TokenStream {
    let span = call.span();
    let words = paths.words(words, span);
    let path = &call.path;
    let positional = call.positional().map(|given| named_entry(paths, given, span));
    let named = call.named().map(|(name, given)| {
        let value = named_entry(paths, given, span);
        quote_spanned!(span=> .#name(#value))
    });
    let named: TokenStream = named.collect();
    quote_spanned!(span=> #words::#path(#(#positional),*) #named)
}

/// Lists are borrowed, so that a rule can keep one of any length.
fn borrowed(given: &Given, span: Span) -> TokenStream {
    match given {
        Given::List(list) => quote_spanned!(span=> &#list),
        Given::Entry(expr) | Given::Plain(expr) => expr.to_token_stream(),
    }
}

/// An entry of a catalogue comes with its number, which a trait cannot give in const evaluation.
fn named_entry(paths: &Paths, given: &Given, span: Span) -> TokenStream {
    match given {
        Given::Entry(expr) => {
            let private = paths.private(span);
            quote_spanned!(span=> #private::named(#expr, #expr as usize))
        }
        Given::List(list) => quote!(#list),
        Given::Plain(expr) => expr.to_token_stream(),
    }
}
