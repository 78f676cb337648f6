//! The bodies of `clean` and `check`: for each field its rules in order, what it holds, then the type's own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Member;

use super::rules;
use crate::{
    model::{Field, Place, Reach, Rule, Wire},
    paths::Paths,
    tokens,
};

/// Which of the two bodies is written.
#[derive(Clone, Copy)]
pub(super) enum Pass {
    Clean,
    Check,
    /// What rules say about other parts of the request, once all of them are there.
    Relate,
}

/// How a value is reached in the body.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A field of `self`.
    Member(&'a Member),
    /// A local that is a reference already.
    Local(&'a str),
}

/// How a rule reaches the other fields of the object.
#[derive(Clone, Copy)]
pub(super) enum Siblings<'a> {
    /// They are fields of `self`.
    Members(&'a [Field]),
    /// They are locals of these names, which are references.
    Locals(&'a [Field], &'a [String]),
    /// They are fields of `self`, which is a whole request.
    Request(&'a [Ident]),
    /// There are none.
    None,
}

/// What the statements of one body share.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) paths: &'a Paths,
    pub(super) pass: Pass,
    pub(super) siblings: Siblings<'a>,
}

/// What a violation says about where the value is.
#[derive(Clone, Copy)]
enum Standing<'a> {
    Below(&'a str),
    At(usize),
    Here,
}

/// The statements for one field.
pub(super) fn field(scene: Scene<'_>, field: &Field, subject: Subject<'_>) -> TokenStream {
    let below = match field.wire {
        Wire::Named => Standing::Below(&field.name),
        Wire::Position(position) => Standing::At(position),
        Wire::InPlace => Standing::Here,
    };
    let own = place(scene, &field.place, &field.ty, subject, below);
    if field.place.unchecked.is_some() {
        return own;
    }
    let span = field.span;
    let (private, ty) = (scene.paths.private(span), &field.ty);
    let value = value(subject, scene.pass, span);
    let nested = match scene.pass {
        Pass::Clean => quote_spanned!(span=> <#ty as #private::Value>::clean(#value);),
        Pass::Check | Pass::Relate => {
            let (path, report) = (tokens::local("__path", span), report(span));
            match step(scene.paths, below, span) {
                Some(step) => {
                    quote_spanned!(span=> <#ty as #private::Value>::check_below(#value, #path, #step, #report);)
                }
                None => quote_spanned!(span=> <#ty as #private::Value>::check(#value, #path, #report);),
            }
        }
    };
    quote!(#own #nested)
}

/// What the rules of one field say about other parts of the request.
pub(super) fn relations(paths: &Paths, field: &Field, request: &[Ident]) -> TokenStream {
    let scene = Scene { paths, pass: Pass::Relate, siblings: Siblings::Request(request) };
    let value = |span| value(Subject::Member(&field.member), Pass::Relate, span);
    rules(scene, &field.place, &field.ty, &value, Standing::Below(&field.name))
}

/// The statements for the value as a whole, behind those for its fields.
pub(super) fn whole(scene: Scene<'_>, whole: &Place, ty: &TokenStream) -> TokenStream {
    let span = whole.span;
    let this = tokens::local("self", span);
    let rules = rules(scene, whole, ty, &|span| tokens::local("self", span).into_token_stream(), Standing::Here);
    let check = match (scene.pass, &whole.check) {
        (Pass::Check, Some(function)) => {
            let span = tokens::path_span(function);
            let (private, path, report) = (scene.paths.private(span), path(Standing::Here, span), report(span));
            let before = tokens::local("__before", span);
            Some(quote_spanned!(span=> #private::check_whole::<#ty>(#this, #path, #report, #before, #function);))
        }
        (Pass::Check, None) | (Pass::Clean | Pass::Relate, _) => None,
    };
    quote!(#rules #check)
}

/// What the statements behind it look at: how much was found before, and the group.
pub(super) fn preamble(paths: &Paths, pass: Pass, whole: &Place, fields: &[&Field]) -> TokenStream {
    if matches!(pass, Pass::Clean) {
        return TokenStream::new();
    }
    let private = paths.private(Span::call_site());
    let before = whole.check.is_some().then(|| quote!(let __before = #private::Report::len(__report);));
    let has_groups = whole.has_groups() || fields.iter().any(|field| field.place.has_groups());
    let group = has_groups.then(|| quote!(let __group = #private::Report::group(__report, __path);));
    quote!(#before #group)
}

fn place(scene: Scene<'_>, place: &Place, ty: &TokenStream, subject: Subject<'_>, below: Standing<'_>) -> TokenStream {
    let rules = rules(scene, place, ty, &|span| value(subject, scene.pass, span), below);
    let check = match (scene.pass, &place.check) {
        (Pass::Check, Some(function)) => {
            let span = tokens::path_span(function);
            let (private, path, report) = (scene.paths.private(span), path(below, span), report(span));
            // Called here, so that a function of `&str` takes a `&String`.
            let (value, argument) = (value(subject, scene.pass, span), tokens::local("__value", span));
            Some(
                quote_spanned!(span=> #private::check_value::<#ty>(#value, #path, #report, |#argument| #function(#argument));),
            )
        }
        (Pass::Check, None) | (Pass::Clean | Pass::Relate, _) => None,
    };
    let each = place.each.as_deref().map(|inner| parts(scene, ["each", "Item"], inner, ty, subject, below));
    // A changed key could meet another one, so keys are never cleaned.
    let keys = match (scene.pass, place.keys.as_deref()) {
        (Pass::Check, Some(inner)) => Some(parts(scene, ["keys", "KeyOf"], inner, ty, subject, below)),
        (Pass::Check, None) | (Pass::Clean | Pass::Relate, _) => None,
    };
    let values = place.values.as_deref().map(|inner| parts(scene, ["values", "ValueOf"], inner, ty, subject, below));
    quote!(#rules #check #each #keys #values)
}

fn rules(
    scene: Scene<'_>,
    place: &Place,
    ty: &TokenStream,
    value: &dyn Fn(Span) -> TokenStream,
    below: Standing<'_>,
) -> TokenStream {
    place
        .rules
        .iter()
        .filter(|rule| scene.pass.asks(rule))
        .map(|rule| self::rule(scene, rule, ty, &value(rule.call.span()), below))
        .collect()
}

fn rule(scene: Scene<'_>, rule: &Rule, ty: &TokenStream, value: &TokenStream, below: Standing<'_>) -> TokenStream {
    let span = rule.call.span();
    let (private, name) = (scene.paths.private(span), rules::name(rule));
    let (path, report) = (tokens::local("__path", span), report(span));
    let step = step(scene.paths, below, span);
    let refused = match (scene.pass, &rule.between) {
        (Pass::Clean, _) => return quote_spanned!(span=> #private::Apply::<#ty>::clean_placed(&#name, #value);),
        // One call for each rule: what is written out here is compiled anew for each field of an application.
        (Pass::Check | Pass::Relate, None) => match step {
            Some(step) => {
                quote_spanned!(span=> #private::Apply::<#ty>::enforce_below(&#name, #value, #path, #step, #report);)
            }
            None => quote_spanned!(span=> #private::Apply::<#ty>::enforce(&#name, #value, #path, #report);),
        },
        (Pass::Check | Pass::Relate, Some(between)) => {
            let others = between.arguments.iter().map(|argument| {
                let argument = tokens::replace_values(argument.clone(), &|ident| scene.siblings.value(ident));
                quote_spanned!(span=> &(#argument))
            });
            let refuse = match step {
                Some(step) => quote_spanned!(span=> #private::refuse(#report, #path, #step, &#name);),
                None => quote_spanned!(span=> #private::refuse_here(#report, #path, &#name);),
            };
            quote_spanned!(span=> if !#private::Relate::<#ty, _>::holds_placed(&#name, #value, (#(#others,)*)) { #refuse })
        }
    };
    match &rule.group {
        None => refused,
        Some(group) => {
            let active = tokens::local("__group", span);
            quote_spanned!(span=> if #private::in_group::<#group>(#active) { #refused })
        }
    }
}

impl Pass {
    /// Whether the rule has a say. Fields are compared once all of them are clean, and parts once all are there.
    fn asks(self, rule: &Rule) -> bool {
        match (self, rule.between.as_ref().map(|between| between.reach)) {
            (Self::Clean | Self::Check, None)
            | (Self::Check, Some(Reach::Object))
            | (Self::Relate, Some(Reach::Request)) => true,
            (Self::Clean, Some(Reach::Object | Reach::Request))
            | (Self::Check, Some(Reach::Request))
            | (Self::Relate, None | Some(Reach::Object)) => false,
        }
    }
}

impl Siblings<'_> {
    /// The value of the field that `ident` mentions.
    fn value(self, ident: &Ident) -> Option<TokenStream> {
        let is_it = |field: &&Field| matches!(&field.member, Member::Named(member) if member == ident);
        match self {
            Self::Members(fields) => fields.iter().find(is_it).map(|_| {
                let this = tokens::local("self", ident.span());
                quote_spanned!(ident.span()=> #this.#ident)
            }),
            Self::Locals(fields, names) => {
                let (_, name) = fields.iter().zip(names).find(|(field, _)| is_it(field))?;
                let local = tokens::local(name, ident.span());
                Some(quote_spanned!(ident.span()=> *#local))
            }
            Self::Request(fields) => fields.contains(ident).then(|| {
                let this = tokens::local("self", ident.span());
                quote_spanned!(ident.span()=> #this.#ident)
            }),
            Self::None => None,
        }
    }
}

/// The call that goes over the items, keys or values: the word in the names of functions, and the type of what it hands
/// on.
fn parts(
    scene: Scene<'_>,
    [word, projection]: [&str; 2],
    inner: &Place,
    ty: &TokenStream,
    subject: Subject<'_>,
    below: Standing<'_>,
) -> TokenStream {
    let span = inner.span;
    let private = scene.paths.private(span);
    let projection = Ident::new(projection, span);
    let item_ty = quote_spanned!(span=> #private::#projection<#ty>);
    let body = place(scene, inner, &item_ty, Subject::Local("__item"), Standing::Here);
    let (item, value) = (tokens::local("__item", span), value(subject, scene.pass, span));
    match scene.pass {
        Pass::Clean => {
            let function = Ident::new(&format!("clean_{word}"), span);
            quote_spanned!(span=> #private::#function::<#ty>(#value, |#item| { #body });)
        }
        Pass::Check | Pass::Relate => {
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
                Pass::Check | Pass::Relate => quote_spanned!(span=> &#this.#member),
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

/// The step from the path to the value, if it is not the value of the path.
fn step(paths: &Paths, below: Standing<'_>, span: Span) -> Option<TokenStream> {
    let private = paths.private(span);
    match below {
        Standing::Below(name) => Some(quote_spanned!(span=> #private::Step::Field(#name))),
        Standing::At(position) => Some(quote_spanned!(span=> #private::Step::Index(#position))),
        Standing::Here => None,
    }
}

fn path(below: Standing<'_>, span: Span) -> TokenStream {
    let path = tokens::local("__path", span);
    match below {
        Standing::Below(name) => quote_spanned!(span=> &#path.field(#name)),
        Standing::At(position) => quote_spanned!(span=> &#path.index(#position)),
        Standing::Here => path.into_token_stream(),
    }
}

fn report(span: Span) -> Ident {
    tokens::local("__report", span)
}
