//! The one grammar of every attribute: entries separated by commas, each `name`, `name(..)` or `name = expr`.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::{
    Attribute, Expr, ExprLit, Lit, LitStr, MacroDelimiter, Meta, MetaList, Path, Token, parenthesized,
    parse::{Parse, ParseStream, Parser},
    spanned::Spanned,
};

use crate::{
    errors::Errors,
    model::{Argument, Call, Given},
    tokens,
};

/// The form of an entry, for whoever wrote another.
const ENTRY: &str = "an entry is `word`, `word(..)` or `word = value`";
/// The form of an argument.
const ARGUMENT: &str = "an argument is `value` or `name = value`";

/// The entries of every `#[secure(..)]` among `attributes`.
pub(crate) fn secure_entries(attributes: &[Attribute], errors: &mut Errors) -> Vec<Meta> {
    secure_attributes(attributes, errors).into_iter().flatten().collect()
}

/// The entries of every `#[secure(..)]` among `attributes`, one list for each.
pub(crate) fn secure_attributes(attributes: &[Attribute], errors: &mut Errors) -> Vec<Vec<Meta>> {
    let ours = attributes.iter().filter(|attribute| attribute.path().is_ident("secure"));
    let entries = ours.map(|attribute| {
        let parsed = attribute.parse_args_with(|input: ParseStream<'_>| Ok(separated::<Meta>(input, ENTRY, errors)));
        errors.keep(parsed).unwrap_or_default()
    });
    entries.collect()
}

/// The entries of an attribute macro's own tokens.
pub(crate) fn entries(words: TokenStream, errors: &mut Errors) -> Vec<Meta> {
    // What is missing at the end is reported at the last token: the end itself is nowhere in the source.
    let end = words.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
    let mut group = Group::new(Delimiter::Parenthesis, words);
    group.set_span(end);
    let parse = |input: ParseStream<'_>| {
        let words;
        let _ = parenthesized!(words in input);
        Ok(separated::<Meta>(&words, ENTRY, errors))
    };
    let parsed = parse.parse2(TokenTree::Group(group).into());
    errors.keep(parsed).unwrap_or_default()
}

/// The entries in the parentheses of `list`.
pub(crate) fn nested(list: &MetaList, errors: &mut Errors) -> Vec<Meta> {
    nested_as(list, ENTRY, errors)
}

/// What stands in the parentheses of `list`, each of the same `form`.
pub(crate) fn nested_as<T: Parse>(list: &MetaList, form: &str, errors: &mut Errors) -> Vec<T> {
    if !matches!(list.delimiter, MacroDelimiter::Paren(_)) {
        let word = tokens::path_text(&list.path);
        errors.at(tokens::path_span(&list.path), &format!("`{word}`: write parentheses, as in `{word}(..)`"));
        return Vec::new();
    }
    let parsed = list.parse_args_with(|input: ParseStream<'_>| Ok(separated::<T>(input, form, errors)));
    errors.keep(parsed).unwrap_or_default()
}

/// Items with commas between them. A broken one is reported and skipped, so that it does not hide the others.
fn separated<T: Parse>(input: ParseStream<'_>, form: &str, errors: &mut Errors) -> Vec<T> {
    let mut items = Vec::new();
    while !input.is_empty() {
        match input.parse::<T>() {
            Ok(item) => items.push(item),
            Err(error) => {
                let form = mend(input, form);
                errors.at(error.span(), &format!("{error}: {form}"));
                skip_to_comma(input);
            }
        }
        if !input.is_empty() && !input.peek(Token![,]) {
            errors.at(input.span(), &format!("expected `,`: {}", mend(input, form)));
            skip_to_comma(input);
        }
        // The end of the input is the only way to have no comma here.
        let _ = input.parse::<Option<Token![,]>>();
    }
    items
}

/// What to write instead: an expression among entries is one about access.
fn mend<'a>(input: ParseStream<'_>, form: &'a str) -> &'a str {
    let is_expression = input.peek(Token![||]) || input.peek(Token![&&]) || input.peek(Token![!]);
    if form == ENTRY && is_expression { "write `&&`, `||` and `!` behind `allow = `" } else { form }
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let is_named =
            input.peek(syn::Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) && !input.peek2(Token![=>]);
        if !is_named {
            return Ok(Self { name: None, value: Given::new(input.parse()?) });
        }
        let name = input.parse()?;
        let _: Token![=] = input.parse()?;
        Ok(Self { name: Some(name), value: Given::new(input.parse()?) })
    }
}

/// An entry that is no structural word: a rule, a control or a scheme.
pub(crate) fn call(entry: Meta, errors: &mut Errors) -> Call {
    match entry {
        Meta::Path(path) => Call { path, arguments: Vec::new(), parentheses: None },
        Meta::List(list) => {
            let arguments: Vec<Argument> = nested_as(&list, ARGUMENT, errors);
            let parentheses = (!arguments.is_empty()).then(|| list.delimiter.span().join());
            Call { path: list.path, arguments, parentheses }
        }
        Meta::NameValue(pair) => Call {
            path: pair.path,
            arguments: vec![Argument { name: None, value: Given::new(pair.value) }],
            parentheses: None,
        },
    }
}

/// The single word that names an entry.
pub(crate) fn word(entry: &Meta) -> Option<String> {
    entry.path().get_ident().map(tokens::unraw)
}

/// Where an entry is reported.
pub(crate) fn span(entry: &Meta) -> Span {
    tokens::path_span(entry.path())
}

/// The value of `word = value`.
pub(crate) fn value(entry: Meta, example: &str, errors: &mut Errors) -> Option<Expr> {
    let at = span(&entry);
    let word = tokens::path_text(entry.path());
    match entry {
        Meta::NameValue(pair) => Some(pair.value),
        Meta::Path(_) | Meta::List(_) => {
            errors.at(at, &format!("`{word}`: write `{word} = {example}`"));
            None
        }
    }
}

/// The text of `word = "text"`; `example` is one with its quotes.
pub(crate) fn text(entry: Meta, example: &str, errors: &mut Errors) -> Option<LitStr> {
    let word = tokens::path_text(entry.path());
    let value = value(entry, example, errors)?;
    let text = literal(&value);
    if text.is_none() {
        let message = format!("`{word}`: write a string literal, as in `{word} = {example}`");
        errors.push(syn::Error::new_spanned(&value, message));
    }
    text
}

/// A string literal.
pub(crate) fn literal(expr: &Expr) -> Option<LitStr> {
    match tokens::ungroup(expr) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
        _ => None,
    }
}

/// The path of `word = path`, also where it names a type.
pub(crate) fn path(entry: Meta, example: &str, errors: &mut Errors) -> Option<Path> {
    let word = tokens::path_text(entry.path());
    let value = value(entry, example, errors)?;
    if let Expr::Path(path) = tokens::ungroup(&value)
        && path.qself.is_none()
    {
        return Some(path.path.clone());
    }
    errors.at(value.span(), &format!("`{word}`: write `{word} = {example}`"));
    None
}

/// Refuses an entry that takes no arguments but has some.
pub(crate) fn bare(entry: &Meta, errors: &mut Errors) {
    if !matches!(entry, Meta::Path(_)) {
        let word = tokens::path_text(entry.path());
        errors.at(span(entry), &format!("`{word}` takes nothing: write `{word}`"));
    }
}

/// Keeps the first of what may be said once.
pub(crate) fn once<T>(slot: &mut Option<T>, value: Option<T>, at: Span, word: &str, errors: &mut Errors) {
    if slot.is_some() {
        errors.at(at, &format!("`{word}` is said twice: remove one"));
    } else {
        *slot = value;
    }
}

/// A reason that says something.
pub(crate) fn reason(text: &LitStr, word: &str, errors: &mut Errors) {
    if text.value().trim().is_empty() {
        errors.at(text.span(), &format!("`{word}`: say why, the reason is published"));
    }
}
