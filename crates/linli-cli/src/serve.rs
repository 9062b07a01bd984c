//! `linli serve`: the economy as a service over HTTP, until it is told to end.

use crate::args::{DataOptions, ServeOptions};
use crate::{data, provider, sender};
use anyhow::{Context, Result};
use linli_engine::snapshots::USUAL_EVERY;
use linli_engine::{Keeper, Limits, Place, Writer};
use linli_outbox::Reach;
use linli_server::{Config, Economy, Messages, Payments, PlatformKeys, Server, TlsFiles};
use std::io::{self, Write};
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};

pub fn run(options: &ServeOptions) -> Result<()> {
    let messages = sender::messages(&options.sender)?;
    let is_sandbox = matches!(messages, Messages::Sandbox(_));
    let webhooks = Reach::public_and_named(&options.webhooks_private)?;
    let config = Config { is_sandbox, webhooks, ..config(options) };
    // Before anything is opened or made: whoever is refused has changed nothing.
    config.check()?;
    provider::check(&options.provider)?;
    let place = data::place(&options.data)?;
    data::create(&options.data, &*place.store, options.plan.as_deref())?;
    let payments = provider::payments(&options.data, &options.provider)?;
    start(&options.data, &place, &config, messages, payments)
}

/// Serves what is there, until it is told to end.
pub fn start(
    data: &DataOptions,
    place: &Place,
    config: &Config,
    messages: Messages,
    payments: Payments,
) -> Result<()> {
    let (writer, view, skipped) = Writer::start_with_view(place.clone(), Limits::default())?;
    data::tell_skipped(&skipped);
    let keys = Arc::new(PlatformKeys::new(view.clone(), data::vault(data)?));
    linli_server::logs::start(io::stderr).context("something logs already")?;
    let keeper = Keeper::start(place.clone(), USUAL_EVERY);
    let runtime = Runtime::new().context("cannot start the threads that serve")?;
    let vault = data::vault(data)?;
    let outbox = data::outbox(data)?;
    let files = data::files(data)?;
    let economy =
        Economy { place: place.clone(), writer, view, keys, vault, messages, outbox, payments, files };
    runtime.block_on(serve(config, economy))?;
    keeper.end().context("what was accepted is applied, but a snapshot failed")
}

fn config(options: &ServeOptions) -> Config {
    let tls = options.tls_cert.clone().zip(options.tls_key.clone());
    Config {
        metrics: options.metrics,
        tls: tls.map(|(cert, key)| TlsFiles { cert, key }),
        behind_proxy: options.behind_proxy,
        public_url: options.public_url.clone(),
        ..Config::new(options.listen)
    }
}

async fn serve(config: &Config, economy: Economy) -> Result<()> {
    let interrupts = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    let [terminate, interrupt] = interrupts.map(|signal| signal.context("cannot listen to signals"));
    let (terminate, interrupt) = (terminate?, interrupt?);
    let server = Server::bind(config, economy).await?;
    tell(config, &server)?;
    server.serve(told_to_end(terminate, interrupt)).await?;
    Ok(())
}

/// Where it listens, for people and for programs that asked for any free port.
fn tell(config: &Config, server: &Server) -> Result<()> {
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let mut out = io::stdout();
    writeln!(out, "listening on {scheme}://{}", server.address())?;
    if let Some(metrics) = server.metrics_address() {
        writeln!(out, "metrics on http://{metrics}/metrics")?;
    }
    Ok(out.flush()?)
}

async fn told_to_end(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("ending after what was accepted");
}
