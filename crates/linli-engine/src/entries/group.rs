//! A group of entries as it is made by whoever sends them.

use super::{ACT, COMMAND, Entries, MALFORMED, Origin};
use linli_economy::command::Received;
use linli_economy::time::Instant;
use linli_platform::Deed;
use serde::Serialize;

/// Entries that one caller sends together.
#[derive(Clone, Debug, Default)]
pub struct Group {
    stream: String,
    /// The stream's last line before these; whoever applies makes sure of it.
    after_line: u64,
    last_line: Option<u64>,
    count: u32,
    entries: Vec<u8>,
    scratch: Vec<u8>,
}

impl Group {
    /// An empty group of entries that belong to no stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty group of lines of a stream that has brought its lines up to this one, or none if it is 0.
    ///
    /// # Panics
    /// If the name is empty.
    #[must_use]
    pub fn of_stream(stream: String, after_line: u64) -> Self {
        assert!(!stream.is_empty(), "a stream has a name");
        Self { stream, after_line, ..Self::default() }
    }

    /// The stream of the lines and its last line before them, if they come from one.
    #[must_use]
    pub fn follows(&self) -> Option<(&str, u64)> {
        (!self.stream.is_empty()).then_some((self.stream.as_str(), self.after_line))
    }

    /// A group of the same stream, or of none, without entries.
    pub(crate) fn emptied(&self) -> Self {
        Self { stream: self.stream.clone(), after_line: self.after_line, ..Self::default() }
    }

    /// Adds an entry that belongs to no stream.
    pub fn push(&mut self, received: &Received<'_>) {
        debug_assert!(self.stream.is_empty(), "a stream's lines have an origin");
        self.push_body(received);
    }

    /// Adds a line of the stream.
    pub fn push_line(&mut self, origin: Origin, received: &Received<'_>) {
        self.push_origin(origin);
        self.push_body(received);
    }

    fn push_origin(&mut self, origin: Origin) {
        debug_assert!(!self.stream.is_empty(), "only a stream's lines have an origin");
        append(&mut self.entries, &(origin.line, origin.digest));
        self.last_line = Some(origin.line);
    }

    /// Adds an act that belongs to no stream.
    pub fn push_act(&mut self, at: Option<Instant>, deed: &Deed) {
        debug_assert!(self.stream.is_empty(), "a stream's lines have an origin");
        self.push_deed(at, deed);
    }

    /// Adds an act that was asked for by a line of the stream.
    pub fn push_act_line(&mut self, origin: Origin, at: Option<Instant>, deed: &Deed) {
        self.push_origin(origin);
        self.push_deed(at, deed);
    }

    fn push_deed(&mut self, at: Option<Instant>, deed: &Deed) {
        self.scratch.clear();
        append(&mut self.scratch, &at);
        deed.encode(&mut self.scratch);
        self.push_scratch(ACT);
    }

    fn push_body(&mut self, received: &Received<'_>) {
        self.scratch.clear();
        let form = match received {
            Ok(line) => {
                line.encode(&mut self.scratch);
                COMMAND
            }
            Err(refusal) => {
                self.scratch.extend_from_slice(refusal.message.as_bytes());
                MALFORMED
            }
        };
        self.push_scratch(form);
    }

    fn push_scratch(&mut self, form: u8) {
        append(&mut self.entries, &(form, self.scratch.len()));
        self.entries.extend_from_slice(&self.scratch);
        self.count += 1;
    }

    /// The number of the last line, if there is one.
    #[must_use]
    pub fn last_line(&self) -> Option<u64> {
        self.last_line
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Bytes of the entries.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.entries.len()
    }

    /// Appends the group to a batch.
    pub fn append_to(&self, batch: &mut Vec<u8>) {
        append(batch, &(self.stream.as_str(), self.count));
        batch.extend_from_slice(&self.entries);
    }

    /// The entries again.
    #[must_use]
    pub fn entries(&self) -> Entries<'_> {
        Entries { bytes: &self.entries, stream: &self.stream, left: self.count, one_group: true }
    }
}

/// Appends a small value in postcard's form.
fn append(out: &mut Vec<u8>, value: &impl Serialize) {
    let extended = postcard::to_extend(value, std::mem::take(out));
    *out = extended.expect("memory takes whatever is written");
}
