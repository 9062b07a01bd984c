//! The deals and purchases that there are, with the indexes by which they are found, and how acts change them. Must not be
//! added here: a reason to refuse (see `selling.rs` and `using.rs`).

use super::offer::{Deal, DealState};
use super::purchase::{Ended, Ending, Purchase, RESERVATION_SECONDS, Verification, later};
use super::{Buying, DealAct};
use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::Refusal;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The stores' deals and the members' vouchers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deals {
    pub(super) deals: BTreeMap<String, Deal>,
    /// Stores with their deals.
    pub(super) offered: BTreeSet<(String, String)>,
    /// By the number of the act that bought them, so that they lie in the order of time.
    pub(super) purchases: BTreeMap<u64, Purchase>,
    /// Orders with the numbers of their purchases.
    pub(super) orders: BTreeMap<String, u64>,
    /// Orders that were never paid: their ids are not used again, and nothing else is kept of them.
    pub(super) lapsed: BTreeSet<String>,
    pub(super) codes: BTreeMap<[u8; 16], u64>,
    pub(super) of_deals: BTreeSet<(String, u64)>,
    pub(super) of_stores: BTreeSet<(String, u64)>,
    pub(super) of_members: BTreeSet<(String, u64)>,
    /// Members with those of their purchases whose payment is not confirmed.
    pub(super) unconfirmed: BTreeSet<(String, u64)>,
    /// When the service has something to do, and with which purchase.
    pub(super) deadlines: BTreeSet<(Instant, u64)>,
    /// When purchases were done with, and which.
    pub(super) done: BTreeSet<(Instant, u64)>,
    /// Uses that are verified in all.
    pub(super) verified: u64,
    /// Stores with the numbers of the acts that verified, each with the purchase and the place among its verifications.
    pub(super) verified_in: BTreeMap<(String, u64), (u64, u32)>,
}

impl Deals {
    fn deal_mut(&mut self, deal: &str) -> &mut Deal {
        self.deals.get_mut(deal).expect("checked: the deal is there")
    }

    fn buy(&mut self, number: u64, now: Instant, buying: &Buying) {
        let Buying { order, deal, version, member, count, code_digest, sealed_code } = buying;
        let offered = self.deal_mut(deal);
        offered.take(member, u64::from(*count));
        let (store, terms) = (offered.store.clone(), offered.terms());
        let purchase = Purchase {
            order: order.clone(),
            deal: deal.clone(),
            version: *version,
            store: store.clone(),
            member: member.clone(),
            count: *count,
            uses: count * terms.uses,
            amount_fen: u64::from(*count) * terms.price_fen,
            valid: terms.valid,
            reserved_until: later(now, RESERVATION_SECONDS),
            expires_at: None,
            code_digest: *code_digest,
            sealed_code: sealed_code.clone(),
            verifications: Vec::new(),
            ended: None,
        };
        self.deadlines.insert((purchase.reserved_until, number));
        self.unconfirmed.insert((member.clone(), number));
        self.orders.insert(order.clone(), number);
        self.codes.insert(*code_digest, number);
        self.of_deals.insert((deal.clone(), number));
        self.of_stores.insert((store, number));
        self.of_members.insert((member.clone(), number));
        let before = self.purchases.insert(number, purchase);
        assert!(before.is_none(), "each act has a number of its own");
    }

    fn lapse(&mut self, order: &str) {
        let number = self.orders.remove(order).expect("checked: the purchase is there");
        let purchase = self.purchases.remove(&number).expect("every order has its purchase");
        let Purchase { order, deal, store, member, count, reserved_until, code_digest, .. } = purchase;
        self.deal_mut(&deal).release(&member, u64::from(count));
        self.deadlines.remove(&(reserved_until, number));
        self.codes.remove(&code_digest);
        self.of_deals.remove(&(deal, number));
        self.of_stores.remove(&(store, number));
        self.unconfirmed.remove(&(member.clone(), number));
        self.of_members.remove(&(member, number));
        self.lapsed.insert(order);
    }

    /// Changes a purchase, and files it anew.
    fn update(&mut self, order: &str, change: impl FnOnce(&mut Purchase)) {
        let number = self.orders[order];
        let purchase = self.purchases.get_mut(&number).expect("every order has its purchase");
        let (deadline, done, used) = (purchase.deadline(), purchase.done_at(), purchase.used());
        change(purchase);
        self.verified = self.verified + u64::from(purchase.used()) - u64::from(used);
        if !purchase.is_unconfirmed() {
            self.unconfirmed.remove(&(purchase.member.clone(), number));
        }
        refile(&mut self.deadlines, number, deadline, purchase.deadline());
        refile(&mut self.done, number, done, purchase.done_at());
    }

    fn verify(&mut self, seq: u64, order: &str, id: &str, uses: u32, at: Instant) {
        let number = self.orders[order];
        let purchase = &self.purchases[&number];
        // The same again is let through, and was done before.
        if purchase.verification(id).is_some() {
            return;
        }
        let place = u32::try_from(purchase.verifications.len()).expect("uses and undone ones are bounded");
        self.verified_in.insert((purchase.store.clone(), seq), (number, place));
        self.update(order, |purchase| {
            purchase.verifications.push(Verification { id: id.into(), uses, at, is_undone: false });
        });
    }

    fn undo(&mut self, order: &str, id: &str) {
        self.update(order, |purchase| {
            let mut verifications = purchase.verifications.iter_mut();
            let verification = verifications.find(|verification| verification.id == id);
            verification.expect("checked: the verification is there").is_undone = true;
        });
    }

    /// Ends a voucher, unless it has ended and only its money was still owed; untouched pieces can be sold again.
    fn end(&mut self, order: &str, at: Instant, how: Ending) {
        let (mut untouched, mut owner) = (0, None);
        self.update(order, |purchase| {
            if purchase.ended.is_none() {
                untouched = u64::from(purchase.count) - purchase.touched_pieces();
                owner = Some((purchase.deal.clone(), purchase.member.clone()));
                purchase.ended = Some(Ended { at, how });
                purchase.sealed_code = Vec::new();
            }
        });
        if let Some((deal, member)) = owner.filter(|_| untouched > 0) {
            self.deal_mut(&deal).release(&member, untouched);
        }
    }
}

fn refile(index: &mut BTreeSet<(Instant, u64)>, number: u64, old: Option<Instant>, new: Option<Instant>) {
    if let Some(old) = old {
        index.remove(&(old, number));
    }
    if let Some(new) = new {
        index.insert((new, number));
    }
}

impl Part for Deals {
    type Act = DealAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &DealAct) -> Result<Carried, Refusal> {
        match act {
            DealAct::Offer { deal, store, terms, sale } => {
                self.check_offer(scene, by, (deal, store), (terms, sale))
            }
            DealAct::Change { deal, store, terms, sale } => {
                self.check_change(scene, by, (deal, store), (terms, sale))
            }
            DealAct::Publish { deal, store } => self.check_publish(by, deal, store),
            DealAct::Withdraw { deal, store } => self.check_withdraw(by, deal, store),
            DealAct::Buy(buying) => self.check_buy(scene, by, buying),
            DealAct::Confirm { order, paid_at } => self.check_confirm(scene, by, order, *paid_at),
            DealAct::Lapse { order } => self.check_lapse(scene, by, order),
            DealAct::Verify { verification, order, store, uses } => {
                self.check_verify(scene, by, (order, store), verification, *uses)
            }
            DealAct::UndoVerify { verification, order, store } => {
                self.check_undo(scene, by, (order, store), verification)
            }
            DealAct::GiveBack { cancel, order, store } => {
                return self.check_give_back(scene, by, order, store.as_deref(), cancel);
            }
            DealAct::Expire { cancel, order } => return self.check_expire(scene, by, order, cancel),
        }
        .map(|()| None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &DealAct) {
        let now = moment.now;
        match act {
            DealAct::Offer { deal, store, terms, sale } => {
                self.offered.insert((store.clone(), deal.clone()));
                self.deals.insert(deal.clone(), Deal::new(store, terms, sale));
            }
            DealAct::Change { deal, terms, sale, .. } => self.deal_mut(deal).change(terms, sale),
            DealAct::Publish { deal, .. } => self.deal_mut(deal).state = DealState::OnSale,
            DealAct::Withdraw { deal, .. } => self.deal_mut(deal).state = DealState::Withdrawn,
            DealAct::Buy(buying) => self.buy(moment.seq, now, buying),
            DealAct::Confirm { order, paid_at } => self.update(order, |purchase| {
                purchase.expires_at = Some(purchase.valid.expires_at(*paid_at));
            }),
            DealAct::Lapse { order } => self.lapse(order),
            DealAct::Verify { verification, order, uses, .. } => {
                self.verify(moment.seq, order, verification, *uses, now);
            }
            DealAct::UndoVerify { verification, order, .. } => self.undo(order, verification),
            DealAct::GiveBack { order, .. } => self.end(order, now, Ending::GivenBack),
            DealAct::Expire { order, .. } => self.end(order, now, Ending::Expired),
        }
    }

    fn figure(&self) -> u64 {
        let counts = [self.deals.len(), self.purchases.len(), self.lapsed.len(), self.deadlines.len()];
        let counts = counts.map(|count| u64::try_from(count).expect("64 bits"));
        let figures = counts.into_iter().chain([self.verified]);
        // Any odd factor does: it keeps a change of one figure from making up for that of another.
        figures.fold(0, |sum: u64, figure| sum.wrapping_mul(0x0000_0100_0000_01b3).wrapping_add(figure))
    }
}
