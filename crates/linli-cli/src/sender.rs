//! What sends codes to people's phones: a service over HTTPS, or nothing, in a sandbox.

use crate::args::SenderOptions;
use anyhow::{Context, Result};
use linli_outbox::client::{ClientConfig, system_roots};
use linli_outbox::sender::{Authorization, HttpsSender, HttpsSenderConfig, SandboxSender};
use linli_outbox::{Client, Reach};
use linli_server::Messages;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Messages that a sandbox shows.
const SHOWN: usize = 100;

/// How messages reach people, as the options say.
pub fn messages(options: &SenderOptions) -> Result<Messages> {
    let (Some(address), Some(template), Some(secret)) =
        (&options.address, &options.template, &options.secret)
    else {
        return Ok(sandbox());
    };
    let config = HttpsSenderConfig {
        address: address.clone(),
        template: read(template)?,
        authorization: Authorization::Bearer(read(secret)?.trim().into()),
    };
    let client = Client::new(ClientConfig::new(Reach::public(), system_roots()?));
    Ok(Messages::Sent(Arc::new(HttpsSender::new(client, &config, Arc::new(now))?)))
}

/// Nothing is sent; messages are shown.
pub fn sandbox() -> Messages {
    Messages::Sandbox(Arc::new(SandboxSender::new(SHOWN, Arc::new(now))))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).expect("the clock shows a year of twelve digits at most")
}
