//! Tools that cargo installs: one pinned version each, kept in the target directory.
//!
//! The version is part of the place, so a new pin installs anew and never uses an old program.
//! Must not be added: tools that are not needed by a command here, or versions "latest".

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::Result;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

/// A program of crates.io at one version.
pub struct CargoTool {
    name: &'static str,
    version: &'static str,
}

/// Checks bans, licences and sources of what we depend on.
pub const DENY: CargoTool = CargoTool { name: "cargo-deny", version: "0.20.2" };

/// Changes the code in small ways, to see which changes no test notices.
pub const MUTANTS: CargoTool = CargoTool { name: "cargo-mutants", version: "27.1.0" };

impl CargoTool {
    /// The program's path; builds it the first time.
    pub fn ensure(&self, workspace: &Workspace) -> Result<PathBuf> {
        let tools = workspace.target().join("tools");
        let home = tools.join(format!("{}-{}", self.name, self.version));
        let program = home.join("bin").join(self.name);
        if !program.is_file() {
            let build = tools.join("build");
            eprintln!("    {} {} is built once; this takes some minutes", self.name, self.version);
            Step::cargo(workspace, &format!("install {}", self.name))
                .args(["install", "--quiet", "--locked", self.name, "--version", self.version])
                .args([OsStr::new("--root"), home.as_os_str(), OsStr::new("--target-dir"), build.as_os_str()])
                .advice("crates.io must be reachable the first time; afterwards the tool is kept.")
                .run()?;
            // Only the program is needed from here on; an unfinished build stays, to be gone on with.
            drop(fs::remove_dir_all(&build));
        }
        Ok(program)
    }
}
