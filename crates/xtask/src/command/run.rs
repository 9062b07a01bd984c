//! `cargo xtask run`: builds the release program and runs the platform with it, on the demo world.
//!
//! With a file of orders it settles them instead. Must not be added: anything `linli` itself can print.

use crate::step::Step;
use crate::web;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::{Path, PathBuf, absolute};

const DEMO: &str = "out/demo";
const PLAN: &str = "plans/seed-one.toml";
const OUT: &str = "out/settle";

/// Run the platform on the demo world, or settle a file of orders.
#[derive(Args)]
pub struct Run {
    /// Orders to settle: CSV, `.zst` or plain, with order_id, paid_at, member_id, store_id and amount
    file: Option<PathBuf>,
    /// Where the platform listens
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", conflicts_with = "file")]
    listen: SocketAddr,
    /// The plan to settle by [default: plans/seed-one.toml]
    #[arg(long)]
    plan: Option<PathBuf>,
}

impl Run {
    /// Builds, and runs until it is interrupted; or settles, and says where the statement is.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        let Self { file, listen, plan } = self;
        if file.is_none() {
            web::build(workspace)?;
        }
        Step::cargo(workspace, "build linli")
            .args(["build", "--release", "--package", "linli-cli", "--bin", "linli"])
            .advice("Mend what the compiler says above.")
            .run()?;
        match file {
            Some(file) => settle(workspace, file, plan),
            None => Step::new(workspace, "run the demo", workspace.target().join("release/linli"))
                .args(["demo", "--data", DEMO, "--listen", &listen.to_string()])
                .advice("The line above has the reason; --listen takes another address, and deleting out/demo begins anew.")
                .run(),
        }
    }
}

fn settle(workspace: &Workspace, file: PathBuf, plan: Option<PathBuf>) -> Result<()> {
    let orders = chosen(Some(file), workspace.root())?;
    let plan = chosen(plan, &workspace.root().join(PLAN))?;
    let out = workspace.root().join(OUT);
    Step::new(workspace, "settle", workspace.target().join("release/linli"))
        .args([OsStr::new("settle"), OsStr::new("--plan"), plan.as_os_str()])
        .args([OsStr::new("--orders"), orders.as_os_str(), OsStr::new("--out"), out.as_os_str()])
        .advice(
            "The line above names the file, the line and the reason; `linli settle --help` has all options.",
        )
        .run()?;
    println!("balances, exits, daily prices and a summary lie beside it in {OUT}");
    Ok(())
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
