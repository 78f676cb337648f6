//! `Content-Disposition` of a part (RFC 7578, section 4.2), read strictly: what two parsers could read differently is refused.

/// What a part is called, and what its file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Disposition {
    pub(super) name: String,
    pub(super) filename: Option<String>,
}

/// Reads `form-data; name="..."; filename="..."`, each at most once and nothing beside them. `filename*` is refused, as the
/// standard says of multipart forms.
pub(super) fn disposition(value: &[u8]) -> Option<Disposition> {
    let value = str::from_utf8(value).ok()?;
    let (kind, mut rest) = value.split_once(';').unwrap_or((value, ""));
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return None;
    }
    let (mut name, mut filename) = (None, None);
    loop {
        let (key, behind) = rest.split_once('=')?;
        let (text, behind) = quoted(behind.trim_start())?;
        let slot = match key.trim() {
            key if key.eq_ignore_ascii_case("name") => &mut name,
            key if key.eq_ignore_ascii_case("filename") => &mut filename,
            _ => return None,
        };
        if slot.replace(text).is_some() {
            return None;
        }
        match behind.trim().strip_prefix(';') {
            Some(more) => rest = more,
            None if behind.trim().is_empty() => break,
            None => return None,
        }
    }
    Some(Disposition { name: name?, filename })
}

/// A text in quotation marks, or a word without, and what stands behind it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ' ', '\t']).unwrap_or(text.len());
        let (word, behind) = text.split_at_checked(end)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        return (!word.is_empty() && word.bytes().all(plain)).then(|| (word.to_owned(), behind));
    };
    let mut content = String::new();
    let mut rest = quoted.chars();
    loop {
        match rest.next()? {
            '"' => break,
            // Browsers write `%22`, which stays as it is and is no safe name; others escape as header fields do.
            '\\' => content.push(rest.next().filter(|escaped| matches!(escaped, '"' | '\\'))?),
            control if control.is_control() => return None,
            other => content.push(other),
        }
    }
    Some((content, rest.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_a_name_and_perhaps_a_filename() {
        let rows: &[(&str, &str, Option<&str>)] = &[
            ("form-data; name=\"a\"", "a", None),
            ("Form-Data;NAME=a", "a", None),
            ("form-data; name=\"a b\"; filename=\"b;c.txt\"", "a b", Some("b;c.txt")),
            ("form-data; filename=\"; name=evil\"; name=\"file\"", "file", Some("; name=evil")),
            ("form-data; name=\"a\\\"b\"; filename=\"\"", "a\"b", Some("")),
            ("form-data; name=\"a%22b\"", "a%22b", None),
            ("form-data; name=\"日本\"", "日本", None),
        ];
        for (given, name, filename) in rows {
            let found = disposition(given.as_bytes());
            let expected = Disposition { name: (*name).to_owned(), filename: filename.map(str::to_owned) };
            assert_eq!(found, Some(expected), "{given}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for given in [
            "",
            "form-data",
            "form-data;",
            "attachment; name=\"a\"",
            "form-data; filename=\"a\"",
            "form-data; name",
            "form-data; name=",
            "form-data; name=\"a",
            "form-data; name=\"a\"; name=\"b\"",
            "form-data; name=\"a\" b",
            "form-data; name=\"a\";",
            "form-data; name=\"a\"; filename*=UTF-8''b",
            "form-data; name=\"a\\n\"",
            "form-data; name=\"a\tb\"",
            "form-data; name=a\"b",
            "form-data; name=\"a\"; size=1",
        ] {
            assert_eq!(disposition(given.as_bytes()), None, "{given}");
        }
        assert_eq!(disposition(b"form-data; name=\"\xff\""), None);
    }
}
