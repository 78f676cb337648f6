//! What another crate says of a value, in our codes.

use std::{borrow::Cow, fmt};

use crate::rules::{Parameter, Rule};

/// A demand of another crate's that a value does not meet.
#[derive(Debug, Clone)]
pub(super) struct Told {
    code: &'static str,
    detail: Cow<'static, str>,
    parameters: Vec<(&'static str, Parameter)>,
}

impl Told {
    pub(super) fn new(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into(), parameters: Vec::new() }
    }

    /// With this argument.
    pub(super) fn with(mut self, name: &'static str, parameter: Parameter) -> Self {
        self.parameters.push((name, parameter));
        self
    }

    /// A check of the application's own, whose words are not passed on: they may hold the value.
    #[cfg(feature = "garde")]
    pub(super) fn custom() -> Self {
        Self::new("custom", "is refused by a check of the application")
    }
}

impl Rule for Told {
    fn code(&self) -> &'static str {
        self.code
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        for (name, parameter) in &self.parameters {
            visit(name, *parameter);
        }
    }
}
