//! The laboratory beside programs of PyPI that run the same model: a numba loop, which is the honest opponent, and cadCAD,
//! which is what people use. They are pinned and lie in the target directory.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::Result;

/// What is installed from PyPI, each at one version.
const PACKAGES: [&str; 4] = ["numba==0.68.1", "numpy==2.4.6", "pandas==3.1.1", "cadCAD==0.5.3"];

/// The laboratory's own bench, then its opponents, one after the other on the same machine.
pub fn run(workspace: &Workspace, memory: &str) -> Result<()> {
    Step::cargo(workspace, "bench the laboratory")
        .args(["bench", "--package", "linli-lab", "--bench", "laboratory"])
        .env("GLIBC_TUNABLES", memory)
        .advice("Mend what is said above.")
        .run()?;
    let home = workspace.target().join("bench/opponents");
    let python = home.join("bin/python");
    if !python.is_file() {
        Step::new(workspace, "make a place for Python", "python3")
            .args(["-m", "venv"])
            .args([&home])
            .advice("Python 3 with venv must be installed: `apt-get install python3-venv`.")
            .run()?;
    }
    Step::new(workspace, "install the opponents", &python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(PACKAGES)
        .advice("PyPI must be reachable the first time; afterwards the packages are kept.")
        .run()?;
    for program in ["numba_loop.py", "cadcad_model.py"] {
        Step::new(workspace, program, &python)
            .args([workspace.root().join("crates/linli-lab/benches/opponents").join(program)])
            .advice("The line above has the reason.")
            .run()?;
    }
    Ok(())
}
