//! The rule `places`: no file names a place of somebody's machine.
//!
//! Such a path works for one person and tells others where that person works. A test asks for a
//! directory, a program takes an argument. Must not be added: a path that is allowed.

use super::Finding;
use super::repo::Repo;

/// Written in two parts, so that this file does not find itself.
const ROOTS: [&str; 7] = [
    concat!("/", "home/"),
    concat!("/", "root/"),
    concat!("/", "work/"),
    concat!("/", "tmp/"),
    concat!("/", "Users/"),
    concat!("/", "mnt/"),
    concat!("file", "://"),
];

/// Every path that begins in a place of one machine.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &repo.sources {
        for (number, line) in source.lines() {
            if let Some(root) = ROOTS.iter().find(|root| names(line, root)) {
                let message =
                    format!("`{root}…` is a place of one machine: take an argument or a relative path");
                findings.push(Finding::new(&source.path, number, message));
            }
        }
    }
    findings
}

/// Whether a path in this line begins so; a part of an address or of a relative path does not.
fn names(line: &str, root: &str) -> bool {
    line.match_indices(root).any(|(place, _)| {
        let before = line[..place].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-/}~$*".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(line: &str) -> usize {
        check(&Repo::of(&[("docs/a.md", line)])).len()
    }

    #[test]
    fn relative_paths_and_addresses_pass() {
        for line in [
            "../home/a",
            "https://example.com/work/a",
            "./tmp/a",
            "$DIR/tmp/a",
            "framework/",
            "#!/usr/bin/env bash",
        ] {
            assert_eq!(count(line), 0, "{line}");
        }
    }

    #[test]
    fn a_path_of_one_machine_is_refused() {
        for root in ROOTS {
            assert_eq!(count(&format!("see `{root}a`")), 1, "{root}");
            assert_eq!(count(&format!("{root}a")), 1, "{root}");
        }
    }
}
