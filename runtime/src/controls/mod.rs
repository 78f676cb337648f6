//! The controls a user writes on an endpoint, one file each. A control is a `const fn` whose result says what it demands.

/// The table: a file and the word a user writes.
macro_rules! controls {
    ($($word:ident),+ $(,)?) => {
        $(mod $word; pub use self::$word::*;)+

        /// The words of the controls, in the order of the table.
        ///
        /// ```
        /// assert!(palisade::controls::NAMES.contains(&"rate"));
        /// ```
        pub const NAMES: &[&str] = &[$(stringify!($word)),+];
    };
}

controls! {
    scope, role, fresh, acr, mfa, sender_constrained, user, machine, auth, signed, rate, idempotent, body_limit, transport,
}
