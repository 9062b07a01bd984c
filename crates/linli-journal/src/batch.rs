//! One batch of the journal, and the chain that its hash makes with those before. Must not be added here: how
//! it is stored, what its entries mean.

use crate::fault::Fault;
use std::fmt;

/// A BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).into())
    }

    /// The hash of fields, each with its length before it, so that no two lists of fields hash the same bytes.
    #[must_use]
    pub fn of_fields(fields: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for field in fields {
            let length = u64::try_from(field.len()).expect("64 bits");
            hasher.update(&length.to_le_bytes());
            hasher.update(field);
        }
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Hash {
    /// In hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where the chain ends: the seq of the last entry, and the hash that the next batch builds on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    /// 0 where there is no batch yet.
    pub seq: u64,
    /// The last batch's, or the header's root.
    pub hash: Hash,
}

/// What a batch holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// How many entries there are, at least one.
    pub count: u32,
    /// The entries, in the form that the header's format says.
    pub entries: Vec<u8>,
    /// A digest of the entries' results.
    pub results: Hash,
    /// A digest of the state's figures after them.
    pub figures: Hash,
}

/// One batch. It exists only with the hash that follows from its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    first_seq: u64,
    content: Content,
    previous: Hash,
    hash: Hash,
}

impl Batch {
    /// The batch of this content after this tip.
    ///
    /// # Panics
    /// Without an entry.
    #[must_use]
    pub fn after(tip: Tip, content: Content) -> Self {
        assert!(content.count > 0, "a batch has an entry");
        let first_seq = tip.seq + 1;
        let hash = hash(first_seq, &content, tip.hash);
        Self { first_seq, content, previous: tip.hash, hash }
    }

    /// A batch as it was stored.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if the hash is not that of the fields.
    pub fn stored(first_seq: u64, content: Content, previous: Hash, stored: Hash) -> Result<Self, Fault> {
        let hash = hash(first_seq, &content, previous);
        if content.count == 0 || hash != stored {
            let what = format!("its hash is {hash}, not {stored} as stored");
            return Err(Fault::Damaged { what: format!("the batch that begins at seq {first_seq}: {what}") });
        }
        Ok(Self { first_seq, content, previous, hash })
    }

    /// The seq of the first entry.
    #[must_use]
    pub fn first_seq(&self) -> u64 {
        self.first_seq
    }

    /// The seq of the last entry.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.first_seq + u64::from(self.content.count) - 1
    }

    /// What it holds.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The hash of the batch before, or the header's root.
    #[must_use]
    pub fn previous(&self) -> Hash {
        self.previous
    }

    /// Its own hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The tip that it follows on.
    #[must_use]
    pub fn follows(&self) -> Tip {
        Tip { seq: self.first_seq - 1, hash: self.previous }
    }

    /// The tip that it makes.
    #[must_use]
    pub fn tip(&self) -> Tip {
        Tip { seq: self.last_seq(), hash: self.hash }
    }
}

fn hash(first_seq: u64, content: &Content, previous: Hash) -> Hash {
    let Content { count, entries, results, figures } = content;
    Hash::of_fields(&[
        b"linli batch",
        &previous.0,
        &first_seq.to_le_bytes(),
        &count.to_le_bytes(),
        entries,
        &results.0,
        &figures.0,
    ])
}
