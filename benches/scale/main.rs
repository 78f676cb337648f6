//! What Palisade costs when an application is built. Crates are generated, and built in several ways.
//!
//! `types` are 200 request types and handlers, of `types.rs`. `endpoints` is an API of 1,000 endpoints, checked in four ways.
//! All four hold the same 1,000 endpoints and 250 request types. `alone` lists them nowhere. `tens` lists them in 100 APIs
//! of ten: everything is proved and mounted, and nothing is large. `unproved` lists them in one API that is written as the
//! macro would write it, but without its proofs. `whole` lists them in one API. So `whole` less `unproved` is what the
//! whole-API checks cost, and `whole` less `alone` is all that an API costs.

mod types;

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// Each has four endpoints and one request type.
const RESOURCES: usize = 250;
const ROUNDS: usize = 3;

const VARIANTS: [(&str, &str); 4] = [
    ("alone", "listed nowhere"),
    ("tens", "listed in 100 APIs of ten"),
    ("unproved", "listed in one API, without its proofs"),
    ("whole", "listed in one API"),
];

fn main() {
    let wanted = env::args().nth(1).unwrap_or_default();
    if "types".contains(&wanted) {
        types::measure();
    }
    if "endpoints".contains(&wanted) {
        thousand_endpoints();
    }
}

fn thousand_endpoints() {
    let crate_path = generate();
    // The first run builds what the crate depends on.
    check(&crate_path, "alone");
    let mut seconds = VARIANTS.map(|_| Vec::new());
    // In turn, so that whatever else the machine does hits all of them alike.
    for _ in 0..ROUNDS {
        for (times, (variant, _)) in seconds.iter_mut().zip(VARIANTS) {
            times.push(check(&crate_path, variant));
        }
    }
    println!("\n| `cargo check`, 1,000 endpoints | fastest of {ROUNDS} | median |\n|---|---|---|");
    for (times, (_, name)) in seconds.iter_mut().zip(VARIANTS) {
        times.sort_by(f64::total_cmp);
        println!("| {name} | {:.1} s | {:.1} s |", times[0], times[ROUNDS / 2]);
    }
}

/// Wall seconds of checking the crate alone, everything it depends on being there.
fn check(crate_path: &Path, variant: &str) -> f64 {
    let source = crate_path.join("src/lib.rs");
    let text = fs::read(&source).expect("the generated crate");
    fs::write(&source, text).expect("a writable target directory");
    let start = Instant::now();
    let status = Command::new("cargo")
        .args(["check", "--quiet", "--features", variant])
        .current_dir(crate_path)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", crate_path.join("target"))
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the generated crate checks");
    start.elapsed().as_secs_f64()
}

fn generate() -> PathBuf {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let target = env::current_exe().expect("the path of this program");
    let crate_path = target.parent().expect("a directory").join("thousand-endpoints");
    fs::create_dir_all(crate_path.join("src")).expect("a writable target directory");
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"scale\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [features]\nalone = []\ntens = []\nunproved = []\nwhole = []\n\n\
         [dependencies]\npalisade = {{ path = {runtime:?} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n"
    );
    fs::write(crate_path.join("Cargo.toml"), manifest).expect("a writable target directory");
    fs::write(crate_path.join("src/lib.rs"), source()).expect("a writable target directory");
    crate_path
}

fn source() -> String {
    let mut text = String::from(CATALOGUES);
    for number in 0..RESOURCES {
        text.push_str(&RESOURCE.replace("NUMBER", &number.to_string()));
    }
    for (at, numbers) in (0..RESOURCES).collect::<Vec<_>>().chunks(5).enumerate() {
        // Two APIs of ten: the first two endpoints of each resource, and the other two.
        api(&mut text, "tens", &format!("Reading{at}"), numbers, &["list", "place"]);
        api(&mut text, "tens", &format!("Writing{at}"), numbers, &["read", "cancel"]);
    }
    let all: Vec<usize> = (0..RESOURCES).collect();
    let handlers = ["list", "place", "read", "cancel"];
    api(&mut text, "whole", "Whole", &all, &handlers);
    text.push_str(&unproved(&endpoints(&all, &handlers)));
    text
}

fn endpoints(numbers: &[usize], handlers: &[&str]) -> Vec<String> {
    let of = |number| handlers.iter().map(move |handler| format!("r{number}::{handler}_{number}"));
    numbers.iter().flat_map(|number| of(*number)).collect()
}

fn api(text: &mut String, feature: &str, name: &str, numbers: &[usize], handlers: &[&str]) {
    let written = write!(
        text,
        "\n#[cfg(feature = \"{feature}\")]\n#[secure(title = \"{name}\", version = \"1.0.0\", auth(oauth2), scopes = Scope, \
         roles = Role, default(rate = \"600/min per caller\"), endpoints({}))]\npub struct {name};\n",
        endpoints(numbers, handlers).join(", ")
    );
    written.expect("writing to a text cannot fail");
}

/// The API as `#[secure(..)]` writes it, less the proofs. It follows `macros/src/emit/api.rs`.
fn unproved(endpoints: &[String]) -> String {
    let each = |part: &dyn Fn(usize, &String) -> String| -> String {
        endpoints.iter().enumerate().map(|(at, path)| part(at, path)).collect()
    };
    UNPROVED
        .replace("NAMES", &each(&|at, path| format!("    use {path} as E{at};\n")))
        .replace("CONSTANTS", &each(&|at, _| format!("    const P{at}: &Endpoint = <E{at} as Annotated>::POLICY;\n")))
        .replace("POLICIES", &each(&|at, _| format!("P{at},")))
        .replace("BOUNDS", &each(&|at, _| format!("        E{at}: Serve<S>,\n")))
        .replace("MOUNTED", &each(&|at, _| format!("            mount.endpoint::<E{at}>(P{at});\n")))
}

const UNPROVED: &str = r#"
#[cfg(feature = "unproved")]
pub struct Unproved;

#[cfg(feature = "unproved")]
const _: () = {
    use palisade::__private::{Annotated, AnyState, Api, ApiPolicy, Endpoint, Mount, Mounts, Roles, Scopes, Serve, schemes};
NAMES
CONSTANTS
    static API: ApiPolicy = ApiPolicy::new("Unproved", "1.0.0")
        .schemes(&[schemes::oauth2().seal()])
        .scopes(<Scope as Scopes>::SCOPES)
        .roles(<Role as Roles>::ROLES)
        .endpoints(&[POLICIES]);
    impl Api for Unproved {
        const POLICY: &'static ApiPolicy = &API;
    }
    impl<S: AnyState> Mounts<S> for Unproved
    where
BOUNDS
    {
        fn mount<M: Mount<S>>(mount: &mut M) {
MOUNTED
        }
    }
};
"#;

const CATALOGUES: &str = r#"//! Generated.
use palisade::prelude::*;

#[derive(Scopes)]
pub enum Scope {
    #[secure("read")]
    Read,
    #[secure("write")]
    Write,
}

#[derive(Roles)]
pub enum Role {
    #[secure("customer")]
    Customer,
    #[secure("support", implies(Customer))]
    Support,
}
"#;

const RESOURCE: &str = r#"
pub mod rNUMBER {
    use palisade::prelude::*;
    use crate::{Role, Scope};

    #[derive(serde::Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    pub struct New {
        #[secure(trim, length(min = 1, max = 64))]
        pub title: String,
        #[secure(range(min = 1, max = 1_000))]
        pub quantity: u32,
        #[secure(email, sensitive)]
        pub contact: String,
    }

    #[secure(get = "/resources-NUMBER", scope = Scope::Read)]
    pub async fn list_NUMBER(caller: Caller) -> NoContent {
        drop(caller);
        NoContent
    }

    #[secure(post = "/resources-NUMBER", scope = Scope::Write, rate = "60/min per caller")]
    pub async fn place_NUMBER(Json(new): Json<New>) -> NoContent {
        drop(new);
        NoContent
    }

    #[secure(get = "/resources-NUMBER/{id}", scope = Scope::Read, open(id, "every resource may be seen"))]
    pub async fn read_NUMBER() -> NoContent {
        NoContent
    }

    #[secure(delete = "/resources-NUMBER/{id}", open(id, "staff may remove every resource"),
             allow = scope(Scope::Write) && (role(Role::Support) || fresh(minutes(15))))]
    pub async fn cancel_NUMBER() -> NoContent {
        NoContent
    }
}
"#;
