//! The rule `arrows`: which crate of this repository may depend on which.
//!
//! The table is the architecture: what it does not list is refused, so that a new arrow is decided here
//! and not in passing. Must not be added: an arrow from a pure crate to one that reads or writes.

use super::Finding;
use super::packages::{Arrow, Package};
use super::repo::Repo;

/// One crate and what it may depend on.
struct Allowed {
    name: &'static str,
    always: &'static [&'static str],
    /// Further crates that only its tests and benchmarks may use.
    in_tests: &'static [&'static str],
}

const ARROWS: [Allowed; 16] = [
    // Pure: it knows no other crate, so nothing can reach into it.
    Allowed { name: "linli-economy", always: &[], in_tests: &["linli-naive", "linli-random"] },
    // Written apart from the economy, to disagree with it: sharing code would share mistakes.
    Allowed { name: "linli-naive", always: &[], in_tests: &[] },
    // Random plans and streams: it knows only their form, so that no rule can hide in a test's input.
    Allowed { name: "linli-random", always: &[], in_tests: &[] },
    // Bytes in a chain: it knows no economy, so that no rule can hide in a store.
    Allowed { name: "linli-journal", always: &[], in_tests: &["linli-test-postgres"] },
    // Pure like the economy, whose balances and orders it looks at: people, rights, agreements.
    Allowed { name: "linli-platform", always: &["linli-economy"], in_tests: &[] },
    // Pure too: of the economy it knows what plans, dates and decimals are.
    Allowed { name: "linli-guard", always: &["linli-economy"], in_tests: &["linli-random"] },
    // The demo world: it makes commands, and asks an economy of its own what there is.
    Allowed {
        name: "linli-demo",
        always: &["linli-economy", "linli-platform", "linli-random"],
        in_tests: &[],
    },
    // Scenarios: commands for the very economy that runs live, and statistics of what it made of them.
    Allowed { name: "linli-lab", always: &["linli-economy", "linli-random"], in_tests: &[] },
    // It ties the economy to the journal, and knows neither HTTP nor a terminal.
    Allowed {
        name: "linli-engine",
        always: &["linli-economy", "linli-journal", "linli-platform"],
        in_tests: &["linli-naive", "linli-random", "linli-test-postgres"],
    },
    // Bytes and when to send them: of the journal it knows the address of the database, and nothing that is in it.
    Allowed { name: "linli-outbox", always: &["linli-journal"], in_tests: &["linli-test-postgres"] },
    // Pages and pictures: it knows no other crate, so that nothing of money can stand on a poster by itself.
    Allowed { name: "linli-sheets", always: &[], in_tests: &[] },
    // What providers are asked and report: of the economy it knows decimals, dates and the largest amount, of the
    // journal the address of the database, and of neither what is in it.
    Allowed {
        name: "linli-payments",
        always: &["linli-economy", "linli-journal"],
        in_tests: &["linli-random", "linli-test-postgres"],
    },
    // HTTP over the engine: it verifies who calls and computes no money.
    Allowed {
        name: "linli-server",
        always: &[
            "linli-economy",
            "linli-engine",
            "linli-guard",
            "linli-journal",
            "linli-outbox",
            "linli-payments",
            "linli-platform",
            "linli-sheets",
        ],
        in_tests: &["linli-test-postgres"],
    },
    // Wiring and printing: it may use every crate of the program, and the naive model to test with.
    Allowed {
        name: "linli-cli",
        always: &[
            "linli-demo",
            "linli-economy",
            "linli-engine",
            "linli-guard",
            "linli-journal",
            "linli-lab",
            "linli-outbox",
            "linli-payments",
            "linli-platform",
            "linli-server",
        ],
        in_tests: &["linli-naive", "linli-test-postgres"],
    },
    // A server for tests: it knows nothing of what they keep in it.
    Allowed { name: "linli-test-postgres", always: &[], in_tests: &[] },
    Allowed { name: "xtask", always: &["linli-naive", "linli-test-postgres"], in_tests: &[] },
];

/// Every arrow that the table does not have, and every crate it does not know or that is gone.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings: Vec<_> =
        repo.packages.iter().flat_map(|package| check_package(repo, package, &ARROWS)).collect();
    for allowed in &ARROWS {
        if !repo.packages.is_empty() && !repo.packages.iter().any(|package| package.name == allowed.name) {
            let message = format!("the table has the crate {}, which is gone", allowed.name);
            findings.push(Finding::new("crates/xtask/src/tidy/arrows.rs", 1, message));
        }
    }
    findings
}

fn check_package(repo: &Repo, package: &Package, table: &[Allowed]) -> Vec<Finding> {
    let manifest = format!("{}/Cargo.toml", package.place);
    let Some(allowed) = table.iter().find(|allowed| allowed.name == package.name) else {
        let message =
            "a crate that the table in tidy/arrows.rs does not have: say there what it may depend on";
        return vec![Finding::new(&manifest, 1, message)];
    };
    let refused = package.arrows.iter().filter(|arrow| !allowed.permits(arrow));
    refused
        .map(|arrow| {
            let use_of_it = if arrow.only_tests { "in tests" } else { "" };
            let message = format!("{} may not depend on {} {use_of_it}", package.name, arrow.to);
            Finding::new(&manifest, line_of(repo, &manifest, arrow), message.trim_end())
        })
        .collect()
}

impl Allowed {
    fn permits(&self, arrow: &Arrow) -> bool {
        let to = arrow.to.as_str();
        self.always.contains(&to) || (arrow.only_tests && self.in_tests.contains(&to))
    }
}

fn line_of(repo: &Repo, manifest: &str, arrow: &Arrow) -> usize {
    let source = repo.source(manifest);
    let line = source.and_then(|source| source.lines().find(|(_, text)| text.starts_with(&arrow.to)));
    line.map_or(1, |(line, _)| line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, to: &str, only_tests: bool) -> Package {
        let arrows = vec![Arrow { to: to.to_owned(), only_tests }];
        Package { name: name.to_owned(), place: format!("crates/{name}"), arrows, targets: Vec::new() }
    }

    fn findings(package: &Package) -> Vec<Finding> {
        check_package(&Repo::of(&[]), package, &ARROWS)
    }

    #[test]
    fn an_arrow_of_the_table_passes() {
        assert!(findings(&package("linli-cli", "linli-economy", false)).is_empty());
        assert!(findings(&package("linli-economy", "linli-naive", true)).is_empty());
    }

    #[test]
    fn an_arrow_that_the_table_lacks_is_refused() {
        for (name, to, only_tests) in [
            ("linli-economy", "linli-naive", false),
            ("linli-economy", "linli-cli", true),
            ("linli-naive", "linli-economy", true),
            ("linli-cli", "linli-naive", false),
        ] {
            assert_eq!(findings(&package(name, to, only_tests)).len(), 1, "{name} to {to}");
        }
    }

    #[test]
    fn a_crate_that_the_table_lacks_is_refused() {
        let findings = findings(&package("linli-new", "linli-economy", false));
        assert!(findings[0].message.contains("say there what it may depend on"), "{findings:?}");
    }

    #[test]
    fn a_crate_that_is_gone_must_leave_the_table() {
        let mut repo = Repo::of(&[]);
        repo.packages.push(package("linli-cli", "linli-economy", false));
        assert_eq!(check(&repo).len(), ARROWS.len() - 1);
    }
}
