//! What has to protect the connection of a request.

use super::Control;
use crate::policy::Message;

/// The demand for a protected connection. The later includes the earlier.
///
/// ```
/// use palisade::policy::Transport;
///
/// assert_eq!(Transport::Tls.name(), "tls");
/// assert!(Transport::Tls < Transport::MutualTls);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    /// TLS, that nobody on the way reads or changes anything.
    Tls,
    /// TLS, with a certificate of the client for which an authority vouches.
    MutualTls,
}

impl Transport {
    /// The word that stands for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::MutualTls => "mtls",
        }
    }

    /// The control that demands it.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Transport(self)
    }
}

/// The demand among some controls.
pub(super) fn demanded(controls: &[Control]) -> Option<Transport> {
    controls.iter().filter_map(Control::as_transport).max()
}

/// Proves in const evaluation that whoever says it, says it once.
#[track_caller]
pub(super) const fn assert_once(id: &str, controls: &[Control]) {
    let (mut at, mut count) = (0, 0);
    while at < controls.len() {
        if controls[at].as_transport().is_some() {
            count += 1;
        }
        at += 1;
    }
    if 1 < count {
        Message::new("").quoted(id).text(" says `transport` twice: \"mtls\" includes \"tls\", so remove one").panic();
    }
}
