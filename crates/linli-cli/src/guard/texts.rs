//! The texts of a folder, read for words that may not be said: what is shown to people, before it is shown.

use anyhow::{Context, Result, bail};
use linli_guard::words::MOST_BYTES;
use linli_guard::{Finding, Rules, TextKind};
use std::fs;
use std::path::{Path, PathBuf};

/// What was found, and where.
pub struct Placed {
    /// `texts/about.md:3:5`: file, line and column; none for what is of the plan as a whole.
    pub place: Option<String>,
    pub finding: Finding,
}

impl Placed {
    pub fn of_plan(finding: Finding) -> Self {
        Self { place: None, finding }
    }
}

/// What the rules find in every file of a folder, in the order of their names.
pub fn read(rules: &Rules, folder: &Path) -> Result<Vec<Placed>> {
    let mut found = Vec::new();
    for path in files(folder)? {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if bytes.len() > MOST_BYTES {
            bail!("{} has more than {MOST_BYTES} bytes: give texts, not archives", path.display());
        }
        let Ok(text) = String::from_utf8(bytes) else {
            bail!("{} is no text in UTF-8: a folder of texts holds nothing else", path.display());
        };
        found.extend(rules.read(&text, TextKind::Prose).iter().map(|hit| {
            let before = &text[..hit.start];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            Placed { place: Some(format!("{}:{line}:{column}", path.display())), finding: hit.finding() }
        }));
    }
    Ok(found)
}

/// Every file below the folder but hidden ones.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
            let kind =
                entry.file_type().with_context(|| format!("cannot read {}", entry.path().display()))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}
