//! Why a rule file is refused: the key, the reason, and where in the file it stands.

use std::fmt;

/// One reason to refuse a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRefusal {
    /// The key with what it is of, as in `PS-3a.when`; empty where the file is not TOML.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// All the reasons that were found, in the order of the file; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRefusals(pub Vec<RuleRefusal>);

impl fmt::Display for RuleRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: ", self.line, self.column)?;
        if !self.key.is_empty() {
            write!(f, "{} ", self.key)?;
        }
        f.write_str(&self.reason)
    }
}

impl fmt::Display for RuleRefusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for RuleRefusals {}
