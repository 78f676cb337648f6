//! The body of `regard`: asks of each field who sees or writes it, under the names that it has where it goes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Member;

use super::property;
use crate::{
    model::{Content, Field, Owner, Shape, Tagged, Ty, Variant, Wire},
    paths::Paths,
    tokens,
};

/// The constant and the function.
pub(super) fn regard(ty: &Ty) -> TokenStream {
    let private = ty.paths.private(Span::call_site());
    let (may, body) = (may_regard(ty), body(ty));
    if body.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const REGARDS_CALLERS: bool = #may;

        fn regard(&self, __path: &#private::Path<'_>, __audience: &mut #private::Audience<'_>) {
            #body
        }
    }
}

/// A property says so itself; else each type that is held is asked once.
fn may_regard(ty: &Ty) -> TokenStream {
    let fields = ty.shape.fields();
    if fields.iter().any(|field| field.property.is_some()) {
        return quote!(true);
    }
    let mut known: Vec<String> = Vec::new();
    let asked = fields.into_iter().filter_map(|field| {
        let text = tokens::text(&field.ty);
        if known.contains(&text) {
            return None;
        }
        known.push(text);
        let (private, ty) = (ty.paths.private(field.span), &field.ty);
        Some(quote_spanned!(field.span=> <#ty as #private::Value>::REGARDS_CALLERS))
    });
    let asked: Vec<TokenStream> = asked.collect();
    quote!(false #(|| #asked)*)
}

fn body(ty: &Ty) -> TokenStream {
    match &ty.shape {
        Shape::Object(fields) | Shape::Tuple(fields) => {
            let value = |field: &Field| member(&field.member, field.span);
            let owner = |owner: &Owner| member(&owner.member, owner.span);
            statements(&ty.paths, fields, ty.owner.as_ref(), &value, &owner)
        }
        Shape::Newtype(field) => {
            let value = member(&field.member, field.span);
            rewritten(&ty.paths, field, &value, 0, in_place(&ty.paths, field, &value))
        }
        Shape::Variants(_, variants) => {
            let arms: Vec<TokenStream> = variants.iter().filter_map(|variant| arm(ty, variant)).collect();
            if arms.is_empty() { TokenStream::new() } else { quote!(match self { #(#arms)* _ => {} }) }
        }
        Shape::Choice(_) | Shape::Broken => TokenStream::new(),
    }
}

fn arm(ty: &Ty, variant: &Variant) -> Option<TokenStream> {
    if variant.fields.is_empty() {
        return None;
    }
    let (enumeration, ident) = (&ty.input.ident, &variant.ident);
    let local = |field: &Field| format_ident!("__field_{}", field.index);
    let bound = variant.fields.iter().map(|field| {
        let (member, local) = (&field.member, local(field));
        quote!(#member: #local,)
    });
    // The owner may be a field that serde skips, which is bound beside the others.
    let own = |owner: &Owner| variant.fields.iter().find(|field| field.member == owner.member).map(local);
    let extra = variant.owner.as_ref().filter(|owner| own(owner).is_none()).map(|owner| {
        let member = &owner.member;
        quote!(#member: __owner,)
    });
    let owner = |owner: &Owner| own(owner).unwrap_or_else(|| format_ident!("__owner")).into_token_stream();
    let value = |field: &Field| tokens::local(&local(field).to_string(), field.span).into_token_stream();
    let fields = match variant.form {
        Content::Newtype => {
            let inner =
                |field| rewritten(&ty.paths, field, &value(field), 0, in_place(&ty.paths, field, &value(field)));
            variant.fields.iter().map(inner).collect()
        }
        Content::Unit | Content::Tuple | Content::Object | Content::Opaque => {
            statements(&ty.paths, &variant.fields, variant.owner.as_ref(), &value, &owner)
        }
    };
    let private = ty.paths.private(Span::call_site());
    let step = match &variant.tagged {
        Tagged::External => Some(step(&ty.paths, (&variant.wire, &variant.leaving), Span::call_site())),
        Tagged::Adjacent(_, content) => Some(quote!(#private::Step::Field(#content))),
        Tagged::Internal(_) | Tagged::Untagged => None,
    };
    let fields = match step {
        None => fields,
        Some(step) => quote! {
            let __step = #step;
            #private::Audience::below(__audience, __path, __step, |__path, __audience| { #fields });
        },
    };
    let unused = (extra.is_some()).then(|| quote!(let _ = __owner;));
    Some(quote!(#enumeration::#ident { #(#bound)* #extra .. } => { #unused #fields }))
}

fn statements(
    paths: &Paths,
    fields: &[Field],
    owner: Option<&Owner>,
    value: &dyn Fn(&Field) -> TokenStream,
    owned_by: &dyn Fn(&Owner) -> TokenStream,
) -> TokenStream {
    let mut written = 0;
    let statements = fields.iter().map(|field| {
        let position = written;
        written += usize::from(field.leaving.is_some());
        let value = value(field);
        let statement = match (field.wire, &field.property) {
            (Wire::InPlace, _) => in_place(paths, field, &value),
            (Wire::Named | Wire::Position(_), None) => down(paths, field, &value, position),
            (Wire::Named | Wire::Position(_), Some(property)) => {
                let asks = property.visible.as_ref().is_some_and(|tree| tree.asks_owner().is_some());
                let owner = owner.filter(|_| asks).map(|owner| {
                    let span = owner.span;
                    let (private, ty, owner, audience) =
                        (paths.private(span), &owner.ty, owned_by(owner), audience(span));
                    quote_spanned!(span=> #private::Audience::owns::<#ty>(#audience, #owner))
                });
                asked(paths, field, &value, position, owner)
            }
        };
        let statement = rewritten(paths, field, &value, position, statement);
        conditional(paths, field, &value, statement)
    });
    statements.collect()
}

/// A field that every caller sees and writes.
fn down(paths: &Paths, field: &Field, value: &TokenStream, position: usize) -> TokenStream {
    let span = field.span;
    let (private, ty, step) = (paths.private(span), &field.ty, field_step(paths, field, position));
    let (path, audience) = (path(span), audience(span));
    quote_spanned!(span=> <#ty as #private::Value>::regard_below(#value, #path, #step, #audience);)
}

/// A field that not every caller sees or writes.
fn asked(
    paths: &Paths,
    field: &Field,
    value: &TokenStream,
    position: usize,
    owner: Option<TokenStream>,
) -> TokenStream {
    let span = field.span;
    let (private, ty, step) = (paths.private(span), &field.ty, field_step(paths, field, position));
    let Some(property) = &field.property else { return TokenStream::new() };
    let name = property::name(property);
    let maskable = maskable(paths, field);
    let (path, audience) = (path(span), audience(span));
    let owns = owner.unwrap_or_else(|| quote!(false));
    let is_given = match &property.writable {
        Some(_) => quote_spanned!(span=> #private::Option::is_some(#value)),
        None => quote!(false),
    };
    quote_spanned! {span=>
        #maskable
        let __standpoint = #private::Standpoint::new(#owns, #is_given);
        #private::regard_property::<#ty>(#value, #path, #step, &#name, __standpoint, #audience);
    }
}

/// What the user's own code writes is regarded, and nothing leaves where something in it is marked. The field itself still has
/// its name, by which it is left out.
fn rewritten(
    paths: &Paths,
    field: &Field,
    value: &TokenStream,
    position: usize,
    statement: TokenStream,
) -> TokenStream {
    if !field.leaving.as_ref().is_some_and(|leaving| leaving.by_hand) {
        return statement;
    }
    let span = field.span;
    let (private, audience) = (paths.private(span), audience(span));
    let within = if field.property.is_some() { down(paths, field, value, position) } else { statement.clone() };
    let own = field.property.is_some().then_some(statement);
    quote_spanned!(span=> #own #private::Audience::rewritten(#audience, |#audience| { #within });)
}

/// What a newtype or flattened field holds stands where it stands.
fn in_place(paths: &Paths, field: &Field, value: &TokenStream) -> TokenStream {
    let span = field.span;
    let (private, ty, path, audience) = (paths.private(span), &field.ty, path(span), audience(span));
    let masked = field.property.as_ref().map(|property| {
        let (name, maskable) = (property::name(property), maskable(paths, field));
        quote_spanned!(span=> #maskable #private::regard_newtype(&#name, #audience);)
    });
    quote_spanned!(span=> #masked <#ty as #private::Value>::regard_in_place(#value, #path, #audience);)
}

fn maskable(paths: &Paths, field: &Field) -> Option<TokenStream> {
    let call = field.property.as_ref()?.mask.as_ref()?;
    let (span, ty) = (call.span(), &field.ty);
    let private = paths.private(span);
    Some(quote_spanned!(span=> #private::assert_maskable::<#ty>();))
}

/// What serde leaves out in one direction is not looked at there.
fn conditional(paths: &Paths, field: &Field, value: &TokenStream, statement: TokenStream) -> TokenStream {
    let span = field.span;
    let private = paths.private(span);
    let audience = audience(span);
    let leaving = quote_spanned!(span=> #private::Audience::is_leaving(#audience));
    match (field.entering, &field.leaving) {
        (true, Some(written)) => match &written.skipped_if {
            None => statement,
            Some(skip) => quote_spanned!(span=> if !(#leaving && #skip(#value)) { #statement }),
        },
        (false, Some(written)) => {
            let skip = written.skipped_if.as_ref().map(|skip| quote_spanned!(span=> && !#skip(#value)));
            quote_spanned!(span=> if #leaving #skip { #statement })
        }
        (true, None) => quote_spanned!(span=> if !#leaving { #statement }),
        (false, None) => TokenStream::new(),
    }
}

fn field_step(paths: &Paths, field: &Field, position: usize) -> TokenStream {
    let span = field.span;
    let private = paths.private(span);
    let audience = audience(span);
    let leaving = field.leaving.as_ref().map_or(&field.name, |leaving| &leaving.name);
    match field.wire {
        Wire::Named => step(paths, (&field.name, leaving), span),
        Wire::Position(entering) if entering != position => quote_spanned! {span=>
            #private::Audience::either(#audience, #private::Step::Index(#entering), #private::Step::Index(#position))
        },
        Wire::Position(_) | Wire::InPlace => quote_spanned!(span=> #private::Step::Index(#position)),
    }
}

fn step(paths: &Paths, (entering, leaving): (&String, &String), span: Span) -> TokenStream {
    let (private, audience) = (paths.private(span), audience(span));
    if entering == leaving {
        return quote_spanned!(span=> #private::Step::Field(#entering));
    }
    quote_spanned! {span=>
        #private::Audience::either(#audience, #private::Step::Field(#entering), #private::Step::Field(#leaving))
    }
}

fn member(member: &Member, span: Span) -> TokenStream {
    let this = tokens::local("self", span);
    let mut member = member.clone();
    match &mut member {
        Member::Named(ident) => ident.set_span(span),
        Member::Unnamed(index) => index.span = span,
    }
    quote_spanned!(span=> &#this.#member)
}

fn path(span: Span) -> Ident {
    tokens::local("__path", span)
}

fn audience(span: Span) -> Ident {
    tokens::local("__audience", span)
}
