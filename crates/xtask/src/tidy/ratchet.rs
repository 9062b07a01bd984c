//! The exceptions to the sizes, and the one rule for them: a number may only go down.
//!
//! Must not be added: an entry without its number, or a way to raise one.

use super::Finding;
use super::repo::RATCHET;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use toml::Table;

/// The entries of `ratchet.toml`.
#[derive(Debug, Default)]
pub struct Ratchet {
    /// Lines of a file, by its path.
    pub files: BTreeMap<String, usize>,
    /// Lines of a function, by `path: name`.
    pub functions: BTreeMap<String, usize>,
}

/// How long something is, how long it may be, and where it begins.
pub struct Measured {
    /// Its file.
    pub path: String,
    /// Its first line.
    pub line: usize,
    /// Its lines.
    pub lines: usize,
    /// The most lines it may have without an entry.
    pub limit: usize,
}

impl Ratchet {
    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse()?;
        if let Some(unknown) = table.keys().find(|key| !["files", "functions"].contains(&key.as_str())) {
            bail!("there is no table `{unknown}`, only `files` and `functions`")
        }
        Ok(Self { files: entries(&table, "files")?, functions: entries(&table, "functions")? })
    }
}

/// Holds what was measured against the entries of one table, both by the same keys.
pub fn judge(measured: &BTreeMap<String, Measured>, entries: &BTreeMap<String, usize>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, Measured { path, line, lines, limit }) in measured {
        let complaint = match entries.get(key) {
            None if lines > limit => {
                format!("`{key}` has {lines} lines, {limit} are allowed: split it by its nouns")
            }
            Some(entry) if lines > entry => {
                format!("`{key}` has grown from {entry} to {lines} lines: split it")
            }
            Some(_) if lines <= limit => format!("`{key}` fits again: remove its entry from {RATCHET}"),
            Some(entry) if lines < entry => {
                format!("`{key}` has shrunk: lower its entry in {RATCHET} to {lines}")
            }
            _ => continue,
        };
        findings.push(Finding::new(path, *line, complaint));
    }
    for key in entries.keys().filter(|key| !measured.contains_key(*key)) {
        findings.push(Finding::new(RATCHET, 1, format!("`{key}` is gone: remove its entry")));
    }
    findings
}

fn entries(table: &Table, name: &str) -> Result<BTreeMap<String, usize>> {
    let Some(entries) = table.get(name) else { return Ok(BTreeMap::new()) };
    let entries = entries.as_table().with_context(|| format!("`{name}` is no table"))?;
    let read = entries.iter().map(|(key, lines)| {
        let lines = lines.as_integer().and_then(|lines| usize::try_from(lines).ok());
        Ok((key.clone(), lines.with_context(|| format!("`{key}` has no number of lines"))?))
    });
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(lines: usize, entry: Option<usize>) -> Vec<String> {
        let measured = Measured { path: "a.rs".to_owned(), line: 1, lines, limit: 250 };
        let entries = entry.map(|entry| ("a.rs".to_owned(), entry)).into_iter().collect();
        let findings = judge(&BTreeMap::from([("a.rs".to_owned(), measured)]), &entries);
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_fits_or_has_its_exact_entry_passes() {
        assert!(findings(250, None).is_empty());
        assert!(findings(300, Some(300)).is_empty());
    }

    #[test]
    fn a_number_may_only_go_down() {
        assert!(findings(251, None)[0].contains("251 lines, 250 are allowed"));
        assert!(findings(301, Some(300))[0].contains("grown from 300 to 301"));
        assert!(findings(299, Some(300))[0].contains("lower its entry in crates/xtask/ratchet.toml to 299"));
        assert!(findings(250, Some(300))[0].contains("remove its entry"));
    }

    #[test]
    fn an_entry_for_nothing_is_refused() {
        let entries = BTreeMap::from([("gone.rs".to_owned(), 300)]);
        assert!(judge(&BTreeMap::new(), &entries)[0].message.contains("`gone.rs` is gone"));
    }

    #[test]
    fn the_file_is_read_or_refused() {
        let ratchet = Ratchet::parse("[files]\n\"a.rs\" = 300\n").expect("the file is well formed");
        assert_eq!(ratchet.files["a.rs"], 300);
        for text in ["[file]\n", "[files]\n\"a.rs\" = \"many\"\n", "files = 3\n", "[files"] {
            assert!(Ratchet::parse(text).is_err(), "{text}");
        }
    }
}
