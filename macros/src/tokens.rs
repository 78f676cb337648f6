//! Questions and small changes to tokens that syn has no words for.

use std::cell::RefCell;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, Path, Type, ext::IdentExt};

/// Moves tokens to `span` and leaves alone what they mean, so that `$crate` stays the crate it was.
pub(crate) fn locate(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let mut moved = Group::new(group.delimiter(), locate(group.stream(), span));
                moved.set_span(group.span().located_at(span));
                TokenTree::Group(moved)
            }
            mut token => {
                token.set_span(token.span().located_at(span));
                token
            }
        })
        .collect()
}

/// A local of the expansion that shows up at `span`. It resolves where the expansion binds it, even when the entry
/// at `span` comes out of another macro.
pub(crate) fn local(name: &str, span: Span) -> Ident {
    Ident::new(name, Span::call_site().located_at(span))
}

/// A name as the wire spells it: `r#type` is `type`.
pub(crate) fn unraw(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// A path as text, without the spaces of a token stream.
pub(crate) fn path_text(path: &Path) -> String {
    let mut text = String::new();
    if path.leading_colon.is_some() {
        text.push_str("::");
    }
    for (at, segment) in path.segments.iter().enumerate() {
        if at > 0 {
            text.push_str("::");
        }
        text.push_str(&segment.ident.to_string());
    }
    text
}

/// The span an entry is reported at: the last word of its path.
pub(crate) fn path_span(path: &Path) -> Span {
    path.segments.last().map_or_else(Span::call_site, |segment| segment.ident.span())
}

/// The first identifier in `tokens` that `wanted` accepts.
pub(crate) fn find_ident(tokens: TokenStream, wanted: &dyn Fn(&Ident) -> bool) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) => wanted(&ident).then_some(ident),
        TokenTree::Group(group) => find_ident(group.stream(), wanted),
        TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

/// Replaces every identifier for which `change` has something else.
pub(crate) fn replace_idents(tokens: TokenStream, change: &dyn Fn(&Ident) -> Option<TokenStream>) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) => change(&ident).unwrap_or_else(|| TokenTree::Ident(ident).into()),
            TokenTree::Group(group) => {
                let mut changed = Group::new(group.delimiter(), replace_idents(group.stream(), change));
                changed.set_span(group.span());
                TokenTree::Group(changed).into()
            }
            other => other.into(),
        })
        .collect()
}

/// Replaces every identifier that stands for a value, and no part of a path, no field and no function, for which
/// `change` has something else.
pub(crate) fn replace_values(tokens: TokenStream, change: &dyn Fn(&Ident) -> Option<TokenStream>) -> TokenStream {
    let mut before = [' ', ' '];
    let mut tokens = tokens.into_iter().peekable();
    let mut replaced = TokenStream::new();
    while let Some(token) = tokens.next() {
        let is_member = before[1] == '.' && before[0] != '.';
        let is_in_path = before == [':', ':'];
        let is_named_or_called = match tokens.peek() {
            Some(TokenTree::Punct(punct)) => punct.as_char() == ':',
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
            _ => false,
        };
        before = [before[1], if let TokenTree::Punct(punct) = &token { punct.as_char() } else { ' ' }];
        let is_value = !is_member && !is_in_path && !is_named_or_called;
        replaced.extend(match token {
            TokenTree::Ident(ident) => {
                let changed = if is_value { change(&ident) } else { None };
                changed.unwrap_or_else(|| TokenTree::Ident(ident).into())
            }
            TokenTree::Group(group) => {
                let mut changed = Group::new(group.delimiter(), replace_values(group.stream(), change));
                changed.set_span(group.span());
                TokenTree::Group(changed).into()
            }
            other => other.into(),
        });
    }
    replaced
}

/// What `find` has for each identifier that stands for a value.
pub(crate) fn find_values(tokens: TokenStream, find: &dyn Fn(&Ident) -> Option<String>) -> Vec<String> {
    let found = RefCell::new(Vec::new());
    replace_values(tokens, &|ident| {
        found.borrow_mut().extend(find(ident));
        None
    });
    found.into_inner()
}

/// Replaces the lifetimes in `names` (without their apostrophe) by `'static`.
pub(crate) fn replace_lifetimes(tokens: TokenStream, names: &[String]) -> TokenStream {
    let mut after_apostrophe = false;
    tokens
        .into_iter()
        .map(|token| {
            let is_lifetime = std::mem::replace(&mut after_apostrophe, is_apostrophe(&token));
            match token {
                TokenTree::Ident(ident) if is_lifetime && names.iter().any(|name| ident == name) => {
                    Ident::new("static", ident.span()).into()
                }
                TokenTree::Group(group) => {
                    let mut changed = Group::new(group.delimiter(), replace_lifetimes(group.stream(), names));
                    changed.set_span(group.span());
                    changed.into()
                }
                other => other,
            }
        })
        .collect()
}

/// Where a type borrows for a lifetime that nobody declared: `&str`, `Cow<'_, str>`.
pub(crate) fn find_elided_lifetime(tokens: TokenStream) -> Option<Span> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '&' => {
                if !tokens.peek().is_some_and(is_apostrophe) {
                    return Some(punct.span());
                }
            }
            TokenTree::Ident(ident) if ident == "_" => return Some(ident.span()),
            TokenTree::Group(group) => {
                if let Some(span) = find_elided_lifetime(group.stream()) {
                    return Some(span);
                }
            }
            TokenTree::Punct(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => {}
        }
    }
    None
}

fn is_apostrophe(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\'')
}

/// An expression without the invisible groups that `macro_rules!` puts around it.
pub(crate) fn ungroup(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => ungroup(&group.expr),
        expr => expr,
    }
}

/// A type without invisible groups and parentheses.
pub(crate) fn ungroup_type(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungroup_type(&group.elem),
        Type::Paren(paren) => ungroup_type(&paren.elem),
        ty => ty,
    }
}

/// Whether a type is written as `Option<..>`.
pub(crate) fn is_option(ty: &Type) -> bool {
    match ungroup_type(ty) {
        Type::Path(ty) => {
            ty.path.segments.last().is_some_and(|segment| segment.ident == "Option" && !segment.arguments.is_none())
        }
        _ => false,
    }
}

/// The text of tokens, for comparing them.
pub(crate) fn text(tokens: impl ToTokens) -> String {
    tokens.into_token_stream().to_string()
}
