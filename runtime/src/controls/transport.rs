//! `transport = "mtls"`: the connection is protected, and the client has shown a certificate.

use crate::policy::{Access, Control, Message, Transport as Demand, same};

/// Demands a connection over TLS (`"tls"`), or one that the client made with a certificate for which an authority vouches
/// (`"mtls"`). It is no way to say who calls: for that, list `mtls` in the API's `auth(..)`.
///
/// Any other request is refused with 403. No challenge fits: what was sent over an open connection has been read already, and
/// asking for it once more (`Upgrade`, RFC 9110, section 15.5.22) or sending the client elsewhere would have it sent again. Of an
/// endpoint and the defaults of its API, the stricter holds.
///
/// ```
/// use palisade::{controls, policy::{Control, Transport}};
///
/// assert!(matches!(controls::transport("mtls").control(), Control::Transport(Transport::MutualTls)));
/// ```
///
/// # Panics
/// In const evaluation, when it is another word.
#[must_use]
#[track_caller]
pub const fn transport(word: &'static str) -> Transport {
    if same(word, Demand::Tls.name()) {
        Transport(Demand::Tls)
    } else if same(word, Demand::MutualTls.name()) {
        Transport(Demand::MutualTls)
    } else {
        Message::new("`transport` is no ").quoted(word).text(": write \"tls\" or \"mtls\"").panic()
    }
}

/// The demand for a protected connection.
#[derive(Debug, Clone, Copy)]
pub struct Transport(Demand);

impl Transport {
    /// The control.
    #[must_use]
    pub const fn control(self) -> Control {
        self.0.control()
    }

    /// Refuses to be part of an access expression.
    ///
    /// # Panics
    /// In const evaluation, always.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn access(self) -> Access {
        panic!("`transport` says by which connection, not who: write it beside `allow`, as an entry of its own")
    }
}
