//! `cargo xtask bench`: what durable orders cost through the writer, in batches and one by one, beside the raw limit
//! of each store in the same run; then what starting, auditing and the tables for SQL cost.

#![allow(clippy::float_arithmetic, reason = "a bench measures")]

mod bulk;
mod history;
mod latency;
mod model;
mod raw;
mod world;

use linli_engine::read::{PostgresTables, ReadPlace, SqliteTables};
use linli_engine::{Place, SnapshotFolder};
use linli_journal::{Header, PostgresStore, SqliteStore, Store};
use linli_test_postgres::Server;
use std::path::Path;
use std::sync::Arc;

fn main() {
    let dir = tempfile::tempdir().expect("a folder");
    println!(
        "durable orders through the writer, members and stores interned before; medians of several turns"
    );
    println!("\nSQLite, synchronous = FULL");
    let sqlite = place(dir.path(), Arc::new(SqliteStore::new(dir.path().join("journal.db"))));
    measure(&sqlite, |batches| raw::sqlite(&dir.path().join("raw.db"), batches), dir.path());
    history::run(&sqlite);
    let other = dir.path().join("other");
    std::fs::create_dir(&other).expect("a folder");
    let engine = place(&other, Arc::new(SqliteStore::new(other.join("journal.db"))));
    model::run(&ReadPlace { engine, tables: Arc::new(SqliteTables::new(other.join("read.db"))) });
    println!("\nPostgreSQL, synchronous_commit = on");
    let server = Server::shared();
    let url = server.database();
    let store = PostgresStore::new(&url).expect("an address");
    let postgres = place(&dir.path().join("postgres"), Arc::new(store));
    let fresh = server.database();
    measure(&postgres, |batches| raw::postgres(&fresh, batches), dir.path());
    let store = PostgresStore::new(&server.database()).expect("an address");
    let tables = Arc::new(PostgresTables::beside(&store));
    let engine = place(&dir.path().join("tables"), Arc::new(store));
    model::run(&ReadPlace { engine, tables });
    raw::hot_pool(&server.database());
}

fn place(dir: &Path, store: Arc<dyn Store>) -> Place {
    store.create(&Header::new(world::PLAN.into())).expect("created");
    Place { store, snapshots: Arc::new(SnapshotFolder::new(dir.join("snapshots"))) }
}

/// Bulk orders beside the same bytes as blobs, then single orders beside one sync.
fn measure(place: &Place, raw: impl Fn(&[Vec<u8>]) -> f64, dir: &Path) {
    let bulk = bulk::run(place);
    let bytes: usize = bulk.batches.iter().map(Vec::len).sum();
    let raw = raw(&bulk.batches) * bulk.orders as f64 / bytes as f64;
    println!(
        "  bulk    {:>9.0} orders/s   raw blobs {:>9.0} orders/s   {:>4.0} % of it   {:.1} bytes an order",
        bulk.rate,
        raw,
        bulk.rate / raw * 100.0,
        bytes as f64 / bulk.orders as f64
    );
    let sync = latency::one_sync(dir);
    println!("  one sync of 4 KiB: p50 {:.3} ms, p99 {:.3} ms", sync.p50, sync.p99);
    for callers in [1, 8, 64] {
        let single = latency::single(place, callers);
        println!(
            "  single  {:>9.0} orders/s from {callers:>2} callers   p50 {:.3} ms ({:.1} syncs)   p99 {:.3} ms",
            single.rate,
            single.p50,
            single.p50 / sync.p50,
            single.p99
        );
    }
}
