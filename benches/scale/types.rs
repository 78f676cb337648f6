//! What 200 request types of eight fields and 200 handlers cost to build, against serde and axum alone.
//!
//! The last crate is built, everything it depends on being there. `serde` decodes and mounts with axum, unchecked. `types`
//! derives `Secure` as well, and checks by hand what was decoded. `whole` is Palisade from end to end: access, rates, rules,
//! the router and the document. What counts is processor time, since other work hits it less than the clock on the wall.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const TYPES: usize = 200;
const ROUNDS: usize = 3;

const VARIANTS: [(&str, &str); 3] =
    [("serde", "serde and axum"), ("types", "... with `Secure` derived"), ("whole", "Palisade, the document included")];

/// What is built, and the arguments that ask for it.
const BUILDS: [(&str, &[&str]); 3] =
    [("`cargo check`", &["check"]), ("debug build", &["build"]), ("release build", &["build", "--release"])];

pub fn measure() {
    let crate_path = generate();
    println!(
        "\n| {TYPES} types and handlers | | processor time, least of {ROUNDS} | × | stripped KiB |\n|---|---|---|---|---|"
    );
    for (build, arguments) in BUILDS {
        // The first run builds what the crate depends on.
        seconds(&crate_path, arguments, "serde");
        let mut least = VARIANTS.map(|_| f64::INFINITY);
        let mut sizes = VARIANTS.map(|_| None);
        // In turn, so that whatever else the machine does hits all of them alike.
        for _ in 0..ROUNDS {
            for (at, (variant, _)) in VARIANTS.iter().enumerate() {
                least[at] = least[at].min(seconds(&crate_path, arguments, variant));
                sizes[at] = size(&crate_path, arguments);
            }
        }
        for (at, (_, name)) in VARIANTS.iter().enumerate() {
            let size = sizes[at].map_or(String::new(), |bytes| (bytes / 1024).to_string());
            println!("| {build} | {name} | {:.2} s | {:.2} | {size} |", least[at], least[at] / least[0]);
        }
    }
}

/// Seconds of processor time, in user mode, that building the crate alone takes.
fn seconds(crate_path: &Path, arguments: &[&str], variant: &str) -> f64 {
    let source = crate_path.join("src/main.rs");
    let text = fs::read(&source).expect("the generated crate");
    fs::write(&source, text).expect("a writable target directory");
    let before = user_seconds_of_children();
    let status = Command::new("cargo")
        .args(arguments)
        .args(["--quiet", "--features", variant])
        .current_dir(crate_path)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", crate_path.join("target"))
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the generated crate builds");
    user_seconds_of_children() - before
}

/// What the system counted for all processes that ended: the 16th field of proc(5)'s `stat`, in hundredths of a second.
fn user_seconds_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(')').expect("a name in parentheses");
    let ticks: f64 = fields.split_whitespace().nth(13).and_then(|field| field.parse().ok()).expect("a number");
    ticks / 100.0
}

/// How large the program is that was built, without its symbols.
fn size(crate_path: &Path, arguments: &[&str]) -> Option<u64> {
    let profile = match arguments {
        ["check"] => return None,
        ["build"] => "debug",
        _ => "release",
    };
    let (program, stripped) = (crate_path.join("target").join(profile).join("types"), crate_path.join("stripped"));
    let status = Command::new("strip").arg("-o").arg(&stripped).arg(program).status().ok()?;
    status.success().then(|| fs::metadata(stripped).ok().map(|file| file.len())).flatten()
}

fn generate() -> PathBuf {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let target = env::current_exe().expect("the path of this program");
    let crate_path = target.parent().expect("a directory").join("two-hundred-types");
    fs::create_dir_all(crate_path.join("src")).expect("a writable target directory");
    fs::write(crate_path.join("Cargo.toml"), MANIFEST.replace("RUNTIME", &format!("{runtime:?}")))
        .expect("a writable target directory");
    fs::write(crate_path.join("src/main.rs"), source()).expect("a writable target directory");
    crate_path
}

fn source() -> String {
    let each = |part: &str| (0..TYPES).map(|number| part.replace("NUMBER", &number.to_string())).collect::<String>();
    format!(
        "{}{}",
        each(TYPE),
        MAIN.replace("ROUTES", &each("        .route(\"/thing-NUMBER\", axum::routing::post(tNUMBER::place))\n"))
            .replace("ENDPOINTS", &each("tNUMBER::place, "))
    )
}

const MANIFEST: &str = r#"[workspace]

[package]
name = "types"
version = "0.1.0"
edition = "2024"

[features]
serde = []
types = []
whole = []

[dependencies]
palisade = { path = RUNTIME }
axum = { version = "0.8", default-features = false, features = ["http1", "http2", "json", "tokio"] }
serde = { version = "1", features = ["derive"] }
tokio = { version = "1", default-features = false, features = ["macros", "net", "rt"] }

[profile.release]
debug = false
"#;

const TYPE: &str = r#"
mod tNUMBER {
    use serde::Deserialize;
    #[cfg(any(feature = "types", feature = "whole"))]
    use palisade::prelude::*;

    /// A thing.
    #[derive(Deserialize)]
    #[cfg_attr(any(feature = "types", feature = "whole"), derive(Secure))]
    #[serde(deny_unknown_fields)]
    pub struct Thing {
        #[cfg_attr(any(feature = "types", feature = "whole"), secure(trim, length(min = 1, max = 64)))]
        pub title: String,
        #[cfg_attr(any(feature = "types", feature = "whole"), secure(pattern("[A-Z]{3}-[0-9]{4,8}")))]
        pub sku: String,
        #[cfg_attr(any(feature = "types", feature = "whole"), secure(email))]
        pub contact: String,
        #[cfg_attr(any(feature = "types", feature = "whole"), secure(range(min = 1, max = 1_000)))]
        pub quantity: u32,
        #[cfg_attr(any(feature = "types", feature = "whole"), secure(range(min = 1, max = 10_000_000)))]
        pub unit_price: u64,
        #[cfg_attr(any(feature = "types", feature = "whole"), secure(length(max = 500)))]
        pub note: Option<String>,
        #[cfg_attr(any(feature = "types", feature = "whole"), secure(length(max = 10), each(length(min = 1, max = 24))))]
        pub tags: Vec<String>,
        pub urgent: bool,
    }

    impl Thing {
        fn text(&self) -> String {
            let Self { title, sku, contact, quantity, unit_price, note, tags, urgent } = self;
            let note = note.as_deref().unwrap_or_default();
            format!("{title}{sku}{contact}{quantity}{unit_price}{note}{}{urgent}", tags.len())
        }
    }

    #[cfg(feature = "serde")]
    pub async fn place(axum::Json(thing): axum::Json<Thing>) -> axum::http::StatusCode {
        std::hint::black_box(thing.text());
        axum::http::StatusCode::NO_CONTENT
    }

    #[cfg(feature = "types")]
    pub async fn place(axum::Json(mut thing): axum::Json<Thing>) -> axum::http::StatusCode {
        if !palisade::value::examine(&mut thing).is_empty() {
            return axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        }
        std::hint::black_box(thing.text());
        axum::http::StatusCode::NO_CONTENT
    }

    /// Places a thing.
    #[cfg(feature = "whole")]
    #[secure(id = "place-NUMBER", post = "/thing-NUMBER", scope = crate::Scope::Write, rate = "60/min per caller")]
    pub async fn place(Json(thing): Json<Thing>) -> NoContent {
        std::hint::black_box(thing.text());
        NoContent
    }
}
"#;

const MAIN: &str = r#"
#[cfg(not(feature = "whole"))]
fn app() -> axum::Router {
    axum::Router::new()
ROUTES}

#[cfg(feature = "whole")]
mod api {
    use super::*;
    use palisade::{auth::{Algorithm, Key, Keys, Secret}, prelude::*};

    /// What a token may be good for.
    #[derive(Scopes)]
    pub enum Scope {
        /// Write.
        #[secure("write")]
        Write,
    }

    /// The API.
    #[secure(title = "Things", version = "1.0.0", auth(oauth2), scopes = Scope, endpoints(ENDPOINTS))]
    pub struct Things;

    pub async fn app() -> axum::Router {
        let key = Key::hmac(Algorithm::Hs256, &Secret::new([7; 32])).expect("a key").named("key");
        let tokens = Tokens::issuer("https://id.example").audience("https://api.example").keys(Keys::new([key]).expect("a key set"));
        let gate = Gate::builder().bearer(tokens).limiter(Limiter::memory()).audit(Audit::tracing());
        std::hint::black_box(Things::openapi(&Deployment::at("https://api.example")));
        Things::router(gate.build().await.expect("the gate has all it needs"))
    }
}
#[cfg(feature = "whole")]
pub use api::Scope;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    #[cfg(not(feature = "whole"))]
    let app = app();
    #[cfg(feature = "whole")]
    let app = api::app().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    axum::serve(listener, app).await.expect("a server");
}
"#;
