//! The media types that the parts of a multipart body may have.

use super::model::{Encoding, Pairs};
use crate::policy::{FileForm, MediaType, Shape};

/// The encoding of each file among the properties of a type.
pub(super) fn parts(shape: Shape) -> Pairs<Encoding> {
    let mut encoding = Pairs::new();
    collect(shape, &mut encoding);
    encoding
}

fn collect(shape: Shape, encoding: &mut Pairs<Encoding>) {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => collect(inner(), encoding),
        Shape::Object { fields, .. } => {
            for field in fields {
                if field.is_flattened() {
                    collect(field.shape(), encoding);
                } else if let Some(form) = file(field.shape()) {
                    let names: Vec<_> = form.media_types().all().iter().map(MediaType::name).collect();
                    encoding.push(field.name(), Encoding::Part { content_type: names.join(", ") });
                }
            }
        }
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => {}
    }
}

fn file(shape: Shape) -> Option<&'static FileForm> {
    match shape {
        Shape::Nullable(inner)
        | Shape::Newtype(inner, _)
        | Shape::Grouped(inner, _)
        | Shape::List(inner)
        | Shape::Array(inner, _) => file(inner()),
        Shape::File(form) => Some(form),
        Shape::Scalar(_)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::Opaque => None,
    }
}
