//! `cargo xtask proof`: runs the solver on every file of `proofs/` and prints one line a lemma.
//!
//! Only the answer that the file announces passes; `unknown` and a timeout are failures like a
//! counterexample. Must not be added: a list of lemmas that may fail.

use crate::debian;
use crate::smt::{self, Verdict};
use crate::step::seconds;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Seconds the solver may think about one file.
const LIMIT_SECONDS: u32 = 60;

/// Ask the solver for every lemma.
#[derive(Args)]
pub struct Proof {}

impl Proof {
    /// Installs the solver if need be and checks all files; all lemmas are printed before a failure is returned.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        debian::Z3.ensure(workspace)?;
        let (mut held, mut failed) = (0, 0);
        for file in proof_files(&workspace.root().join("proofs"))? {
            let verdicts = check(&file).with_context(|| format!("in {}", file.display()))?;
            failed += verdicts.iter().flatten().count();
            held += verdicts.iter().filter(|verdict| verdict.is_none()).count();
        }
        println!("lemmas: {held} passed, {failed} failed");
        if failed > 0 {
            bail!("{failed} lemmas have not come out as announced: mend the code or the lemma, not the echo")
        }
        Ok(())
    }
}

fn proof_files(place: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(place).with_context(|| format!("{} cannot be read", place.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("{} cannot be listed", place.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "smt2") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{} holds no .smt2 file", place.display())
    }
    Ok(files)
}

/// Checks one file and prints a line for each of its lemmas.
fn check(file: &Path) -> Result<Vec<Verdict>> {
    let text = fs::read_to_string(file).context("the file cannot be read")?;
    let lemmas = smt::lemmas(&text)?;
    let start = Instant::now();
    let output = solve(file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    println!("{name}: {} lemmas, {}", lemmas.len(), seconds(start.elapsed()));
    let verdicts = smt::judge(&lemmas, &output);
    for (lemma, verdict) in lemmas.iter().zip(&verdicts) {
        match verdict {
            None => println!("  holds   {} ({})", lemma.name, lemma.expected),
            Some(complaint) => println!("  FAILS   {} ({complaint})", lemma.name),
        }
    }
    Ok(verdicts)
}

/// The solver's exit code says nothing the answers do not say, so it is not looked at.
fn solve(file: &Path) -> Result<String> {
    let output = Command::new("z3")
        .arg("-smt2")
        .arg(format!("-T:{LIMIT_SECONDS}"))
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .context("z3 cannot be run")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
