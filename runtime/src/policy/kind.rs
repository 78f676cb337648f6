//! What kind of value a Rust type is on the wire, as far as bounds are concerned.

/// The kind of a field's type. Wrappers such as `Option` and `Box` are of the kind of what they wrap.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text, unbounded by its type.
    Text,
    /// A whole number between these two, both included.
    Integer(i128, i128),
    /// A floating-point number.
    Number,
    /// True or false.
    Boolean,
    /// A list of any length; the kind of its items.
    List(&'static Kind),
    /// A list whose length the type fixes; the kind of its items and how many.
    Array(&'static Kind, u64),
    /// A map of any size; the kinds of its keys and values.
    Map(&'static Kind, &'static Kind),
    /// A type that derives `Secure` and so bounds itself.
    Object,
    /// One of a fixed list of names: an enum without fields.
    Choice,
    /// A text that the type reads itself, such as a date: it bounds itself.
    Formatted(&'static Form),
    /// Anything: only allowed where the declaration gives a reason.
    Opaque,
}

/// How a type that reads itself from a text is described and explained.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    name: &'static str,
    expected: &'static str,
    longest: u64,
    reads: fn(&str) -> bool,
}

impl Form {
    /// The form of a type: its `format` in JSON Schema, what it is called in `must be ..`, the most code points of a text
    /// that it is commonly written in, and whether a text is one.
    ///
    /// ```
    /// use palisade::policy::Form;
    ///
    /// const IPV4: Form = Form::new("ipv4", "an IPv4 address", 15, |text| text.parse::<std::net::Ipv4Addr>().is_ok());
    /// assert!(IPV4.reads("127.0.0.1"));
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, expected: &'static str, longest: u64, reads: fn(&str) -> bool) -> Self {
        Self { name, expected, longest, reads }
    }

    /// Its `format` in JSON Schema.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What completes `must be ..`.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        self.expected
    }

    /// The most code points of a text; the room that a body has for it.
    #[must_use]
    pub const fn longest(&self) -> u64 {
        self.longest
    }

    /// Whether the text is of this form.
    #[must_use]
    pub fn reads(&self, text: &str) -> bool {
        (self.reads)(text)
    }
}
