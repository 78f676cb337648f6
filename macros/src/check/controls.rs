//! The words that are no structure: each is the name of a control.

use crate::{errors::Errors, model::Call, tokens};

/// Controls are a closed set of single words.
pub(crate) fn controls<'a>(calls: impl IntoIterator<Item = &'a Call>, errors: &mut Errors) {
    for call in calls.into_iter().filter(|call| call.path.get_ident().is_none()) {
        let text = tokens::path_text(&call.path);
        errors.at(
            call.span(),
            &format!("`{text}` is no control: controls are single words; your own predicates go into `allow = ..`"),
        );
    }
}
