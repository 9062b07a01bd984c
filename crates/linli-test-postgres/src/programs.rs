//! Where the server's programs are: Debian keeps them beside the search path, a folder for each version.
//! The newest that is there is used. Must not be added: installing them, which `cargo xtask test` does.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs};

const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb`, `postgres` and `createdb`.
pub struct Programs(PathBuf);

impl Programs {
    /// The newest that this machine has.
    ///
    /// # Panics
    /// Without any.
    pub fn find() -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        Self::among(Path::new(DEBIAN), &path).unwrap_or_else(|| {
            panic!(
                "there is no PostgreSQL in {DEBIAN} or on the search path: `cargo xtask test` installs it, \
                 or `apt-get install postgresql`"
            )
        })
    }

    fn among(debian: &Path, path: &OsStr) -> Option<Self> {
        let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(debian)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
            .collect();
        versions.sort_by(|one, other| other.cmp(one));
        let folders = versions.into_iter().map(|(_, folder)| folder).chain(env::split_paths(path));
        folders.filter(|folder| is_complete(folder)).map(Self).next()
    }

    /// The path of a program.
    pub fn path(&self, program: &str) -> PathBuf {
        self.0.join(program)
    }
}

/// A folder of client programs alone is no server.
fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres", "createdb"].iter().all(|program| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn install(folder: &Path, programs: &[&str]) {
        fs::create_dir_all(folder).expect("a folder");
        for program in programs {
            fs::write(folder.join(program), "").expect("a program");
        }
    }

    const ALL: [&str; 3] = ["initdb", "postgres", "createdb"];

    #[test]
    fn the_newest_complete_version_is_used() {
        let debian = tempfile::tempdir().expect("a folder");
        let of = |version: &str| debian.path().join(version).join("bin");
        for version in ["9.6", "15", "9", "16"] {
            install(&of(version), &ALL);
        }
        install(&of("17"), &["createdb"]);
        let found = Programs::among(debian.path(), OsStr::new("")).expect("found");
        assert_eq!(found.path("postgres"), of("16").join("postgres"));
    }

    #[test]
    fn the_search_path_comes_last() {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let nowhere = elsewhere.path().join("nowhere");
        assert!(Programs::among(&nowhere, elsewhere.path().as_os_str()).is_none());
        install(elsewhere.path(), &ALL);
        let found = Programs::among(&nowhere, elsewhere.path().as_os_str()).expect("found");
        assert_eq!(found.path("initdb"), elsewhere.path().join("initdb"));
    }
}
