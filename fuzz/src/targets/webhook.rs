//! Webhooks: the three fields as they come, and deliveries that are signed here.

use futures_executor::block_on;
use http::{HeaderMap, HeaderValue};
use palisade::auth::{
    MemoryReplays, WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP, WebhookSecrets, WebhookSender, Webhooks,
};

const SECRET: &str = "whsec_c2VjcmV0LW9mLWEtcm90YXRlZC1lbmRwb2ludA==";
const PUBLIC: &str = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const NOW: u64 = 1_800_000_000;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let mut lines = input.splitn(4, |byte| *byte == b'\n');
    let mut next = || lines.next().unwrap_or_default();
    let (id, timestamp, signature, body) = (next(), next(), next(), next());
    let mut headers = HeaderMap::new();
    for (name, line) in [(WEBHOOK_ID, id), (WEBHOOK_TIMESTAMP, timestamp), (WEBHOOK_SIGNATURE, signature)] {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(name, value);
        }
    }
    let shown = String::from_utf8_lossy(input);
    let now = std::str::from_utf8(timestamp).ok().and_then(|text| text.parse().ok()).unwrap_or(NOW);
    assert!(!verifies(&headers, body, now), "{shown} was never signed");

    let Ok(id) = std::str::from_utf8(id) else { return };
    let mut headers = HeaderMap::new();
    if WebhookSender::new([SECRET]).expect("a secret").sign(&mut headers, id, body, NOW).is_ok() {
        assert!(verifies(&headers, body, NOW), "{shown}");
        assert!(!verifies(&headers, &[body, b"x"].concat(), NOW), "{shown}");
        headers.insert(WEBHOOK_ID, HeaderValue::from_static("another"));
        assert!(!verifies(&headers, body, NOW) || id == "another", "{shown}");
    }
    if let Ok(text) = std::str::from_utf8(signature) {
        let _ = WebhookSecrets::new([text]);
        let _ = WebhookSender::new([text]);
    }
}

fn verifies(headers: &HeaderMap, body: &[u8], now: u64) -> bool {
    let secrets = WebhookSecrets::new([SECRET, PUBLIC]).expect("secrets");
    let webhooks = Webhooks::secrets(secrets).replays(MemoryReplays::new(8));
    webhooks.verify(headers, now).is_ok_and(|delivery| block_on(delivery.complete(body, now)).is_ok())
}
