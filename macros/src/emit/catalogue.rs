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
    let (variants, indexes) = (catalogue.entries.iter().map(|entry| &entry.variant), 0..catalogue.entries.len());
    // A variant with data was refused, and is not to be refused again for how it is matched.
    let data = (soundness == Soundness::Broken).then(|| quote!({ .. }));
    // What is wrong with all of them together is reported at the name of the enum.
    let (span, at_name) = (ident.span(), catalogue.paths.private(ident.span()));
    let table =
        quote_spanned!(span=> static __CATALOGUE: #at_name::Catalogue = #at_name::Catalogue::new(#word, __ENTRIES););
    let (generics, parameters, _) = catalogue.generics.split_for_impl();
    block(
        &catalogue.paths,
        &quote! {
            #table
            const __ENTRIES: &[#private::Entry] = &[#(#entries),*];
            #[automatically_derived]
            impl #generics #private::Listed for #ident #parameters {
                const CATALOGUE: &'static #private::Catalogue = &__CATALOGUE;

                fn index(&self) -> usize {
                    match *self {
                        #(#ident::#variants #data => #indexes,)*
                    }
                }
            }
            #[automatically_derived]
            impl #generics #private::#marker for #ident #parameters {}
        },
    )
}

fn entry(private: &TokenStream, owner: &Ident, entry: &Entry) -> TokenStream {
    let (name, description) = (&entry.name, entry.docs.whole());
    let implies =
        entry.implies.iter().map(|implied| quote_spanned!(implied.span()=> .implies(#owner::#implied as usize)));
    quote!(#private::Entry::new(#name, #description) #(#implies)*)
}

fn stand_in(private: &TokenStream, entry: &Entry) -> TokenStream {
    let name = tokens::unraw(&entry.variant);
    quote!(#private::Entry::new(#name, ""))
}
