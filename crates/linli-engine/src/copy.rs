//! Copies of a journal: a backup is a journal of its own in a file, whatever the original is stored in; restoring is
//! copying back. The chain is checked on the way, and a copy that is there already gets what is new. Snapshots and
//! read model follow from the journal and are not copied.

use crate::fault::EngineFault;
use linli_journal::{Fault, Store, Tip};

/// Bytes of entries that are copied in one transaction.
const COPY_BYTES: usize = 8 << 20;

/// What was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Commands that the copy had before.
    pub before: u64,
    /// Where the copy ends now.
    pub tip: Tip,
}

/// Copies a journal, while it may be written to, up to its present end; `progress` is told the seq reached and the
/// end.
///
/// # Errors
/// The stores' faults; also if there is something else at `to` than the beginning of this journal.
pub fn copy(
    from: &dyn Store,
    to: &dyn Store,
    mut progress: impl FnMut(u64, u64),
) -> Result<Copied, EngineFault> {
    let mut source = from.read()?;
    let end = source.tip()?;
    let header = to.create(source.header())?;
    let mut target = to.write()?;
    let before = target.tip()?;
    let is_beginning = before.seq <= end.seq && tip_at(&mut *source, before.seq)? == before;
    if header != *source.header() || !is_beginning {
        let what = format!("{} holds another journal than {}", to.place(), from.place());
        return Err(Fault::Unsafe { what }.into());
    }
    let mut tip = before;
    while tip.seq < end.seq {
        let mut batches = source.read(tip.seq, COPY_BYTES)?;
        batches.retain(|batch| batch.last_seq() <= end.seq);
        let Some(last) = batches.last().map(linli_journal::Batch::tip) else { break };
        target.append(&batches)?;
        tip = last;
        progress(tip.seq, end.seq);
    }
    Ok(Copied { before: before.seq, tip })
}

/// The tip that the journal had at this seq; another one where no batch ends there.
fn tip_at(journal: &mut dyn linli_journal::Journal, seq: u64) -> Result<Tip, Fault> {
    if seq == 0 {
        return Ok(journal.header().tip());
    }
    let batches = journal.read(seq - 1, 0)?;
    Ok(batches.first().map_or(journal.header().tip(), linli_journal::Batch::tip))
}
