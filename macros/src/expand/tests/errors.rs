//! Mistakes and what is said about them. Where it is said is held by the compile-fail tests.

use proc_macro2::{TokenStream, TokenTree};

use super::expand;

#[test]
fn says_what_is_wrong_and_how_to_mend_it() -> Result<(), String> {
    let mut different = Vec::new();
    for (source, messages) in CASES {
        let found = found(expand(source)?);
        if found != *messages {
            different.push(format!("{source}\n{found:#?}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    Ok(())
}

#[test]
fn what_is_wrong_still_has_its_impls() -> Result<(), String> {
    for (source, _) in CASES {
        let expanded = expand(source)?.to_string();
        let impls = ["Value for", "Listed for", "Serve < __S > for", "Mounts < __S > for", "FromCaller for"];
        assert!(impls.iter().any(|text| expanded.contains(text)), "{source}: {expanded}");
    }
    Ok(())
}

#[test]
fn refuses_other_items_and_gives_them_back() -> Result<(), String> {
    let message = "`secure` goes on a handler (`async fn`, or a struct with named fields), on an API (a unit struct) or, through `#[derive(Secure)]`, on a type";
    for source in ["#[secure(get = \"/\")] union A { a: u8 }", "#[secure(output)] enum A { B }"] {
        let expanded = expand(source)?;
        assert_eq!(found(expanded.clone()), [message], "{source}");
        assert!(expanded.to_string().contains("A {"), "{source}: {expanded}");
    }
    let expanded = expand("#[secure(get = \"/\")] struct A(u8);")?;
    let message = "a handler struct has named fields, and an API none: write `{ .. }` or remove the fields; a request or response type derives `Secure`";
    assert_eq!(found(expanded), [message]);
    Ok(())
}

#[test]
fn an_endpoint_without_the_gate_is_one_message() -> Result<(), String> {
    let message = "endpoints and APIs need the feature `gate` of palisade, or `axum` for its adapter: add it to your `Cargo.toml`";
    for source in ["async fn health() {}", "/// A shop.\npub struct Shop;"] {
        let item: TokenStream = source.parse().map_err(|error| format!("{error}"))?;
        let expanded = crate::expand::without_gate(item.clone());
        assert_eq!(found(expanded.clone()), [message], "{source}");
        assert!(expanded.to_string().starts_with(&item.to_string()), "{source}: {expanded}");
    }
    Ok(())
}

const CASES: &[(&str, &[&str])] = &[
    // Types.
    (
        "#[derive(Secure)] struct NewOrder { a: u8 }",
        &[
            "`NewOrder` ignores unknown fields: add `#[serde(deny_unknown_fields)]`, or `#[secure(ignore_unknown = \"reason\")]`; if it only leaves, `#[secure(output)]`",
        ],
    ),
    (
        "#[derive(Secure)] #[secure(ignore_unknown = \" \")] struct A { a: u8 }",
        &["`ignore_unknown`: say why, the reason is published"],
    ),
    (
        "#[derive(Secure)] #[secure(outptu, output, output)] struct A { a: u8 }",
        &[
            "`outptu` is unknown: a type says `input`, `output`, `verify`, `constructor`, `check = path`, `ignore_unknown = \"reason\"` or `crate = path`; rules go on its fields",
            "`output` is said twice: remove one",
        ],
    ),
    (
        "#[derive(Secure)] #[secure(constructor)] #[serde(deny_unknown_fields)] struct A { a: u8 }",
        &["`constructor` is for a type around one value: write `struct A(..)`, or use `Valid<A>`"],
    ),
    (
        "#[derive(Secure)] #[secure(constructor)] struct A<T>(T);",
        &["`constructor`: `A` could be made from any type: use `Valid<A<..>>`"],
    ),
    (
        "#[derive(Secure)] #[serde(tag = \"kind\", deny_unknown_fields)] enum A { B, C {}, D { e: u8 } }",
        &["`B` takes any members beside `kind`, as serde reads it: write `B {}`"],
    ),
    (
        "#[derive(Secure)] #[secure(output)] struct A { #[secure(on = Create)] a: u8 }",
        &["`on` alone says nothing: write the rules of the group beside it"],
    ),
    (
        "#[derive(Secure)] #[secure(output, verify)] struct A { a: u8 }",
        &["`verify` is about what enters: remove it, or say `input` too"],
    ),
    (
        "#[derive(Secure)] #[secure(output)] union A { a: u8 }",
        &["a union has no declared fields: write a struct or an enum"],
    ),
    (
        "#[derive(Secure)] struct A(#[secure(length(max = 1), on = Create, on = Change)] String, #[secure(each(a), check = 1, on = G)] u8);",
        &[
            "`on` is said twice: remove one",
            "`each` holds in every group: write it in an attribute without `on`",
            "`check` holds in every group: write it in an attribute without `on`",
            "`check`: write `check = path::to::function`",
        ],
    ),
    (
        "#[derive(Secure)] #[secure(output)] struct A { a: u8, #[secure(range(max = a), between(a, b = a + 1))] b: u8 }",
        &[
            "`max` is a constant, and this mentions a field: write a constant, or a rule between fields such as `less_than(field)`",
            "`b` is a constant, and this mentions a field: write a constant, or a rule between fields such as `less_than(field)`",
        ],
    ),
    (
        "#[derive(Secure)] #[secure(output, exactly_one_of(a))] struct A { #[serde(skip)] #[secure(check = f)] a: u8 }",
        &[
            "serde skips this field, so no rule ever sees it: remove `check`",
            "`a` names no field: name another field, or a constant in capitals",
        ],
    ),
    (
        "#[derive(Secure)] #[secure(output)] struct A { kind: u8, #[secure(equal_to(knd), required_if(kin == kind && !done), prefix(PART), multiple_of(STEP as i128), range(max = most))] b: u8 }",
        &[
            "`knd` names no field: did you mean `kind`?",
            "`kin` names no field: did you mean `kind`?",
            "`done` names no field: name another field, or a constant in capitals",
        ],
    ),
    (
        "#[derive(Secure)] #[secure(output)] struct A { a: u8, #[secure(equal_to(f))] b: u8 }",
        &["`f` names no field: name another field, or a constant in capitals"],
    ),
    ("#[derive(Secure)] #[secure(output)] struct A;", &["`A` is `null` on the wire: write `struct A {}`"]),
    ("#[derive(Secure)] enum A {}", &["`A` has no variants, so no value is ever accepted: add one"]),
    (
        "#[derive(Secure)] #[secure(output)] struct A<T> { #[secure(length(max = T::MAX))] a: T }",
        &["a rule argument cannot mention `T`: write a constant"],
    ),
    (
        "#[derive(Secure)] #[secure(output)] struct A { #[serde(skip)] #[secure(trim)] a: String }",
        &["serde skips this field, so no rule ever sees it: remove the rule"],
    ),
    (
        "#[derive(Secure)] #[secure(output)] struct A { #[secure(each, unchecked = \"\")] a: String }",
        &[
            "`each`: write the rules in parentheses, as in `each(length(max = 24))`",
            "`unchecked`: say why, the reason is published",
        ],
    ),
    // One broken entry does not hide the others.
    (
        "#[derive(Secure)] #[secure(output)] struct A { #[secure(length(max =), 3, unchecked = 4)] a: String }",
        &[
            "expected identifier: an entry is `word`, `word(..)` or `word = value`",
            "unexpected end of input, expected an expression: an argument is `value` or `name = value`",
            "`unchecked`: write a string literal, as in `unchecked = \"reason\"`",
        ],
    ),
    // Where an expression would stand, and the words of other derives.
    (
        "#[derive(Secure)] #[secure(output)] struct A { #[secure(owner)] a: u8, #[secure(visible(owner || role(R)))] b: u8, #[secure(visible(!owner))] c: u8 }",
        &[
            "expected `,`: write `&&`, `||` and `!` behind `allow = `",
            "expected identifier: write `&&`, `||` and `!` behind `allow = `",
            "`visible`: say who, as in `visible(role = Role::Support)`",
        ],
    ),
    (
        "#[derive(Secure)] #[secure(output)] struct A { #[secure(dive, skip)] a: u8, #[secure(inner(length(max = 9)), custom(f), message = \"b\")] b: Vec<u8> }",
        &[
            "`dive`: a declared type is checked without a word: remove this",
            "`skip`: a type that bounds itself needs no word: remove this, or write `unchecked = \"reason\"`",
            "`inner`: write `each(..)`; on a map, `keys(..)` and `values(..)`",
            "`custom`: write `check = path::to::function`",
            "`message`: a rule has words and a code of its own: for yours, write `check = ..` and an `Invariant`",
        ],
    ),
    // Catalogues.
    (
        "#[derive(Callers)] #[secure(title = \"x\")] enum Buyer { Person, Job(User, Machine), Other { a: User } }",
        &[
            "an enum of callers says `crate = path` or nothing",
            "`Person` is not around one caller: write `Person(User)`, or another",
            "`Job` is not around one caller: write `Job(User)`, or another",
            "`Other` is not around one caller: write `Other(User)`, or another",
        ],
    ),
    (
        "#[derive(Callers)] enum Nobody<T> {}",
        &[
            "callers of several kinds are an enum without generics",
            "nobody is a caller of this enum: add a variant, as in `Person(User)`",
        ],
    ),
    ("#[derive(Scopes)] enum Scope { OrdersRead }", &["`OrdersRead` has no name: write `#[secure(\"orders:read\")]`"]),
    (
        "#[derive(Roles)] enum Role { #[secure(\"a\", implies(Missing))] A(u8), #[secure(\"b\")] B = 4 }",
        &[
            "`A` carries data: a catalogue is an enum without fields",
            "`Role` has no variant `Missing`",
            "entries are counted in order: remove the discriminant",
        ],
    ),
    // Handlers.
    ("#[secure(get = \"/\", public = \"x\")] fn a() {}", &["handlers are `async fn`"]),
    (
        "#[secure(get = \"/\", public = \"x\")] async fn a<T>(x: impl Copy, y: &str) -> impl Copy {}",
        &[
            "a handler cannot be generic: write the types out, the document needs them",
            "write the type out: the document needs it",
            "a handler takes and returns owned values: remove the borrow",
            "write the type out: the document needs it",
        ],
    ),
    ("#[secure(public = \"x\")] async fn a() {}", &["`a` has no method and path: add them, as in `get = \"/orders\"`"]),
    (
        "#[secure(get = \"/\", put = \"/\", public = \"\", allow = a)] async fn a() {}",
        &[
            "an endpoint has one method and path: write another handler",
            "`public`: say why, the reason is published",
            "`public` excludes `allow`: remove one",
        ],
    ),
    (
        "#[secure(get = \"/{id}/{id}/{*rest}/a{b}\", object(other: Order), open(id, \"\"))] async fn a() {}",
        &[
            "`open`: say why, the reason is published",
            "`{id}` is in the path twice: give each parameter a name of its own",
            "`{*rest}` matches any depth: name each segment",
            "`a{b}` is no parameter: a segment is a text or one `{name}`",
        ],
    ),
    ("#[secure(get = \"/\", open(id, \"x\"))] async fn a() {}", &["the path has no `{id}`: add it, or remove this"]),
    (
        "#[secure(get = \"/:id\")] async fn a() {}",
        &["`:id` is no segment that a request can have: write a parameter as `{name}`"],
    ),
    (
        "#[secure(get = \"/a//b\")] async fn a() {}",
        &["`` is no segment that a request can have: write one `/` between segments"],
    ),
    (
        "#[secure(get = \"/a/../b\")] async fn a() {}",
        &[
            "`..` is no segment that a request can have: clients resolve it before they send; write the path that is meant",
        ],
    ),
    (
        "#[secure(get = \"/a?b\")] async fn a() {}",
        &["`a?b` is no segment that a request can have: write letters, digits and `-._~!$&'()*+,;=:@`"],
    ),
    ("#[secure(get = \"orders/{id}\")] async fn a() {}", &["a path starts with `/`: write `\"/orders/{id}\"`"]),
    (
        "#[secure(get = \"/{id}\")] async fn a() {}",
        &["`{id}` is bound to nothing: add `object(id: Type)`, or `open(id, \"reason\")`"],
    ),
    (
        "#[secure(get = \"/{id}\", object(id: A), open(id, \"x\"))] async fn a() {}",
        &["`id` is bound twice: remove one"],
    ),
    (
        "#[secure(get = \"/\", allow = a && 3 || b + c)] async fn a() {}",
        &[
            "`allow` is built from `&&`, `||`, `!`, controls such as `scope(..)` and paths to your own predicates",
            "`allow` is built from `&&`, `||`, `!`, controls such as `scope(..)` and paths to your own predicates",
        ],
    ),
    // Handler structs.
    (
        "#[secure(get = \"/\", public = \"x\")] struct A<T> where T: Copy { #[secure(query)] a: T }",
        &["a handler cannot be generic: write the types out, the document needs them"],
    ),
    (
        "#[secure(title = \"a\")] struct Shop {}",
        &[
            "`Shop` has no method and path: add them, as in `get = \"/orders\"`; an API is a unit struct, and a request or response type derives `Secure`",
        ],
    ),
    (
        "#[secure(get = \"/\", public = \"x\")] struct A { #[secure(qurey)] a: u8, #[secure(length(max = 1))] b: String, #[secure(each(trim))] c: Vec<String> }",
        &[
            "`qurey` does not say where `a` comes from: write `path`, `query`, `header`, `cookie` or `body`, then the rules",
            "`length` does not say where `b` comes from: write `path`, `query`, `header`, `cookie` or `body`, then the rules",
            "`c` comes from nowhere: write `path`, `query`, `header`, `cookie` or `body`, then the rules",
        ],
    ),
    (
        "#[secure(get = \"/\", public = \"x\")] struct A { #[secure(query, header = \"B\")] a: u8, #[secure(query = 3)] b: u8, #[secure(query(name = \"c\"))] c: u8 }",
        &[
            "a field comes from one place: remove `header`",
            "`query`: write a string literal, as in `query = \"name\"`",
            "`query`: write `query = \"name\"`",
        ],
    ),
    (
        "#[secure(post = \"/\", public = \"x\")] struct A { #[secure(body)] a: B, #[secure(body)] b: B, #[secure(body = \"c\", length(max = 1))] c: B }",
        &[
            "the body has no name: write `body`",
            "the rules of a body are said by its type: move this there",
            "`a` is the body already: a request has one",
            "`b` is the body already: a request has one",
        ],
    ),
    (
        "#[secure(get = \"/\", public = \"x\")] struct A { #[secure(query = \"b\")] a: u8, #[secure(query)] b: u8, #[secure(header = \"X-Y\")] c: u8, #[secure(header)] x_y: u8 }",
        &["`a` is `b` of the query already: name another", "`c` is `x-y` of the header already: name another"],
    ),
    (
        "#[secure(get = \"/{id}/{x}/{y}\", object(id: Order), open(x, \"x\"), open(y, \"y\"))] struct A { #[secure(path)] id: u8, #[secure(path)] x: u8, #[secure(path)] z: u8 }",
        &[
            "`{id}` names an object: take it as `Authorized<Order>`, without a place",
            "the path has no `{z}`: add it, and `open(z, \"reason\")`",
            "no field takes `{y}`: add one with `#[secure(path)]`, as for the others",
        ],
    ),
    (
        "#[secure(get = \"/{x}\", public = \"x\")] struct A { #[secure(path)] x: u8 }",
        &["`{x}` is bound to nothing: add `object(x: Type)`, or `open(x, \"reason\")`"],
    ),
    (
        "#[secure(get = \"/\", public = \"x\")] #[serde(deny_unknown_fields)] struct A { #[cfg(test)] a: Caller, #[secure(query)] #[serde(flatten)] b: B }",
        &[
            "`deny_unknown_fields` is for types: a handler struct takes `rename_all` alone",
            "a field of a request cannot be conditional: put `cfg` on two structs",
            "a field with a place stands there under its name: remove serde's `flatten` or `skip`",
        ],
    ),
    (
        "#[secure(get = \"/\", public = \"x\")] struct A { a: Caller, #[secure(query)] b: u8, #[secure(header, equal_to(bb), each(less_than(b)))] c: Vec<u8>, #[secure(query, required, on = Create)] d: u8 }",
        &[
            "a handler struct has one purpose: remove `on`",
            "`bb` names no field: did you mean `b`?",
            "a rule on what a field holds is about that place: mention fields of its own place, or write a function: `check = path` beside the method",
        ],
    ),
    (
        "#[secure(get = \"/\", public = \"x\", check = f)] async fn a() {}",
        &["`check` sees a request as a whole: write a handler struct, or `check` on a type"],
    ),
    // APIs.
    (
        "#[secure(auth(oauth2))] struct Shop;",
        &[
            "an API has a title: add `title = \"Shop\"`",
            "an API has a version: add `version = \"1.0.0\"`",
            "an API has endpoints: add `endpoints(..)` with the names of the handlers",
        ],
    ),
    (
        "#[secure(title = \"a\", title = \"b\", version = \"1\", default(public = \"x\"), endpoints())] struct Shop;",
        &["`title` is said twice: remove one", "`public` is said by each endpoint: move it there"],
    ),
    (
        "#[secure(titel = \"a\", version = \"1\", endpoints())] struct Shop;",
        &[
            "`titel` is unknown: an API is made of `title`, `version`, `auth(..)`, `scopes`, `roles`, `default(..)`, `endpoints(..)` and `crate`",
        ],
    ),
];

/// The texts of every `compile_error!`, in order.
fn found(tokens: TokenStream) -> Vec<String> {
    let mut messages = Vec::new();
    let mut is_error = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => is_error = ident == "compile_error",
            TokenTree::Group(group) if is_error => {
                messages.extend(syn::parse2::<syn::LitStr>(group.stream()).map(|text| text.value()));
            }
            TokenTree::Group(group) => messages.extend(found(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    messages
}
