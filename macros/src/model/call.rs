//! A call: a rule, a control or a scheme with its arguments, by name only.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, ExprArray, ExprLit, ExprUnary, Lit, Path, UnOp};

use crate::tokens;

/// `path`, `path(a, name = b)` or `path = a`.
pub(crate) struct Call {
    pub(crate) path: Path,
    pub(crate) arguments: Vec<Argument>,
    /// Where the user wrote parentheses, so that rustc can say how to change what is between them.
    pub(crate) parentheses: Option<Span>,
}

/// One argument, positional or named.
pub(crate) struct Argument {
    pub(crate) name: Option<Ident>,
    pub(crate) value: Given,
}

/// The value of an argument, as far as its form matters.
pub(crate) enum Given {
    /// `[a, b]`.
    List(ExprArray),
    /// A path that can name a catalogue entry: `Scope::Read`, `auth::Role::Support`.
    Entry(Expr),
    /// Anything else.
    Plain(Expr),
}

impl Call {
    pub(crate) fn span(&self) -> Span {
        tokens::path_span(&self.path)
    }

    pub(crate) fn positional(&self) -> impl Iterator<Item = &Given> {
        self.arguments.iter().filter(|argument| argument.name.is_none()).map(|argument| &argument.value)
    }

    pub(crate) fn named(&self) -> impl Iterator<Item = (&Ident, &Given)> {
        self.arguments.iter().filter_map(|argument| Some((argument.name.as_ref()?, &argument.value)))
    }
}

impl Given {
    /// The value as it was written.
    pub(crate) fn tokens(&self) -> TokenStream {
        match self {
            Self::List(list) => list.to_token_stream(),
            Self::Entry(expr) | Self::Plain(expr) => expr.to_token_stream(),
        }
    }

    /// Whether the value is a literal with a fraction.
    pub(crate) fn is_fraction(&self) -> bool {
        matches!(self, Self::Plain(expr) if is_fraction(expr))
    }

    pub(crate) fn new(expr: Expr) -> Self {
        match tokens::ungroup(&expr) {
            Expr::Array(array) => Self::List(array.clone()),
            Expr::Path(path) if path.qself.is_none() && names_entry(&path.path) => Self::Entry(expr),
            _ => Self::Plain(expr),
        }
    }
}

/// Whether this is a literal such as `0.5` or `-0.5`.
fn is_fraction(expr: &Expr) -> bool {
    match tokens::ungroup(expr) {
        Expr::Lit(ExprLit { lit: Lit::Float(_), .. }) => true,
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => is_fraction(expr),
        _ => false,
    }
}

/// Whether the last segment but one is written as a type.
fn names_entry(path: &Path) -> bool {
    let owner = path.segments.iter().rev().nth(1);
    owner.is_some_and(|segment| tokens::unraw(&segment.ident).starts_with(char::is_uppercase))
}
