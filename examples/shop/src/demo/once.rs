//! `--once`: makes the calls against a running shop and shows what comes back.

use std::{error::Error, io::Write, net::SocketAddr};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, header};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;

use super::{
    calls::{Call, Credential, Times},
    say,
};

/// The headers that say why, how often or where. All answers carry more.
const TELLING: [&str; 6] =
    ["location", "idempotent-replayed", "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy"];

type Connections = Client<HttpConnector, Full<Bytes>>;

/// Makes each call and writes it with its answer to `out`. How many were not answered as expected is the result.
///
/// # Errors
/// When a call is not answered at all.
pub async fn show(address: SocketAddr, calls: &[Call], out: &mut impl Write) -> Result<usize, Box<dyn Error>> {
    let client: Connections = Client::builder(TokioExecutor::new()).build_http();
    let mut surprises = 0;
    // This client makes no TLS connection, by which it could show a certificate.
    for call in calls.iter().filter(|call| !matches!(call.credential, Credential::Certificate)) {
        let (made, answer) = repeat(&client, address, call).await?;
        say(out, text(call, made, &answer));
        if answer.status().as_u16() != call.expected {
            surprises += 1;
            say(out, format_args!("!! expected {}\n", call.expected));
        }
    }
    Ok(surprises)
}

/// Makes a call as often as it says. The last answer counts.
async fn repeat(
    client: &Connections,
    address: SocketAddr,
    call: &Call,
) -> Result<(u32, Response<Bytes>), Box<dyn Error>> {
    let most = match call.times {
        Times::Once => 1,
        Times::Repeated(most) => most,
    };
    let mut made = 1;
    let mut answer = make(client, address, call).await?;
    while made < most && answer.status().as_u16() != call.expected {
        answer = make(client, address, call).await?;
        made += 1;
    }
    Ok((made, answer))
}

async fn make(client: &Connections, address: SocketAddr, call: &Call) -> Result<Response<Bytes>, Box<dyn Error>> {
    let mut request = Request::builder().method(&call.method).uri(format!("http://{address}{}", call.path));
    for (name, value) in call.credential.fields() {
        request = request.header(name, value);
    }
    if let Some(key) = call.key {
        request = request.header("Idempotency-Key", key);
    }
    if call.body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let body = Full::from(call.body.clone().unwrap_or_default());
    let (parts, body) = client.request(request.body(body)?).await?.into_parts();
    Ok(Response::from_parts(parts, body.collect().await?.to_bytes()))
}

fn text(call: &Call, made: u32, answer: &Response<Bytes>) -> String {
    let Call { what, method, path, who, .. } = call;
    let mut lines = vec![format!("# {what}")];
    lines.push(match made {
        1 => format!("> {method} {path} as {who}"),
        _ => format!("> {method} {path} as {who}, {made} times"),
    });
    lines.extend(call.body.as_ref().map(|body| format!("> {body}")));
    lines.push(format!("< {}", answer.status()));
    lines.extend(telling(answer.headers()).map(|(name, value)| format!("< {name}: {value}")));
    lines.extend(serde_json::from_slice::<Value>(answer.body()).map(|body| format!("{body:#}")));
    lines.push(String::new());
    lines.join("\n")
}

fn telling(headers: &HeaderMap) -> impl Iterator<Item = (&'static str, &str)> {
    TELLING
        .into_iter()
        .flat_map(|name| headers.get_all(name).iter().filter_map(move |value| Some((name, value.to_str().ok()?))))
}
