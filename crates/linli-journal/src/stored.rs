//! What a store gives back, before anything of it is believed. Every store checks here, so that damage has the
//! same name everywhere.

use crate::batch::{Batch, Content, Hash};
use crate::fault::Fault;
use crate::header::{FORMAT, Header};

/// A header as it was stored.
pub struct StoredHeader {
    pub format: u32,
    pub plan: String,
    pub root: [u8; 32],
}

impl StoredHeader {
    /// The header, if it is one that this release can read.
    ///
    /// # Errors
    /// [`Fault::Format`], or [`Fault::Damaged`] if its root is not the hash of its fields.
    pub fn checked(self) -> Result<Header, Fault> {
        let Self { format, plan, root } = self;
        if format > FORMAT {
            return Err(Fault::Format { found: format, known: FORMAT });
        }
        let header = Header { format, plan };
        if header.root().0 != root {
            let what = format!("the header's hash is {}, not {} as stored", header.root(), Hash(root));
            return Err(Fault::Damaged { what });
        }
        Ok(header)
    }
}

/// A batch as it was stored.
pub struct StoredBatch {
    pub first_seq: u64,
    pub content: Content,
    pub previous: Hash,
    pub hash: Hash,
}

/// The batches of rows that were asked for from the one with the entry after this seq on.
///
/// # Errors
/// [`Fault::Damaged`] with the first that is missing, changed, or not after the one before it.
pub fn checked(rows: Vec<StoredBatch>, after: u64) -> Result<Vec<Batch>, Fault> {
    let mut batches: Vec<Batch> = Vec::with_capacity(rows.len());
    for StoredBatch { first_seq, content, previous, hash } in rows {
        let batch = Batch::stored(first_seq, content, previous, hash)?;
        let follows = match batches.last() {
            Some(last) => batch.follows() == last.tip(),
            None => (batch.first_seq()..=batch.last_seq()).contains(&after.saturating_add(1)),
        };
        if !follows {
            let next = batches.last().map_or(after, Batch::last_seq).saturating_add(1);
            let what = format!("seq {next} is missing: the batch found there begins at seq {first_seq}");
            return Err(Fault::Damaged { what });
        }
        batches.push(batch);
    }
    Ok(batches)
}
