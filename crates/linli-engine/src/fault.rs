//! What can go wrong with the engine: the journal's faults, and a journal that does not replay to what it says.

use linli_economy::plan::PlanRefusals;
use linli_journal::{Fault, Hash};

/// Why the engine cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum EngineFault {
    /// The journal's own.
    #[error(transparent)]
    Journal(#[from] Fault),
    /// The plan in the journal's header is refused by this release.
    #[error("the journal's plan is refused: {0}")]
    Plan(PlanRefusals),
    /// A batch whose entries cannot be read though its hash is right: written by something else.
    #[error("the batch that begins at seq {first_seq} cannot be read: {what}")]
    Unreadable {
        /// Its first seq.
        first_seq: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Replaying a batch gives something else than when it was written.
    #[error(
        "replaying the batch that begins at seq {first_seq} gives other {what}: {found}, not {written} as written"
    )]
    Diverged {
        /// Its first seq.
        first_seq: u64,
        /// Results or figures.
        what: &'static str,
        /// The digest of what the replay gives.
        found: Hash,
        /// The digest that was written.
        written: Hash,
    },
    /// A snapshot could not be written.
    #[error("cannot write the snapshot {place}: {source}")]
    Snapshot {
        /// Where.
        place: String,
        /// Why.
        source: std::io::Error,
    },
}
