//! `allow = ..`: a Rust expression read as a tree of demands.

use proc_macro2::Span;
use syn::{BinOp, Expr, UnOp};

use crate::{
    errors::Errors,
    model::{Access, Argument, Call, Given},
    tokens,
};

/// Reads `expr`. What is no access expression is reported where it stands.
pub(crate) fn access(expr: &Expr, errors: &mut Errors) -> Option<Access> {
    match tokens::ungroup(expr) {
        Expr::Paren(paren) => access(&paren.expr, errors),
        Expr::Unary(unary) => match unary.op {
            UnOp::Not(not) => Some(Access::Not(not.span, Box::new(access(&unary.expr, errors)?))),
            _ => refuse(expr, errors),
        },
        Expr::Binary(binary) => match binary.op {
            BinOp::And(and) => both(&binary.left, first(and.spans), &binary.right, Access::All, errors),
            BinOp::Or(or) => both(&binary.left, first(or.spans), &binary.right, Access::Any, errors),
            _ => refuse(expr, errors),
        },
        Expr::Call(call) => match tokens::ungroup(&call.func) {
            Expr::Path(function) if function.path.get_ident().is_some() => Some(Access::Control(Call {
                path: function.path.clone(),
                arguments: call.args.iter().map(argument).collect(),
                parentheses: None,
            })),
            _ => refuse(expr, errors),
        },
        Expr::Path(predicate) if predicate.qself.is_none() => {
            Some(Access::Predicate(predicate.path.clone(), Expr::Path(predicate.clone())))
        }
        _ => refuse(expr, errors),
    }
}

/// `a && b && c` is one list, not a list in a list.
fn both(
    left: &Expr,
    span: Span,
    right: &Expr,
    join: fn(Span, Vec<Access>) -> Access,
    errors: &mut Errors,
) -> Option<Access> {
    let (left, right) = (access(left, errors), access(right, errors));
    let (left, right) = (left?, right?);
    Some(match (join(span, Vec::new()), left) {
        (Access::All(..), Access::All(_, mut all)) => {
            all.push(right);
            Access::All(span, all)
        }
        (Access::Any(..), Access::Any(_, mut any)) => {
            any.push(right);
            Access::Any(span, any)
        }
        (_, left) => join(span, vec![left, right]),
    })
}

fn first([span, _]: [Span; 2]) -> Span {
    span
}

/// In an expression, `name = value` is an assignment.
fn argument(expr: &Expr) -> Argument {
    if let Expr::Assign(assign) = expr
        && let Expr::Path(name) = tokens::ungroup(&assign.left)
        && let Some(name) = name.path.get_ident()
    {
        return Argument { name: Some(name.clone()), value: Given::new((*assign.right).clone()) };
    }
    Argument { name: None, value: Given::new(expr.clone()) }
}

fn refuse(expr: &Expr, errors: &mut Errors) -> Option<Access> {
    let message =
        "`allow` is built from `&&`, `||`, `!`, controls such as `scope(..)` and paths to your own predicates";
    errors.push(syn::Error::new_spanned(expr, message));
    None
}
