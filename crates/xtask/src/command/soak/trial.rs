//! What the soak tries with seed after seed: a test of the workspace, with the settings of its long version.
//!
//! Must not be added: what is tried; that is the test's.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};

/// A test that reads its seeds from the environment.
pub struct Trial {
    /// Its key in the state.
    pub name: &'static str,
    /// What a seed is called in the report.
    pub what: &'static str,
    /// The package and the tests' name.
    pub tests: (&'static str, &'static str),
    /// The crates whose change makes earlier results say nothing about the code of today.
    pub covers: &'static [&'static str],
    /// Seeds of a round.
    pub seeds: u64,
    /// Further variables.
    pub settings: Vec<(&'static str, String)>,
}

/// The crates of the running service.
pub const SERVICE: &[&str] =
    &["linli-economy", "linli-platform", "linli-engine", "linli-payments", "linli-server"];

/// The trials of the soak, in the order of a round.
pub fn all(streams: u64, kills: u64) -> [Trial; 4] {
    let faults = [("LINLI_CYCLES", kills), ("LINLI_ALL_STATES", 1), ("LINLI_ALL_BITS", 1)];
    [
        Trial {
            name: "agreement",
            what: "streams on which economy and naive model agree",
            tests: ("linli-economy", "agreement"),
            covers: &["linli-economy", "linli-naive"],
            seeds: streams,
            settings: Vec::new(),
        },
        Trial {
            name: "simulation",
            what: "simulations of writer, journal with faults, snapshots and replicas",
            tests: ("linli-engine", "sim::"),
            covers: &["linli-economy", "linli-naive", "linli-journal", "linli-engine"],
            seeds: 500,
            settings: Vec::new(),
        },
        Trial {
            name: "walks",
            what: "random walks over orders, refunds and withdrawals through the service",
            tests: ("linli-server", "walk::"),
            covers: SERVICE,
            seeds: 50,
            settings: Vec::new(),
        },
        Trial {
            name: "faults",
            what: "rounds of kills, of every bit and of every crash point with the real binary",
            tests: ("linli-cli", "faults::"),
            covers: &["linli-economy", "linli-journal", "linli-engine", "linli-cli"],
            seeds: 1,
            settings: faults.map(|(name, value)| (name, value.to_string())).to_vec(),
        },
    ]
}

impl Trial {
    fn step(&self, workspace: &Workspace, name: &str) -> Step {
        let (package, tests) = self.tests;
        Step::cargo(workspace, name).args(["test", "--package", package, "--test", "main", "--", tests])
    }

    /// A name that no test has passes as if everything were well, so the tests are looked for first.
    pub fn must_exist(&self, workspace: &Workspace) -> Result<()> {
        let (package, name) = self.tests;
        let tests = self
            .step(workspace, &format!("look for {name}"))
            .args(["--list"])
            .advice("Mend what the compiler says below.")
            .output()?;
        if tests.lines().any(|line| line.ends_with(": test")) {
            return Ok(());
        }
        bail!("{package} has no test whose name has `{name}`: the soak would try nothing")
    }

    /// Tries the seeds from this one on.
    pub fn round(&self, workspace: &Workspace, first: u64) -> Result<()> {
        let last = first + self.seeds - 1;
        let step = self
            .step(workspace, &format!("{}, seeds {first} to {last}", self.name))
            .args(["--nocapture"])
            .env("LINLI_FIRST_SEED", first.to_string())
            .env("LINLI_SEEDS", self.seeds.to_string())
            .env("LINLI_SEED", first.to_string())
            .advice("The seed above shows it again: make it a named test, then mend the code.");
        self.settings.iter().fold(step, |step, (name, value)| step.env(name, value)).run()
    }

    /// Names the code that is tried.
    pub fn fingerprint(&self, workspace: &Workspace) -> Result<String> {
        fingerprint(workspace, self.covers)
    }
}

/// Names the code of these crates; equal as long as no file of it changes.
pub fn fingerprint(workspace: &Workspace, crates: &[&str]) -> Result<String> {
    let is_covered = |path: &str| crates.iter().any(|name| path.starts_with(&format!("crates/{name}/")));
    let mut hasher = DefaultHasher::new();
    for path in workspace.files()?.iter().filter(|path| is_covered(path)) {
        let content =
            fs::read(workspace.root().join(path)).with_context(|| format!("{path} cannot be read"))?;
        (path, content).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
