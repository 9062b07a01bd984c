//! `cargo xtask bench`: runs the benchmark of the economy.
//!
//! A figure is printed beside the limit that was measured in the same run, and never asserted: numbers
//! belong to a machine. Must not be added: a measurement; those live in `crates/linli-economy/benches/`.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;

/// Measure the economy.
#[derive(Args)]
pub struct Bench {
    /// Arguments of the benchmark, after `--`
    #[arg(last = true)]
    arguments: Vec<String>,
}

impl Bench {
    /// Builds and runs the benchmark `orders`.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        Step::cargo(workspace, "bench")
            .args(["bench", "--package", "linli-economy", "--bench", "orders", "--"])
            .args(self.arguments)
            .advice("Mend what is said above; `cargo xtask bench -- --help` lists the benchmark's arguments.")
            .run()
    }
}
