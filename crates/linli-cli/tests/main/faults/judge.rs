//! The judge: reads a store with the journal's and the engine's own code, replays all of it, and says what it holds.
//! It believes nothing that does not verify. Must not be added here: what a store should hold.

use linli_engine::{EngineFault, Replica, SnapshotFolder, Snapshots, snapshots};
use linli_journal::{Batch, Fault, Header, Journal, SqliteStore, Store, Tip};
use std::path::Path;

/// Bytes of entries that are read at once: little, so that small stores are read in several steps too.
const READ_BYTES: usize = 1 << 16;

/// The store in this folder.
pub fn store(data: &Path) -> SqliteStore {
    SqliteStore::new(data.join("journal.db"))
}

/// Its snapshots.
pub fn snapshots(data: &Path) -> SnapshotFolder {
    SnapshotFolder::new(data.join("snapshots"))
}

/// All batches; the last must end where the journal says that it ends.
pub fn batches(journal: &mut dyn Journal) -> Result<Vec<Batch>, EngineFault> {
    let end = journal.tip()?;
    let (mut all, mut tip): (Vec<Batch>, Tip) = (Vec::new(), journal.header().tip());
    while tip.seq < end.seq {
        let some = journal.read(tip.seq, READ_BYTES)?;
        let Some(last) = some.last() else { break };
        tip = last.tip();
        all.extend(some);
    }
    if tip == end {
        return Ok(all);
    }
    let what = format!("its batches end at seq {}, and its end is at seq {}", tip.seq, end.seq);
    Err(Fault::Damaged { what }.into())
}

/// Replays batches from the genesis; gives the result lines of their entries.
pub fn replay(header: &Header, batches: &[Batch]) -> Result<(Replica, String), EngineFault> {
    let mut replica = Replica::genesis(header)?;
    let mut results = String::new();
    for batch in batches {
        replica.follow(batch, |_, answer| {
            answer.write_json(&mut results);
            results.push('\n');
        })?;
    }
    Ok((replica, results))
}

/// The results of everything in the store, without changing it more than a reader does.
pub fn results(data: &Path) -> Result<String, EngineFault> {
    let mut journal = store(data).read()?;
    let batches = batches(&mut *journal)?;
    Ok(replay(journal.header(), &batches)?.1)
}

/// Starts as `linli ingest --plan` does, and gives the results of everything that the store holds then.
pub fn start(data: &Path, plan: &str) -> Result<String, EngineFault> {
    let (store, snapshots) = (store(data), snapshots(data));
    match store.read() {
        Err(Fault::Missing { .. }) => drop(store.create(&Header::new(plan.into()))?),
        journal => drop(journal?),
    }
    let mut journal = store.write()?;
    let opened = snapshots::open(&snapshots, &mut *journal)?.replica;
    let batches = batches(&mut *journal)?;
    let (replayed, results) = replay(journal.header(), &batches)?;
    if opened.tip() == replayed.tip() && opened.economy().seq() == replayed.economy().seq() {
        return Ok(results);
    }
    let what = format!("it opens at {:?}, and its batches end at {:?}", opened.tip(), replayed.tip());
    Err(Fault::Damaged { what }.into())
}

/// Who has a store open beside the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// Who came after the last fault, and before the next start.
    Reader,
    /// Who was there before the fault, and stays.
    EarlyReader,
}

impl Beside {
    /// Opens the store, to be kept as long as somebody is beside the program.
    pub fn open(self, data: &Path) -> Option<Box<dyn Journal>> {
        (self != Self::Nothing).then(|| store(data).read().expect("a sound store"))
    }
}

/// How many snapshots there are.
pub fn snapshots_of(data: &Path) -> usize {
    snapshots(data).list().expect("a folder of snapshots").len()
}
