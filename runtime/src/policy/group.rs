//! A group: rules that hold only where a type is used for one purpose.

use std::any::TypeId;

/// A purpose that a type is used for, such as creating. Rules written with `on = Create` hold in that group only.
///
/// ```
/// use palisade::policy::Group;
///
/// struct Create;
///
/// const CREATE: Group = Group::of::<Create>("Create");
/// assert_eq!(CREATE.name(), "Create");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    name: &'static str,
    id: TypeId,
}

impl Group {
    /// The group that the type `G` stands for, under the name that documents give it.
    #[must_use]
    pub const fn of<G: 'static>(name: &'static str) -> Self {
        Self { name, id: TypeId::of::<G>() }
    }

    /// The name in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The type that stands for it.
    #[must_use]
    pub const fn id(self) -> TypeId {
        self.id
    }
}
