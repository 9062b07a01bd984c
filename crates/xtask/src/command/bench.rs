//! `cargo xtask bench`: what an order costs in the engine, what it costs durably, what the service answers, and what the
//! program takes for whole files.
//!
//! A figure is printed beside the limit that was measured in the same run, and never asserted: numbers
//! belong to a machine. Must not be added: a measurement of the engine's inside; those live in its `benches/`.

mod laboratory;
mod stream;
mod whole;

use crate::debian;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// The figures are the engine's, not the memory's: huge pages for both sides, and what was once touched is kept
/// instead of given back, so that orders that are kept fault no fresh page in while they are timed.
const MEMORY: &str = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=68719476736";

/// Measure the economy.
#[derive(Args)]
pub struct Bench {
    /// A year of orders to settle as well, as CSV or .zst
    #[arg(long)]
    orders: Option<PathBuf>,
    /// Numbers of members for the benchmark of one order, after `--` [default: 100000 1000000 10000000]
    #[arg(last = true)]
    members: Vec<String>,
}

impl Bench {
    /// Builds and runs the benchmark `orders`, then times whole processes.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        Step::cargo(workspace, "bench one order")
            .args(["bench", "--package", "linli-economy", "--bench", "orders", "--"])
            .args(self.members)
            .env("GLIBC_TUNABLES", MEMORY)
            .advice("Mend what is said above.")
            .run()?;
        laboratory::run(workspace, MEMORY)?;
        debian::POSTGRESQL.ensure(workspace)?;
        Step::cargo(workspace, "bench durable orders")
            .args(["bench", "--package", "linli-engine", "--bench", "durable"])
            .advice("Mend what is said above.")
            .run()?;
        Step::cargo(workspace, "bench the service")
            .args(["bench", "--package", "linli-server", "--bench", "service"])
            .advice("Mend what is said above.")
            .run()?;
        whole::run(workspace, self.orders)
    }
}
