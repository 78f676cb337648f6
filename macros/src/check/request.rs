//! A struct that is an endpoint: its fields gathered by the part of the request that they come from.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{LitStr, spanned::Spanned};

use super::{origin, property, ty, wire};
use crate::{
    errors::Errors,
    grammar,
    model::{
        Direction, Form, Handler, Member, Names, Origin, Part, RawBody, RawEndpoint, RawField, RawPart, RawPlace,
        RawRequest, RawType, Renames, Request, Serde, Stands,
    },
    paths::Paths,
    tokens,
};

/// The struct, and the inputs that it is put together from.
pub(crate) fn request(raw: RawRequest, words: &RawEndpoint, paths: &Paths, errors: &mut Errors) -> Handler {
    let ident = raw.item.ident.clone();
    let generics = &raw.item.generics;
    let parameter = generics.params.first().map(Spanned::span);
    if let Some(span) = parameter.or(generics.where_clause.as_ref().map(Spanned::span)) {
        errors.at(span, "a handler cannot be generic: write the types out, the document needs them");
    }
    for entry in &raw.foreign {
        let word = tokens::path_text(entry.path());
        errors.at(grammar::span(entry), &format!("`{word}` is for types: a handler struct takes `rename_all` alone"));
    }
    let fields: Vec<Placed> = raw.fields.into_iter().filter_map(|field| placed(field, raw.serde.rename_all)).collect();
    fields.iter().for_each(|field| origin::field(field, errors));
    origin::together(&fields, words, errors);
    let mut inputs = Inputs { paths, owner: &ident, arguments: Vec::new(), parts: Vec::new() };
    let spelling = Spelling { renames: raw.serde.rename_all, tokens: raw.spelling };
    let members = gather(fields, &spelling, &mut inputs, errors);
    let Inputs { arguments, parts, .. } = inputs;
    let private = paths.private(ident.span());
    let response = quote_spanned!(ident.span()=> #private::Handled<#ident>);
    let check = words.check.as_ref().map(|(_, path)| path.clone());
    let generics = generics.clone();
    let request = Request { item: raw.item, parts, members, check };
    Handler { ident, generics, form: Form::Struct(Box::new(request), raw.docs), arguments, response }
}

/// How the struct spells the names of its fields: as we read it, and as serde does.
struct Spelling {
    renames: Renames,
    tokens: TokenStream,
}

/// A field with its name on the wire.
pub(super) struct Placed {
    pub(super) ident: Ident,
    pub(super) name: String,
    pub(super) raw: RawPart,
}

impl Placed {
    pub(super) fn origin(&self) -> Option<Origin> {
        self.raw.origin.as_ref().map(|origin| origin.origin)
    }

    /// The name by which a client knows it: a body has none of its own.
    fn known_as(&self) -> String {
        match self.origin() {
            Some(Origin::Body) => "body".to_owned(),
            Some(Origin::Path | Origin::Query | Origin::Header | Origin::Cookie) | None => self.name.clone(),
        }
    }
}

/// A name is what the place says, else what serde says. A header is spelled with hyphens, as all of them are.
fn placed(mut raw: RawPart, spelling: Renames) -> Option<Placed> {
    let ident = raw.ident.clone()?;
    let written = tokens::unraw(&ident);
    let own = raw.origin.as_ref().and_then(|origin| origin.name.as_ref());
    let hyphened = match &raw.origin {
        Some(origin) if origin.origin == Origin::Header && raw.serde.rename.deserialize.is_none() => {
            Some(LitStr::new(&written.replace('_', "-"), ident.span()))
        }
        Some(_) | None => None,
    };
    let Some(name) = own.cloned().or(hyphened) else {
        let name = wire::field(&raw.serde, spelling, &written, Direction::In);
        return Some(Placed { ident, name, raw });
    };
    let text = name.value();
    raw.attributes.extend(quote!(#[serde(rename = #name)]));
    raw.serde.rename = Names { serialize: Some(text.clone()), deserialize: Some(text.clone()) };
    Some(Placed { ident, name: text, raw })
}

/// What is read from a request, in the order in which fields first need it.
struct Inputs<'a> {
    paths: &'a Paths,
    owner: &'a Ident,
    arguments: Vec<TokenStream>,
    parts: Vec<Part>,
}

fn gather(fields: Vec<Placed>, spelling: &Spelling, inputs: &mut Inputs<'_>, errors: &mut Errors) -> Vec<Member> {
    let names: Vec<(Ident, String, Option<Origin>)> =
        fields.iter().map(|field| (field.ident.clone(), field.known_as(), field.origin())).collect();
    let mut shared: Vec<(Origin, usize, Vec<Placed>)> = Vec::new();
    let mut members = Vec::new();
    for field in fields {
        let ident = field.ident.clone();
        let ty = &field.raw.ty;
        if matches!(field.origin(), None | Some(Origin::Body)) {
            property::refuse_whole(&field.raw.property, errors);
        }
        let (input, stands) = match &field.raw.origin {
            None => (inputs.push(ty.to_token_stream()), Stands::Itself),
            Some(origin) if origin.origin == Origin::Body => {
                (inputs.push(inputs.input(Origin::Body, ty.span(), &quote!(#ty))), Stands::Inside)
            }
            Some(origin) => {
                let (origin, span) = (origin.origin, origin.span);
                let known = shared.iter().find(|(known, ..)| *known == origin).map(|(_, input, _)| *input);
                let input = known.unwrap_or_else(|| {
                    let hidden = hidden(origin, span);
                    let input = inputs.push(inputs.input(origin, span, &quote!(#hidden)));
                    shared.push((origin, input, Vec::new()));
                    input
                });
                let stands = Stands::Among(origin, field.name.clone());
                if let Some((_, _, fields)) = shared.iter_mut().find(|(known, ..)| *known == origin) {
                    fields.push(field);
                }
                (input, stands)
            }
        };
        members.push(Member { ident, input, stands });
    }
    for (origin, _, fields) in shared {
        let beyond = names.iter().filter(|(.., other)| *other != Some(origin));
        let beyond = beyond.map(|(ident, name, _)| (ident.clone(), name.clone())).collect();
        inputs.parts.extend(part(inputs, origin, fields, spelling, beyond, errors));
    }
    members
}

impl Inputs<'_> {
    fn push(&mut self, ty: TokenStream) -> usize {
        self.arguments.push(ty);
        self.arguments.len() - 1
    }

    fn input(&self, origin: Origin, span: Span, of: &TokenStream) -> TokenStream {
        let (private, input) = (self.paths.private(span), Ident::new(origin.input(), span));
        quote_spanned!(span=> #private::inputs::#input<#of>)
    }
}

fn hidden(origin: Origin, span: Span) -> Ident {
    Ident::new(&format!("__{}", origin.input()), span)
}

/// The fields of one part as a type, which is checked as any other.
fn part(
    inputs: &Inputs<'_>,
    origin: Origin,
    fields: Vec<Placed>,
    spelling: &Spelling,
    beyond: Vec<(Ident, String)>,
    errors: &mut Errors,
) -> Option<Part> {
    let span = fields.first().map_or_else(Span::call_site, |field| field.ident.span());
    let ident = hidden(origin, span);
    let members =
        fields.iter().map(|Placed { ident, raw: RawPart { ty, attributes, .. }, .. }| quote!(#attributes #ident: #ty));
    let names = &spelling.tokens;
    let input = quote! {
        #names
        #[serde(deny_unknown_fields)]
        struct #ident { #(#members),* }
    };
    let input = errors.keep(syn::parse2(input))?;
    let body = RawBody::Struct(fields.into_iter().map(raw_field).collect());
    let serde = Serde { deny_unknown_fields: true, rename_all: spelling.renames, ..Serde::default() };
    let raw = RawType { input, entries: Vec::new(), whole: RawPlace::new(span), serde, body, beyond };
    let mut ty = ty(raw, errors);
    ty.name = tokens::unraw(inputs.owner);
    ty.paths = inputs.paths.clone();
    for field in ty.shape.fields() {
        origin::rules(&field.place, errors);
    }
    Some(Part { origin, ty })
}

fn raw_field(field: Placed) -> RawField {
    let Placed { ident, raw, .. } = field;
    RawField {
        member: syn::Member::Named(ident),
        ty: raw.ty,
        place: raw.place,
        property: raw.property,
        serde: raw.serde,
    }
}
