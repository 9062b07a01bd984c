//! The audit: everything is replayed from the first command and compared with what was written: the chain, each
//! batch's digests, every invariant of the economy, every snapshot. Must not be added here: mending.

use crate::fault::EngineFault;
use crate::replica::Replica;
use crate::snapshots::{self, Snapshots};
use crate::walk;
use crate::writer::Place;
use linli_economy::totals::Totals;
use linli_journal::{Batch, Fault};
use std::collections::BTreeMap;

/// What an audit found sound.
pub struct Sound {
    /// The economy at the journal's end.
    pub replica: Replica,
    /// How many batches there are.
    pub batches: u64,
    /// Refused commands by code.
    pub refused: BTreeMap<&'static str, u64>,
    /// The seqs of the snapshots that hold what they should.
    pub snapshots: Vec<u64>,
}

/// The first thing that is not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum Difference {
    /// The journal's, or a replay that gives something else.
    #[error(transparent)]
    Engine(#[from] EngineFault),
    /// What always holds does not.
    #[error("after seq {seq}: {what}")]
    Invariant {
        /// Where it was checked.
        seq: u64,
        /// Which, with its figures.
        what: String,
    },
    /// A snapshot that cannot be used, or holds another state.
    #[error("{place}: {why}")]
    Snapshot {
        /// Where it is.
        place: String,
        /// What is wrong with it.
        why: String,
    },
}

impl From<Fault> for Difference {
    fn from(fault: Fault) -> Self {
        Self::Engine(fault.into())
    }
}

/// Audits a journal up to its present end and the snapshots of it; `progress` is told the seq reached and the end.
///
/// # Errors
/// The first difference.
pub fn audit(place: &Place, mut progress: impl FnMut(u64, u64)) -> Result<Sound, Difference> {
    let mut journal = place.store.read()?;
    let mut seqs = place.snapshots.list().unwrap_or_default();
    seqs.reverse();
    let end = journal.tip()?.seq;
    if let Some(&ahead) = seqs.iter().find(|&&seq| seq > end) {
        let why = format!("the journal ends before it, at seq {end}");
        return Err(Difference::Snapshot { place: place.snapshots.place(ahead), why });
    }
    let replica = Replica::genesis(journal.header())?;
    let mut sound = Sound { replica, batches: 0, refused: BTreeMap::new(), snapshots: Vec::new() };
    let mut waiting = seqs.iter().copied().peekable();
    walk::batches(&mut *journal, end, |batch| {
        sound.follow(batch)?;
        while let Some(snapshot) = waiting.next_if(|&snapshot| snapshot <= batch.last_seq()) {
            check_snapshot(&*place.snapshots, snapshot, &sound.replica)?;
            sound.snapshots.push(snapshot);
        }
        progress(batch.last_seq(), end);
        Ok::<_, Difference>(())
    })?;
    check(&sound.replica)?;
    Ok(sound)
}

impl Sound {
    fn follow(&mut self, batch: &Batch) -> Result<(), EngineFault> {
        let refused = &mut self.refused;
        self.replica.follow(batch, |_, answer| {
            if let Err(refusal) = answer.outcome() {
                *refused.entry(refusal.code()).or_default() += 1;
            }
        })?;
        self.batches += 1;
        Ok(())
    }
}

/// A snapshot must hold the very state that the replay has come to.
fn check_snapshot(snapshots: &dyn Snapshots, seq: u64, replica: &Replica) -> Result<(), Difference> {
    check(replica)?;
    let different = |why: String| Difference::Snapshot { place: snapshots.place(seq), why };
    let found = snapshots::load(snapshots, seq).map_err(different)?;
    if found.tip() != replica.tip() {
        return Err(different(format!(
            "it was made after {:?}, and the journal has {:?}",
            found.tip(),
            replica.tip()
        )));
    }
    if found.economy().digest() != replica.economy().digest() || found.streams() != replica.streams() {
        return Err(different("it holds another state than the replay gives".into()));
    }
    Ok(())
}

fn check(replica: &Replica) -> Result<(), Difference> {
    let seq = replica.tip().seq;
    let invariant = |what| Difference::Invariant { seq, what };
    replica.economy().state().check().map_err(invariant)?;
    let kept = replica.chronicle().now(replica.economy()).totals;
    if kept != Totals::of(replica.economy().state()) {
        return Err(invariant("the totals of a trial balance are not those of the accounts".into()));
    }
    Ok(())
}
