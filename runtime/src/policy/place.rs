//! Where in a type a message of the proofs is about.

use super::Message;

/// Where a message is about; composed only once there is something to say.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) owner: &'a str,
    pub(super) name: &'a str,
    pub(super) part: &'a str,
}

impl Place<'_> {
    pub(super) const fn says(self, text: &str) -> Message {
        Message::new("`").text(self.owner).text(".").text(self.name).text("`").text(self.part).text(text)
    }
}
