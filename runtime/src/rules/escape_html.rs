//! `escape_html`: `&`, `<`, `>`, `"` and `'` become character references, so that HTML shows the text and reads no markup.
//!
//! A cleaning step must change nothing the second time, and escaping that escapes what it wrote would. So an `&` that
//! begins one of the five references written here (`&amp;`, `&lt;`, `&gt;`, `&quot;`, `&#39;`) stays, and every other `&`
//! becomes `&amp;`. What is stored is then always safe as the text of an element and between the quotes of an attribute,
//! but it does not say which of the two was sent: `&lt;` and `<` become the same. For a text that has to come back as it
//! was written, store it as it is and escape where the page is made: that is the job of the template. The text can grow:
//! one character becomes six at most.
//!
//! ```
//! use palisade::rules::{Apply, escape_html::EscapeHtml};
//!
//! let mut note = String::from("<b>R&D</b> &amp; more");
//! EscapeHtml::new().seal().into_rule().clean(&mut note);
//! assert_eq!(note, "&lt;b&gt;R&amp;D&lt;/b&gt; &amp; more");
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, View},
};

/// The character references that are written, and so are left alone.
const REFERENCES: [&str; 5] = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];

/// The cleaning step `escape_html`.
#[derive(Debug, Clone, Copy)]
pub struct EscapeHtml;

impl EscapeHtml {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("escape_html", Leaves::Anything)))
    }
}

impl Rule for EscapeHtml {
    fn code(&self) -> &'static str {
        "escape_html"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must have `&`, `<`, `>` and quotes written as character references")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for EscapeHtml {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(escaped);
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(escaped)
    }
}

#[inline]
pub(super) fn escaped(text: &str) -> Cleaned {
    if cleaning::no_byte(text, is_special) { Cleaned::Same } else { rewritten(text) }
}

#[inline]
fn is_special(byte: u8) -> bool {
    (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'')
}

#[inline(never)]
fn rewritten(text: &str) -> Cleaned {
    let mut pieces = pieces(text);
    if pieces.all(|(_, special, reference)| special == reference) {
        return Cleaned::Same;
    }
    let mut clean = String::with_capacity(text.len() + text.len() / 2);
    for (plain, _, reference) in self::pieces(text) {
        clean.push_str(plain);
        clean.push_str(reference);
    }
    Cleaned::New(clean)
}

/// The text in pieces: what is plain, what is special behind it, and what is written for that.
fn pieces(text: &str) -> impl Iterator<Item = (&str, &str, &'static str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = rest.bytes().position(is_special).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at_checked(at)?;
        let (length, reference) = written(behind);
        let (special, next) = behind.split_at_checked(length)?;
        rest = next;
        Some((plain, special, reference))
    })
}

/// How many bytes at the beginning of the text are special, and the reference for them.
fn written(text: &str) -> (usize, &'static str) {
    let reference = match text.bytes().next() {
        Some(b'&') => {
            let there = REFERENCES.into_iter().find(|reference| text.starts_with(reference));
            return there.map_or((1, "&amp;"), |reference| (reference.len(), reference));
        }
        Some(b'<') => "&lt;",
        Some(b'>') => "&gt;",
        Some(b'"') => "&quot;",
        Some(b'\'') => "&#39;",
        Some(_) | None => return (0, ""),
    };
    (1, reference)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn escapes_what_is_special_and_nothing_twice() {
        let rows = [
            ("plain", "plain"),
            ("<a href=\"x\" id='y'>", "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;"),
            ("a & b", "a &amp; b"),
            ("&amp; &lt; &gt; &quot; &#39;", "&amp; &lt; &gt; &quot; &#39;"),
            // Other references are text: a browser would read them.
            ("&nbsp; &#60; &#x3c; &lt &AMP; &apos;", "&amp;nbsp; &amp;#60; &amp;#x3c; &amp;lt &amp;AMP; &amp;apos;"),
            ("&&amp;&", "&amp;&amp;&amp;"),
            ("&amp;lt;", "&amp;lt;"),
            ("é<日", "é&lt;日"),
        ];
        check_rows(&EscapeHtml, &rows);
    }

    proptest! {
        #[test]
        fn nothing_special_is_left(given in texts()) {
            let clean = cleaned(&EscapeHtml, &given);
            let mut rest = clean.clone();
            for reference in REFERENCES {
                rest = rest.replace(reference, " ");
            }
            prop_assert!(!rest.bytes().any(is_special), "{}", clean);
        }

        #[test]
        fn what_was_not_escaped_can_be_read_back(given in "[^&]{0,40}") {
            let clean = cleaned(&EscapeHtml, &given);
            let read = clean.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            prop_assert_eq!(read, given);
        }
    }
}
