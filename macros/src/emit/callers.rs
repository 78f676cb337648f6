//! `#[derive(Callers)]`: which kinds the enum takes, and which variant a caller is.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::block;
use crate::{errors::Soundness, model::Callers, tokens};

/// The whole expansion of an enum of callers. A broken one takes nobody, and is an argument all the same.
pub(crate) fn callers(callers: &Callers, soundness: Soundness) -> TokenStream {
    let private = callers.paths.private(Span::call_site());
    let ident = &callers.ident;
    let (generics, parameters, _) = callers.generics.split_for_impl();
    let variants = match soundness {
        Soundness::Sound => callers.variants.as_slice(),
        Soundness::Broken => &[],
    };
    let kinds = variants.iter().map(|one| {
        let (ty, span) = (&one.ty, one.ty.span());
        let private = callers.paths.private(span);
        quote_spanned!(span=> .and_apart(<#ty as #private::FromCaller>::KINDS))
    });
    let caller = tokens::local("__caller", Span::call_site());
    let tries = variants.iter().map(|one| {
        let variant = &one.variant;
        quote!(.or_be(Self::#variant))
    });
    let proof = match soundness {
        Soundness::Sound => Some(quote!(const _: #private::CallerKinds = <#ident as #private::FromCaller>::KINDS;)),
        Soundness::Broken => None,
    };
    block(
        &callers.paths,
        &quote! {
            #[automatically_derived]
            impl #generics #private::FromCaller for #ident #parameters {
                const KINDS: #private::CallerKinds = #private::CallerKinds::NONE #(#kinds)*;

                fn from_caller(#caller: &#private::Caller) -> #private::Fitted<Self> {
                    #private::Fitting::of(#caller) #(#tries)* .fitted()
                }
            }
            #proof
            #[automatically_derived]
            impl<__E: #private::Guarded> #private::Argument<__E> for #ident #parameters {
                const CALLERS: #private::CallerKinds = <Self as #private::FromCaller>::KINDS;
            }
            #[automatically_derived]
            impl<__S: #private::AnyState, __E: #private::Guarded> #private::Extract<__S, __E> for #ident #parameters {
                async fn extract(
                    __request: &mut #private::Request<'_, __S>,
                    _: #private::Objects<'_, '_>,
                ) -> #private::Option<Self> {
                    #private::caller_as(__request)
                }
            }
        },
    )
}
