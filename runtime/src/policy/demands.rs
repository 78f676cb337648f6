//! What a type demands of callers who see or write its properties, however deep they are.

use super::{Demand, Field, Seen, Shape};

/// Every demand in a value of this shape. A type that the user's own code decodes shows its fields, and no shape.
pub(crate) fn demands(fields: &'static [Field], shape: Shape) -> Vec<&'static Demand> {
    let mut found = Found { demands: Vec::new(), seen: Vec::new() };
    found.look_at(fields);
    found.look(shape);
    found.demands
}

struct Found {
    demands: Vec<&'static Demand>,
    // A type that can hold itself is looked at once.
    seen: Vec<&'static [Field]>,
}

impl Found {
    fn look(&mut self, shape: Shape) {
        match shape {
            Shape::Scalar(_) | Shape::Choice(_) | Shape::Described(_) | Shape::File(_) | Shape::Opaque => {}
            Shape::List(inner)
            | Shape::Array(inner, _)
            | Shape::Map(_, inner)
            | Shape::Nullable(inner)
            | Shape::Newtype(inner, _)
            | Shape::Grouped(inner, _) => self.look(inner()),
            Shape::Object { fields, .. } | Shape::Tuple(fields) => self.look_at(fields),
            Shape::Variants(variants) => self.look_at(variants.fields()),
        }
    }

    fn look_at(&mut self, fields: &'static [Field]) {
        if self.seen.iter().any(|seen| std::ptr::eq(*seen, fields)) {
            return;
        }
        self.seen.push(fields);
        for field in fields {
            if let Some(property) = field.restriction() {
                self.demands.extend(property.written());
                match property.seen() {
                    Seen::By(demand) | Seen::MaskedUnless(_, demand) => self.demands.push(demand),
                    Seen::Whole | Seen::Never | Seen::Masked(_) => {}
                }
            }
            self.look(field.shape());
        }
    }
}
