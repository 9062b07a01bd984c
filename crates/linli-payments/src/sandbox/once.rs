//! What a desk has the sandbox do, once for each write of it: whoever sends one again is told that it was done. Must not be
//! added here: when something happens.

use super::Failing;
use super::happen::Step;
use crate::error::{Code, Error, Refusal};
use crate::id::Id;
use crate::records::Space;
use crate::text::Line;

/// What a desk has the sandbox do.
#[derive(Clone, Debug)]
pub enum DeskAct {
    /// The next ask of this kind fails, and one more each time.
    FailNext(Failing),
    /// A payout that was done comes back.
    ReturnPayout {
        /// The payout.
        payout: Id,
        /// Why.
        why: Line,
    },
}

/// A write of a desk.
#[derive(Clone, Debug)]
pub struct DeskWrite {
    /// Names it for ever; ASCII.
    pub name: String,
    /// A digest of what it says.
    pub digest: [u8; 16],
}

/// Whether a write did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrote {
    /// It did.
    New,
    /// It had done it before.
    Again,
}

impl Step<'_> {
    /// Does it, and remembers the write in the same transaction.
    pub fn write(&mut self, write: &DeskWrite, act: &DeskAct) -> Result<Wrote, Error> {
        match self.book.tx.load::<[u8; 16]>(Space::Write, &write.name)? {
            Some(digest) if digest == write.digest => return Ok(Wrote::Again),
            Some(_) => {
                let message = "the key of this write was used before, with other content";
                return Err(Refusal::new(Code::IdReused, message).into());
            }
            None => {}
        }
        match act {
            DeskAct::FailNext(what) => self.fail_next(*what)?,
            DeskAct::ReturnPayout { payout, why } => self.return_payout(payout, why)?,
        }
        self.book.tx.save(Space::Write, &write.name, &write.digest)?;
        Ok(Wrote::New)
    }
}
