//! One step of a command: a child process with a name, and the advice to print when it fails.
//!
//! Every child starts in the workspace's root with no standard input, so that nothing can wait for a
//! key that nobody presses. Must not be added: knowledge of what any single step does.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A child process that is about to be run.
pub struct Step {
    name: String,
    advice: String,
    command: Command,
}

impl Step {
    /// A step that runs `program`, looked up on the search path unless it is a path.
    pub fn new(workspace: &Workspace, name: &str, program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.current_dir(workspace.root()).stdin(Stdio::null());
        Self { name: name.to_owned(), advice: String::new(), command }
    }

    /// A step that runs the same cargo that runs this program.
    pub fn cargo(workspace: &Workspace, name: &str) -> Self {
        Self::new(workspace, name, env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
    }

    /// Adds arguments.
    pub fn args<I>(mut self, args: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<OsStr>,
    {
        self.command.args(args);
        self
    }

    /// Sets a variable of the child's environment.
    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// Says what a reader should do when this step fails.
    pub fn advice(mut self, advice: &str) -> Self {
        advice.clone_into(&mut self.advice);
        self
    }

    /// Runs the step with its output on the terminal; anything but success is an error.
    pub fn run(self) -> Result<()> {
        let (name, advice) = (self.name.clone(), self.advice.clone());
        let status = self.status()?;
        if status.success() { Ok(()) } else { bail!("{}", failure(&name, status, &advice)) }
    }

    /// Runs the step with its output on the terminal, for programs whose exit code says more than yes or no.
    pub fn status(mut self) -> Result<ExitStatus> {
        eprintln!("==> {}", self.name);
        let start = Instant::now();
        let status = self.command.status().with_context(|| self.not_started())?;
        eprintln!("    {}: {} after {}", self.name, outcome(status), seconds(start.elapsed()));
        Ok(status)
    }

    /// Runs the step silently and returns what it printed; all of it is part of the error when it fails.
    pub fn output(mut self) -> Result<String> {
        let output = self.command.output().with_context(|| self.not_started())?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(text);
        }
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("{}\n{text}{complaint}", failure(&self.name, output.status, &self.advice));
    }

    fn not_started(&self) -> String {
        let program = self.command.get_program().to_string_lossy();
        format!("step `{}` did not start: `{program}` cannot be run. {}", self.name, self.advice)
    }
}

/// A duration as people read it: `0.8 s`, `14.0 s`, `3 min 05 s`.
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole < 60 {
        format!("{whole}.{} s", duration.subsec_millis() / 100)
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

fn outcome(status: ExitStatus) -> String {
    if status.success() { "done".to_owned() } else { format!("ended with {status}") }
}

fn failure(name: &str, status: ExitStatus, advice: &str) -> String {
    format!("step `{name}` failed ({status}). {advice}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Step {
        let workspace = Workspace::find().expect("tests run inside the checkout");
        Step::new(&workspace, "probe", "sh").args(["-c", script]).advice("Look above.")
    }

    #[test]
    fn a_failed_step_says_its_name_and_what_to_do() {
        let error = shell("exit 3").run().expect_err("exit code 3 is a failure").to_string();
        assert!(error.contains("step `probe` failed") && error.contains("Look above."), "{error}");
    }

    #[test]
    fn a_silent_step_returns_what_it_printed() {
        assert_eq!(shell("echo four").output().expect("echo succeeds"), "four\n");
        let error =
            shell("echo five >&2; exit 1").output().expect_err("exit code 1 is a failure").to_string();
        assert!(error.contains("five"), "{error}");
    }

    #[test]
    fn a_missing_program_is_an_error_not_a_panic() {
        let workspace = Workspace::find().expect("tests run inside the checkout");
        let error =
            Step::new(&workspace, "probe", "no-such-program-anywhere").run().expect_err("it is missing");
        assert!(error.to_string().contains("did not start"), "{error}");
    }

    #[test]
    fn durations_read_like_a_clock() {
        assert_eq!(seconds(Duration::from_millis(850)), "0.8 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 05 s");
    }
}
