//! Tools of PyPI: each in an environment of its own in the target directory, at the versions that a file pins.
//!
//! The file's content is part of the place, so new pins install anew. Must not be added: a version "latest".

use crate::debian;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

/// A tool and the file with the versions of all that it needs.
pub struct Venv {
    /// Its program.
    pub name: &'static str,
    /// The file, from the workspace's root.
    pub requirements: &'static str,
}

impl Venv {
    /// The program's path; installs it the first time.
    pub fn ensure(&self, workspace: &Workspace) -> Result<PathBuf> {
        let file = workspace.root().join(self.requirements);
        let pins =
            fs::read_to_string(&file).with_context(|| format!("{} cannot be read", self.requirements))?;
        let mut hasher = DefaultHasher::new();
        pins.hash(&mut hasher);
        let home = workspace.target().join("tools").join(format!("{}-{:016x}", self.name, hasher.finish()));
        let program = home.join("bin").join(self.name);
        // Written last: an installation that was broken off is begun anew.
        let done = home.join("installed");
        if !done.is_file() {
            debian::PYTHON.ensure(workspace)?;
            let advice = "Python 3.10 or later with venv, and PyPI, must be there the first time.";
            Step::new(workspace, "make an environment", "python3")
                .args(["-m", "venv", "--clear"])
                .args([&home])
                .advice(advice)
                .run()?;
            Step::new(workspace, &format!("install {}", self.name), home.join("bin/pip"))
                .args([
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--requirement",
                    self.requirements,
                ])
                .advice(advice)
                .run()?;
            fs::write(&done, "").with_context(|| format!("{} cannot be written", done.display()))?;
        }
        Ok(program)
    }
}
