//! Starts the shop, or shows with `--once` what it lets through and what not.

use std::{error::Error, io::stdout, net::SocketAddr, process::ExitCode};

use palisade::{Clock, SystemClock, audit::Audit};
use shop::{
    app::{self, App},
    demo,
    deployment::{self, Identities},
    journal::Journal,
    orders::Orders,
};
use tokio::net::TcpListener;

const HELP: &str = "usage: shop [--listen ADDRESS] [--once]

  --listen ADDRESS  where to listen: 127.0.0.1:8080 unless said otherwise, port 0 for any that is free
  --once            make a few calls, show what comes back, and exit";

/// What the command line asks for.
enum Task {
    Serve(SocketAddr),
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
        Task::Serve(address) => serve(address).await,
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
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("listen") => listen = Some(arguments.value()?.parse()?),
            Long("once") => is_once = true,
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(if is_once {
        Task::Once(listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0))))
    } else {
        Task::Serve(listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))))
    })
}

/// Serves until somebody presses ctrl-c.
async fn serve(address: SocketAddr) -> Result<ExitCode, Box<dyn Error>> {
    let opened = Opened::at(address, Audit::sink(Journal)).await?;
    demo::say(&mut stdout(), format_args!("listening on http://{}", opened.address));
    for (name, token) in &opened.tokens {
        demo::say(&mut stdout(), format_args!("token {name} {token}"));
    }
    demo::say(&mut stdout(), format_args!("key reports {}", opened.report_key));
    for call in opened.calls() {
        demo::say(&mut stdout(), format_args!("# {}\n{}", call.what, call.curl(opened.address)));
    }
    let interrupted = async {
        // Without a way to hear of ctrl-c, the shop is open until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    palisade::axum::serve(opened.listener, opened.app, interrupted).await?;
    opened.orders.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Serves itself for as long as the calls take.
async fn once(address: SocketAddr) -> Result<ExitCode, Box<dyn Error>> {
    let opened = Opened::at(address, Audit::tracing()).await?;
    let (address, calls) = (opened.address, opened.calls());
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
    samples: demo::Samples,
}

impl Opened {
    async fn at(address: SocketAddr, audit: Audit) -> Result<Self, Box<dyn Error>> {
        let bound = TcpListener::bind(address).await;
        let listener = bound.map_err(|error| format!("cannot listen on {address}: {error}"))?;
        let address = listener.local_addr()?;
        let orders = Orders::in_memory().await?;
        let samples = demo::sample(&orders).await?;
        let identities = Identities::new()?;
        let tokens = identities.tokens(SystemClock.unix_seconds());
        let report_key = identities.report_key().to_owned();
        let gate = deployment::gate(identities, SystemClock, audit).await?;
        let state = App { orders: orders.clone(), document: deployment::document(address) };
        Ok(Self { listener, address, app: app::router(gate, state), orders, tokens, report_key, samples })
    }

    fn calls(&self) -> Vec<demo::Call> {
        demo::calls(&self.tokens, &self.report_key, &self.samples)
    }
}
