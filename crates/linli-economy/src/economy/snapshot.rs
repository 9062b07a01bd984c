//! A snapshot: the whole economy as bytes, and back. Equal economies give equal bytes, so that their hash stands
//! for all that is known. Must not be added here: files, versions, checksums (whoever keeps snapshots has them).

use super::Economy;
use crate::command::{DecodeError, append};
use crate::handle::MemberId;
use postcard::ser_flavors::Flavor;
use serde::de::Error;

/// Bytes that are handed on at once.
const BLOCK: usize = 1 << 16;

impl Economy {
    /// Hands the economy as bytes, block after block, to `sink`.
    ///
    /// # Errors
    /// The sink's first error; nothing more is handed on after it.
    pub fn write_snapshot<E>(&self, sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let blocks = Blocks { block: Vec::with_capacity(BLOCK), sink, error: None };
        let mut serializer = postcard::Serializer { output: blocks };
        let written = serde::Serialize::serialize(self, &mut serializer);
        let mut blocks = serializer.output;
        if written.is_ok() {
            // A fault is in `error`.
            let _ = blocks.hand_on();
        }
        blocks.error.map_or(Ok(()), Err)
    }

    /// Appends the seq and the figures of the state in binary: what digests of the state are taken over between
    /// two snapshots.
    pub fn encode_figures(&self, out: &mut Vec<u8>) {
        append(out, &self.seq);
        self.state.encode_figures(out);
    }

    /// The hash of the snapshot.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let hashed: Result<(), std::convert::Infallible> = self.write_snapshot(|block| {
            hasher.update(block);
            Ok(())
        });
        hashed.expect("hashing does not fail");
        hasher.finalize().into()
    }

    /// The economy of a snapshot.
    ///
    /// # Errors
    /// If the bytes are not one snapshot of this version.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (mut economy, rest): (Self, _) = postcard::take_from_bytes(bytes)?;
        if !rest.is_empty() {
            return Err(DecodeError::custom("bytes after the snapshot"));
        }
        for member in 0..economy.state.members().len() {
            economy.state.refile(MemberId::at(member).expect("as many as there are handles"));
        }
        Ok(economy)
    }
}

/// Where postcard writes to: a block, handed on when it is full.
struct Blocks<S, E> {
    block: Vec<u8>,
    sink: S,
    error: Option<E>,
}

impl<S: FnMut(&[u8]) -> Result<(), E>, E> Blocks<S, E> {
    fn hand_on(&mut self) -> postcard::Result<()> {
        let handed_on = (self.sink)(&self.block);
        self.block.clear();
        handed_on.map_err(|error| {
            self.error = Some(error);
            postcard::Error::SerializeBufferFull
        })
    }
}

impl<S: FnMut(&[u8]) -> Result<(), E>, E> Flavor for Blocks<S, E> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.block.extend_from_slice(bytes);
        if self.block.len() >= BLOCK { self.hand_on() } else { Ok(()) }
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}
