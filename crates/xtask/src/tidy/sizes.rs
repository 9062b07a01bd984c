//! The rule `sizes`: how long a file and a function may be.
//!
//! A limit is a question, not a fence: what does not fit holds two nouns. What was too long before the
//! limit stands in the ratchet. Must not be added: a limit for one file.

use super::ratchet::{Measured, judge};
use super::repo::{Repo, Source};
use super::{Finding, functions};
use std::collections::BTreeMap;

const FILE: usize = 250;
/// Tables of cases are long and simple.
const TEST_FILE: usize = 400;
const FUNCTION: usize = 100;
/// The economy's functions are read with a plan beside them, so they fit on a screen.
const ECONOMY_FUNCTION: usize = 70;
const ECONOMY: &str = "crates/linli-economy/src/";

/// Every file and function that is longer than it may be, and every entry that is.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut files = BTreeMap::new();
    let mut functions = BTreeMap::new();
    for source in repo.rust() {
        files.insert(source.path.clone(), measure_file(source));
        measure_functions(source, &mut functions);
    }
    let mut findings = judge(&files, &repo.ratchet.files);
    findings.extend(judge(&functions, &repo.ratchet.functions));
    findings
}

fn measure_file(source: &Source) -> Measured {
    let limit = if source.is_test() { TEST_FILE } else { FILE };
    Measured { path: source.path.clone(), line: 1, lines: source.lines().count(), limit }
}

/// Where a file has several functions of one name, the longest counts.
fn measure_functions(source: &Source, measured: &mut BTreeMap<String, Measured>) {
    let limit = if source.path.starts_with(ECONOMY) { ECONOMY_FUNCTION } else { FUNCTION };
    for function in functions::find(&source.tokens) {
        let key = format!("{}: {}", source.path, function.name);
        if measured.get(&key).is_none_or(|other| other.lines < function.lines) {
            let path = source.path.clone();
            measured.insert(key, Measured { path, line: function.line, lines: function.lines, limit });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, lines: usize) -> Vec<Finding> {
        check(&Repo::of(&[(path, &"//\n".repeat(lines))]))
    }

    fn function(path: &str, lines: usize) -> Vec<Finding> {
        let text = format!("fn pay() {{\n{}}}\n", "\n".repeat(lines - 2));
        check(&Repo::of(&[(path, &text)]))
    }

    #[test]
    fn files_that_fit_pass() {
        assert!(findings("crates/a/src/b.rs", 250).is_empty());
        assert!(findings("crates/a/tests/main/b.rs", 400).is_empty());
        assert!(findings("docs/long.md", 5000).is_empty());
    }

    #[test]
    fn files_that_do_not_fit_are_refused() {
        assert_eq!(findings("crates/a/src/b.rs", 251).len(), 1);
        assert_eq!(findings("crates/a/tests/main/b.rs", 401).len(), 1);
    }

    #[test]
    fn functions_that_fit_pass() {
        assert!(function("crates/linli-economy/src/a.rs", 70).is_empty());
        assert!(function("crates/linli-cli/src/a.rs", 100).is_empty());
    }

    #[test]
    fn functions_that_do_not_fit_are_refused() {
        let findings = function("crates/linli-economy/src/a.rs", 71);
        assert!(
            findings[0].message.contains("`crates/linli-economy/src/a.rs: pay` has 71 lines"),
            "{findings:?}"
        );
        assert_eq!(function("crates/linli-cli/src/a.rs", 101).len(), 1);
    }
}
