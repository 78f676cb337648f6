//! The names on the wire, by serde's rules.

use crate::model::{Direction, Names, Renames, Serde};

/// The name of a field: its own rename, else the spelling of the container or variant, else as written.
pub(crate) fn field(serde: &Serde, spelling: Renames, written: &str, direction: Direction) -> String {
    own(&serde.rename, direction)
        .or_else(|| Some(spelled(spelling, direction)?.field(written)))
        .unwrap_or_else(|| written.to_owned())
}

/// The name of a variant.
pub(crate) fn variant(serde: &Serde, spelling: Renames, written: &str, direction: Direction) -> String {
    own(&serde.rename, direction)
        .or_else(|| Some(spelled(spelling, direction)?.variant(written)))
        .unwrap_or_else(|| written.to_owned())
}

/// Whether a field or variant is on the wire at all.
pub(crate) fn is_absent(serde: &Serde, direction: Direction) -> bool {
    match direction {
        Direction::In => serde.skip_deserializing,
        Direction::Out => serde.skip_serializing,
        Direction::Both => serde.skip_deserializing && serde.skip_serializing,
    }
}

/// Where a type goes both ways, the names are those of the input: refusals point at them.
fn own(names: &Names, direction: Direction) -> Option<String> {
    match direction {
        Direction::In | Direction::Both => names.deserialize.clone(),
        Direction::Out => names.serialize.clone(),
    }
}

fn spelled(renames: Renames, direction: Direction) -> Option<crate::model::Case> {
    match direction {
        Direction::In | Direction::Both => renames.deserialize,
        Direction::Out => renames.serialize,
    }
}
