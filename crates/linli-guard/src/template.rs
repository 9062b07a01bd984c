//! Sentences with measurements in them: `genesis is {points.genesis} yuan`. Between braces stands what a predicate may
//! compute with; it is shown in its unit.

use crate::fact::Facts;
use crate::predicate::{Expression, Wrong};

/// A sentence, read once.
#[derive(Clone, Debug)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Value(Expression),
}

impl Template {
    /// Reads a sentence.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let at = text.len() - rest.len() + open;
            let Some(length) = rest[open..].find('}').filter(|length| *length > 1) else {
                return Err(Wrong { at, reason: "a brace must hold a measurement and be closed".into() });
            };
            pieces.push(Piece::Text(rest[..open].to_string()));
            let inside = &rest[open + 1..open + length];
            let value =
                Expression::parse(inside).map_err(|wrong| Wrong { at: at + 1 + wrong.at, ..wrong })?;
            pieces.push(Piece::Value(value));
            rest = &rest[open + length + 1..];
        }
        pieces.push(Piece::Text(rest.to_string()));
        Ok(Self(pieces))
    }

    /// The sentence with what is known; `?` stands for what is not.
    pub fn fill(&self, facts: &Facts) -> String {
        let shown = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(value) => value.show(facts),
        });
        shown.collect()
    }
}
