//! `#[derive(Callers)]`: which kinds the enum takes, and which variant a caller is.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{block, numbered};
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
    // A constant for each variant, so that what is wrong with it is said at its type.
    let kinds = variants.iter().enumerate().map(|(at, one)| {
        let (ty, span) = (&one.ty, one.ty.span());
        let (private, name) = (callers.paths.private(span), numbered("KINDS", at + 1, span));
        let before = numbered("KINDS", at, span);
        quote_spanned!(span=> const #name: #private::CallerKinds = #before.and_apart(<#ty as #private::FromCaller>::KINDS);)
    });
    let all = numbered("KINDS", variants.len(), Span::call_site());
    let caller = tokens::local("__caller", Span::call_site());
    let tries = variants.iter().map(|one| {
        let (variant, ty, span) = (&one.variant, &one.ty, one.ty.span());
        let private = callers.paths.private(span);
        quote_spanned!(span=> .or_be(
            <#ty as #private::FromCaller>::KINDS,
            <#ty as #private::FromCaller>::from_caller,
            Self::#variant,
        ))
    });
    block(
        &callers.paths,
        &quote! {
            const __KINDS_0: #private::CallerKinds = #private::CallerKinds::NONE;
            #(#kinds)*
            #[automatically_derived]
            impl #generics #private::FromCaller for #ident #parameters {
                const KINDS: #private::CallerKinds = #all;

                fn from_caller(#caller: &#private::Caller) -> #private::Fitted<Self> {
                    #private::Fitting::of(#caller) #(#tries)* .fitted()
                }
            }
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
