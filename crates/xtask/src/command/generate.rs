//! `cargo xtask gen`: writes what is generated and kept in the repository.
//!
//! Must not be added: what a build can make each time.

use crate::web;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;

/// Write the types of the TypeScript client anew.
#[derive(Args)]
pub struct Gen {}

impl Gen {
    /// Asks the running service for its document.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        web::generate(workspace)
    }
}
