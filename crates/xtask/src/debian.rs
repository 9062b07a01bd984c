//! Programs that come from Debian's packages: installed when we may, named when we may not.
//!
//! A fresh machine is made ready by the command that needs it; nobody has to read a list first.
//! Must not be added: programs that cargo can install (`cargo_tool.rs`), or a question on the terminal.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::env;
use std::path::Path;

/// A Debian package, known to be installed by the program it brings.
pub struct Package {
    name: &'static str,
    program: &'static str,
    purpose: &'static str,
}

/// The solver that checks the lemmas in `proofs/`.
pub const Z3: Package = Package { name: "z3", program: "z3", purpose: "checks the proofs" };

/// What has to happen before a program can be used.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    Ready,
    Install,
    Refuse(String),
}

impl Package {
    /// Makes sure that the program is there, or says which line installs it.
    pub fn ensure(&self, workspace: &Workspace) -> Result<()> {
        match self.plan(is_on_path(self.program), is_on_path("apt-get"), is_root(workspace)) {
            Plan::Ready => Ok(()),
            Plan::Install => self.install(workspace),
            Plan::Refuse(reason) => bail!("{reason}"),
        }
    }

    fn plan(&self, present: bool, debian: bool, root: bool) -> Plan {
        let Self { name, program, purpose } = self;
        match (present, debian, root) {
            (true, _, _) => Plan::Ready,
            (false, true, true) => Plan::Install,
            (false, true, false) => Plan::Refuse(format!(
                "`{program}`, which {purpose}, is missing. Install it with\n    sudo apt-get install --yes {name}"
            )),
            (false, false, _) => Plan::Refuse(format!(
                "`{program}`, which {purpose}, is missing, and this system has no apt-get. \
                 Install `{name}` with the system's own package manager."
            )),
        }
    }

    /// Tries the package lists that are there first: fetching new ones takes longer than most packages.
    fn install(&self, workspace: &Workspace) -> Result<()> {
        eprintln!("==> installing {} from Debian ({})", self.name, self.purpose);
        if self.apt_install(workspace).is_ok() {
            return Ok(());
        }
        apt(workspace, "package lists").args(["update"]).output()?;
        self.apt_install(workspace)
    }

    fn apt_install(&self, workspace: &Workspace) -> Result<()> {
        let arguments = ["install", "--yes", "--no-install-recommends", self.name];
        apt(workspace, &format!("install {}", self.name)).args(arguments).output()?;
        Ok(())
    }
}

fn apt(workspace: &Workspace, name: &str) -> Step {
    Step::new(workspace, name, "apt-get")
        .args(["-qq"])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .advice("Read what apt-get says below, mend it, and run the command again.")
}

fn is_on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|place| Path::new(&place).join(program).is_file())
}

/// Asked of `id`, because the standard library does not know the user.
fn is_root(workspace: &Workspace) -> bool {
    Step::new(workspace, "user", "id").args(["-u"]).output().is_ok_and(|user| user.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_present_program_needs_nothing() {
        assert_eq!(Z3.plan(true, false, false), Plan::Ready);
    }

    #[test]
    fn root_on_debian_installs() {
        assert_eq!(Z3.plan(false, true, true), Plan::Install);
    }

    #[test]
    fn another_user_is_told_the_exact_line() {
        let Plan::Refuse(reason) = Z3.plan(false, true, false) else { panic!("another user cannot install") };
        assert!(reason.ends_with("    sudo apt-get install --yes z3"), "{reason}");
    }

    #[test]
    fn another_system_is_told_the_package() {
        let Plan::Refuse(reason) = Z3.plan(false, false, true) else { panic!("no apt-get, no install") };
        assert!(reason.contains("Install `z3`"), "{reason}");
    }
}
