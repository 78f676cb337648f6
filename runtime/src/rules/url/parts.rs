//! The parts of a URL, cut where its text is cut, before any parser decides what was meant.

/// A URL of the form `scheme://userinfo@host:port` and the rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) scheme: &'a str,
    pub(super) userinfo: Option<&'a str>,
    /// With brackets around an address of version 6.
    pub(super) host: &'a str,
    pub(super) port: Option<&'a str>,
    /// Path, query and fragment.
    pub(super) rest: &'a str,
}

impl<'a> Parts<'a> {
    /// The parts, when the text has that form and no character that a URL cannot have or that hides what it is.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        if text.chars().any(is_banned) {
            return None;
        }
        let (scheme, behind) = text.split_once("://")?;
        let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
        let (authority, rest) = behind.split_at_checked(end)?;
        // The last `@` ends the credentials for the standard, the first for other parsers: there may be one.
        let (userinfo, place) = match authority.split_once('@') {
            Some((userinfo, place)) if userinfo.is_empty() || place.contains('@') => return None,
            Some((userinfo, place)) => (Some(userinfo), place),
            None => (None, authority),
        };
        let (host, port) = split_port(place)?;
        (!host.is_empty()).then_some(Self { scheme, userinfo, host, port, rest })
    }
}

/// The host and the text of the port.
fn split_port(place: &str) -> Option<(&str, Option<&str>)> {
    if !place.starts_with('[') {
        return Some(match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        });
    }
    let end = place.find(']')?.checked_add(1)?;
    let (host, behind) = place.split_at_checked(end)?;
    match behind.strip_prefix(':') {
        Some(port) => Some((host, Some(port))),
        None => behind.is_empty().then_some((host, None)),
    }
}

/// Whether the character is a control, white space or a backslash, which parsers drop or repair, or one that is not seen,
/// turns the direction of the text (RFC 3987, section 4.1), or is special or private (section 2.2). Section 2.2 has some of
/// the unseen ones, which are refused nevertheless; but not the joiners U+200C and U+200D, without which words of Persian
/// or Sinhala cannot be written. IDNA judges them within the host.
fn is_banned(character: char) -> bool {
    if character.is_ascii() {
        return matches!(character, '\0'..=' ' | '\\' | '\u{7F}');
    }
    let is_unseen = matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    );
    let is_special = matches!(
        character,
        '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}'
    );
    character.is_control() || character.is_whitespace() || is_unseen || is_special
}

/// The number of a port as it is written: in decimal digits, without zeros in front.
pub(super) fn port(text: &str) -> Option<u16> {
    match text.as_bytes() {
        [b'1'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit) => text.parse().ok(),
        _ => None,
    }
}

/// The port that a scheme implies.
pub(super) fn default_port(scheme: &str) -> Option<u16> {
    const DEFAULTS: [(&str, u16); 5] = [("https", 443), ("http", 80), ("wss", 443), ("ws", 80), ("ftp", 21)];
    DEFAULTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(scheme)).map(|(_, port)| *port)
}

/// Whether the text is a scheme of RFC 3986, section 3.1, in small letters.
pub(super) const fn is_scheme(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'a'..=b'z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at != 0 => {}
            _ => return false,
        }
        at += 1;
    }
    !bytes.is_empty()
}

/// Whether URLs of the scheme run a script, hold a document, or name something of the reader's own machine.
pub(super) const fn is_without_host(scheme: &str) -> bool {
    const SCHEMES: [&str; 12] = [
        "about", "blob", "cid", "data", "file", "filesystem", "jar", "javascript", "mailto", "urn", "vbscript", "view-source",
    ];
    let mut at = 0;
    while at < SCHEMES.len() {
        if crate::policy::same(scheme, SCHEMES[at]) {
            return true;
        }
        at += 1;
    }
    false
}
