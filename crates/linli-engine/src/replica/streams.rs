//! The streams that have brought lines: where each began and how far it came, so that one that is sent again can
//! be answered with what it got. Must not be added here: the lines.

use crate::entries::Entry;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    /// The seq of its first line.
    pub first_seq: u64,
    /// The number of its last line.
    pub last_line: u64,
}

/// All streams by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streams(BTreeMap<String, Stream>);

impl Streams {
    /// The stream of this name, if it has brought a line.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Stream> {
        self.0.get(name).copied()
    }

    /// Notes the entry that gets this seq; the lines of a stream come in order.
    pub(crate) fn note(&mut self, entry: &Entry<'_>, seq: u64) -> Result<(), String> {
        let Some((name, origin)) = entry.origin else { return Ok(()) };
        let Some(stream) = self.0.get_mut(name) else {
            self.0.insert(name.to_string(), Stream { first_seq: seq, last_line: origin.line });
            return Ok(());
        };
        if origin.line <= stream.last_line {
            return Err(format!(
                "line {} of stream {name} comes after line {}",
                origin.line, stream.last_line
            ));
        }
        stream.last_line = origin.line;
        Ok(())
    }
}
