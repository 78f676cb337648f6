//! What an answer says of itself to the gate, which chooses the security headers by it. Header fields that an answer
//! sets itself never replace them, so that none can weaken them.

use super::Answer;

/// The answer is a page: what it shows may come from its own origin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page;

/// The answer has a tag: a client may keep it, and asks each time whether it still holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Revalidated;

impl Page {
    pub(crate) fn marks(answer: &Answer) -> bool {
        answer.extensions().get::<Self>().is_some()
    }
}

impl Revalidated {
    pub(crate) fn marks(answer: &Answer) -> bool {
        answer.extensions().get::<Self>().is_some()
    }
}
