//! What a run over mutants found, read from the report that cargo-mutants writes.
//!
//! The score is the share of working mutants that a test noticed; one that never ends counts as noticed.
//! Must not be added: floats; a share is printed in tenths of a percent.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt;
use std::fs;
use std::path::Path;

/// The counts of one report, or of several together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Mutants that made a test fail.
    pub caught: u64,
    /// Mutants that made the tests run on and on.
    pub timeout: u64,
    /// Mutants that no test noticed.
    pub missed: u64,
    /// Mutants that do not compile and so prove nothing.
    pub unviable: u64,
    /// Whether the run came to its end.
    pub finished: bool,
}

impl Score {
    /// Reads a report; one that is not there yet is unfinished and empty.
    pub fn read(report: &Path) -> Result<Self> {
        let file = report.join("mutants.out/outcomes.json");
        if !file.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        Self::parse(&text).with_context(|| format!("{} is no report", file.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(text)?;
        let count = |key: &str| report[key].as_u64().with_context(|| format!("it has no count `{key}`"));
        Ok(Self {
            caught: count("caught")?,
            timeout: count("timeout")?,
            missed: count("missed")?,
            unviable: count("unviable")?,
            finished: report["end_time"].is_string(),
        })
    }

    /// Adds the counts of a finished report.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            caught: self.caught + other.caught,
            timeout: self.timeout + other.timeout,
            missed: self.missed + other.missed,
            unviable: self.unviable + other.unviable,
            finished: true,
        }
    }

    /// Mutants that compile.
    pub fn tested(&self) -> u64 {
        self.caught + self.timeout + self.missed
    }

    /// The share that was noticed, as `93.4 %`, rounded down.
    pub fn share(&self) -> String {
        let tenths = ((self.caught + self.timeout) * 1000).checked_div(self.tested());
        tenths
            .map_or_else(|| "no mutant yet".to_owned(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { caught, timeout, missed, unviable, .. } = self;
        write!(f, "score {}: {caught} caught, {timeout} out of time, {missed} missed; ", self.share())?;
        write!(f, "{unviable} do not compile")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{"outcomes": [], "total_mutants": 34, "missed": 2, "caught": 28, "timeout": 1,
                             "unviable": 3, "success": 0, "end_time": "2026-01-01T00:00:00Z"}"#;

    #[test]
    fn a_report_becomes_a_score() {
        let score = Score::parse(REPORT).expect("the report is whole");
        assert_eq!(score.to_string(), "score 93.5 %: 28 caught, 1 out of time, 2 missed; 3 do not compile");
        assert!(score.finished);
    }

    #[test]
    fn a_run_that_was_stopped_is_not_finished() {
        let report = REPORT.replace("\"2026-01-01T00:00:00Z\"", "null");
        assert!(!Score::parse(&report).expect("the report is whole").finished);
        assert!(!Score::read(Path::new("no-such-report")).expect("an absent report is empty").finished);
    }

    #[test]
    fn scores_add_up_and_nothing_has_no_share() {
        let one = Score::parse(REPORT).expect("the report is whole");
        assert_eq!(one.plus(&one).missed, 4);
        assert_eq!(Score::default().share(), "no mutant yet");
    }

    #[test]
    fn a_report_of_another_form_is_refused() {
        assert!(Score::parse("{}").is_err());
    }
}
