//! The bodies of `clean` and `check`: for each field its rules in order, what it holds, then the type's own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Member;

use super::rules;
use crate::{
    model::{Field, Place, Wire},
    paths::Paths,
    tokens,
};

/// Which of the two bodies is written.
#[derive(Clone, Copy)]
pub(super) enum Pass {
    Clean,
    Check,
}

/// How a value is reached in the body.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A field of `self`.
    Member(&'a Member),
    /// A local that is a reference already.
    Local(&'a str),
}

/// What a violation says about where the value is.
#[derive(Clone, Copy)]
enum Standing<'a> {
    Below(&'a str),
    Here,
}

/// The statements for one field.
pub(super) fn field(paths: &Paths, field: &Field, subject: Subject<'_>, pass: Pass) -> TokenStream {
    let below = match field.wire {
        Wire::Named => Standing::Below(&field.name),
        Wire::InPlace => Standing::Here,
    };
    let own = place(paths, &field.place, &field.ty, subject, below, pass);
    if field.place.unchecked.is_some() {
        return own;
    }
    let span = field.span;
    let (private, ty) = (paths.private(span), &field.ty);
    let value = value(subject, pass, span);
    let nested = match pass {
        Pass::Clean => quote_spanned!(span=> <#ty as #private::Value>::clean(#value);),
        Pass::Check => {
            let (path, report) = (path(below, span), report(span));
            quote_spanned!(span=> <#ty as #private::Value>::check(#value, #path, #report);)
        }
    };
    quote!(#own #nested)
}

fn place(
    paths: &Paths,
    place: &Place,
    ty: &TokenStream,
    subject: Subject<'_>,
    below: Standing<'_>,
    pass: Pass,
) -> TokenStream {
    let rules = place.rules.iter().map(|rule| {
        let span = rule.call.span();
        let (private, name, value) = (paths.private(span), rules::sealed(rule), value(subject, pass, span));
        match pass {
            Pass::Clean => quote_spanned!(span=> #private::Apply::<#ty>::clean(#name.rule(), #value);),
            Pass::Check => {
                let refuse = refuse(paths, below, &name, span);
                quote_spanned!(span=> if !#private::Apply::<#ty>::check(#name.rule(), #value) { #refuse })
            }
        }
    });
    let each = place.each.as_deref().map(|inner| parts(paths, "each", "Item", inner, ty, subject, below, pass));
    // A changed key could meet another one, so keys are never cleaned.
    let keys = match (pass, place.keys.as_deref()) {
        (Pass::Check, Some(inner)) => Some(parts(paths, "keys", "KeyOf", inner, ty, subject, below, pass)),
        (Pass::Check, None) | (Pass::Clean, _) => None,
    };
    let values =
        place.values.as_deref().map(|inner| parts(paths, "values", "ValueOf", inner, ty, subject, below, pass));
    quote!(#(#rules)* #each #keys #values)
}

/// The call that goes over the items, keys or values.
#[expect(clippy::too_many_arguments, reason = "they are the place above, handed down")]
fn parts(
    paths: &Paths,
    word: &str,
    projection: &str,
    inner: &Place,
    ty: &TokenStream,
    subject: Subject<'_>,
    below: Standing<'_>,
    pass: Pass,
) -> TokenStream {
    let span = inner.span;
    let private = paths.private(span);
    let projection = Ident::new(projection, span);
    let item_ty = quote_spanned!(span=> #private::#projection<#ty>);
    let body = place(paths, inner, &item_ty, Subject::Local("__item"), Standing::Here, pass);
    let (item, value) = (tokens::local("__item", span), value(subject, pass, span));
    match pass {
        Pass::Clean => {
            let function = Ident::new(&format!("clean_{word}"), span);
            quote_spanned!(span=> #private::#function::<#ty>(#value, |#item| { #body });)
        }
        Pass::Check => {
            let function = Ident::new(&format!("check_{word}"), span);
            let (path, inner_path, report) = (path(below, span), tokens::local("__path", span), report(span));
            quote_spanned!(span=> #private::#function::<#ty>(#value, #path, #report, |#item, #inner_path, #report| { #body });)
        }
    }
}

fn value(subject: Subject<'_>, pass: Pass, span: Span) -> TokenStream {
    match subject {
        Subject::Local(name) => tokens::local(name, span).into_token_stream(),
        Subject::Member(member) => {
            let this = tokens::local("self", span);
            let member = locate(member, span);
            match pass {
                Pass::Clean => quote_spanned!(span=> &mut #this.#member),
                Pass::Check => quote_spanned!(span=> &#this.#member),
            }
        }
    }
}

fn locate(member: &Member, span: Span) -> Member {
    let mut member = member.clone();
    match &mut member {
        Member::Named(ident) => ident.set_span(span),
        Member::Unnamed(index) => index.span = span,
    }
    member
}

fn refuse(paths: &Paths, below: Standing<'_>, rule: &TokenStream, span: Span) -> TokenStream {
    let (private, path, report) = (paths.private(span), tokens::local("__path", span), report(span));
    match below {
        Standing::Below(name) => {
            quote_spanned!(span=> #private::refuse(#report, #path, #private::Step::Field(#name), &#rule);)
        }
        Standing::Here => quote_spanned!(span=> #private::refuse_here(#report, #path, &#rule);),
    }
}

fn path(below: Standing<'_>, span: Span) -> TokenStream {
    let path = tokens::local("__path", span);
    match below {
        Standing::Below(name) => quote_spanned!(span=> &#path.field(#name)),
        Standing::Here => path.into_token_stream(),
    }
}

fn report(span: Span) -> Ident {
    tokens::local("__report", span)
}
