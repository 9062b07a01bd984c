//! Where the workspace lies: its root, its target directory, and the names of its files.
//!
//! Found when a command runs, never when it is compiled: a checkout may be moved after it was built.
//! Must not be added: reading or writing of files; places are all this knows.

use anyhow::{Context, Result};
use ignore::WalkBuilder;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The checkout a command works on.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the workspace from the package cargo runs, else from the current directory.
    pub fn find() -> Result<Self> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(package) => PathBuf::from(package),
            None => env::current_dir().context("the current directory cannot be read")?,
        };
        let root = enclosing_workspace(&start).with_context(|| {
            format!("{} is in no checkout of this project: run `cargo xtask` inside one", start.display())
        })?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(target) => root.join(target),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The directory of the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All files that are or may be tracked, as sorted paths from the root with `/` between their parts.
    ///
    /// Only the repository's own ignore files count, so that every machine sees the same files.
    pub fn files(&self) -> Result<Vec<String>> {
        let walk = WalkBuilder::new(&self.root)
            .hidden(false)
            .parents(false)
            .git_global(false)
            .git_exclude(false)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != ".git")
            .build();
        let mut files = Vec::new();
        for entry in walk {
            let entry = entry.context("a directory of the workspace cannot be read")?;
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                files.push(self.name(entry.path()));
            }
        }
        files.sort();
        Ok(files)
    }

    /// The path of a file as this project writes it: from the root, with `/` between its parts.
    pub fn name(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")
    }

    /// Where cargo puts what it builds; tools and reports of long runs lie here too.
    pub fn target(&self) -> &Path {
        &self.target
    }
}

/// The nearest directory upwards that holds this very crate.
fn enclosing_workspace(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|place| place.join("crates/xtask/Cargo.toml").is_file()).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_inside_finds_the_root() {
        let workspace = Workspace::find().expect("tests run inside the checkout");
        assert!(workspace.root().join("crates/xtask/src/workspace.rs").is_file());
        assert_eq!(enclosing_workspace(&workspace.root().join("crates")), Some(workspace.root));
    }

    #[test]
    fn files_are_sorted_and_leave_out_what_is_ignored() {
        let files =
            Workspace::find().and_then(|workspace| workspace.files()).expect("the checkout can be read");
        assert!(files.is_sorted());
        assert!(files.iter().any(|file| file == "crates/xtask/Cargo.toml"));
        assert!(files.iter().any(|file| file == ".cargo/config.toml"), "hidden files count too");
        assert!(!files.iter().any(|file| file.starts_with("target/") || file.starts_with(".git/")));
    }

    #[test]
    fn a_place_outside_finds_nothing() {
        assert_eq!(enclosing_workspace(Path::new("/")), None);
    }
}
