//! The follower: it goes along the journal and writes what it finds, many batches in one transaction, each with the
//! checkpoint behind them. Whatever stops it, it goes on from the checkpoint, and writes nothing twice.
//! Must not be added here: what a row means.

use super::ReadPlace;
use super::checkpoint::Checkpoint;
use super::database::Database;
use super::fault::ReadFault;
use super::following::Following;
use super::gather::Gatherer;
use super::rows::Rows;
use super::schema::{TableId, VERSION};
use crate::replica::Replica;
use crate::snapshots;
use linli_journal::{Batch, Header, Journal};
use std::collections::VecDeque;

/// Rows that end a transaction, about; one batch alone may have more. The more there are, the more of them meet on a
/// page of an index.
const ROWS: usize = 200_000;

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 1 << 20;

/// A follower at a place of the journal.
pub struct Follower {
    journal: Box<dyn Journal>,
    database: Box<dyn Database>,
    replica: Replica,
    gatherer: Gatherer,
    /// Read, and not followed yet.
    waiting: VecDeque<Batch>,
    /// Whether it has made sure of the indexes, as it does when it has come to the journal's end.
    is_indexed: bool,
}

impl Follower {
    /// Goes on from the read model's checkpoint; where there is no read model, or one of an older version, it makes
    /// one and begins with the first entry.
    ///
    /// # Errors
    /// [`ReadFault::Stray`] if the checkpoint is not in the journal, [`ReadFault::Version`] if a newer release made
    /// the tables, and what hinders reading either.
    pub fn open(place: &ReadPlace) -> Result<Self, ReadFault> {
        let mut journal = place.engine.store.read()?;
        let mut database = place.tables.write()?;
        let header = journal.header().clone();
        let name = place.tables.place();
        match database.version()? {
            Some(found) if found > VERSION => {
                return Err(ReadFault::Version { place: name, found, known: VERSION });
            }
            Some(VERSION) => {}
            Some(_) => {
                database.drop_tables()?;
                create(&mut *database, &header)?;
            }
            None => create(&mut *database, &header)?,
        }
        let checkpoint = database.checkpoint()?;
        if !has(&mut *journal, &checkpoint)? {
            return Err(ReadFault::Stray { place: name, checkpoint });
        }
        let mut replica =
            snapshots::open_before(&*place.engine.snapshots, &mut *journal, checkpoint.seq)?.replica;
        replica.catch_up(&mut *journal, checkpoint.seq, |_| ())?;
        let gatherer = Gatherer::after(replica.economy(), &prices(&mut *database)?);
        Ok(Self { journal, database, replica, gatherer, waiting: VecDeque::new(), is_indexed: false })
    }

    /// Follows in the background, and goes on when what failed works again.
    #[must_use]
    pub fn start(place: ReadPlace) -> Following {
        Following::start(place)
    }

    /// The seq up to which everything is in the read model.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.replica.tip().seq
    }

    /// Follows to the journal's end; `progress` is told the seq after each transaction.
    ///
    /// # Errors
    /// As [`Follower::step`].
    pub fn catch_up(&mut self, mut progress: impl FnMut(u64)) -> Result<(), ReadFault> {
        while self.step()? {
            progress(self.seq());
        }
        Ok(())
    }

    /// Writes what one transaction takes; gives whether there was anything. After a fault the follower has gone
    /// further than the read model, and another must be opened.
    ///
    /// # Errors
    /// The journal's and the database's; [`ReadFault::Overtaken`] if another follower has written.
    pub fn step(&mut self) -> Result<bool, ReadFault> {
        let from = Checkpoint::from(self.replica.tip());
        while self.gatherer.len() < ROWS {
            if self.waiting.is_empty() {
                self.waiting = self.journal.read(self.replica.tip().seq, READ_BYTES)?.into();
            }
            let Some(batch) = self.waiting.pop_front() else { break };
            self.replica.follow(&batch, |entry, answer| self.gatherer.take(entry, answer))?;
        }
        let to = Checkpoint::from(self.replica.tip());
        if to == from {
            if !std::mem::replace(&mut self.is_indexed, true) {
                self.database.create_indexes()?;
            }
            return Ok(false);
        }
        self.gatherer.finish(self.replica.economy());
        self.database.write(self.gatherer.changes(), &from, &to)?;
        self.gatherer.clear();
        Ok(true)
    }

    /// Waits until there is more to follow, or for so long.
    pub(super) fn wait(&mut self, timeout: std::time::Duration) -> Result<bool, ReadFault> {
        Ok(self.journal.wait(self.seq(), timeout)?)
    }
}

/// The tables, with what the journal's header says.
fn create(database: &mut dyn Database, header: &Header) -> Result<(), ReadFault> {
    let replica = Replica::genesis(header)?;
    let mut gatherer = Gatherer::genesis(header, replica.economy());
    gatherer.finish(replica.economy());
    database.create(gatherer.changes(), &replica.tip().into())
}

/// Whether a batch of the journal ends with this checkpoint.
pub fn has(journal: &mut dyn Journal, checkpoint: &Checkpoint) -> Result<bool, ReadFault> {
    let tip = match checkpoint.seq {
        0 => Some(journal.header().tip()),
        seq => journal.read(seq - 1, 0)?.first().map(Batch::tip),
    };
    Ok(tip.is_some_and(|tip| Checkpoint::from(tip) == *checkpoint))
}

/// The stored prices.
fn prices(database: &mut dyn Database) -> Result<Rows, ReadFault> {
    let mut prices = Rows::new(TableId::Prices);
    database.read(TableId::Prices, None, usize::MAX, &mut prices)?;
    Ok(prices)
}
