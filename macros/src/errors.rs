//! The collector of errors: each pass pushes and goes on, the end looks once.

use proc_macro2::{Span, TokenStream};

/// The errors of one expansion, in the order they were found.
pub(crate) struct Errors {
    found: Vec<syn::Error>,
}

/// Whether errors were found: an expansion that is not sound keeps its impls and drops its proofs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soundness {
    /// No error so far.
    Sound,
    /// At least one error is reported already, so nothing else may complain about the same item.
    Broken,
}

impl Errors {
    pub(crate) const fn new() -> Self {
        Self { found: Vec::new() }
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        self.found.push(error);
    }

    pub(crate) fn at(&mut self, span: Span, message: &str) {
        self.push(syn::Error::new(span, message));
    }

    /// Unwraps a result; its error is kept here.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn soundness(&self) -> Soundness {
        if self.is_empty() { Soundness::Sound } else { Soundness::Broken }
    }

    pub(crate) fn append_to(self, expansion: Option<TokenStream>) -> TokenStream {
        let mut tokens = expansion.unwrap_or_default();
        tokens.extend(self.found.into_iter().map(syn::Error::into_compile_error));
        tokens
    }
}
