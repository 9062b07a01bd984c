//! Snapshots: a replica as bytes with a checksum, so that a start need not replay everything. They are made from
//! the newest one and the journal after it, never from the memory that answers callers, and they are believed
//! only as far as their checksum, their format and the journal agree. Must not be added here: when to make one.

mod folder;
mod form;
mod keeper;
mod table;

pub use folder::SnapshotFolder;
pub use keeper::{Keeper, USUAL_EVERY};
pub use table::SnapshotTable;

use crate::fault::EngineFault;
use crate::replica::Replica;
use linli_journal::{Fault, Journal};

/// Where snapshots are kept.
pub trait Snapshots: Send + Sync {
    /// The seqs of the snapshots, newest first.
    ///
    /// # Errors
    /// What hinders looking.
    fn list(&self) -> std::io::Result<Vec<u64>>;

    /// The bytes of the snapshot at this seq.
    ///
    /// # Errors
    /// What hinders reading it.
    fn load(&self, seq: u64) -> std::io::Result<Vec<u8>>;

    /// Keeps the snapshot at this seq, whole or not at all, and drops all but the newest few.
    ///
    /// # Errors
    /// What hinders writing it.
    fn save(&self, seq: u64, write: &mut WriteBytes<'_>) -> std::io::Result<()>;

    /// Where the snapshot at this seq is, for messages.
    fn place(&self, seq: u64) -> String;
}

/// Writes a snapshot's bytes, block by block, into what it is given.
pub type WriteBytes<'a> = dyn FnMut(&mut dyn std::io::Write) -> std::io::Result<()> + 'a;

/// A snapshot that was not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Where it is.
    pub place: String,
    /// What is wrong with it.
    pub why: String,
}

/// What was opened.
pub struct Opened {
    /// The replica.
    pub replica: Replica,
    /// The snapshots that were passed over, newest first.
    pub skipped: Vec<Skipped>,
}

/// Opens the newest good snapshot, or the genesis, and follows the journal to its end.
///
/// # Errors
/// The journal's, the plan's and the replay's; also a journal that ends before a snapshot of it. A snapshot that
/// cannot be used is passed over.
pub fn open(snapshots: &dyn Snapshots, journal: &mut dyn Journal) -> Result<Opened, EngineFault> {
    // Listed before the journal's end is asked for: a running writer may add to both.
    let newest = snapshots.list().ok().and_then(|seqs| seqs.first().copied()).unwrap_or(0);
    let end = journal.tip()?.seq;
    if newest > end {
        let what =
            format!("it ends at seq {end}, and {} was made after seq {newest}", snapshots.place(newest));
        return Err(Fault::Damaged { what }.into());
    }
    let mut opened = open_before(snapshots, journal, end)?;
    opened.replica.catch_up(journal, end, |_| ())?;
    Ok(opened)
}

/// Opens the newest good snapshot at or before this seq, or the genesis.
///
/// # Errors
/// The journal's and the plan's.
pub fn open_before(
    snapshots: &dyn Snapshots,
    journal: &mut dyn Journal,
    seq: u64,
) -> Result<Opened, EngineFault> {
    let mut skipped = Vec::new();
    let seqs = snapshots.list().unwrap_or_else(|error| {
        skipped.push(Skipped { place: "all snapshots".into(), why: error.to_string() });
        Vec::new()
    });
    for seq in seqs.into_iter().filter(|&snapshot| snapshot <= seq) {
        match try_open(snapshots, journal, seq)? {
            Ok(replica) => return Ok(Opened { replica, skipped }),
            Err(why) => skipped.push(Skipped { place: snapshots.place(seq), why }),
        }
    }
    Ok(Opened { replica: Replica::genesis(journal.header())?, skipped })
}

/// The inner error says why the snapshot cannot be used.
fn try_open(
    snapshots: &dyn Snapshots,
    journal: &mut dyn Journal,
    seq: u64,
) -> Result<Result<Replica, String>, EngineFault> {
    let replica = match load(snapshots, seq) {
        Ok(replica) => replica,
        Err(why) => return Ok(Err(why)),
    };
    // The journal decides: the batch that ends at this seq must be the one that the snapshot was made after.
    let batches = if seq == 0 { Vec::new() } else { journal.read(seq - 1, 0)? };
    let there = batches.first().map_or(journal.header().tip(), linli_journal::Batch::tip);
    if there != replica.tip() {
        return Ok(Err(format!("it was made after {:?}, and the journal has {there:?}", replica.tip())));
    }
    Ok(Ok(replica))
}

/// The replica of a snapshot, or why it cannot be used.
pub(crate) fn load(snapshots: &dyn Snapshots, seq: u64) -> Result<Replica, String> {
    let bytes = snapshots.load(seq).map_err(|error| error.to_string())?;
    form::read(&bytes)
}

/// Makes a snapshot at the journal's end, from the newest good one and what came after it; gives its seq.
///
/// # Errors
/// As [`open`], and [`EngineFault::Snapshot`].
pub fn make(snapshots: &dyn Snapshots, journal: &mut dyn Journal) -> Result<u64, EngineFault> {
    let replica = open(snapshots, journal)?.replica;
    save(snapshots, &replica)?;
    Ok(replica.tip().seq)
}

/// Keeps a snapshot of this replica.
///
/// # Errors
/// [`EngineFault::Snapshot`].
pub fn save(snapshots: &dyn Snapshots, replica: &Replica) -> Result<(), EngineFault> {
    let seq = replica.tip().seq;
    let saved = snapshots.save(seq, &mut |out| form::write(replica, out));
    saved.map_err(|source| EngineFault::Snapshot { place: snapshots.place(seq), source })
}
