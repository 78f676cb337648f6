//! `#[derive(Scopes)]` and `#[derive(Roles)]`: the catalogue as a static.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::block;
use crate::{
    errors::Soundness,
    model::{Catalogue, Entry, Word},
    tokens,
};

/// The whole expansion of a catalogue. The entries of a broken one have stand-in names, so that nothing complains
/// about them again.
pub(crate) fn catalogue(catalogue: &Catalogue, soundness: Soundness) -> TokenStream {
    let private = catalogue.paths.private(Span::call_site());
    let ident = &catalogue.ident;
    let (word, marker) = match catalogue.word {
        Word::Scope => (catalogue.word.text(), quote!(Scopes)),
        Word::Role => (catalogue.word.text(), quote!(Roles)),
    };
    let entries: Vec<TokenStream> = match soundness {
        Soundness::Sound => catalogue.entries.iter().map(|entry| self::entry(&private, ident, entry)).collect(),
        Soundness::Broken => catalogue.entries.iter().map(|entry| stand_in(&private, entry)).collect(),
    };
    block(&quote! {
        static __CATALOGUE: #private::Catalogue = #private::Catalogue::new(#word, __ENTRIES);
        const __ENTRIES: &[#private::Entry] = &[#(#entries),*];
        #[automatically_derived]
        impl #private::Listed for #ident {
            const CATALOGUE: &'static #private::Catalogue = &__CATALOGUE;
        }
        #[automatically_derived]
        impl #private::#marker for #ident {}
    })
}

fn entry(private: &TokenStream, owner: &Ident, entry: &Entry) -> TokenStream {
    let (name, description) = (&entry.name, entry.docs.whole());
    let implies = entry.implies.iter().map(|implied| quote_spanned!(implied.span()=> .implies(#owner::#implied as usize)));
    quote!(#private::Entry::new(#name, #description) #(#implies)*)
}

fn stand_in(private: &TokenStream, entry: &Entry) -> TokenStream {
    let name = tokens::unraw(&entry.variant);
    quote!(#private::Entry::new(#name, ""))
}
