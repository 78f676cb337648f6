//! A real `OpenID` provider at one end, a real server of ours at the other.

mod api;
#[expect(dead_code, reason = "the tests of TLS ask it for more")]
#[path = "../tls/authority.rs"]
mod authority;
#[expect(dead_code, reason = "the attacks ask it for more")]
#[path = "../attacks/client.rs"]
mod client;
mod dpop;
mod holder;
mod issuer;
#[path = "../attacks/log.rs"]
mod log;
mod op;
mod opaque;
mod redis;
mod revocation;
mod tls;
#[path = "../tls/client.rs"]
mod tls_client;
mod tokens;
mod world;
