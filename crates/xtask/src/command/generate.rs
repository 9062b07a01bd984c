//! `cargo xtask gen`: writes what is generated and kept in the repository.
//!
//! Must not be added: what a build can make each time.

use crate::web;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;

/// Write the types of the TypeScript client anew.
#[derive(Args)]
pub struct Gen {
    /// The pictures of the guides too, which takes as long as the tests that leave them
    #[arg(long)]
    pictures: bool,
}

impl Gen {
    /// Asks the running service for its document.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        web::generate(workspace)?;
        if self.pictures { web::picture(workspace) } else { Ok(()) }
    }
}
