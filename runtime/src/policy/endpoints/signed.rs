//! A request that is signed: by whose key, and what the signature covers beyond what every signature must.

use super::Control;
use crate::policy::{Message, catalogue::same};

/// The demand that a request is signed. Beside `auth`, both must hold.
#[derive(Debug, Clone, Copy)]
pub struct Signed {
    by: &'static str,
    covers: [&'static str; Self::MOST],
    count: usize,
}

impl Signed {
    /// How many components can be demanded beyond those of every signature.
    pub const MOST: usize = 8;

    /// Signed by a key of this scheme of the API.
    ///
    /// # Panics
    /// In const evaluation, when the name is empty.
    #[must_use]
    #[track_caller]
    pub const fn by(scheme: &'static str) -> Self {
        assert!(!scheme.is_empty(), "`signed`: name a scheme of the API, like `by = \"partner\"`");
        Self { by: scheme, covers: [""; Self::MOST], count: 0 }
    }

    /// The signature covers this component too (RFC 9421, section 2).
    ///
    /// # Panics
    /// In const evaluation, when it is no component that a signature may cover or not, is listed already, or when there are
    /// eight already.
    #[must_use]
    #[track_caller]
    pub const fn covering(mut self, component: &'static str) -> Self {
        assert!(self.count < Self::MOST, "`signed`: `covers` lists at most 8 components");
        assert_component(component);
        let mut at = 0;
        while at < self.count {
            if same(self.covers[at], component) {
                Message::new("`covers` lists ").quoted(component).text(" twice: remove one").panic();
            }
            at += 1;
        }
        self.covers[self.count] = component;
        self.count += 1;
        self
    }

    /// The scheme whose key signs.
    #[must_use]
    pub const fn scheme(&self) -> &'static str {
        self.by
    }

    /// The components beyond those that every signature covers.
    #[must_use]
    pub const fn components(&self) -> &[&'static str] {
        self.covers.split_at(self.count).0
    }

    /// The control that demands it.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Signed(self)
    }
}

/// Proves that a policy can demand this component.
pub(super) const fn is_said(controls: &[Control]) -> bool {
    let mut at = 0;
    while at < controls.len() {
        if controls[at].as_signed().is_some() {
            return true;
        }
        at += 1;
    }
    false
}

/// One signature covers what one entry lists: what a second one listed would be looked at by nobody.
#[track_caller]
pub(super) const fn assert_apart(id: &str, controls: &[Control]) {
    let mut at = 0;
    while at < controls.len() {
        let mut before = 0;
        while before < at {
            if let (Some(first), Some(second)) = (controls[before].as_signed(), controls[at].as_signed())
                && same(first.by, second.by)
            {
                Message::new("")
                    .quoted(id)
                    .text(" is `signed` by ")
                    .quoted(second.by)
                    .text(" twice: put what both cover into one")
                    .panic();
            }
            before += 1;
        }
        at += 1;
    }
}

#[track_caller]
const fn assert_component(component: &str) {
    if is_among(component, &["@method", "@target-uri", "content-digest"]) {
        Message::new("`covers` lists ").quoted(component).text(", which every signature covers: leave it out").panic();
    }
    if is_among(component, &["signature", "signature-input"]) {
        Message::new("`covers` lists ")
            .quoted(component)
            .text(", which carries the signature itself: leave it out")
            .panic();
    }
    let derived = ["@authority", "@path", "@query", "@request-target", "@scheme"];
    if !is_among(component, &derived) && !is_field(component) {
        Message::new("`covers` lists ")
            .quoted(component)
            .text(", which is no component: write a field in lower case, like \"x-tenant\", or `@authority`, `@path`, `@query`, `@request-target` or `@scheme`")
            .panic();
    }
}

const fn is_among(component: &str, list: &[&str]) -> bool {
    let mut at = 0;
    while at < list.len() {
        if same(component, list[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// A field name (RFC 9110, section 5.1) without capitals: signatures write it so.
const fn is_field(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let letter = bytes[at];
        if !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && letter != b'-' && letter != b'_' {
            return false;
        }
        at += 1;
    }
    !bytes.is_empty()
}
