//! The rule `reach`: every file of Rust is compiled, and each crate has one binary of integration tests.
//!
//! A file that no `mod` names looks like a test and never runs. One binary, because each further one
//! links the whole program again. Must not be added: files that may be forgotten.

use super::Finding;
use super::packages::Package;
use super::repo::Repo;
use super::tokens::{Kind, Token, matches};
use std::collections::BTreeSet;

/// Every file that no target reaches, and every second test binary.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &repo.packages {
        let mut reached = BTreeSet::new();
        for target in &package.targets {
            follow(repo, &target.root, Root::Yes, &mut reached);
        }
        let inside = format!("{}/", package.place);
        let forgotten = repo.rust().filter(|source| source.path.starts_with(&inside) && !source.is_fixture());
        for source in forgotten.filter(|source| !reached.contains(&source.path)) {
            findings.push(Finding::new(
                &source.path,
                1,
                "no `mod` reaches this file, so it is never compiled",
            ));
        }
        findings.extend(further_tests(package));
    }
    findings
}

fn further_tests(package: &Package) -> Vec<Finding> {
    let tests = package.targets.iter().filter(|target| target.is_test).skip(1);
    let message = "a second test binary: put the modules of the first into tests/main/, or set \
                   `autotests = false` and name the one file in [[test]]";
    tests.map(|target| Finding::new(&target.root, 1, message)).collect()
}

/// Whether a file is where a target begins; its modules then lie beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Yes,
    No,
}

fn follow(repo: &Repo, path: &str, root: Root, reached: &mut BTreeSet<String>) {
    let Some(source) = repo.source(path) else { return };
    if !reached.insert(path.to_owned()) {
        return;
    }
    let (place, file) = path.rsplit_once('/').unwrap_or(("", path));
    let beside = root == Root::Yes || file == "mod.rs";
    let children =
        if beside { place.to_owned() } else { format!("{place}/{}", file.trim_end_matches(".rs")) };
    for module in declared(&source.tokens) {
        let candidates = match &module.path {
            Some(path) => vec![normal(&format!("{place}/{path}"))],
            None => [".rs", "/mod.rs"].iter().map(|end| format!("{children}/{}{end}", module.name)).collect(),
        };
        for candidate in candidates {
            follow(repo, &candidate, Root::No, reached);
        }
    }
}

/// A `mod name;`, with the names of the modules written around it in the same file.
#[derive(Debug, PartialEq, Eq)]
struct Declared {
    name: String,
    path: Option<String>,
}

fn declared(tokens: &[Token]) -> Vec<Declared> {
    let mut found = Vec::new();
    let mut around: Vec<Option<&str>> = Vec::new();
    let mut path = None;
    for (place, token) in tokens.iter().enumerate() {
        if matches(tokens, place, &["#", "[", "path", "="]) {
            path = tokens.get(place + 4).map(|literal| literal.text.trim_matches('"').to_owned());
        } else if token.is("mod") && matches(tokens, place + 2, &[";"]) {
            let outer: String = around.iter().flatten().map(|name| format!("{name}/")).collect();
            found.push(Declared { name: format!("{outer}{}", tokens[place + 1].text), path: path.take() });
        } else if token.is("{") {
            around.push(opened_module(tokens, place));
        } else if token.is("}") {
            around.pop();
            path = None;
        }
    }
    found
}

/// The module whose body opens at `brace`, if it is one.
fn opened_module(tokens: &[Token], brace: usize) -> Option<&str> {
    let name = tokens.get(brace.checked_sub(1)?).filter(|token| token.kind == Kind::Word)?;
    let keyword = tokens.get(brace.checked_sub(2)?)?;
    keyword.is("mod").then_some(name.text.as_str())
}

fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::packages::Target;
    use super::super::tokens::lex;
    use super::*;

    fn findings(tests: &[&str], texts: &[(&str, &str)]) -> Vec<Finding> {
        let mut repo = Repo::of(texts);
        let targets = tests.iter().map(|root| Target { is_test: true, root: format!("a/{root}") }).collect();
        repo.packages.push(Package {
            name: "a".to_owned(),
            place: "a".to_owned(),
            arrows: Vec::new(),
            targets,
        });
        check(&repo)
    }

    #[test]
    fn files_that_a_mod_names_are_reached() {
        let texts = [
            (
                "a/tests/main.rs",
                "mod pay;\nmod money { mod round; }\n#[path = \"../common/seed.rs\"]\nmod seed;\n",
            ),
            ("a/tests/pay.rs", "mod refuse;\n"),
            ("a/tests/pay/refuse.rs", ""),
            ("a/tests/money/round/mod.rs", "mod up;\n"),
            ("a/tests/money/round/up.rs", ""),
            ("a/common/seed.rs", ""),
            ("a/tests/data/broken.rs", ""),
        ];
        assert_eq!(findings(&["tests/main.rs"], &texts), []);
    }

    #[test]
    fn a_file_that_no_mod_names_is_refused() {
        let texts = [("a/tests/main.rs", "// mod pay;\n"), ("a/tests/pay.rs", "")];
        let findings = findings(&["tests/main.rs"], &texts);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "a/tests/pay.rs");
    }

    #[test]
    fn a_second_test_binary_is_refused() {
        let texts = [("a/tests/main.rs", ""), ("a/tests/pay.rs", "")];
        let findings = findings(&["tests/main.rs", "tests/pay.rs"], &texts);
        assert!(findings[0].message.contains("second test binary"), "{findings:?}");
    }

    #[test]
    fn only_declarations_count() {
        let names: Vec<_> =
            declared(&lex("pub(crate) mod a;\nmod b { fn c() { } mod d; }\n")).into_iter().collect();
        let declared = |name: &str| Declared { name: name.to_owned(), path: None };
        assert_eq!(names, [declared("a"), declared("b/d")]);
    }
}
