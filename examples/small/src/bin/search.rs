//! What enters beside a body: a query with lists and an object, header fields and cookies, each as a declared type.

use palisade::{prelude::*, value::from_texts};

/// What is searched for.
#[derive(Debug, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Search {
    /// `?tag=new&tag=sale`
    #[serde(default)]
    #[secure(length(max = 5), each(length(min = 1, max = 24)))]
    tag: Vec<String>,
    /// `?orderIds=1,2,3`
    #[secure(style = comma_separated, length(max = 20))]
    order_ids: Option<Vec<u32>>,
    /// `?price[from]=5&price[to]=10`
    #[secure(style = deep_object)]
    price: Option<Price>,
}

/// From what to what.
#[derive(Debug, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Price {
    #[secure(less_than(to))]
    from: u32,
    to: u32,
}

/// Who sends it again, and how often.
#[derive(Debug, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Attempt {
    #[serde(rename = "X-Attempt")]
    #[secure(range(max = 9))]
    attempt: Option<u8>,
}

/// What the browser remembers.
#[derive(Debug, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Preferences {
    #[secure(one_of(["light", "dark"]))]
    theme: Option<String>,
}

/// Finds orders.
#[secure(get = "/orders", public = "the example has no callers", rate = "60/min per ip")]
async fn orders(search: Query<Search>, attempt: Headers<Attempt>, preferences: Cookies<Preferences>) -> NoContent {
    println!("{search:?} {attempt:?} {preferences:?}");
    NoContent
}

/// The orders of a shop.
#[secure(title = "Orders", version = "1.0.0", endpoints(orders))]
struct Orders;

fn main() {
    let document = Orders::openapi(&Deployment::at("https://orders.example")).to_value();
    for parameter in document["paths"]["/orders"]["get"]["parameters"].as_array().into_iter().flatten() {
        println!("{} in {}, style {}", parameter["name"], parameter["in"], parameter["style"]);
    }
    // The same rules without a request.
    match from_texts::<Search>([("price[from]", "10"), ("price[to]", "5"), ("tag", ""), ("limit", "1")]) {
        Ok(search) => println!("{:?}", search.into_inner()),
        Err(report) => println!("{report}"),
    }
}
