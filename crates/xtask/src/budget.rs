//! How long each part of a long command may take, and the table that says how long it took.
//!
//! A slow part is printed, never refused: a clock of a busy machine must not fail a build.
//! Must not be added: a limit that depends on the machine.

use crate::step::seconds;
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// Minutes a part may take on two cores with nothing built before.
const BUDGETS: [(&str, u64); 8] = [
    ("build", 10),
    ("tests", 20),
    ("proof", 3),
    ("tidy", 1),
    ("format", 1),
    ("clippy", 6),
    ("rustdoc", 4),
    ("deny", 10),
];

/// The parts of one command, in the order in which they ran.
#[derive(Default)]
pub struct Parts {
    rows: Vec<Part>,
}

struct Part {
    name: &'static str,
    took: Duration,
    failed: bool,
}

impl Parts {
    /// Runs one part and keeps its time; an error is printed and kept, so that the next part still runs.
    pub fn run(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        let start = Instant::now();
        let outcome = work();
        if let Err(error) = &outcome {
            eprintln!("\n{name}: {error:#}\n");
        }
        self.rows.push(Part { name, took: start.elapsed(), failed: outcome.is_err() });
    }

    /// Whether every part so far succeeded.
    pub fn all_passed(&self) -> bool {
        self.rows.iter().all(|part| !part.failed)
    }

    /// Prints the table; an error names the parts that failed.
    pub fn finish(self) -> Result<()> {
        eprint!("{}", self.table());
        let failed: Vec<&str> = self.rows.iter().filter(|part| part.failed).map(|part| part.name).collect();
        if failed.is_empty() { Ok(()) } else { bail!("failed: {}; see above what to do", failed.join(", ")) }
    }

    fn table(&self) -> String {
        let mut table = format!("\n{:<10}{:>14}  {:>10}\n", "part", "took", "budget");
        for part in &self.rows {
            let budget = BUDGETS.iter().find(|(name, _)| *name == part.name).map(|(_, minutes)| *minutes);
            let allowed = budget.map_or_else(|| "none".to_owned(), |minutes| format!("{minutes} min"));
            let late = budget.is_some_and(|minutes| part.took > Duration::from_secs(minutes * 60));
            let note = match (part.failed, late) {
                (true, _) => "  FAILED",
                (false, true) => "  over its budget",
                (false, false) => "",
            };
            table += &format!("{:<10}{:>14}  {allowed:>10}{note}\n", part.name, seconds(part.took));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn a_failed_part_lets_the_next_one_run_and_is_named_at_the_end() {
        let mut parts = Parts::default();
        parts.run("tidy", || Err(anyhow!("one finding")));
        parts.run("format", || Ok(()));
        assert!(!parts.all_passed());
        assert_eq!(parts.rows.len(), 2);
        let error = parts.finish().expect_err("tidy failed").to_string();
        assert_eq!(error, "failed: tidy; see above what to do");
    }

    #[test]
    fn a_part_over_its_budget_is_marked_and_passes() {
        let slow = Part { name: "proof", took: Duration::from_secs(181), failed: false };
        let parts = Parts { rows: vec![slow] };
        assert!(parts.table().contains("over its budget"), "{}", parts.table());
        assert!(parts.finish().is_ok());
    }
}
