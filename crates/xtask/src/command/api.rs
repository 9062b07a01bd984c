//! `cargo xtask api`: schemathesis asks the running program everything that its document describes, as members, people at
//! a desk and programs of the small demo world: no answer is a fault of the service, and each is as documented. Then the
//! audit agrees. Must not be added: what an answer should be; the document says it.

use crate::demo::{Demo, KEY};
use crate::python::Venv;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;
use std::path::Path;

/// The tool with everything that it needs, each at one version.
const TOOL: Venv = Venv { name: "schemathesis", requirements: "crates/xtask/api/requirements.txt" };

/// Who asks, and what they may.
const HOOKS: &str = "crates/xtask/api";

/// What may not be judged.
const CONFIG: &str = "crates/xtask/api/schemathesis.toml";

/// These end the session of whoever asks, who could ask nothing more; the matrix of rights has them.
const LEFT_OUT: [&str; 2] = ["/v1/logout", "/v1/sessions/end-others"];

/// Ask the running program everything that its document describes.
#[derive(Args)]
pub struct Api {
    /// Seconds that it may take
    #[arg(long, default_value_t = Self::default().seconds, value_parser = clap::value_parser!(u64).range(20..))]
    pub seconds: u64,
    /// Another seed asks other things
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

impl Default for Api {
    /// What every change has to stand.
    fn default() -> Self {
        Self { seconds: 60, seed: 1 }
    }
}

impl Api {
    /// Builds, serves the demo, asks, and audits what is left.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        let tool = TOOL.ensure(workspace)?;
        let demo = Demo::serve(workspace, "api")?;
        let asked = self.ask(workspace, &tool, &demo);
        let audited = demo.end(workspace);
        asked.and(audited)
    }

    fn ask(&self, workspace: &Workspace, tool: &Path, demo: &Demo) -> Result<()> {
        let document = format!("{}/openapi.json", demo.url);
        let step = Step::new(workspace, "ask everything", tool)
            .args(["--config-file", CONFIG, "run", &document, "--url", &demo.url, "--no-color"])
            .args(["--seed", &self.seed.to_string(), "--max-time", &self.seconds.to_string()])
            .args(["--generation-database", "none", "--request-timeout", "20"])
            // What is well formed may still be refused: the wrong code, the order that is not there.
            .args(["--exclude-checks", "positive_data_acceptance", "--warnings", "off"])
            .args(LEFT_OUT.iter().flat_map(|path| ["--exclude-path", path]))
            .env("SCHEMATHESIS_HOOKS", "hooks")
            .env("PYTHONPATH", workspace.root().join(HOOKS))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("LINLI_URL", &demo.url)
            .env("LINLI_KEY", KEY)
            .env("LINLI_SECRET", &demo.secret);
        step.advice("Each failure above has a line that shows it: write the test first, then mend.").run()
    }
}
