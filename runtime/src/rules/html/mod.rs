//! `html(policy = "basic")`: markup that could do harm is removed, the rest stays as HTML (feature `html`).
//!
//! - `"text"`: no markup at all.
//! - `"basic"`: emphasis, code, line breaks, paragraphs, lists, quotations, and links to `http`, `https` and `mailto`.
//! - `"rich"`: also headings, tables, pictures from `http` and `https`, and what else `ammonia` takes for harmless.
//!
//! Links carry `rel="nofollow noopener noreferrer"`, and URLs are absolute. The value is HTML afterwards, whatever the
//! policy: `&` stands there as `&amp;`. A text without `<`, `>` and `&` is HTML that means itself, and is left alone. What
//! comes out goes between tags: it is not made for an attribute, a script or a style sheet.
//!
//! A parser of HTML can be made to work very long on a short text, and cleaning runs before `length` looks. So formatting
//! elements such as `b` lose their attributes, and some texts are taken for plain text, their markup shown instead of read:
//! those with more than 2,048 tags and references, with a tag of more than 2,048 bytes or 64 attributes, with a tag or
//! comment that does not end, and those that would grow to more than 16 times their length.
//!
//! ```
//! use palisade::rules::{Apply, html::Html};
//!
//! const RULE: Html = Html::new().policy("basic").seal().into_rule();
//! let mut note = String::from("<p onclick='steal()'>R&D <script>steal()</script><b>now</b>");
//! RULE.clean(&mut note);
//! assert_eq!(note, "<p>R&amp;D <b>now</b></p>");
//! ```

mod tags;

use std::{collections::HashMap, fmt, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

use super::{Apply, Parameter, Rule, Sealed, cleaning, escape_html::escaped};
use crate::{
    policy::{Facet, Facets, Leaves, same},
    value::{Cleaned, EditText, View},
};

/// How many times longer the cleaned text may be: a short link gets its `rel`.
const GROWTH: usize = 16;
/// How often a text is cleaned until it stays as it is. One time is enough for nearly all.
const ROUNDS: usize = 4;

static TEXT: LazyLock<Builder<'static>> = LazyLock::new(Builder::empty);

static BASIC: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a", "b", "blockquote", "br", "code", "del", "em", "i", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "small",
        "strong", "sub", "sup", "u", "ul",
    ];
    let mut builder = Builder::default();
    builder
        .tags(tags.into())
        .tag_attributes(HashMap::from([("a", ["href"].into())]))
        .generic_attributes(["lang", "title"].into())
        .url_schemes(["http", "https", "mailto"].into());
    absolute(builder)
});

static RICH: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder.url_schemes(["http", "https", "mailto"].into());
    // `ammonia` does not look at the scheme of these.
    for tag in ["blockquote", "del", "ins", "q"] {
        builder.rm_tag_attributes(tag, ["cite"]);
    }
    builder.attribute_filter(|_, attribute, value| (attribute != "src" || is_web(value)).then(|| value.into()));
    absolute(builder)
});

/// Whether a URL is one of `http` or `https`, which are all that a picture may come from.
fn is_web(url: &str) -> bool {
    url.trim_ascii_start()
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

fn absolute(mut builder: Builder<'static>) -> Builder<'static> {
    builder.url_relative(UrlRelative::Deny).link_rel(Some("nofollow noopener noreferrer"));
    builder
}

/// The cleaning step `html`.
#[derive(Debug, Clone, Copy)]
pub struct Html {
    policy: Policy,
}

/// Which markup stays.
#[derive(Debug, Clone, Copy)]
enum Policy {
    Text,
    Basic,
    Rich,
    Unknown,
}

impl Html {
    /// No policy yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { policy: Policy::Unknown }
    }

    /// Which markup stays: `"text"`, `"basic"` or `"rich"`.
    #[must_use]
    pub const fn policy(self, word: &'static str) -> Self {
        let policy = if same(word, "text") {
            Policy::Text
        } else if same(word, "basic") {
            Policy::Basic
        } else if same(word, "rich") {
            Policy::Rich
        } else {
            Policy::Unknown
        };
        Self { policy }
    }

    /// The rule, once its policy is known.
    ///
    /// # Panics
    /// In const evaluation, without one of the three policies.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(
            !matches!(self.policy, Policy::Unknown),
            "`html` needs a `policy`: \"text\" (no markup), \"basic\" (emphasis, lists, links) or \"rich\" (also tables and pictures)"
        );
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("html", Leaves::Anything)))
    }

    const fn word(self) -> &'static str {
        match self.policy {
            Policy::Text | Policy::Unknown => "text",
            Policy::Basic => "basic",
            Policy::Rich => "rich",
        }
    }

    #[inline]
    fn sanitized(self, text: &str) -> Cleaned {
        let is_special = |byte| (byte == b'<') | (byte == b'>') | (byte == b'&');
        if cleaning::no_byte(text, is_special) { Cleaned::Same } else { self.settled(text) }
    }

    #[inline(never)]
    fn settled(self, text: &str) -> Cleaned {
        let builder = match self.policy {
            Policy::Text | Policy::Unknown => &TEXT,
            Policy::Basic => &BASIC,
            Policy::Rich => &RICH,
        };
        let mut clean = round(builder, text);
        for _ in 0..ROUNDS {
            let again = round(builder, &clean);
            if again == clean {
                return cleaning::replaced(text, clean);
            }
            clean = again;
        }
        // A text that never stays as it is keeps nothing.
        Cleaned::New(String::new())
    }
}

/// The text without what the policy removes; as plain text, when its markup costs too much or is not whole.
fn round(builder: &Builder<'_>, text: &str) -> String {
    if let Some(simple) = tags::simple(text) {
        let clean = builder.clean(&simple).to_string();
        if clean.len() <= text.len().saturating_mul(GROWTH) && tags::simple(&clean).is_some() {
            return clean;
        }
    }
    shown(text)
}

/// The text with its markup written as text, without a parser. No reference is written twice, so that it stays as it is.
fn shown(text: &str) -> String {
    match escaped(text) {
        Cleaned::Same => text.to_owned(),
        Cleaned::Part(part) => text.get(part).unwrap_or_default().to_owned(),
        Cleaned::New(shown) => shown,
    }
}

impl Rule for Html {
    fn code(&self) -> &'static str {
        "html"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be HTML with no markup beyond the policy `{}`", self.word())
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("policy", Parameter::Text(self.word()));
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Html {
    fn clean(&self, value: &mut T) {
        value.edit(|text| self.sanitized(text));
    }

    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(|text| self.sanitized(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        tags::{ATTRIBUTES, TAG_BYTES, TAGS, without_attributes},
        *,
    };
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    const TEXT: Html = Html::new().policy("text").seal().into_rule();
    const BASIC: Html = Html::new().policy("basic").seal().into_rule();
    const RICH: Html = Html::new().policy("rich").seal().into_rule();

    #[test]
    fn keeps_the_markup_of_the_policy() {
        let rows = [
            ("plain \"text\"\r\n", "plain \"text\"\r\n"),
            ("<b>bold</b> & <i>more", "bold &amp; more"),
            ("1 < 2", "1 &lt; 2"),
            ("<script>alert(1)</script>x<style>*{}</style>", "x"),
            ("<!-- comment -->x", "x"),
            ("&lt;b&gt;", "&lt;b&gt;"),
        ];
        check_rows(&TEXT, &rows);
        let link = "<a href=\"https://example.org/\" rel=\"nofollow noopener noreferrer\">x</a>";
        let rows = [
            ("<b>bold</b>", "<b>bold</b>"),
            ("<b>unclosed", "<b>unclosed</b>"),
            ("<a href=https://example.org/ onclick=x()>x</a>", link),
            (link, link),
            ("<a href=javascript:x()>x</a>", "<a rel=\"nofollow noopener noreferrer\">x</a>"),
            ("<a href=\"java\tscript:x()\">x</a>", "<a rel=\"nofollow noopener noreferrer\">x</a>"),
            ("<a href=/relative>x</a>", "<a rel=\"nofollow noopener noreferrer\">x</a>"),
            ("<img src=https://example.org/x.png><h1>x</h1>", "x"),
            // What is in a foreign namespace goes with its content.
            ("<svg><a xlink:href=javascript:x()>x</svg>", ""),
            ("<p style='position:fixed' class=x id=y>x</p>", "<p>x</p>"),
            ("<p title=\"a<i b\">y", "<p title=\"a&lt;i b\">y</p>"),
            ("<b title=\"1>0\">x</b>", "<b>x</b>"),
            ("x <b and more", "x &lt;b and more"),
            ("x <!-- and more", "x &lt;!-- and more"),
        ];
        check_rows(&BASIC, &rows);
        let rows = [
            ("<h1>x</h1>", "<h1>x</h1>"),
            ("<img src=https://example.org/x.png onerror=x()>", "<img src=\"https://example.org/x.png\">"),
            ("<img src=\"data:image/svg+xml,x\">", "<img>"),
            ("<iframe src=https://example.org></iframe><form><input></form>x", "x"),
            ("<img src=mailto:x>", "<img>"),
            ("<img src=\" HTTPS://example.org/x.png\">", "<img src=\" HTTPS://example.org/x.png\">"),
            ("<q cite=javascript:x()>x</q><blockquote cite=/y>x</blockquote>", "<q>x</q><blockquote>x</blockquote>"),
            ("<ins cite=data:x>x</ins><del cite=https://example.org/>x</del>", "<ins>x</ins><del>x</del>"),
        ];
        check_rows(&RICH, &rows);
    }

    const PIECES: &[&str] = &[
        "<b>", "</b>", "<p>", "</p>", "<a href=x>", "</a>", "<table>", "<td>", "</table>", "<svg>", "</svg>",
        "<math>", "<mtext>", "<mglyph>", "<style>", "</style>", "<title>", "<textarea>", "<noscript>", "<select>",
        "<option>", "<template>", "<!--", "-->", "<![CDATA[", "]]>", "<img src=x onerror=y>", "<pre>", "\n", "&lt;",
        "&amp;", "&", "\"", "'", "x", " ", "\0", "<form>", "<li>", "<ruby><rtc>", "<details>",
        "<annotation-xml encoding=text/html>", "<plaintext>", "<b title=x>", "<p title='", "'>", "<b title=\"1>0\">",
        "<b ", "<script>", "</script>", "--!>", "<q cite=x>", "<i lang=y", "<font/color=z>", "<xmp>", "<iframe>",
        "<a title=\"</style>\">", "<blockquote>", "<q>", "<h1>", "<hr>", "<col>",
    ];

    #[test]
    fn markup_that_would_grow_without_bound_is_shown_as_text() {
        let formatting = |count: usize| (0..count).map(|at| format!("<p><b title={at}>")).collect::<String>();
        assert!(cleaned(&RICH, &formatting(20)).starts_with("<p><b></b></p>"));
        for given in [formatting(500), formatting(5_000), "<div>".repeat(100_000), "<b><i><u><p>".repeat(100)] {
            assert!(cleaned(&RICH, &given).len() <= GROWTH * given.len(), "{} bytes", given.len());
        }
        assert!(cleaned(&BASIC, &"<p>".repeat(TAGS + 1)).starts_with("&lt;p&gt;&lt;p&gt;"));
    }

    #[test]
    fn a_text_of_many_references_is_not_read() {
        // Read by a parser, this takes time that grows with the square of its length.
        for rule in [&TEXT, &BASIC, &RICH] {
            assert_eq!(cleaned(rule, &"a&".repeat(500_000)), "a&amp;".repeat(500_000));
            let clean = "&lt;".repeat(TAGS + 1);
            assert_eq!(cleaned(rule, &clean), clean);
            assert_eq!(cleaned(rule, &"a>".repeat(TAGS + 1)), "a&gt;".repeat(TAGS + 1));
        }
    }

    #[test]
    fn formatting_elements_lose_their_attributes() {
        for (given, expected) in [
            ("<b title=x>y", "<b>y"),
            ("<B\ntitle='x'>y</B>", "<B>y</B>"),
            ("<b/title=x><i/>z", "<b><i>z"),
            ("<br title=x><a href=y><bx z>", "<br title=x><a href=y><bx z>"),
            ("< <b x>é< ", "< <b>é< "),
            ("<p title='<b x>'>", "<p title='<b x>'>"),
            ("<a href=\"https://x.y/?a=<b c>\">z</a>", "<a href=\"https://x.y/?a=<b c>\">z</a>"),
            ("<b title=\"1>0\" lang = '>' x='' =\">x</b y>", "<b>x</b y>"),
            ("<b x==\"y>\"<i z=>w", "<b>\"<i>w"),
            // What a parser takes for text or a comment is left alone.
            (
                "<!--<b x>--><b x><!--><b x><!-- - --!><b x><?><b x></ \"><b x>",
                "<!--<b x>--><b><!--><b><!-- - --!><b><?><b></ \"><b>",
            ),
            ("<style><b x='</STYLE x='>'><b x>", "<style><b x='</STYLE x='>'><b>"),
            ("<title></titlex></title><b x>", "<title></titlex></title><b>"),
            ("<svg><style>x</style><b x>", "<svg><style>x</style><b>"),
            ("<plaintext><b x>", "<plaintext><b x>"),
        ] {
            assert_eq!(without_attributes(given).as_deref(), Some(expected));
        }
    }

    fn as_text(markup: &str) -> String {
        markup.replace('<', "&lt;").replace('>', "&gt;")
    }

    #[test]
    fn markup_that_is_not_whole_or_not_certain_is_shown() {
        for given in [
            "<b x",
            "<p",
            "</p x",
            "<p title='x>",
            "<!-- x",
            "<!x",
            "<!--x->",
            "<?",
            "</",
            "<svg><style><b x></style>",
            "<math><![CDATA[>]]>",
            "<script><!--<script></script>",
        ] {
            assert_eq!(without_attributes(given), None, "{given}");
            for rule in [&TEXT, &BASIC, &RICH] {
                assert_eq!(cleaned(rule, given), as_text(given));
            }
        }
    }

    #[test]
    fn a_tag_that_is_too_large_is_shown() {
        // Read by a parser, this takes time that grows with the square of its length.
        let names = (0..20_000).map(|at| format!(" a{at}")).collect::<String>();
        for given in [
            format!("<p{names}>"),
            format!("<p{}>", names.replace(' ', "/")),
            format!("<!-- <p title='--><b{names}>"),
            format!("<p><a href=\"https://example.org/{}\">", "x".repeat(TAG_BYTES)),
        ] {
            for rule in [&TEXT, &BASIC, &RICH] {
                assert!(cleaned(rule, &given) == as_text(&given));
            }
        }
        assert_eq!(cleaned(&BASIC, &format!("<p{}>x", " y".repeat(ATTRIBUTES))), "<p>x</p>");
        assert_eq!(
            cleaned(&BASIC, &format!("<p{}>", " y".repeat(ATTRIBUTES + 1))),
            format!("&lt;p{}&gt;", " y".repeat(ATTRIBUTES + 1))
        );
    }

    #[test]
    fn no_text_is_lost_behind_quotes() {
        let link =
            "<a title=\"&lt;b \" href=\"https://x.y/\" rel=\"nofollow noopener noreferrer\">t</a> and then <p>more</p>";
        let given = "<a title=\"<b \" href=\"https://x.y/\">t</a> and then <p>more</p>";
        check_rows(&BASIC, &[(given, link)]);
    }

    fn markup() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn harmless_and_settled(given in prop_oneof![texts(), markup()]) {
            for rule in [TEXT, BASIC, RICH] {
                let clean = cleaned(&rule, &given).to_lowercase();
                for harm in ["<script", "<style", "<svg", "<math", "<iframe", "<form", "<!--", "<b ", "<i "] {
                    prop_assert!(!clean.contains(harm), "{}", clean);
                }
            }
        }

        #[test]
        fn text_has_no_tags(given in prop_oneof![texts(), markup()]) {
            let clean = cleaned(&TEXT, &given);
            prop_assert!(!clean.contains('<') && !clean.contains('>'), "{}", clean);
        }
    }
}
