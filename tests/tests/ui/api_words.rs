//! Words of an API in the wrong form.

use palisade::prelude::*;

#[secure(title = NAME, version = "1.0.0", endpoints())]
struct TitleByName;

#[secure(title = "Shop", version = "1.0.0", auth = "oauth2", endpoints())]
struct SchemesAsText;

#[secure(title = "Shop", version = "1.0.0", scopes = "Scope", endpoints())]
struct ScopesAsText;

#[secure(title = "Shop", version = "1.0.0", endpoints[])]
struct EndpointsInBrackets;

#[secure(title = "Shop", version = "1.0.0", endpoints = Vec)]
struct EndpointsByName;

#[secure(title = "Shop", version = "1.0.0", endpoints("orders"))]
struct EndpointAsText;

fn main() {}
