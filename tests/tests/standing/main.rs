//! Whether a credential stands: what its issuer says of it, what a list says that was withdrawn, and for how long that is
//! believed.

mod introspector;
mod opaque;
mod redis;
mod redis_server;
mod remembered;
mod revocation;
mod world;
