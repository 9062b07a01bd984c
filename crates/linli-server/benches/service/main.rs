//! `cargo xtask bench`: what the service answers over HTTP on this machine, with the load made on it too, beside an echo of
//! the same size in the same run. Requests are made and signed before they are timed.

#![allow(clippy::float_arithmetic, reason = "a bench measures")]
#![allow(clippy::cast_precision_loss, reason = "a bench measures")]

mod echo;
mod load;
mod requests;
mod world;

use load::{Figures, Request};
use std::net::SocketAddr;
use world::World;

/// Requests of a measurement.
const COUNT: usize = 60_000;

/// Connections that ask at the same time.
const CALLERS: usize = 256;

/// Lines of a bulk call, and how many calls.
const LINES: usize = 10_000;
const CALLS: usize = 20;

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    println!("the service and its callers on this machine; {CALLERS} connections, {COUNT} requests");
    let folder = tempfile::tempdir().expect("a folder");
    let world = World::serve(folder.path()).await;
    let orders = requests::orders(&world, 2 * COUNT);
    let echo = echo::serve().await;
    let bare = measure("echo", echo, orders[..COUNT].to_vec()).await;
    let singles = measure("signed single paid orders", world.address, orders[..COUNT].to_vec()).await;
    println!("  {:>42.2} × the echo", singles.rate / bare.rate);
    half_load(world.address, &orders[COUNT..], singles.rate).await;
    let home = measure("a member's home", world.address, requests::homes(&world, COUNT)).await;
    println!("  {:>42.2} × the echo", home.rate / bare.rate);
    bulk(&world).await;
    world.end().await;
}

async fn measure(name: &str, address: SocketAddr, requests: Vec<Request>) -> Figures {
    let figures = load::as_fast_as_answered(address, requests, CALLERS).await;
    println!(
        "  {name:<26} {:>9.0}/s   p50 {:>7.2} ms   p99 {:>7.2} ms",
        figures.rate, figures.p50, figures.p99
    );
    figures
}

/// Orders come at half the rate that was reached, whether earlier ones are answered or not.
async fn half_load(address: SocketAddr, orders: &[Request], rate: f64) {
    let figures = load::at_rate(address, orders.to_vec(), CALLERS, rate / 2.0).await;
    println!(
        "  {:<26} {:>9.0}/s   p50 {:>7.2} ms   p99 {:>7.2} ms",
        "  at half of it", figures.rate, figures.p50, figures.p99
    );
}

async fn bulk(world: &World) {
    let calls = requests::bulk(world, CALLS, LINES);
    let figures = load::as_fast_as_answered(world.address, calls, 4).await;
    println!("  {:<26} {:>9.0} orders/s", "bulk, 10,000 a call", figures.rate * LINES as f64);
}
