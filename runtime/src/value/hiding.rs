//! Which violations are about confidential values: their own declaration, or one around them, says so.

use super::report::Stored;
use crate::policy::{Rules, Shape};

/// Whether a value on the way down `steps` (innermost first) is declared sensitive. Keys that are, are masked.
pub(super) fn hide(shape: Shape, rules: &Rules, steps: &mut [Stored]) -> bool {
    if says_sensitive(rules) {
        return true;
    }
    let fields = match shape {
        Shape::Nullable(inner) => return hide(inner(), rules, steps),
        Shape::Newtype(inner, own) => return hide(inner(), own, steps),
        Shape::Grouped(inner, _) => return hide(inner(), rules, steps),
        Shape::List(item) | Shape::Array(item, _) => {
            let rules = rules.on_items().unwrap_or(&Rules::NONE);
            return steps.split_last_mut().is_some_and(|(_, rest)| hide(item(), rules, rest));
        }
        Shape::Map(key_shape, value) => {
            let Some((key, rest)) = steps.split_last_mut() else { return false };
            let hidden = hide(key_shape(), rules.on_keys().unwrap_or(&Rules::NONE), &mut []);
            if hidden {
                *key = Stored::Field("*");
            }
            return hide(value(), rules.on_values().unwrap_or(&Rules::NONE), rest) || hidden;
        }
        Shape::Tuple(fields) => {
            let Some((Stored::Index(at), rest)) = steps.split_last_mut() else { return false };
            return fields.get(*at).is_some_and(|field| hide(field.shape(), field.rules(), rest));
        }
        Shape::Object { fields, .. } => fields,
        Shape::Variants(variants) => variants.fields(),
        Shape::Scalar(_) | Shape::Choice(_) | Shape::Described(_) | Shape::File(_) | Shape::Opaque => return false,
    };
    // Every field is asked, since each may mask keys of its own.
    let mut hidden = false;
    for field in fields.iter().filter(|field| field.is_flattened()) {
        hidden |= hide(field.shape(), field.rules(), steps);
    }
    let Some((step, rest)) = steps.split_last_mut() else { return hidden };
    let name: &str = match step {
        Stored::Field(name) => name,
        // What a client wrote is known to be the name of a variant where it is explained.
        Stored::Key(name) if matches!(shape, Shape::Variants(_)) => name,
        Stored::Key(_) | Stored::Index(_) => return hidden,
    };
    let mut known = false;
    for field in fields.iter().filter(|field| field.name() == name) {
        known = true;
        hidden |= hide(field.shape(), field.rules(), rest);
    }
    match shape {
        // The step is the name of a variant, or the key of its content: the field is one further down.
        Shape::Variants(_) if !known && !rest.is_empty() => hide(shape, &Rules::NONE, rest) || hidden,
        _ => hidden,
    }
}

fn says_sensitive(rules: &Rules) -> bool {
    rules.own().iter().any(|rule| rule.rule().is_sensitive())
}
