//! The questions put to cargo-deny: bans, licences and sources in every check, advisories on request.
//!
//! What is allowed stands in `deny.toml`. Must not be added: an exception in code.

use crate::cargo_tool;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::Result;

/// Checks what can be checked from the lock file and the registry alone.
pub fn dependencies(workspace: &Workspace) -> Result<()> {
    ask(workspace, "deny", &["bans", "licenses", "sources"])?
        .advice("Choose another dependency, or change deny.toml and say there why.")
        .run()
}

/// Checks for known weaknesses; fetches the advisory database first.
pub fn advisories(workspace: &Workspace) -> Result<()> {
    ask(workspace, "advisories", &["advisories"])?
        .advice(
            "Update the dependency named above; if the database could not be fetched, try with a network.",
        )
        .run()
}

fn ask(workspace: &Workspace, name: &str, questions: &[&str]) -> Result<Step> {
    let program = cargo_tool::DENY.ensure(workspace)?;
    Ok(Step::new(workspace, name, program).args(["--workspace", "check"]).args(questions))
}
