//! The raw limits: the same bytes as blobs in transactions of the same size, and what an ordinary shop does instead:
//! one transaction per order that touches the one row of the pool.

use postgres::{Client, NoTls};
use rusqlite::Connection;
use std::path::Path;
use std::thread;
use std::time::Instant;

/// Bytes a second that SQLite takes with a sync for each blob.
pub fn sqlite(path: &Path, blobs: &[Vec<u8>]) -> f64 {
    let database = Connection::open(path).expect("opened");
    database
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE raw (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);",
        )
        .expect("created");
    let mut insert = database.prepare("INSERT INTO raw (bytes) VALUES (?1)").expect("prepared");
    bytes_a_second(blobs, |blob| insert.execute([blob]).map(|_| ()).expect("inserted"))
}

/// Bytes a second that PostgreSQL takes with a commit for each blob.
pub fn postgres(url: &str, blobs: &[Vec<u8>]) -> f64 {
    let mut client = Client::connect(url, NoTls).expect("connected");
    client
        .batch_execute(
            "CREATE TABLE raw (id bigserial PRIMARY KEY, bytes bytea NOT NULL);
             ALTER TABLE raw ALTER COLUMN bytes SET STORAGE EXTERNAL;",
        )
        .expect("created");
    let insert = client.prepare("INSERT INTO raw (bytes) VALUES ($1)").expect("prepared");
    bytes_a_second(blobs, |blob| client.execute(&insert, &[blob]).map(|_| ()).expect("inserted"))
}

fn bytes_a_second(blobs: &[Vec<u8>], mut insert: impl FnMut(&Vec<u8>)) -> f64 {
    let start = Instant::now();
    blobs.iter().for_each(&mut insert);
    blobs.iter().map(Vec::len).sum::<usize>() as f64 / start.elapsed().as_secs_f64()
}

const CLIENTS: usize = 8;
const TRANSACTIONS: usize = 500;

/// One PostgreSQL transaction per order: the order, eleven postings, eleven balances, one of them the pool's.
const SHOP: &str = include_str!("hot_pool.sql");

/// Prints how many orders a second PostgreSQL settles the ordinary way.
pub fn hot_pool(url: &str) {
    let mut client = Client::connect(url, NoTls).expect("connected");
    client.batch_execute(SHOP).expect("created");
    let start = Instant::now();
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            scope.spawn(move || {
                let mut client = Client::connect(url, NoTls).expect("connected");
                let settle = client.prepare("SELECT settle($1, $2)").expect("prepared");
                for order in 0..TRANSACTIONS {
                    let (order, seed) = (
                        format!("O{number}-{order}"),
                        i32::try_from(number * TRANSACTIONS + order).expect("few"),
                    );
                    client.execute(&settle, &[&order, &seed]).expect("settled");
                }
            });
        }
    });
    let rate = (CLIENTS * TRANSACTIONS) as f64 / start.elapsed().as_secs_f64();
    println!("  one transaction per order with a hot pool row, {CLIENTS} clients: {rate:>9.0} orders/s");
}
