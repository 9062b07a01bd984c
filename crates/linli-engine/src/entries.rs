//! The entries of a batch in their compact binary form. A batch is a list of groups; a group is what one caller
//! sent together, with the name of the stream that its lines come from, if they come from one.
//!
//! ```text
//! batch  = group*
//! group  = stream name (empty: none), count, entry*
//! entry  = [line number, digest of the line's bytes: only in a stream], form, length, bytes
//! ```
//!
//! Numbers are varints. A change to this form is a new format of the journal's header.

use linli_economy::command::{Line, Received};
use linli_economy::refusal::{Code, Refusal};
use serde::Serialize;

/// A digest of a line's bytes, by which a line that is sent again is known.
pub type LineDigest = [u8; 16];

/// Where in its stream a line stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its number, blank lines counted.
    pub line: u64,
    /// The digest of its bytes.
    pub digest: LineDigest,
}

impl Origin {
    /// The origin of a line.
    #[must_use]
    pub fn of(line: u64, bytes: &[u8]) -> Self {
        let hash: [u8; 32] = blake3::hash(bytes).into();
        let (digest, _) = hash.split_at(size_of::<LineDigest>());
        Self { line, digest: digest.try_into().expect("16 of 32 bytes") }
    }
}

/// One entry as it was read.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The stream and the place in it that it comes from.
    pub origin: Option<(&'a str, Origin)>,
    /// The command, or why the line was none.
    pub received: Received<'a>,
}

/// The form of an entry's bytes.
const COMMAND: u8 = 0;
const MALFORMED: u8 = 1;

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

    /// Adds an entry that belongs to no stream.
    pub fn push(&mut self, received: &Received<'_>) {
        debug_assert!(self.stream.is_empty(), "a stream's lines have an origin");
        self.push_body(received);
    }

    /// Adds a line of the stream.
    pub fn push_line(&mut self, origin: Origin, received: &Received<'_>) {
        debug_assert!(!self.stream.is_empty(), "only a stream's lines have an origin");
        append(&mut self.entries, &(origin.line, origin.digest));
        self.last_line = Some(origin.line);
        self.push_body(received);
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

/// The entries of a batch, one after the other.
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    bytes: &'a [u8],
    stream: &'a str,
    left: u32,
    one_group: bool,
}

impl<'a> Entries<'a> {
    /// The entries of a batch's bytes.
    #[must_use]
    pub fn of_batch(bytes: &'a [u8]) -> Self {
        Self { bytes, stream: "", left: 0, one_group: false }
    }

    fn next_entry(&mut self) -> Result<Entry<'a>, String> {
        while self.left == 0 {
            (self.stream, self.left) = self.take()?;
        }
        let origin = if self.stream.is_empty() {
            None
        } else {
            let (line, digest) = self.take()?;
            Some((self.stream, Origin { line, digest }))
        };
        let (form, length): (u8, usize) = self.take()?;
        let (body, rest) = self.bytes.split_at_checked(length).ok_or("an entry is longer than its batch")?;
        self.bytes = rest;
        self.left -= 1;
        let received = match form {
            COMMAND => Ok(Line::decode(body).map_err(|error| format!("an entry is no command: {error}"))?),
            MALFORMED => {
                let message = std::str::from_utf8(body).map_err(|error| error.to_string())?;
                Err(Refusal::new(Code::Malformed, message.to_string()))
            }
            _ => return Err(format!("an entry has the unknown form {form}")),
        };
        Ok(Entry { origin, received })
    }

    fn take<T: serde::Deserialize<'a>>(&mut self) -> Result<T, String> {
        let (value, rest) = postcard::take_from_bytes(self.bytes).map_err(|error| error.to_string())?;
        self.bytes = rest;
        Ok(value)
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, String>;

    /// The next entry; what follows an error means nothing.
    fn next(&mut self) -> Option<Self::Item> {
        let is_over = self.left == 0 && (self.one_group || self.bytes.is_empty());
        (!is_over).then(|| self.next_entry())
    }
}

/// Appends a small value in postcard's form.
fn append(out: &mut Vec<u8>, value: &impl Serialize) {
    let extended = postcard::to_extend(value, std::mem::take(out));
    *out = extended.expect("memory takes whatever is written");
}
