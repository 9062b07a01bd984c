//! The running program on the demo world, for what asks it from outside; ended in its own way, and audited.
//!
//! Must not be added: what is asked.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The id of the key.
pub const KEY: &str = "asker";

/// The small demo world, served at a free port; with a key that has every scope.
pub struct Demo {
    linli: PathBuf,
    data: PathBuf,
    /// Where it is.
    pub url: String,
    /// What the key signs with.
    pub secret: String,
    child: Child,
}

impl Demo {
    /// Builds the program, makes the world anew in this folder of the target directory, and serves it.
    pub fn serve(workspace: &Workspace, folder: &str) -> Result<Self> {
        // With the features of the tests, which have been built with them.
        Step::cargo(workspace, "build linli")
            .args(["test", "--workspace", "--no-run"])
            .advice("Mend what the compiler says above.")
            .run()?;
        let linli = workspace.target().join("debug/linli");
        let data = workspace.target().join(folder);
        if data.exists() {
            fs::remove_dir_all(&data).with_context(|| format!("{} cannot be removed", data.display()))?;
        }
        let made = data.display().to_string();
        Step::new(workspace, "make the demo", &linli).args(["demo", "--data", &made]).run()?;
        let told = Step::new(workspace, "make a key", &linli)
            .args(["key", "add", KEY, "--name", KEY, "--data", &made])
            .args(["--scope", "read", "--scope", "orders", "--scope", "commands"])
            .output()?;
        let secret =
            told.lines().find_map(|line| line.strip_prefix("secret ")).context("a key has a secret")?;
        let (child, url) = start(&linli, &data)?;
        Ok(Self { linli, data, url, secret: secret.to_string(), child })
    }

    /// Ends the service in its own way; what it has left must be sound.
    pub fn end(mut self, workspace: &Workspace) -> Result<()> {
        let id = self.child.id().to_string();
        Step::new(workspace, "end the demo", "kill").args(["-TERM", &id]).output()?;
        let status = self.child.wait().context("the demo has no end")?;
        let log = log(&self.data);
        anyhow::ensure!(status.success(), "the demo ended with {status}: see {}", log.display());
        let data = self.data.display().to_string();
        Step::new(workspace, "audit", &self.linli).args(["audit", "--data", &data]).run()
    }
}

/// Serves the demo in this folder; gives where.
fn start(linli: &Path, data: &Path) -> Result<(Child, String)> {
    let log = log(data);
    let written = fs::File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
    let mut child = Command::new(linli)
        .args(["demo", "--data", &data.display().to_string(), "--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(written)
        .spawn()
        .context("the demo cannot be started")?;
    let out = BufReader::new(child.stdout.take().context("the demo says where it listens")?);
    let mut lines = out.lines().map_while(Result::ok);
    let url = lines.find_map(|line| line.strip_prefix("listening on ").map(String::from));
    Ok((child, url.with_context(|| format!("the demo does not listen: {} says why", log.display()))?))
}

fn log(data: &Path) -> PathBuf {
    data.with_extension("log")
}
