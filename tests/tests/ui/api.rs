//! What an API's attribute says, judged by the macro.

use palisade::prelude::*;

#[secure(version = "1.0.0", endpoints())]
struct Untitled;

#[secure(title = "Shop", endpoints())]
struct Unversioned;

#[secure(title = "Shop", version = "1.0.0")]
struct Empty;

#[secure(title = "Shop", version = "1.0.0", endpoint(), endpoints())]
struct Misspelt;

#[secure(title = "Shop", title = "Store", version = "1.0.0", endpoints())]
struct Twice;

#[secure(title = "Shop", version = "1.0.0", auth(house::keys), endpoints())]
struct SchemeByPath;

#[secure(title = "Shop", version = "1.0.0", default(public = "all of it"), endpoints())]
struct PublicByDefault;

#[secure(title = "", version = "1.0.0", endpoints())]
struct EmptyTitle;

#[secure(title = "E", version = "", endpoints())]
struct EmptyVersion;

fn main() {}
