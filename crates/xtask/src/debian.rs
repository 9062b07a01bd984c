//! Programs and fonts that come from Debian's packages: installed when we may, named when we may not.
//!
//! A fresh machine is made ready by the command that needs it; nobody has to read a list first.
//! Must not be added: programs that cargo can install (`cargo_tool.rs`), or a question on the terminal.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::{env, fs};

/// A Debian package, known to be installed by the program it brings, or by the file where it brings none.
pub struct Package {
    name: &'static str,
    program: &'static str,
    purpose: &'static str,
    place: Place,
    /// What must stand in a file while the package is installed.
    setting: Option<Setting>,
}

/// A package whose program is found on the search path.
const fn on_path(name: &'static str, program: &'static str, purpose: &'static str) -> Package {
    Package { name, program, purpose, place: Place::Path, setting: None }
}

/// Where Debian keeps the program or the file.
enum Place {
    /// On the search path.
    Path,
    /// There, or in a folder for each version beneath this one, in its `bin`.
    Versions(&'static str),
    /// In this folder: no program, but a file.
    Folder(&'static str),
}

/// A file that another package reads while it is installed.
struct Setting {
    file: &'static str,
    text: &'static str,
}

/// The solver that checks the lemmas in `proofs/`.
pub const Z3: Package =
    Package { name: "z3", program: "z3", purpose: "checks the proofs", place: Place::Path, setting: None };

/// The server that keeps journals in the tests, each of which starts one of its own.
pub const POSTGRESQL: Package = Package {
    name: "postgresql",
    program: "postgres",
    purpose: "keeps journals in the tests",
    place: Place::Versions("/usr/lib/postgresql"),
    // Otherwise Debian makes a server that runs from then on, which nobody here asked for.
    setting: Some(Setting {
        file: "/etc/postgresql-common/createcluster.d/linli.conf",
        text: "create_main_cluster = false\n",
    }),
};

/// The recorder of system calls, from which the tests of faults make every state that a power cut could leave.
pub const STRACE: Package = on_path("strace", "strace", "records and breaks system calls in the tests");

/// What tools of PyPI run in.
pub const PYTHON: Package = on_path("python3-venv", "python3", "runs the tools of PyPI that tests use");

/// What the lines of the guide call the service with.
pub const CURL: Package = on_path("curl", "curl", "runs the lines of docs/api.md");

/// What the pages are made and tested with.
pub const NODE: Package = on_path("nodejs", "node", "makes and tests the pages");

/// What installs the tools for them.
pub const NPM: Package = on_path("npm", "npm", "installs what the pages are made with");

/// What the pages are tried in.
pub const CHROMIUM: Package = on_path("chromium", "chromium", "shows the pages in the tests");

/// What they sign with.
pub const OPENSSL: Package = on_path("openssl", "openssl", "signs the requests of docs/api.md");

/// The font that sheets and posters are drawn with in the tests: the smallest of Debian's with Chinese letters that are
/// good to read.
pub const CHINESE_FONT: Package = Package {
    name: "fonts-wqy-microhei",
    program: "wqy-microhei.ttc",
    purpose: "draws Chinese letters",
    place: Place::Folder("/usr/share/fonts/truetype/wqy"),
    setting: None,
};

/// What has to happen before a program can be used.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    Ready,
    Install,
    Refuse(String),
}

impl Package {
    /// Makes sure that the program is there, or says which line installs it.
    pub fn ensure(&self, workspace: &Workspace) -> Result<()> {
        match self.plan(self.is_there(), is_on_path("apt-get"), is_root(workspace)) {
            Plan::Ready => Ok(()),
            Plan::Install => self.install(workspace),
            Plan::Refuse(reason) => bail!("{reason}"),
        }
    }

    fn is_there(&self) -> bool {
        match self.place {
            Place::Path => is_on_path(self.program),
            Place::Versions(folder) => {
                is_on_path(self.program) || is_in_a_version(Path::new(folder), self.program)
            }
            Place::Folder(folder) => Path::new(folder).join(self.program).is_file(),
        }
    }

    fn plan(&self, present: bool, debian: bool, root: bool) -> Plan {
        let Self { name, program, purpose, .. } = self;
        match (present, debian, root) {
            (true, _, _) => Plan::Ready,
            (false, true, true) => Plan::Install,
            (false, true, false) => Plan::Refuse(format!(
                "`{program}`, which {purpose}, is missing. Install it with\n    sudo apt-get install --yes {name}"
            )),
            (false, false, _) => Plan::Refuse(format!(
                "`{program}`, which {purpose}, is missing, and this system has no apt-get. \
                 Install `{name}` with the system's own package manager."
            )),
        }
    }

    /// Tries the package lists that are there first: fetching new ones takes longer than most packages.
    fn install(&self, workspace: &Workspace) -> Result<()> {
        eprintln!("==> installing {} from Debian ({})", self.name, self.purpose);
        let _while_it_lasts = self.setting.as_ref().map(Setting::put).transpose()?;
        if self.apt_install(workspace).is_ok() {
            return Ok(());
        }
        apt(workspace, "package lists").args(["update"]).output()?;
        self.apt_install(workspace)
    }

    fn apt_install(&self, workspace: &Workspace) -> Result<()> {
        let arguments = ["install", "--yes", "--no-install-recommends", self.name];
        apt(workspace, &format!("install {}", self.name)).args(arguments).output()?;
        Ok(())
    }
}

/// The file of a setting; dropped, it is gone again.
struct Put(&'static Path);

impl Setting {
    fn put(&self) -> Result<Put> {
        let file = Path::new(self.file);
        let folder = file.parent().expect("a setting lies in a folder");
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(file, self.text));
        written.with_context(|| format!("{} cannot be written", self.file))?;
        Ok(Put(file))
    }
}

impl Drop for Put {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(self.0) {
            eprintln!("    {} is left over: {error}", self.0.display());
        }
    }
}

fn apt(workspace: &Workspace, name: &str) -> Step {
    Step::new(workspace, name, "apt-get")
        .args(["-qq"])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .advice("Read what apt-get says below, mend it, and run the command again.")
}

fn is_on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|place| Path::new(&place).join(program).is_file())
}

fn is_in_a_version(versions: &Path, program: &str) -> bool {
    let mut versions = fs::read_dir(versions).into_iter().flatten().flatten();
    versions.any(|version| version.path().join("bin").join(program).is_file())
}

/// Asked of `id`, because the standard library does not know the user.
fn is_root(workspace: &Workspace) -> bool {
    Step::new(workspace, "user", "id").args(["-u"]).output().is_ok_and(|user| user.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process;

    #[test]
    fn a_present_program_needs_nothing() {
        assert_eq!(Z3.plan(true, false, false), Plan::Ready);
    }

    #[test]
    fn root_on_debian_installs() {
        assert_eq!(Z3.plan(false, true, true), Plan::Install);
    }

    #[test]
    fn another_user_is_told_the_exact_line() {
        let Plan::Refuse(reason) = Z3.plan(false, true, false) else { panic!("another user cannot install") };
        assert!(reason.ends_with("    sudo apt-get install --yes z3"), "{reason}");
    }

    #[test]
    fn another_system_is_told_the_package() {
        let Plan::Refuse(reason) = Z3.plan(false, false, true) else { panic!("no apt-get, no install") };
        assert!(reason.contains("Install `z3`"), "{reason}");
    }

    #[test]
    fn a_program_is_found_in_the_folder_of_any_version() {
        // `usr/bin` is as good an example as any version's `bin`.
        assert!(is_in_a_version(Path::new("/"), "sh"));
        assert!(!is_in_a_version(Path::new("/"), "no-such-program-anywhere"));
        assert!(!is_in_a_version(Path::new("/no-such-folder"), "sh"));
    }

    #[test]
    fn a_file_is_found_in_its_folder_and_nowhere_else() {
        let package = |folder| Package { place: Place::Folder(folder), program: "sh", ..CHINESE_FONT };
        assert!(package("/bin").is_there());
        assert!(!package("/no-such-folder").is_there());
    }

    #[test]
    fn a_setting_is_there_only_while_it_is_needed() {
        let folder = env::temp_dir().join(format!("linli-setting-{}", process::id()));
        let file = folder.join("made").join("setting.conf");
        let name: &'static str = file.display().to_string().leak();
        let put = Setting { file: name, text: "on = true\n" }.put().expect("written");
        assert_eq!(fs::read_to_string(&file).expect("there"), "on = true\n");
        drop(put);
        assert!(!file.exists());
        fs::remove_dir_all(folder).expect("made above");
    }
}
