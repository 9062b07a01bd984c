//! A purchase and its voucher: what was bought under which terms, which uses were verified, and what of its price
//! belongs to whom. Must not be added here: whether it is paid (see `standing.rs`).

use super::terms::Validity;
use linli_economy::order::pro_rata;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// For how long pieces are kept for a member who has not paid yet.
pub const RESERVATION_SECONDS: i64 = 900;
/// For how long a store can undo a verification.
pub const UNDO_SECONDS: i64 = 600;

/// A purchase: one order, one voucher with all the uses of its pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// Its id, which is the order's in the economy.
    pub order: String,
    /// The deal.
    pub deal: String,
    /// The version of the deal's terms that holds for it.
    pub version: u32,
    /// The store where it is used.
    pub store: String,
    /// Who bought it.
    pub member: String,
    /// Pieces.
    pub count: u32,
    /// Uses of all pieces together.
    pub uses: u32,
    /// The price of all pieces.
    pub amount_fen: u64,
    /// How long it can be used.
    pub valid: Validity,
    /// Until when its pieces are kept while it is unpaid.
    pub reserved_until: Instant,
    /// When it expires, once its payment is confirmed.
    pub expires_at: Option<Instant>,
    /// By which it is found.
    pub code_digest: [u8; 16],
    /// The voucher's code, sealed; empty once the voucher has ended.
    pub sealed_code: Vec<u8>,
    /// Every verification in the order of time, undone ones included.
    pub verifications: Vec<Verification>,
    /// How its unverified uses ended, if they did.
    pub ended: Option<Ended>,
}

/// Uses that a store has verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Its id, never used again for this voucher.
    pub id: String,
    /// How many.
    pub uses: u32,
    /// When.
    pub at: Instant,
    /// Whether the store took it back.
    pub is_undone: bool,
}

/// The end of what was not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Instant,
    /// How.
    pub how: Ending,
}

/// How a voucher ended before all of its uses were verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Somebody asked for it.
    GivenBack,
    /// It expired.
    Expired,
}

impl Purchase {
    fn verified(&self) -> impl Iterator<Item = &Verification> {
        self.verifications.iter().filter(|verification| !verification.is_undone)
    }

    /// Uses that are verified.
    #[must_use]
    pub fn used(&self) -> u32 {
        self.verified().map(|verification| verification.uses).sum()
    }

    /// Uses that are not.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.uses - self.used()
    }

    /// When a use was verified last.
    #[must_use]
    pub fn last_verified(&self) -> Option<Instant> {
        self.verified().last().map(|verification| verification.at)
    }

    /// The verification of this id.
    #[must_use]
    pub fn verification(&self, id: &str) -> Option<&Verification> {
        self.verifications.iter().find(|verification| verification.id == id)
    }

    /// The store's part of the price for what is verified, `⌊amount · used / uses⌋`: a share, and every share is rounded
    /// down. It depends on how many uses are verified and not on how they came, so that no path to an end gives more
    /// than another. Of 100.00 for 3 uses, 1 verified leaves the store 33.33.
    #[must_use]
    pub fn earned_fen(&self) -> u64 {
        pro_rata(self.amount_fen, self.used().into(), self.uses.into())
    }

    /// The member's part: all the rest, here 66.67, so that both are the price.
    #[must_use]
    pub fn unearned_fen(&self) -> u64 {
        self.amount_fen - self.earned_fen()
    }

    /// Pieces of which at least one use is verified, if the uses are taken piece by piece.
    #[must_use]
    pub fn touched_pieces(&self) -> u64 {
        u64::from(self.used().div_ceil(self.uses / self.count))
    }

    /// Pieces that count against the deal's stock: all, until the voucher ends.
    #[must_use]
    pub fn taken_pieces(&self) -> u64 {
        if self.ended.is_some() { self.touched_pieces() } else { self.count.into() }
    }

    /// Whether its payment is not confirmed yet, nor it at an end.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.expires_at.is_none() && self.ended.is_none()
    }

    /// From when on its unverified uses are given back: when it expires, but a verification can be undone for its time.
    pub(super) fn closes_at(&self) -> Option<Instant> {
        let undo = self.last_verified().map(|at| later(at, UNDO_SECONDS));
        self.expires_at.map(|expires_at| undo.map_or(expires_at, |undo| undo.max(expires_at)))
    }

    /// When the last of its uses was verified, or the rest went back after some were. From then on the hold runs.
    #[must_use]
    pub fn done_at(&self) -> Option<Instant> {
        let last_verified = self.last_verified()?;
        self.ended.map(|ended| ended.at).or((self.left() == 0).then_some(last_verified))
    }

    /// When the service has something to do with it, if it ever has.
    pub(super) fn deadline(&self) -> Option<Instant> {
        if self.ended.is_some() {
            return None;
        }
        match self.closes_at() {
            None => Some(self.reserved_until),
            Some(closes_at) => (self.left() > 0).then_some(closes_at),
        }
    }
}

/// So many days of 24 hours later, but within the years of RFC 3339.
pub(super) fn days_later(from: Instant, days: u32) -> Instant {
    later(from, i64::from(days) * 86_400)
}

/// So many seconds later, but within the years of RFC 3339.
pub(super) fn later(from: Instant, seconds: i64) -> Instant {
    /// 9999-12-31T23:59:59Z.
    const LAST_SECONDS: i64 = 253_402_300_799;
    Instant { seconds: from.seconds.saturating_add(seconds).min(LAST_SECONDS), ..from }
}
