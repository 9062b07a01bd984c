//! `cargo xtask check`: how the code must look before others see it.
//!
//! All parts run even if one fails: one run shows all there is to mend. Warnings are errors here and
//! nowhere else, so that a half-written change still compiles. Must not be added: tests.

use super::deny;
use crate::budget::Parts;
use crate::step::Step;
use crate::tidy;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;

/// Check format, lints, documentation, dependencies and tidiness.
#[derive(Args)]
pub struct Check {
    /// Only ask whether a dependency has a known weakness. Apart from the rest, because the list of
    /// weaknesses is a repository of its own that must be fetched: a check of this code must not depend on it
    #[arg(long)]
    advisories: bool,
}

impl Check {
    /// Runs every part, the fast ones first.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        if self.advisories {
            return deny::advisories(workspace);
        }
        let mut parts = Parts::default();
        parts.run("tidy", || tidy::Tidy {}.run(workspace));
        parts.run("format", || format(workspace));
        parts.run("clippy", || clippy(workspace));
        parts.run("rustdoc", || rustdoc(workspace));
        parts.run("deny", || deny::dependencies(workspace));
        parts.finish()
    }
}

fn format(workspace: &Workspace) -> Result<()> {
    Step::cargo(workspace, "format").args(["fmt", "--all", "--check"]).advice("Run `cargo fmt`.").run()
}

fn clippy(workspace: &Workspace) -> Result<()> {
    Step::cargo(workspace, "clippy")
        .args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
        .advice("Mend the code; a lint is only allowed in one place, with its reason beside it.")
        .run()
}

fn rustdoc(workspace: &Workspace) -> Result<()> {
    Step::cargo(workspace, "rustdoc")
        .args(["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "--deny warnings")
        .advice("A public item lacks its documentation, or a link in one leads nowhere.")
        .run()
}
