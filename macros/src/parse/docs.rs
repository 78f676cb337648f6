//! Doc comments.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::{model::Docs, tokens};

/// The doc comments among `attributes`. What is no literal, such as `include_str!(..)`, cannot be read here.
pub(crate) fn docs(attributes: &[Attribute]) -> Docs {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let Meta::NameValue(pair) = &attribute.meta else { continue };
        if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = tokens::ungroup(&pair.value) {
            let text = text.value();
            lines.extend(text.split('\n').map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()));
        }
    }
    Docs::new(lines)
}
