//! Functions that messages have: `UNIT($seconds)` and `COUNT($seconds)` tell a span of time in its largest whole unit.

use fluent_bundle::{FluentArgs, FluentValue};

const UNITS: [(&str, u64); 4] = [("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1)];

/// `days`, `hours`, `minutes` or `seconds`.
pub(super) fn unit<'a>(positional: &[FluentValue<'a>], _named: &FluentArgs<'_>) -> FluentValue<'a> {
    largest(positional).map_or(FluentValue::Error, |(name, _)| name.into())
}

/// How many of them.
pub(super) fn count<'a>(positional: &[FluentValue<'a>], _named: &FluentArgs<'_>) -> FluentValue<'a> {
    largest(positional).map_or(FluentValue::Error, |(_, count)| count.into())
}

fn largest(positional: &[FluentValue<'_>]) -> Option<(&'static str, u64)> {
    let [FluentValue::Number(number)] = positional else { return None };
    let seconds = u64::from(number);
    UNITS.into_iter().find(|(_, unit)| seconds % unit == 0).map(|(name, unit)| (name, seconds / unit))
}
