//! The rule `text`: every text ends its lines with one newline and nothing before it.
//!
//! Differences in what nobody sees make changes hard to read. Must not be added: what `cargo fmt` does.

use super::Finding;
use super::repo::{Repo, Source};

/// Every line with something invisible at its end, and every file that ends without a newline.
pub fn check(repo: &Repo) -> Vec<Finding> {
    repo.sources.iter().filter(|source| !source.is_fixture()).flat_map(check_source).collect()
}

fn check_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(source.text.split('\n')) {
        if line.contains('\r') {
            findings.push(Finding::new(
                &source.path,
                number,
                "a carriage return: lines end with a newline alone",
            ));
        } else if line.trim_end() != line {
            findings.push(Finding::new(&source.path, number, "whitespace at the end of the line"));
        }
    }
    let last = source.lines().count().max(1);
    if !source.text.is_empty() && !source.text.ends_with('\n') {
        findings.push(Finding::new(&source.path, last, "no newline at the end of the file"));
    }
    if source.text.ends_with("\n\n") {
        findings.push(Finding::new(&source.path, last, "an empty line at the end of the file"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&Repo::of(&[(path, text)])).len()
    }

    #[test]
    fn clean_texts_and_fixtures_pass() {
        assert_eq!(count("a.md", "one\n\ntwo\n"), 0);
        assert_eq!(count("a.md", ""), 0);
        assert_eq!(count("crates/a/tests/data/windows.csv", "a,b\r\n1,2 "), 0);
    }

    #[test]
    fn what_nobody_sees_is_refused() {
        for text in ["one \n", "one\t\n", "one\r\n", "one", "one\n\n", "\u{a0}\n"] {
            assert_eq!(count("a.md", text), 1, "{text:?}");
        }
    }
}
