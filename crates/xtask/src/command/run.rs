//! `cargo xtask run`: builds the release program and settles a file of orders with it.
//!
//! Without an argument it settles the sample that is part of the repository, so that the first run on a
//! new machine needs nothing else. Must not be added: anything `linli` itself can print.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::ffi::OsStr;
use std::path::{Path, PathBuf, absolute};

const SAMPLE: &str = "crates/linli-cli/tests/data/sample";
const PLAN: &str = "plans/seed-one.toml";
const OUT: &str = "out/settle";

/// Settle a file of orders.
#[derive(Args)]
pub struct Run {
    /// Orders as CSV, `.zst` or plain, with order_id, paid_at, member_id, store_id and amount [default: the sample]
    file: Option<PathBuf>,
    /// The plan to settle by [default: plans/seed-one.toml]
    #[arg(long)]
    plan: Option<PathBuf>,
}

impl Run {
    /// Builds, settles, and says where the statement is.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        // What is known of stores and agents belongs to the sample alone.
        let of_sample = |part: &str| workspace.root().join(format!("{SAMPLE}-{part}.csv"));
        let known = match self.file {
            Some(_) => Vec::new(),
            None => ["stores", "agents"].map(|part| (format!("--{part}"), of_sample(part))).to_vec(),
        };
        let orders = chosen(self.file, &of_sample("orders"))?;
        let plan = chosen(self.plan, &workspace.root().join(PLAN))?;
        let out = workspace.root().join(OUT);
        Step::cargo(workspace, "build linli")
            .args(["build", "--release", "--package", "linli-cli", "--bin", "linli"])
            .advice("Mend what the compiler says above.")
            .run()?;
        Step::new(workspace, "settle", workspace.target().join("release/linli"))
            .args([OsStr::new("settle"), OsStr::new("--plan"), plan.as_os_str()])
            .args([OsStr::new("--orders"), orders.as_os_str(), OsStr::new("--out"), out.as_os_str()])
            .args(known.iter().flat_map(|(option, file)| [OsStr::new(option), file.as_os_str()]))
            .advice("The line above names the file, the line and the reason; `linli settle --help` has all options.")
            .run()?;
        println!("balances, exits, daily prices and a summary lie beside it in {OUT}");
        Ok(())
    }
}

/// The named file as seen from where the command was typed, because the step runs in the workspace's root.
fn chosen(named: Option<PathBuf>, default: &Path) -> Result<PathBuf> {
    let file = match named {
        Some(named) => absolute(&named).with_context(|| format!("{} is no path", named.display()))?,
        None => default.to_path_buf(),
    };
    if file.is_file() { Ok(file) } else { bail!("there is no file {}", file.display()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_file_wins_over_the_default() {
        let here = Path::new("Cargo.toml");
        assert_eq!(chosen(Some(here.into()), Path::new("other")).ok(), absolute(here).ok());
        assert_eq!(chosen(None, here).ok().as_deref(), Some(here));
    }

    #[test]
    fn a_missing_file_is_named() {
        let error =
            chosen(Some("no-such.csv".into()), Path::new("other")).expect_err("it is missing").to_string();
        assert!(error.ends_with("no-such.csv"), "{error}");
    }
}
