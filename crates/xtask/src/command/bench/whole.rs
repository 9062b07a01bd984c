//! Whole processes on whole files: medians of several runs, reading and writing included.

use super::stream;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const COMMANDS: u64 = 1_000_000;

pub fn run(workspace: &Workspace, orders: Option<PathBuf>) -> Result<()> {
    Step::cargo(workspace, "build linli")
        .args(["build", "--release", "--package", "linli-cli"])
        .advice("Mend what the compiler says above.")
        .run()?;
    let folder = workspace.target().join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let (linli, stream) = (workspace.target().join("release/linli"), folder.join("stream.jsonl"));
    let plan = workspace.root().join("plans/seed-one.toml");
    stream::write(&stream, COMMANDS)?;
    let replay = median(|| {
        let mut command = Command::new(&linli);
        command.args(["replay", "--plan"]).arg(&plan).arg(&stream);
        let output = File::create(folder.join("results.jsonl"))?;
        Ok(command.stdout(Stdio::from(output)).status()?.success())
    })?;
    let rate = COMMANDS * 1_000 / u64::try_from(replay.as_millis())?.max(1);
    println!(
        "\nreplay   {COMMANDS} commands, JSON in and out: {:.2} s, {rate} a second",
        replay.as_secs_f64()
    );
    if let Some(orders) = orders {
        let settle = median(|| {
            let mut command = Command::new(&linli);
            command.args(["settle", "--plan"]).arg(&plan).arg("--orders").arg(&orders);
            command.arg("--out").arg(folder.join("settle"));
            Ok(command.stdout(Stdio::null()).status()?.success())
        })?;
        println!("settle   {} with all its files: {:.2} s", orders.display(), settle.as_secs_f64());
    }
    Ok(())
}

/// The median time of several runs, after one that is not counted.
fn median(work: impl Fn() -> Result<bool>) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        let start = Instant::now();
        anyhow::ensure!(work()?, "the timed program failed: run it by hand to see why");
        times.push(start.elapsed());
    }
    times.remove(0);
    times.sort();
    Ok(times[RUNS / 2])
}
