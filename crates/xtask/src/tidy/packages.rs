//! The crates of the workspace as cargo sees them: their arrows and the root files of their targets.
//!
//! Asked of cargo, because it knows every way a manifest can be written. Must not be added: anything that
//! needs a lock file or a download; `--no-deps` answers from the manifests alone.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

/// One crate.
#[derive(Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its directory from the root.
    pub place: String,
    /// The crates of this repository it depends on.
    pub arrows: Vec<Arrow>,
    /// What cargo builds of it.
    pub targets: Vec<Target>,
}

/// A dependency on a crate of this repository.
#[derive(Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The crate it points to.
    pub to: String,
    /// Whether only tests and benchmarks use it.
    pub only_tests: bool,
}

/// One thing that cargo builds.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// Whether it is a binary of integration tests.
    pub is_test: bool,
    /// Its first file, from the root of the repository.
    pub root: String,
}

/// Asks cargo.
pub fn load(workspace: &Workspace) -> Result<Vec<Package>> {
    let metadata = Step::cargo(workspace, "metadata")
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .advice("A Cargo.toml cannot be read; cargo says below which one.")
        .output()?;
    let name = |path: &str| workspace.name(Path::new(path));
    parse(&metadata, &name).context("the answer of `cargo metadata` has another form than expected")
}

fn parse(metadata: &str, name: &dyn Fn(&str) -> String) -> Result<Vec<Package>> {
    let metadata: Value = serde_json::from_str(metadata)?;
    items(&metadata["packages"])?.iter().map(|package| read_package(package, name)).collect()
}

fn read_package(package: &Value, name: &dyn Fn(&str) -> String) -> Result<Package> {
    let manifest = name(text(&package["manifest_path"])?);
    let mut arrows = Vec::new();
    for dependency in
        items(&package["dependencies"])?.iter().filter(|dependency| dependency["path"].is_string())
    {
        arrows.push(Arrow {
            to: text(&dependency["name"])?.to_owned(),
            only_tests: dependency["kind"].as_str() == Some("dev"),
        });
    }
    let mut targets = Vec::new();
    for target in items(&package["targets"])? {
        let is_test = items(&target["kind"])?.iter().any(|kind| kind.as_str() == Some("test"));
        targets.push(Target { is_test, root: name(text(&target["src_path"])?) });
    }
    let place = manifest.trim_end_matches("Cargo.toml").trim_end_matches('/').to_owned();
    Ok(Package { name: text(&package["name"])?.to_owned(), place, arrows, targets })
}

fn items(value: &Value) -> Result<&Vec<Value>> {
    value.as_array().context("a list is missing")
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().context("a text is missing")
}

#[cfg(test)]
mod tests {
    use super::*;

    const METADATA: &str = r#"{"packages": [{
        "name": "linli-cli", "manifest_path": "crates/linli-cli/Cargo.toml",
        "dependencies": [
            {"name": "anyhow", "kind": null},
            {"name": "linli-economy", "kind": null, "path": "crates/linli-economy"},
            {"name": "linli-naive", "kind": "dev", "path": "crates/linli-naive"}],
        "targets": [{"kind": ["bin"], "src_path": "crates/linli-cli/src/main.rs"},
                    {"kind": ["test"], "src_path": "crates/linli-cli/tests/main/main.rs"}]}]}"#;

    #[test]
    fn arrows_inside_the_repository_are_told_from_others() {
        let packages = parse(METADATA, &str::to_owned).expect("the metadata is whole");
        let [package] = packages.as_slice() else { panic!("one package: {packages:?}") };
        assert_eq!(package.place, "crates/linli-cli");
        let arrows: Vec<_> =
            package.arrows.iter().map(|arrow| (arrow.to.as_str(), arrow.only_tests)).collect();
        assert_eq!(arrows, [("linli-economy", false), ("linli-naive", true)]);
        assert_eq!(package.targets.iter().filter(|target| target.is_test).count(), 1);
    }

    #[test]
    fn another_form_is_an_error() {
        assert!(parse("{}", &str::to_owned).is_err());
    }
}
