//! Why a plan is refused: the key, its value, the reason, and where in the file it stands.

use std::fmt;

/// One reason to refuse a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRefusal {
    /// The key with its table, as in `take.rate`; empty where the file is not TOML.
    pub key: String,
    /// The value as the file has it; empty where there is none.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// All the reasons that were found, in the order of the file; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRefusals(pub Vec<PlanRefusal>);

impl fmt::Display for PlanRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: ", self.line, self.column)?;
        match (self.key.as_str(), self.value.as_str()) {
            ("", _) => f.write_str(&self.reason),
            (key, "") => write!(f, "{key}: {}", self.reason),
            (key, value) => write!(f, "{key} = {value}: {}", self.reason),
        }
    }
}

impl fmt::Display for PlanRefusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, refusal) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{refusal}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PlanRefusals {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_line_with_its_place_key_and_value() {
        let refusal = |key: &str, value: &str| PlanRefusal {
            key: key.into(),
            value: value.into(),
            reason: "is wrong".into(),
            line: 3,
            column: 8,
        };
        let all =
            PlanRefusals(vec![refusal("take.rate", "\"20\""), refusal("points.cap", ""), refusal("", "")]);
        assert_eq!(
            all.to_string(),
            "line 3, column 8: take.rate = \"20\": is wrong\n\
             line 3, column 8: points.cap: is wrong\n\
             line 3, column 8: is wrong"
        );
    }
}
