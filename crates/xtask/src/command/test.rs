//! `cargo xtask test`: everything that must hold, in one command.
//!
//! The test profile optimises like a release, because the properties compare millions of random commands, and
//! keeps every assertion on.
//! Must not be added: a way to skip a part; a single test is run with `cargo test` itself.

use super::api::Api;
use super::proof;
use crate::budget::Parts;
use crate::debian;
use crate::step::Step;
use crate::web;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;

const TESTS: [&str; 2] = ["test", "--workspace"];

/// Run every test and every proof.
#[derive(Args)]
pub struct Test {}

impl Test {
    /// Installs, builds, tests, proves; the table of minutes comes last.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        debian::Z3.ensure(workspace)?;
        debian::POSTGRESQL.ensure(workspace)?;
        debian::STRACE.ensure(workspace)?;
        debian::CURL.ensure(workspace)?;
        debian::OPENSSL.ensure(workspace)?;
        debian::CHINESE_FONT.ensure(workspace)?;
        let mut parts = Parts::default();
        parts.run("build", || {
            Step::cargo(workspace, "build the tests")
                .args(TESTS)
                .args(["--no-run"])
                .advice("Mend what the compiler says above.")
                .run()
        });
        if parts.all_passed() {
            parts.run("tests", || {
                Step::cargo(workspace, "tests")
                    .args(TESTS)
                    .args(["--no-fail-fast"])
                    .advice("A failed test's name is a rule: read the rule, then `cargo test NAME`.")
                    .run()
            });
        }
        if parts.all_passed() {
            parts.run("asking", || Api::default().run(workspace));
            parts.run("web", || web::test(workspace));
        }
        parts.run("proof", || proof::Proof {}.run(workspace));
        parts.finish()
    }
}
