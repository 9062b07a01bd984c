//! A stream that is sent again: the journal is replayed from before its first line, and each of its lines is shown
//! with the answer that it got. Must not be added here: reading the stream.

use crate::answered::Answered;
use crate::entries::{Entries, Origin};
use crate::fault::EngineFault;
use crate::replica::{Replica, Stream};
use crate::snapshots::{self, Snapshots};
use linli_journal::{Batch, Journal};

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 1 << 20;

/// Where each line stood that the stream brought first, in one group: its bytes can be compared without a replay.
///
/// # Errors
/// The journal's, and a batch that cannot be read.
pub fn first_lines(
    journal: &mut dyn Journal,
    name: &str,
    stream: Stream,
) -> Result<Vec<Origin>, EngineFault> {
    let first_seq = stream.first_seq;
    let batches = journal.read(first_seq - 1, 0)?;
    let mut lines = Vec::new();
    for entry in batches
        .first()
        .map(Batch::content)
        .into_iter()
        .flat_map(|content| Entries::of_batch(&content.entries))
    {
        let entry = entry.map_err(|what| EngineFault::Unreadable { first_seq, what })?;
        lines.extend(entry.origin.filter(|(of, _)| *of == name).map(|(_, origin)| origin));
    }
    Ok(lines)
}

/// Replays the journal to its end and shows each line of the stream with its answer; gives the replica at the end.
/// Where `each` gives false, nobody wants more, and there is none.
///
/// # Errors
/// The journal's and the replay's.
pub fn resume(
    snapshots: &dyn Snapshots,
    journal: &mut dyn Journal,
    name: &str,
    stream: Stream,
    mut each: impl FnMut(Origin, &Answered<'_>) -> bool,
) -> Result<Option<Replica>, EngineFault> {
    let mut replica = snapshots::open_before(snapshots, journal, stream.first_seq - 1)?.replica;
    loop {
        let batches = journal.read(replica.tip().seq, READ_BYTES)?;
        if batches.is_empty() {
            return Ok(Some(replica));
        }
        let mut wants_more = true;
        for batch in &batches {
            replica.follow(batch, |entry, answer| match entry.origin {
                Some((stream, origin)) if stream == name => wants_more = wants_more && each(origin, answer),
                _ => {}
            })?;
            if !wants_more {
                return Ok(None);
            }
        }
    }
}
