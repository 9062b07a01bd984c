//! The repository as the rules see it: every path, every text, every package, read once.
//!
//! Must not be added: a judgement; rules judge.

use super::packages::{self, Package};
use super::ratchet::Ratchet;
use super::tokens::{self, Token};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;

/// Where the exceptions to the sizes stand.
pub const RATCHET: &str = "crates/xtask/ratchet.toml";

/// All that is or may be tracked.
#[derive(Default)]
pub struct Repo {
    /// Every file, texts and others, sorted.
    pub paths: Vec<String>,
    /// The files that hold text.
    pub sources: Vec<Source>,
    /// The crates of the workspace.
    pub packages: Vec<Package>,
    /// Files and functions that are longer than they should be.
    pub ratchet: Ratchet,
}

/// One file of text.
pub struct Source {
    /// Its path from the root.
    pub path: String,
    /// All of it.
    pub text: String,
    /// Its tokens if it is Rust; none if it does not lex, which the compiler says better.
    pub tokens: Vec<Token>,
}

impl Repo {
    /// Reads the workspace. A file that is not text is only a path.
    pub fn load(workspace: &Workspace) -> Result<Self> {
        let paths = workspace.files()?;
        let mut sources = Vec::new();
        for path in &paths {
            let bytes =
                fs::read(workspace.root().join(path)).with_context(|| format!("{path} cannot be read"))?;
            if let Some(text) = text_of(bytes) {
                sources.push(Source::new(path, &text));
            }
        }
        let packages = packages::load(workspace)?;
        let ratchet = sources.iter().find(|source| source.path == RATCHET).map_or("", |source| &source.text);
        let ratchet = Ratchet::parse(ratchet).with_context(|| format!("{RATCHET} cannot be read"))?;
        Ok(Self { paths, sources, packages, ratchet })
    }

    /// The files of Rust.
    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.path.ends_with(".rs"))
    }

    /// The text of this path.
    pub fn source(&self, path: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.path == path)
    }

    /// A repository of these texts, for the tests of the rules.
    #[cfg(test)]
    pub fn of(texts: &[(&str, &str)]) -> Self {
        let sources: Vec<_> = texts.iter().map(|(path, text)| Source::new(path, text)).collect();
        let paths = sources.iter().map(|source| source.path.clone()).collect();
        Self { paths, sources, ..Self::default() }
    }
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let tokens = if path.ends_with(".rs") { tokens::lex(text) } else { Vec::new() };
        Self { path: path.to_owned(), text: text.to_owned(), tokens }
    }

    /// The lines, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whether this is code of tests or benchmarks, which may do what the program may not.
    pub fn is_test(&self) -> bool {
        let in_tests = |place| self.path.split('/').any(|part| part == place);
        in_tests("tests") || in_tests("benches") || self.path.ends_with("tests.rs")
    }

    /// Whether this is what a test reads, which may be wrong on purpose.
    pub fn is_fixture(&self) -> bool {
        self.path.contains("/tests/data/") || self.path.contains("/fixtures/")
    }
}

fn text_of(bytes: Vec<u8>) -> Option<String> {
    if bytes.contains(&0) { None } else { String::from_utf8(bytes).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_text() {
        assert_eq!(text_of(b"some".to_vec()).as_deref(), Some("some"));
        assert_eq!(text_of(b"so\0me".to_vec()), None);
        assert_eq!(text_of(vec![0xff, 0xfe]), None);
    }

    #[test]
    fn tests_and_fixtures_are_known_by_their_place() {
        let is_test = |path| Source::new(path, "").is_test();
        assert!(is_test("crates/a/tests/main/pay.rs") && is_test("crates/a/src/pay/tests.rs"));
        assert!(!is_test("crates/a/src/tests_of_strength.rs"));
        assert!(Source::new("crates/a/tests/data/bad.csv", "").is_fixture());
    }
}
