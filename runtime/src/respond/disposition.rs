//! The header field `Content-Disposition` (RFC 6266, RFC 8187), from a name that may be anything.

use std::fmt::Write;

use http::HeaderValue;

/// `attachment` under this name, made harmless: it names a file and no directory, and looks like what it is.
pub(super) fn attachment(name: &str) -> Option<HeaderValue> {
    let name = harmless(name);
    // `%` stands for itself here, and some clients decode it nevertheless.
    let plain: String = name.chars().map(|c| if c == '%' || !c.is_ascii() { '_' } else { c }).collect();
    let mut value = format!("attachment; filename=\"{plain}\"");
    if plain != name {
        value.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                // A `String` takes whatever is written.
                let _ = write!(value, "%{byte:02X}");
            }
        }
    }
    HeaderValue::from_str(&value).ok()
}

/// A longer name is cut in front of its extension.
const LONGEST: usize = 180;

/// The name without what a file system or a reader would take for something else.
fn harmless(name: &str) -> String {
    let kept = name.chars().filter(|c| !is_invisible(*c));
    let kept: String = kept.map(|c| if r#"/\<>:"|?*"#.contains(c) { '_' } else { c }).collect();
    // A leading dot hides a file; one at the end, or a space, is dropped by some systems, and what is in front of it shows.
    let is_edge = |c: char| c == '.' || c.is_whitespace();
    let kept = cut(kept.trim_matches(is_edge));
    let kept = kept.trim_matches(is_edge);
    match kept {
        "" => "download".to_owned(),
        device if is_device(device) => format!("_{device}"),
        name => name.to_owned(),
    }
}

/// Controls, and what changes the direction or the look of the text around it: `exe.gpj` must not read as `jpg.exe`.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 16 => (stem, extension),
        Some(_) | None => (name, ""),
    };
    let room = LONGEST.saturating_sub(extension.len() + 1);
    let end = stem.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last();
    let stem = stem.get(..end.unwrap_or_default()).unwrap_or_default();
    if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") }
}

/// Names that are devices on Windows, whatever their extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        stem => {
            let number = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
            number.is_some_and(|number| {
                matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        let rows = [
            ("report.pdf", "filename=\"report.pdf\""),
            ("a b.pdf", "filename=\"a b.pdf\""),
            ("", "filename=\"download\""),
            ("..", "filename=\"download\""),
            ("../../etc/passwd", "filename=\"_.._etc_passwd\""),
            ("C:\\autoexec.bat", "filename=\"C__autoexec.bat\""),
            ("a\"; filename=\"b.exe", "filename=\"a_; filename=_b.exe\""),
            ("a\r\nSet-Cookie: b", "filename=\"aSet-Cookie_ b\""),
            (".htaccess", "filename=\"htaccess\""),
            ("a.exe. ", "filename=\"a.exe\""),
            ("nul.txt", "filename=\"_nul.txt\""),
            ("com1", "filename=\"_com1\""),
            ("computer", "filename=\"computer\""),
            ("invoice\u{202E}gpj.exe", "filename=\"invoicegpj.exe\""),
            ("50%.txt", "filename=\"50_.txt\"; filename*=UTF-8''50%25.txt"),
            ("na\u{ef}ve \u{20ac}.txt", "filename=\"na_ve _.txt\"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt"),
        ];
        for (name, expected) in rows {
            let value = attachment(name).unwrap();
            assert_eq!(value.to_str().unwrap(), format!("attachment; {expected}"), "{name}");
        }
        let long = attachment(&format!("{}.pdf", "\u{e9}".repeat(500))).unwrap();
        assert!(long.to_str().unwrap().ends_with("%C3%A9.pdf"), "{long:?}");
    }

    proptest! {
        #[test]
        fn every_name_stays_within_its_quotes(name in prop_oneof!["[a/\\\\\"%.\r\n\u{202E}\u{e9} ]{0,20}", any::<String>(), "\\PC{150,400}"]) {
            let value = attachment(&name).unwrap();
            let value = value.to_str().unwrap();
            prop_assert!(value.len() <= 1_024);
            let rest = value.strip_prefix("attachment; filename=\"").unwrap();
            let (plain, rest) = rest.split_once('"').unwrap();
            prop_assert!(!plain.is_empty() && !plain.starts_with('.') && !plain.contains(['/', '\\', '%']));
            let encoded = rest.is_empty() || rest.strip_prefix("; filename*=UTF-8''").is_some_and(|encoded| {
                encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~%".contains(&byte))
            });
            prop_assert!(encoded, "{}", rest);
        }
    }
}
