//! Shifts: who works in a store opens one and closes it, and what they collect, verify and give back meanwhile is theirs to
//! account for. What they do without a shift is counted apart, so that nothing is lost. Must not be added here: what came in
//! by the code on the counter; nobody's hands took it.

use super::StoreStaff;
use crate::act::{Act, Actor};
use crate::checkout::{CheckoutAct, Planned};
use crate::deal::DealAct;
use crate::part::Moment;
use crate::parts::Parts;
use crate::refund::{Answer, RefundAct, Seller, Side, Stage};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// What somebody did in a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Codes of theirs that were paid.
    pub collected: u64,
    /// What those brought, in fen.
    pub collected_fen: u128,
    /// Uses of vouchers that they verified.
    pub verified_uses: u64,
    /// Uses that they took back.
    pub undone_uses: u64,
    /// Refunds that they agreed to or offered.
    pub refunds: u64,
    /// What those gave back, in fen.
    pub refunded_fen: u128,
}

/// One shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Where.
    pub store: String,
    /// Whose.
    pub member: String,
    /// Since when.
    pub opened: Instant,
    /// Until when; none while it is open.
    pub closed: Option<Instant>,
    /// What was done in it. A code that is paid after the shift has ended is its too.
    pub totals: Totals,
}

/// To what something is counted: a shift, or what a member does in a store without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CountedTo {
    /// This shift.
    Shift(String),
    /// None of this member in this store.
    Outside(String, String),
}

/// What an act adds to somebody's totals.
pub(crate) enum Noted {
    /// A code with an amount is shown.
    Shown { code: String, store: String, member: String },
    /// A code is of no use any more.
    Gone { code: String },
    /// A code is paid.
    Paid { code: String, fen: u64 },
    /// Something was done by hand.
    Done { store: String, member: String, totals: Totals },
}

impl Totals {
    fn add(&mut self, other: Self) {
        self.collected += other.collected;
        self.collected_fen += other.collected_fen;
        self.verified_uses += other.verified_uses;
        self.undone_uses += other.undone_uses;
        self.refunds += other.refunds;
        self.refunded_fen += other.refunded_fen;
    }
}

impl Parts {
    /// What an act that is about to be done adds to somebody's totals.
    pub(crate) fn noted(&self, by: &Actor, act: &Act) -> Option<Noted> {
        match act {
            Act::Checkout(act) => self.noted_payment(by, act),
            Act::Deal(act) => self.noted_voucher(by, act),
            Act::Refund(act) => self.noted_refund(by, act),
            _ => None,
        }
    }

    fn noted_payment(&self, by: &Actor, act: &CheckoutAct) -> Option<Noted> {
        match act {
            CheckoutAct::Collect { code, store, .. } => {
                let (code, store) = (code.clone(), store.clone());
                Some(Noted::Shown { code, store, member: member(by)? })
            }
            CheckoutAct::CancelCode { code } => Some(Noted::Gone { code: code.clone() }),
            CheckoutAct::CarryOut { payment, order } => {
                let orders = &self.checkout.payment(payment)?.orders;
                let paid = orders.iter().find(|one| one.planned.order() == order)?;
                let Planned::Store { amount, code: Some(code), .. } = &paid.planned else { return None };
                Some(Noted::Paid { code: code.clone(), fen: *amount })
            }
            _ => None,
        }
    }

    fn noted_voucher(&self, by: &Actor, act: &DealAct) -> Option<Noted> {
        let done =
            |store: &String, totals| Some(Noted::Done { store: store.clone(), member: member(by)?, totals });
        match act {
            DealAct::Verify { verification, order, store, uses } => {
                // The same again was done before.
                let is_known = self.deals.purchase(order)?.verification(verification).is_some();
                let totals = Totals { verified_uses: u64::from(*uses), ..Totals::default() };
                if is_known { None } else { done(store, totals) }
            }
            DealAct::UndoVerify { verification, order, store } => {
                let uses = self.deals.purchase(order)?.verification(verification)?.uses;
                done(store, Totals { undone_uses: u64::from(uses), ..Totals::default() })
            }
            DealAct::GiveBack { order, store: Some(store), .. } => {
                let purchase = self.deals.purchase(order).filter(|purchase| purchase.ended.is_none())?;
                let given_back = self.refunds.of_order(order).filter(|(_, one)| one.stage == Stage::Agreed);
                let before: u64 = given_back.map(|(_, one)| one.fen).sum();
                let refunded_fen = u128::from(purchase.unearned_fen().saturating_sub(before));
                done(store, Totals { refunds: 1, refunded_fen, ..Totals::default() })
            }
            _ => None,
        }
    }

    fn noted_refund(&self, by: &Actor, act: &RefundAct) -> Option<Noted> {
        let (seller, fen) = match act {
            RefundAct::Answer { id, side: Side::Seller, answer: Answer::Agree } => {
                let request = self.refunds.get(id)?;
                (&request.bought.seller, request.fen)
            }
            RefundAct::Offer { bought, fen, side: Side::Seller, .. } => (&bought.seller, *fen),
            _ => return None,
        };
        let Seller::Store(store) = seller else { return None };
        let totals = Totals { refunds: 1, refunded_fen: u128::from(fen), ..Totals::default() };
        Some(Noted::Done { store: store.clone(), member: member(by)?, totals })
    }
}

fn member(by: &Actor) -> Option<String> {
    match by {
        Actor::Member(member) => Some(member.clone()),
        _ => None,
    }
}

impl StoreStaff {
    /// Adds what was done.
    pub(crate) fn note(&mut self, noted: Noted) {
        match noted {
            Noted::Shown { code, store, member } => {
                let to = self.counts_to(&store, &member);
                self.codes.insert(code, to);
            }
            Noted::Gone { code } => drop(self.codes.remove(&code)),
            Noted::Paid { code, fen } => {
                let collected = Totals { collected: 1, collected_fen: u128::from(fen), ..Totals::default() };
                if let Some(to) = self.codes.remove(&code) {
                    self.count(&to, collected);
                }
            }
            Noted::Done { store, member, totals } => {
                let to = self.counts_to(&store, &member);
                self.count(&to, totals);
            }
        }
    }

    fn counts_to(&self, store: &str, member: &str) -> CountedTo {
        let who = (store.to_owned(), member.to_owned());
        match self.open.get(&who) {
            Some(shift) => CountedTo::Shift(shift.clone()),
            None => CountedTo::Outside(who.0, who.1),
        }
    }

    fn count(&mut self, to: &CountedTo, totals: Totals) {
        let uses = u128::from(totals.verified_uses) + u128::from(totals.undone_uses);
        self.counted += totals.collected_fen + totals.refunded_fen + uses;
        let of = match to {
            CountedTo::Shift(shift) => {
                &mut self.shifts.get_mut(shift).expect("a shift is never taken away").totals
            }
            CountedTo::Outside(store, member) => {
                self.outside.entry((store.clone(), member.clone())).or_default()
            }
        };
        of.add(totals);
    }

    pub(super) fn open_shift(&mut self, moment: &Moment<'_>, id: &str, store: &str) {
        let Actor::Member(member) = moment.by else { panic!("checked: a member opens it") };
        let (store, member) = (store.to_owned(), member.clone());
        self.open.insert((store.clone(), member.clone()), id.to_owned());
        self.by_store.insert((store.clone(), moment.seq), id.to_owned());
        let (opened, closed, totals) = (moment.now, None, Totals::default());
        self.shifts.insert(id.to_owned(), Shift { store, member, opened, closed, totals });
    }

    pub(super) fn close_shift(&mut self, now: Instant, id: &str) {
        let shift = self.shifts.get_mut(id).expect("checked: the shift is there");
        shift.closed = Some(now);
        let who = (shift.store.clone(), shift.member.clone());
        self.open.remove(&who);
    }

    /// A shift.
    #[must_use]
    pub fn shift(&self, id: &str) -> Option<&Shift> {
        self.shifts.get(id)
    }

    /// The shifts of a store before this entry of the journal, the latest first, each with its number, its id and itself.
    pub fn shifts_of<'s>(
        &'s self,
        store: &str,
        before: u64,
    ) -> impl Iterator<Item = (u64, &'s str, &'s Shift)> + use<'s> {
        let of_store = self.by_store.range((store.to_owned(), 0)..(store.to_owned(), before)).rev();
        of_store.map(|((_, number), id)| (*number, id.as_str(), &self.shifts[id]))
    }

    /// What a member did in a store without a shift.
    #[must_use]
    pub fn outside(&self, store: &str, member: &str) -> Totals {
        self.outside.get(&(store.to_owned(), member.to_owned())).copied().unwrap_or_default()
    }
}
