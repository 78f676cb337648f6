//! `allow = ..` as flat constants: each node of the tree names the ones below it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use super::{call, numbered};
use crate::{
    model::Access,
    paths::{Paths, Words},
    tokens,
};

/// The constants of a tree, and the name of its root.
pub(super) fn access(paths: &Paths, tree: &Access) -> (TokenStream, Ident) {
    let mut constants = Constants { tokens: TokenStream::new(), count: 0 };
    let root = constants.node(paths, tree);
    (constants.tokens, root)
}

struct Constants {
    tokens: TokenStream,
    count: usize,
}

impl Constants {
    fn node(&mut self, paths: &Paths, tree: &Access) -> Ident {
        match tree {
            Access::All(span, nodes) => self.joined(paths, *span, "all", nodes),
            Access::Any(span, nodes) => self.joined(paths, *span, "any", nodes),
            Access::Not(span, inner) => {
                let inner = self.node(paths, inner);
                let private = paths.private(*span);
                let inner = Ident::new(&inner.to_string(), *span);
                self.push(paths, *span, &quote_spanned!(*span=> #private::Access::not(&#inner)))
            }
            Access::Control(call) => {
                let control = call::control(paths, Words::Controls, call);
                self.push(paths, call.span(), &quote_spanned!(call.span()=> #control.access()))
            }
            Access::Owner(span) => {
                let private = paths.private(*span);
                self.push(paths, *span, &quote_spanned!(*span=> #private::Access::owner()))
            }
            Access::Predicate(path, expr) => {
                let span = tokens::path_span(path);
                let (private, name) = (paths.private(span), tokens::path_text(path));
                self.push(paths, span, &quote_spanned!(span=> #private::Access::predicate(#name, #expr)))
            }
        }
    }

    fn joined(&mut self, paths: &Paths, span: Span, function: &str, nodes: &[Access]) -> Ident {
        let nodes: Vec<Ident> = nodes.iter().map(|node| self.node(paths, node)).collect();
        let nodes = nodes.iter().map(|node| Ident::new(&node.to_string(), span));
        let (private, function) = (paths.private(span), Ident::new(function, span));
        self.push(paths, span, &quote_spanned!(span=> #private::Access::#function(&[#(#nodes),*])))
    }

    fn push(&mut self, paths: &Paths, span: Span, value: &TokenStream) -> Ident {
        let name = numbered("ACCESS", self.count, span);
        self.count += 1;
        let private = paths.private(span);
        self.tokens.extend(quote_spanned!(span=> const #name: #private::Access = #value;));
        name
    }
}
