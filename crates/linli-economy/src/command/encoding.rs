//! The binary form of a line, as the journal keeps it: the time, then the command, as postcard writes them. The
//! digest of a command's content is taken over the same bytes. Must not be added here: a version (the journal's
//! batches carry it), a change to what is written for an old command.

use super::{Command, Digest, Line};
use crate::limits::WEIGHT_LIMIT;
use crate::time::Instant;
use serde::Serialize;
use serde::de::Error;

/// Why bytes are not a line: what was read instead of one.
pub type DecodeError = postcard::Error;

/// The members of a dividend may be many; all other commands are far shorter, but for a plan's text.
const USUAL_BYTES: usize = 128;

impl<'a> Line<'a> {
    /// The line of a command that comes at this time, or with the last command's.
    #[must_use]
    pub fn new(command: Command<'a>, at: Option<Instant>) -> Self {
        let content = if command.is_idempotent() { digest(&encoded(&command)) } else { Digest::default() };
        Self { command, at, content }
    }

    /// Appends the binary form.
    pub fn encode(&self, out: &mut Vec<u8>) {
        append(out, &self.at);
        append(out, &self.command);
    }

    /// The line whose binary form these bytes are, to the last of them.
    ///
    /// # Errors
    /// If they are not one line.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let (at, command_bytes) = postcard::take_from_bytes(bytes)?;
        let (command, rest): (Command<'a>, _) = postcard::take_from_bytes(command_bytes)?;
        if !rest.is_empty() || !command.is_sound() {
            return Err(DecodeError::custom("more than a command, or none that a line can hold"));
        }
        let content = if command.is_idempotent() { digest(command_bytes) } else { Digest::default() };
        Ok(Self { command, at, content })
    }
}

impl Command<'_> {
    /// What reading a line of text makes sure of beyond the fields' types.
    fn is_sound(&self) -> bool {
        match self {
            Self::Pay { member, from_spend, .. } => member.is_some() || from_spend.is_none(),
            Self::Distribute { weights, .. } => weights.iter().all(|&(_, weight)| weight <= WEIGHT_LIMIT),
            _ => true,
        }
    }

    /// Whether an id makes a repeat of it find its first result.
    fn is_idempotent(&self) -> bool {
        self.opened_order().is_some() || self.own_id().is_some()
    }
}

fn encoded(command: &Command<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    append(&mut bytes, command);
    bytes
}

fn digest(bytes: &[u8]) -> Digest {
    let hash = blake3::hash(bytes);
    let (digest, _) = hash.as_bytes().split_at(size_of::<Digest>());
    digest.try_into().expect("16 of 32 bytes")
}

/// Appends the binary form of a value.
pub(crate) fn append(out: &mut Vec<u8>, value: &impl Serialize) {
    postcard::serialize_with_flavor(value, Appended(out)).expect("memory takes whatever is written");
}

/// Where postcard writes to: the end of a buffer that is used again and again.
struct Appended<'o>(&'o mut Vec<u8>);

impl postcard::ser_flavors::Flavor for Appended<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}
