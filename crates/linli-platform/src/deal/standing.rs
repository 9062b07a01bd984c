//! Where a purchase stands with the economy, whose order is the truth of its money. Must not be added here: a copy of
//! what the economy knows.

use super::purchase::{Ending, Purchase, days_later};
use crate::refusal::{Code, Refusal};
use linli_economy::Economy;
use linli_economy::order::{Order, Phase, Seller};
use linli_economy::time::Instant;

/// Where the order of a purchase stands.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'e> {
    /// There is none.
    Unpaid,
    /// There is one of this id with another buyer, seller or amount: it pays for something else.
    Foreign,
    /// Its money is there, so the voucher is valid within its time.
    Paid(&'e Order),
    /// Nothing is left of it.
    GivenBack(&'e Order),
    /// The store has its money.
    Settled(&'e Order),
}

/// What people are shown of a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoucherStatus {
    /// Its pieces wait for the payment.
    Reserved,
    /// It can be used.
    Valid,
    /// It has expired, and its rest is about to go back.
    Expiring,
    /// All of it is verified.
    Used,
    /// What was not verified has gone back, because it was asked for.
    GivenBack,
    /// What was not verified has gone back, because the voucher expired.
    Expired,
    /// Its order was given back or settled by other means.
    Void,
}

impl VoucherStatus {
    /// The name by which people and programs know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Valid => "valid",
            Self::Expiring => "expiring",
            Self::Used => "used",
            Self::GivenBack => "given_back",
            Self::Expired => "expired",
            Self::Void => "void",
        }
    }
}

impl<'e> Standing<'e> {
    /// The purchase's order, once it was paid.
    #[must_use]
    pub fn order(self) -> Option<&'e Order> {
        match self {
            Self::Unpaid | Self::Foreign => None,
            Self::Paid(order) | Self::GivenBack(order) | Self::Settled(order) => Some(order),
        }
    }
}

impl Purchase {
    /// Where its order stands.
    #[must_use]
    pub fn standing<'e>(&self, economy: &'e Economy) -> Standing<'e> {
        let Some(id) = economy.order_id(&self.order) else { return Standing::Unpaid };
        let order = &economy.state().orders()[id.index()];
        let member = economy.member_id(&self.member);
        let seller = economy.store_id(&self.store).map(Seller::Store);
        // The purchase has a member, so an order without one is not its.
        if (order.member, Some(order.seller), order.paid) != (member, seller, self.amount_fen) {
            return Standing::Foreign;
        }
        match order.phase {
            Phase::Paid => Standing::Paid(order),
            Phase::GivenBack => Standing::GivenBack(order),
            Phase::Settled | Phase::SettledInOne => Standing::Settled(order),
        }
    }

    /// Its order, while its money is there.
    ///
    /// # Errors
    /// Where else it stands.
    pub fn paid_order<'e>(&self, economy: &'e Economy) -> Result<&'e Order, Refusal> {
        let order = &self.order;
        let (code, message) = match self.standing(economy) {
            Standing::Paid(order) => return Ok(order),
            Standing::Unpaid => (Code::PurchaseUnpaid, format!("no order {order} has been paid")),
            Standing::Foreign => {
                (Code::PurchaseUnpaid, format!("the order {order} that was paid is not the one planned"))
            }
            Standing::GivenBack(_) => {
                (Code::VoucherEnded, format!("the money of the order {order} has gone back"))
            }
            Standing::Settled(_) => (Code::VoucherEnded, format!("the order {order} has been settled")),
        };
        Err(Refusal::new(code, message))
    }

    /// What the member still has to get back if the voucher ends now: the price of the unverified uses, less what has
    /// gone back before by other means.
    #[must_use]
    pub fn owed_fen(&self, order: &Order) -> u64 {
        self.unearned_fen().saturating_sub(order.cancelled)
    }

    /// When its order can be settled: when all uses are verified, or some are and the rest has gone back, and then the
    /// days of the plan have passed that it was paid under. With a hold of 7 days, a voucher whose last use is verified
    /// on the 1st is final on the 8th.
    #[must_use]
    pub fn final_at(&self, economy: &Economy) -> Option<Instant> {
        let Standing::Paid(order) = self.standing(economy) else { return None };
        let done_at = self.done_at().filter(|_| self.owed_fen(order) == 0)?;
        let hold_days = economy.state().plan_at(order.terms.plan).order.hold_days;
        Some(days_later(done_at, hold_days))
    }

    /// What people are shown of it.
    #[must_use]
    pub fn status(&self, economy: &Economy, now: Instant) -> VoucherStatus {
        let standing = self.standing(economy);
        match (self.ended.map(|ended| ended.how), standing) {
            (Some(Ending::GivenBack), _) => VoucherStatus::GivenBack,
            (Some(Ending::Expired), _) => VoucherStatus::Expired,
            (None, Standing::Unpaid | Standing::Foreign) => VoucherStatus::Reserved,
            (None, Standing::Paid(_) | Standing::Settled(_)) if self.left() == 0 => VoucherStatus::Used,
            (None, Standing::Paid(order)) if now < self.valid.expires_at(order.since) => VoucherStatus::Valid,
            (None, Standing::Paid(_)) => VoucherStatus::Expiring,
            (None, Standing::GivenBack(_) | Standing::Settled(_)) => VoucherStatus::Void,
        }
    }
}
