//! `cargo xtask mutants`: changes the economy in small ways and reports which changes no test notices.
//!
//! One mutant at a time, because two builds at once take the memory of a small machine. Shards make a
//! long run resumable: each keeps its own report, and the score adds up those that are finished.
//! Must not be added: a list of mutants that may survive; a survivor is a test that is missing.

mod score;
mod shard;

pub use score::Score;
pub use shard::Shard;

use crate::cargo_tool;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// Random streams a test run compares for each mutant: what these miss, the soak finds.
const SEEDS: &str = "60";

/// What each mutant is tested with: all but the two slowest modules, which the comparison with the naive model
/// covers too.
const TESTS: [&str; 8] = ["--lib", "--test", "main", "--", "--skip", "properties::", "--skip", "splits::"];

/// Change the economy and see which changes no test notices.
#[derive(Args)]
pub struct Mutants {
    /// One part of the whole, as 0/8 to 7/8; finished parts add up to one score
    #[arg(long, value_name = "K/N", conflicts_with = "in_diff")]
    shard: Option<Shard>,
    /// Only what changed since this commit or branch
    #[arg(long, value_name = "COMMIT")]
    in_diff: Option<String>,
    /// Further arguments of cargo-mutants, after `--`
    #[arg(last = true)]
    arguments: Vec<String>,
}

impl Mutants {
    /// Tests the mutants, then prints the score and every survivor.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        let mut arguments: Vec<OsString> = self.arguments.iter().map(OsString::from).collect();
        let report = if let Some(commit) = &self.in_diff {
            arguments.extend(["--in-diff".into(), diff_since(workspace, commit)?.into_os_string()]);
            reports(workspace).join("diff")
        } else {
            report_of(workspace, self.shard)
        };
        test_mutants(workspace, &report, self.shard, &arguments)?;
        print!("\n{}\n{}", Score::read(&report)?, survivors(&report));
        if let Some(shard) = self.shard {
            let (finished, score) = finished_shards(workspace, shard.count)?;
            println!("{finished} of {} shards are finished: {score}", shard.count);
        }
        Ok(())
    }
}

/// Tests one shard; its report replaces an unfinished one.
pub fn test_shard(workspace: &Workspace, shard: Shard) -> Result<()> {
    test_mutants(workspace, &report_of(workspace, Some(shard)), Some(shard), &[])
}

/// The first shard of `count` that has no finished report.
pub fn next_shard(workspace: &Workspace, count: u32) -> Result<Option<Shard>> {
    for index in 0..count {
        let shard = Shard { index, count };
        if !Score::read(&report_of(workspace, Some(shard)))?.finished {
            return Ok(Some(shard));
        }
    }
    Ok(None)
}

/// How many shards of `count` are finished, and their common score.
pub fn finished_shards(workspace: &Workspace, count: u32) -> Result<(u32, Score)> {
    let mut finished = 0;
    let mut sum = Score::default();
    for index in 0..count {
        let score = Score::read(&report_of(workspace, Some(Shard { index, count })))?;
        if score.finished {
            finished += 1;
            sum = sum.plus(&score);
        }
    }
    Ok((finished, sum))
}

/// Forgets every report, because the code that was tested has changed.
pub fn forget(workspace: &Workspace) -> Result<()> {
    remove(&reports(workspace))
}

/// cargo-mutants ends with 0 if all were caught, 2 if some survived, 3 if some ran out of time;
/// anything else means that it could not work.
fn test_mutants(
    workspace: &Workspace,
    report: &Path,
    shard: Option<Shard>,
    further: &[OsString],
) -> Result<()> {
    let program = cargo_tool::MUTANTS.ensure(workspace)?;
    // An older report must not be read as the result of a run that finds nothing to do.
    remove(report)?;
    fs::create_dir_all(report).with_context(|| format!("{} cannot be made", report.display()))?;
    let mut step = Step::new(workspace, "mutants", program)
        // A busy machine is no hang: the limit that would be guessed counts slow mutants as caught.
        .args([
            "mutants",
            "--package",
            "linli-economy",
            "--profile",
            "mutants",
            "--jobs",
            "1",
            "--timeout",
            "120",
        ])
        .args(["--output"])
        .args([report.as_os_str()])
        .env("LINLI_SEEDS", SEEDS);
    if let Some(shard) = shard {
        step = step.args(["--sharding", "round-robin", "--shard", &shard.to_string()]);
    }
    let status = step.args(further).args(["--"]).args(TESTS).status()?;
    match status.code() {
        Some(0 | 2 | 3) => Ok(()),
        Some(4) => bail!("the tests fail without any mutant: make `cargo test -p linli-economy` pass first"),
        _ => bail!("step `mutants` failed ({status}). Mend what it says above."),
    }
}

fn remove(place: &Path) -> Result<()> {
    if !place.exists() {
        return Ok(());
    }
    fs::remove_dir_all(place).with_context(|| format!("{} cannot be removed", place.display()))
}

fn reports(workspace: &Workspace) -> PathBuf {
    workspace.target().join("mutants")
}

fn report_of(workspace: &Workspace, shard: Option<Shard>) -> PathBuf {
    let name =
        shard.map_or_else(|| "all".to_owned(), |shard| format!("shard-{}-of-{}", shard.index, shard.count));
    reports(workspace).join(name)
}

fn diff_since(workspace: &Workspace, commit: &str) -> Result<PathBuf> {
    let diff = Step::new(workspace, "diff", "git")
        .args(["diff", commit, "--"])
        .advice("Name a commit or a branch that git knows.")
        .output()?;
    let file = reports(workspace).join("in.diff");
    fs::create_dir_all(reports(workspace)).context("the directory of reports cannot be made")?;
    fs::write(&file, diff).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(file)
}

/// The mutants no test noticed, one a line; a report without that list has none.
fn survivors(report: &Path) -> String {
    let missed = fs::read_to_string(report.join("mutants.out/missed.txt")).unwrap_or_default();
    missed.lines().map(|mutant| format!("  survives: {mutant}\n")).collect()
}
