//! Whether `htu` is the address of the request (RFC 9449, section 4.3), compared as RFC 3986, section 6.2, normalizes.

use super::PublicOrigin;

/// Whether `htu` names this path of this origin. Query and fragment are no part of it.
pub(super) fn names(htu: &str, origin: &PublicOrigin, path: &str) -> bool {
    let Some((named, rest)) = PublicOrigin::split(htu) else { return false };
    let named_path = rest.split(['?', '#']).next().unwrap_or_default();
    named == *origin && normalized(rooted(named_path)).eq(normalized(rooted(path)))
}

/// An address without a path has the shortest.
const fn rooted(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

/// One character of a path.
#[derive(PartialEq, Eq)]
enum Character {
    Plain(u8),
    Encoded(u8),
}

/// The characters of a path, where what needs no encoding has none. Segments like `..` are no shorter way here: routes do not
/// take them either, so that none can stand for another.
fn normalized(path: &str) -> impl Iterator<Item = Character> {
    let mut rest = path.bytes();
    std::iter::from_fn(move || {
        let byte = rest.next()?;
        let mut ahead = rest.clone();
        let Some(encoded) = (byte == b'%').then(|| octet(&mut ahead)).flatten() else {
            return Some(Character::Plain(byte));
        };
        rest = ahead;
        Some(if is_unreserved(encoded) { Character::Plain(encoded) } else { Character::Encoded(encoded) })
    })
}

/// The byte that two hexadecimal digits say.
fn octet(digits: &mut impl Iterator<Item = u8>) -> Option<u8> {
    let mut digit = || char::from(digits.next()?).to_digit(16);
    u8::try_from(digit()? * 16 + digit()?).ok()
}

/// RFC 3986, section 2.3.
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(htu: &str, path: &str, expected: bool) {
        let origin = PublicOrigin::new("https://api.shop.example").unwrap();
        assert_eq!(names(htu, &origin, path), expected, "{htu} {path}");
    }

    #[test]
    fn rule_57_the_address_is_normalized_before_it_is_compared() {
        for htu in [
            "https://api.shop.example/orders/a-1",
            "HTTPS://API.Shop.Example/orders/a-1",
            "https://api.shop.example:443/orders/a-1",
            "https://api.shop.example:/orders/a-1",
            "https://api.shop.example/orders/a-1?page=2",
            "https://api.shop.example/orders/a-1#top",
            "https://api.shop.example/orders/a-1?page=2#top",
            "https://api.shop.example/orders/%61-1",
            "https://api.shop.example/orders/a%2d1",
            "https://api.shop.example/%6Frders/a%2D1",
        ] {
            check(htu, "/orders/a-1", true);
        }
        check("https://api.shop.example", "/", true);
        check("https://api.shop.example?x=/", "/", true);
        check("https://api.shop.example/a%2fb%C3%a4", "/a%2Fb%c3%A4", true);
    }

    #[test]
    fn rule_57_another_address_is_refused() {
        for htu in [
            "",
            "/orders/a-1",
            "//api.shop.example/orders/a-1",
            "http://api.shop.example/orders/a-1",
            "http://api.shop.example:443/orders/a-1",
            "https://api.shop.example:8443/orders/a-1",
            "https://shop.example/orders/a-1",
            "https://api.shop.example.evil.example/orders/a-1",
            "https://api.shop.example./orders/a-1",
            "https://evil@api.shop.example/orders/a-1",
            "https://api.shop.example@evil.example/orders/a-1",
            "https://api.shop.example\\@evil.example/orders/a-1",
            "https://api.shop.example/orders/a-1/",
            "https://api.shop.example//orders/a-1",
            "https://api.shop.example/Orders/a-1",
            "https://api.shop.example/orders/x/../a-1",
            "https://api.shop.example/orders%2Fa-1",
            "https://api.shop.example/orders/a-%31%",
            "https://api.shop.example/orders/a-1 ",
            " https://api.shop.example/orders/a-1",
            "https://api.shop.example?/orders/a-1",
        ] {
            check(htu, "/orders/a-1", false);
        }
        check("https://api.shop.example/a/b", "/a%2Fb", false);
        check("https://api.shop.example/a%252Fb", "/a%2Fb", false);
        check("https://api.shop.example/%zz", "/%ZZ", false);
    }

    #[test]
    fn rule_58_the_origin_is_the_configured_one_with_its_port() {
        let origin = PublicOrigin::new("http://127.0.0.1:8080").unwrap();
        assert!(names("http://127.0.0.1:8080/a", &origin, "/a"));
        assert!(!names("http://127.0.0.1/a", &origin, "/a"));
        assert!(!names("http://localhost:8080/a", &origin, "/a"));
    }

    proptest::proptest! {
        #[test]
        fn any_path_names_itself_and_no_text_makes_it_panic(path in "/[!-~]{0,40}", htu: String) {
            let origin = PublicOrigin::new("https://api.shop.example").unwrap();
            let path = path.replace(['?', '#'], "");
            let named = format!("https://api.shop.example{path}");
            proptest::prop_assert!(names(&named, &origin, &path), "{}", named);
            let _ = names(&htu, &origin, &path);
        }
    }
}
