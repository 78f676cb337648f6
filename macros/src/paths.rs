//! The one table of absolute paths that expansions may use: everything lives in `palisade::__private`.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::tokens;

/// Every name an expansion may use from `palisade::__private`. The hygiene test holds expansions against it.
#[cfg(test)]
pub(crate) const NAMES: &[&str] = &[
    // Values and rules.
    "Apply",
    "Audience",
    "Field",
    "Content",
    "Group",
    "InGroup",
    "FnOnce",
    "Input",
    "Item",
    "Kind",
    "Masking",
    "Option",
    "Key",
    "KeyOf",
    "Output",
    "Path",
    "Placed",
    "Property",
    "Relate",
    "Report",
    "RuleRef",
    "Rules",
    "Sealed",
    "Secure",
    "Shape",
    "Standpoint",
    "Step",
    "Unknown",
    "Tagging",
    "Unclean",
    "Unverified",
    "Variant",
    "Variants",
    "Value",
    "ValueOf",
    "assert_field",
    "assert_maskable",
    "check_each",
    "check_keys",
    "check_value",
    "check_values",
    "check_whole",
    "clean_each",
    "clean_values",
    "in_group",
    "refuse",
    "refuse_here",
    "regard_newtype",
    "regard_property",
    "rules",
    "sound",
    // Schemas.
    "object_schema",
    "type_name",
    "Text",
    "schemars",
    "with_facets",
    "with_newtype_facets",
    "with_newtype_property",
    "with_properties",
    "with_tuple_facets",
    "with_variant_facets",
    "with_variant_properties",
    // Callers.
    "Caller",
    "CallerKinds",
    "Fitted",
    "Fitting",
    "FromCaller",
    "Objects",
    "caller_as",
    // Catalogues.
    "Catalogue",
    "Entry",
    "Listed",
    "Roles",
    "Scopes",
    // Endpoints.
    "Access",
    "Annotated",
    "AnyState",
    "Argument",
    "BROKEN",
    "Control",
    "Endpoint",
    "Err",
    "Extract",
    "Guarded",
    "Handled",
    "Handling",
    "Loads",
    "Method",
    "None",
    "Object",
    "ObjectIn",
    "ObjectParameter",
    "Ok",
    "OpenParameter",
    "Outcome",
    "Relates",
    "Request",
    "Respond",
    "Serve",
    "Some",
    "Source",
    "Whole",
    "assert_text",
    "consider",
    "controls",
    "inputs",
    "longest",
    "named",
    "object",
    "relate",
    "serde",
    // APIs.
    "Api",
    "ApiPolicy",
    "Mount",
    "Mounts",
    "Scheme",
    "Unannotated",
    "schemes",
];

/// Where the runtime crate is: `::palisade`, unless `crate = path` says otherwise.
#[derive(Clone)]
pub(crate) struct Paths {
    krate: Option<TokenStream>,
}

/// The open sets of words.
#[derive(Clone, Copy)]
pub(crate) enum Words {
    Rules,
    Controls,
    Schemes,
    Styles,
}

impl Paths {
    pub(crate) const fn new(krate: Option<TokenStream>) -> Self {
        Self { krate }
    }

    /// What every name of the table is led to by, at `span`: what [`import`](Self::import) brings in. Expansions hold many
    /// paths, and rustc takes its time for each token of them.
    pub(crate) fn private(&self, span: Span) -> TokenStream {
        quote_spanned!(span=> __palisade)
    }

    /// `use palisade::__private`, under a name of ours.
    pub(crate) fn import(&self) -> TokenStream {
        let span = Span::call_site();
        let krate = self.krate(span);
        quote_spanned!(span=> use #krate::__private as __palisade;)
    }

    /// The public module where the user's words are looked up: rustc names it when there is no such word.
    pub(crate) fn words(&self, words: Words, span: Span) -> TokenStream {
        let krate = self.krate(span);
        match words {
            Words::Rules => quote_spanned!(span=> #krate::rules::words),
            Words::Controls => quote_spanned!(span=> #krate::controls),
            Words::Schemes => quote_spanned!(span=> #krate::schemes),
            Words::Styles => quote_spanned!(span=> #krate::styles),
        }
    }

    fn krate(&self, span: Span) -> TokenStream {
        match &self.krate {
            None => quote_spanned!(span=> ::palisade),
            Some(krate) => tokens::locate(krate.clone(), span),
        }
    }
}
