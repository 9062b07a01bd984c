//! `cargo xtask tidy`: what this project asks of its files and no compiler checks.
//!
//! Each rule is one file with a `check` that looks at the whole repository and changes nothing; the table
//! here names them all. Must not be added: a rule without a test that trips it, or one that needs a build.

mod arrows;
mod functions;
mod heads;
mod links;
mod packages;
mod places;
mod purity;
mod ratchet;
mod reach;
mod repo;
mod sizes;
mod text;
mod tokens;
mod words;

use crate::workspace::Workspace;
use anyhow::{Result, bail};
use clap::Args;
use repo::Repo;

/// Check what no compiler checks.
#[derive(Args)]
pub struct Tidy {}

/// A rule's name, as findings show it, and the rule.
type Rule = (&'static str, fn(&Repo) -> Vec<Finding>);

const RULES: [Rule; 9] = [
    ("arrows", arrows::check),
    ("heads", heads::check),
    ("links", links::check),
    ("places", places::check),
    ("purity", purity::check),
    ("reach", reach::check),
    ("sizes", sizes::check),
    ("text", text::check),
    ("words", words::check),
];

/// One place that a rule refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl Finding {
    /// A finding on a line, counted from 1.
    pub fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl Tidy {
    /// Prints every finding, then fails if there was one.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        let repo = Repo::load(workspace)?;
        let mut count = 0;
        for (name, check) in RULES {
            let mut findings = check(&repo);
            findings.sort();
            count += findings.len();
            for Finding { path, line, message } in findings {
                println!("{path}:{line}: {name}: {message}");
            }
        }
        if count > 0 {
            bail!(
                "{count} findings of `cargo xtask tidy`, each with its place above; STYLE.md has the reasons"
            )
        }
        eprintln!("    tidy: {} files, no findings", repo.paths.len());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_in_the_order_of_their_names() {
        assert!(RULES.is_sorted_by_key(|(name, _)| name));
    }
}
