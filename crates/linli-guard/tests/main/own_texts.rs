//! What this program says itself: every line of its code that has a text, with all messages, templates and pages, is read
//! like a text that somebody types. Exempt are the guard, which names what it forbids, and tests.

use super::support::cn;
use linli_guard::TextKind::Prose;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of this repository") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !["tests", "guard", "linli-guard", "target"].contains(&name) {
            sources(&path, found);
        } else if is_read(name) {
            found.push(path);
        }
    }
}

fn is_read(name: &str) -> bool {
    let is_catalogue = [".json", ".ts"].iter().any(|end| name.ends_with(end));
    is_catalogue || name.ends_with(".rs") && !["tests.rs", "guard.rs"].contains(&name)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read what the crate itself never does")]
fn nothing_that_the_program_says_is_forbidden() {
    let rules = cn();
    let mut files = Vec::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    sources(&crates, &mut files);
    sources(&crates.join("../web/shared/messages"), &mut files);
    assert!(files.len() > 300, "{} files", files.len());
    let mut said = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a text");
        // Tests at the end of a file may name what must not be said.
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in program.lines().filter(|line| line.contains('"')) {
            said.extend(
                rules.read(line, Prose).iter().map(|hit| format!("{}: {}", file.display(), hit.found)),
            );
        }
    }
    assert!(said.is_empty(), "{said:#?}");
}
