//! A replica: economy and platform as they are after the batches of a journal. It follows batch by batch and compares what it
//! finds with what was found when they were written, so that nothing is ever built on a journal that does not
//! replay. Must not be added here: how a journal is stored.

mod answer;
mod streams;

pub use streams::{Stream, Streams};

use crate::answered::Answered;
use crate::chronicle::Chronicle;
use crate::entries::{Body, Entries, Entry};
use crate::fault::EngineFault;
use answer::answer;
use linli_economy::Economy;
use linli_economy::state::BATCH;
use linli_journal::{Batch, Fault, Hash, Header, Journal, Tip};
use linli_platform::Platform;

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 4 << 20;

/// An economy at a place of a journal.
#[derive(Clone, Debug)]
pub struct Replica {
    economy: Economy,
    platform: Platform,
    streams: Streams,
    chronicle: Chronicle,
    tip: Tip,
}

/// The digests of what a batch did.
pub struct Findings {
    /// Of the entries' results.
    pub results: Hash,
    /// Of the state's figures after them.
    pub figures: Hash,
}

impl Replica {
    /// The economy before the first batch.
    ///
    /// # Errors
    /// [`EngineFault::Plan`].
    pub fn genesis(header: &Header) -> Result<Self, EngineFault> {
        let economy = Economy::open(&header.plan).map_err(EngineFault::Plan)?;
        let chronicle = Chronicle::of(&economy);
        Ok(Self::from_parts(economy, Platform::default(), Streams::default(), chronicle, header.tip()))
    }

    pub(crate) fn from_parts(
        economy: Economy,
        platform: Platform,
        streams: Streams,
        chronicle: Chronicle,
        tip: Tip,
    ) -> Self {
        Self { economy, platform, streams, chronicle, tip }
    }

    /// The economy.
    #[must_use]
    pub fn economy(&self) -> &Economy {
        &self.economy
    }

    /// The platform.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// The streams that have brought lines.
    #[must_use]
    pub fn streams(&self) -> &Streams {
        &self.streams
    }

    /// What is kept of the past.
    #[must_use]
    pub fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    /// Up to where the journal has been followed.
    #[must_use]
    pub fn tip(&self) -> Tip {
        self.tip
    }

    /// Applies the next batch and shows each entry with its answer.
    ///
    /// # Errors
    /// If the batch is not the next one, cannot be read, or replays to something else than was written.
    pub fn follow(
        &mut self,
        batch: &Batch,
        mut each: impl FnMut(&Entry<'_>, &Answered<'_>),
    ) -> Result<(), EngineFault> {
        self.watch(batch, |entry, answer, _| each(entry, answer))
    }

    /// The same for whoever asks the platform too, as it is right after each entry.
    ///
    /// # Errors
    /// As [`Replica::follow`].
    pub fn watch(
        &mut self,
        batch: &Batch,
        mut each: impl FnMut(&Entry<'_>, &Answered<'_>, &Platform),
    ) -> Result<(), EngineFault> {
        let first_seq = batch.first_seq();
        if batch.follows() != self.tip {
            let what = format!("it follows on seq {}, and this is seq {}", first_seq - 1, self.tip.seq);
            return Err(EngineFault::Unreadable { first_seq, what });
        }
        let content = batch.content();
        let mut results = Vec::with_capacity(content.entries.len() * 4);
        let entries = Entries::of_batch(&content.entries);
        let count = self
            .apply(entries, &mut results, &mut each)
            .map_err(|what| EngineFault::Unreadable { first_seq, what })?;
        if count != content.count {
            let what = format!("it says {} entries and has {count}", content.count);
            return Err(EngineFault::Unreadable { first_seq, what });
        }
        let found = self.findings(&results);
        for (what, found, written) in
            [("results", found.results, content.results), ("figures", found.figures, content.figures)]
        {
            if found != written {
                return Err(EngineFault::Diverged { first_seq, what, found, written });
            }
        }
        self.tip = batch.tip();
        Ok(())
    }

    /// Follows a journal to this seq, which must be that of a batch's last entry; `progress` is told the seq after
    /// each batch.
    ///
    /// # Errors
    /// As [`Replica::follow`], and the journal's; also if no batch ends at this seq.
    pub fn catch_up(
        &mut self,
        journal: &mut dyn Journal,
        up_to: u64,
        mut progress: impl FnMut(u64),
    ) -> Result<(), EngineFault> {
        while self.tip.seq < up_to {
            let before = self.tip.seq;
            let batches = journal.read(before, READ_BYTES)?;
            for batch in batches.iter().take_while(|batch| batch.last_seq() <= up_to) {
                self.follow(batch, |_, _| ())?;
                progress(self.tip.seq);
            }
            if self.tip.seq == before {
                let what = format!("no batch after seq {before} leads to seq {up_to}, which was there");
                return Err(Fault::Damaged { what }.into());
            }
        }
        Ok(())
    }

    /// Applies entries in order, gathers their results in binary and shows each with its answer; gives how many
    /// there were. Those before a fault have been applied.
    pub(crate) fn apply<'e>(
        &mut self,
        mut entries: Entries<'e>,
        results: &mut Vec<u8>,
        each: &mut impl FnMut(&Entry<'e>, &Answered<'_>, &Platform),
    ) -> Result<u32, String> {
        let (mut count, mut ready) = (0, Vec::with_capacity(BATCH));
        loop {
            for entry in entries.by_ref().take(BATCH) {
                ready.push(entry?);
            }
            if ready.is_empty() {
                return Ok(count);
            }
            let lines = ready.iter().filter_map(|entry| match &entry.body {
                Body::Line(received) => Some(received),
                Body::Act(..) => None,
            });
            self.economy.read_ahead(lines);
            for mut entry in ready.drain(..) {
                count += 1;
                self.streams.note(&entry, self.economy.seq() + 1)?;
                let parts = (&mut self.platform, &mut self.chronicle);
                let answer = answer(&mut self.economy, parts, &mut entry.body);
                answer.encode(results);
                each(&entry, &answer, &self.platform);
            }
        }
    }

    /// The digests after the entries that gave these results.
    pub(crate) fn findings(&self, results: &[u8]) -> Findings {
        let mut figures = Vec::with_capacity(512);
        self.economy.encode_figures(&mut figures);
        self.platform.encode_figures(&mut figures);
        Findings { results: Hash::of(results), figures: Hash::of(&figures) }
    }

    /// The batch of this content is the next; the caller has applied it.
    pub(crate) fn seal(&mut self, batch: &Batch) {
        self.tip = batch.tip();
    }
}
