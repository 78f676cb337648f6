//! Starts the shop, or shows with `--once` what it lets through and what not.

use std::{error::Error, io::stdout, net::SocketAddr, process::ExitCode};

use palisade::{Clock, SystemClock, audit::Audit, auth::WebhookSender};
use shop::{
    app::{self, App},
    demo,
    deployment::{self, Identities},
    journal::Journal,
    orders::Orders,
    setting::Setting,
};
use tokio::net::TcpListener;

const HELP: &str = "usage: shop [OPTIONS]

  --listen ADDRESS         where to listen: 127.0.0.1:8080 unless said otherwise, port 0 for any that is free
  --once                   make a few calls, show what comes back, and exit
  --issuer URL             take the tokens of this OAuth 2 or OpenID Connect provider, by its metadata
  --audience URI           what its tokens are for: https://api.shop.example unless said otherwise
  --tls DIRECTORY          serve TLS by its chain.pem and key.pem, and believe clients of clients.pem; where there are
                           none, they are made, with a certificate for the warehouse beside them
  --keys FILE              take the API keys in this SQLite file, which `cargo run --bin keys` looks after
  --pepper-file FILE       what their digests are keyed with
  --payment-secrets FILE   take webhooks of the payment provider signed with these, one `whsec_..` in a line; what
                           changes in it holds within a minute";

/// What the command line asks for.
enum Task {
    Serve(Setting),
    Once(SocketAddr),
    Help,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("shop: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<ExitCode, Box<dyn Error>> {
    match task()? {
        Task::Serve(setting) => serve(setting).await,
        Task::Once(address) => once(address).await,
        Task::Help => {
            demo::say(&mut stdout(), HELP);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn task() -> Result<Task, Box<dyn Error>> {
    use lexopt::prelude::{Long, Short, ValueExt};
    let (mut listen, mut is_once) = (None, false);
    let mut setting = Setting::new();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("listen") => listen = Some(arguments.value()?.parse()?),
            Long("once") => is_once = true,
            Long("issuer") => setting.issuer = Some(arguments.value()?.string()?),
            Long("audience") => setting.audience = arguments.value()?.string()?,
            Long("tls") => setting.tls = Some(arguments.value()?.into()),
            Long("keys") => setting.keys = Some(arguments.value()?.into()),
            Long("pepper-file") => setting.pepper = Some(arguments.value()?.into()),
            Long("payment-secrets") => setting.payment_secrets = Some(arguments.value()?.into()),
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(if is_once {
        Task::Once(listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0))))
    } else {
        Task::Serve(Setting { listen: listen.unwrap_or(setting.listen), ..setting })
    })
}

/// Serves until somebody presses ctrl-c.
async fn serve(setting: Setting) -> Result<ExitCode, Box<dyn Error>> {
    let tls = match &setting.tls {
        Some(directory) => Some(shop::tls::open(directory).await?),
        None => None,
    };
    let opened = Opened::at(setting.listen, setting.apply(Identities::new()?).await?, Audit::sink(Journal)).await?;
    let base = match &setting.tls {
        Some(_) => format!("https://localhost:{}", opened.address.port()),
        None => format!("http://{}", opened.address),
    };
    demo::say(&mut stdout(), format_args!("listening on {base}"));
    match &setting.issuer {
        Some(issuer) => demo::say(&mut stdout(), format_args!("tokens of {issuer}")),
        None => {
            for (name, token) in &opened.tokens {
                demo::say(&mut stdout(), format_args!("token {name} {token}"));
            }
        }
    }
    if setting.keys.is_none() {
        demo::say(&mut stdout(), format_args!("key reports {}", opened.report_key));
    }
    for call in opened.calls()?.iter().filter(|call| setting.can_make(call)) {
        demo::say(&mut stdout(), format_args!("# {}\n{}", call.what, call.curl(&base, setting.tls.as_deref())));
    }
    let interrupted = async {
        // Without a way to hear of ctrl-c, the shop is open until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    match tls {
        Some(tls) => palisade::tls::serve(opened.listener, opened.app, tls, interrupted).await?,
        None => palisade::axum::serve(opened.listener, opened.app, interrupted).await?,
    }
    opened.orders.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Serves itself for as long as the calls take.
async fn once(address: SocketAddr) -> Result<ExitCode, Box<dyn Error>> {
    let opened = Opened::at(address, Identities::new()?, Audit::tracing()).await?;
    let (address, mut calls) = (opened.address, opened.calls()?);
    // Without TLS, nobody shows a certificate: what is counted are the calls that are made.
    calls.retain(|call| Setting::new().can_make(call));
    let server = tokio::spawn(palisade::axum::serve(opened.listener, opened.app, std::future::pending()));
    let surprises = demo::show(address, &calls, &mut stdout()).await?;
    server.abort();
    demo::say(
        &mut stdout(),
        format_args!("{} calls, {} of them answered as expected", calls.len(), calls.len() - surprises),
    );
    Ok(if surprises == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A shop, ready to be served.
struct Opened {
    listener: TcpListener,
    address: SocketAddr,
    app: axum::Router,
    orders: Orders,
    tokens: [(&'static str, String); 6],
    report_key: String,
    payments: WebhookSender,
    samples: demo::Samples,
}

impl Opened {
    async fn at(address: SocketAddr, identities: Identities, audit: Audit) -> Result<Self, Box<dyn Error>> {
        let bound = TcpListener::bind(address).await;
        let listener = bound.map_err(|error| format!("cannot listen on {address}: {error}"))?;
        let address = listener.local_addr()?;
        let orders = Orders::in_memory().await?;
        let samples = demo::sample(&orders).await?;
        let tokens = identities.tokens(SystemClock.unix_seconds());
        let report_key = identities.report_key().to_owned();
        let payments = identities.payment_provider()?;
        let gate = deployment::gate(identities, SystemClock, audit).await?;
        let state = App { orders: orders.clone(), document: deployment::document(address) };
        Ok(Self { listener, address, app: app::router(gate, state), orders, tokens, report_key, payments, samples })
    }

    fn calls(&self) -> Result<Vec<demo::Call>, Box<dyn Error>> {
        Ok(demo::calls(&self.tokens, &self.report_key, &self.payments, &self.samples)?)
    }
}
