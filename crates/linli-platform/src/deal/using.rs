//! What speaks against verifying a voucher and against giving back what is left of it, and the economy's command that
//! gives it back. Must not be added here: what of the price belongs to whom (see `purchase.rs`).

use super::Deals;
use super::purchase::{Purchase, UNDO_SECONDS, later};
use super::selling::{is_for, is_person_or_program};
use super::standing::Standing;
use crate::act::Actor;
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::id;
use linli_economy::command::{AmountText, Command, Id};
use linli_economy::order::Order;
use linli_economy::time::Instant;
use linli_economy::units::Fen;
use std::borrow::Cow;

/// Verifications of one voucher that a store may undo: their ids are kept for ever.
const MOST_UNDONE: usize = 20;

impl Deals {
    pub(super) fn check_confirm(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        order: &str,
        paid_at: Instant,
    ) -> Result<(), Refusal> {
        is_service(by)?;
        let purchase = self.bought(order)?;
        has_not_ended(purchase)?;
        if purchase.expires_at.is_some() {
            let message = format!("the payment of {order} was confirmed before");
            return Err(Refusal::new(Code::PurchasePaid, message));
        }
        match purchase.standing(scene.economy).order() {
            None => Err(Refusal::new(Code::PurchaseUnpaid, format!("{order} is not paid"))),
            Some(paid) if paid.since != paid_at => {
                let message = format!("{order} was paid at {}, not at {paid_at}", paid.since);
                Err(Refusal::new(Code::PaidAtOtherTime, message))
            }
            Some(_) => Ok(()),
        }
    }

    pub(super) fn check_lapse(&self, scene: &Scene<'_>, by: &Actor, order: &str) -> Result<(), Refusal> {
        is_service(by)?;
        let purchase = self.bought(order)?;
        if purchase.standing(scene.economy).order().is_some() {
            return Err(Refusal::new(Code::PurchasePaid, format!("{order} was paid")));
        }
        is_due(scene.now, purchase.reserved_until, "its pieces are kept")
    }

    pub(super) fn check_verify(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (order, store): (&str, &str),
        verification: &str,
        uses: u32,
    ) -> Result<(), Refusal> {
        id(verification)?;
        let purchase = self.bought_in(by, order, store)?;
        if let Some(known) = purchase.verification(verification) {
            if known.uses == uses && !known.is_undone {
                return Ok(());
            }
            let message = format!("{verification} verified {} uses before", known.uses);
            return Err(Refusal::new(Code::VerificationExists, message));
        }
        has_not_ended(purchase)?;
        let expires_at = purchase.valid.expires_at(purchase.paid_order(scene.economy)?.since);
        if scene.now >= expires_at {
            let message = format!("it expired at {expires_at}, and it is {}", scene.now);
            return Err(Refusal::new(Code::VoucherExpired, message));
        }
        match purchase.left() {
            _ if uses == 0 => Err(Refusal::new(Code::BadCount, "at least 1 use is verified")),
            0 => Err(used_up(purchase)),
            left if uses > left => {
                let message = format!("{left} of {} uses are left, and {uses} are asked for", purchase.uses);
                Err(Refusal::new(Code::TooFewUses, message))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn check_undo(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (order, store): (&str, &str),
        verification: &str,
    ) -> Result<(), Refusal> {
        let purchase = self.bought_in(by, order, store)?;
        let stays = |message: String| Err(Refusal::new(Code::VerificationStays, message));
        let Some(known) = purchase.verification(verification) else {
            let message = format!("{order} has no verification {verification}");
            return Err(Refusal::new(Code::UnknownVerification, message));
        };
        if known.is_undone {
            let message = format!("{verification} was undone before");
            return Err(Refusal::new(Code::VerificationUndone, message));
        }
        has_not_ended(purchase)?;
        purchase.paid_order(scene.economy)?;
        let until = later(known.at, UNDO_SECONDS);
        if scene.now > until {
            return stays(format!("it could be undone until {until}, and it is {}", scene.now));
        }
        if let Some(final_at) = purchase.final_at(scene.economy).filter(|&at| at <= scene.now) {
            return stays(format!("its order has been final since {final_at}"));
        }
        let undone = purchase.verifications.iter().filter(|verification| verification.is_undone).count();
        if undone >= MOST_UNDONE {
            return stays(format!("{MOST_UNDONE} verifications of this voucher were undone before"));
        }
        Ok(())
    }

    /// A voucher that has ended can be given back only if its money has not gone back: that is when the command's id was
    /// applied to the same order before, by other means, and the economy answered with that.
    pub(super) fn check_give_back(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        order: &str,
        store: Option<&str>,
        cancel: &str,
    ) -> Result<Carried, Refusal> {
        let purchase = match store {
            Some(store) => self.bought_in(by, order, store)?,
            None => {
                let purchase = self.bought(order)?;
                is_for(by, &purchase.member)?;
                purchase
            }
        };
        let paid = purchase.paid_order(scene.economy)?;
        if purchase.left() == 0 {
            return Err(used_up(purchase));
        }
        if purchase.owed_fen(paid) == 0 {
            has_not_ended(purchase)?;
        }
        give_back(purchase, paid, cancel)
    }

    pub(super) fn check_expire(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        order: &str,
        cancel: &str,
    ) -> Result<Carried, Refusal> {
        is_service(by)?;
        let purchase = self.bought(order)?;
        has_not_ended(purchase)?;
        let Some(closes_at) = purchase.closes_at() else {
            let message = format!("the payment of {order} is not confirmed");
            return Err(Refusal::new(Code::PurchaseUnpaid, message));
        };
        if purchase.left() == 0 {
            return Err(used_up(purchase));
        }
        is_due(scene.now, closes_at, "its uses stay")?;
        match purchase.standing(scene.economy) {
            Standing::Paid(paid) => give_back(purchase, paid, cancel),
            // Whoever gave it back or settled it has dealt with the money.
            _ => id(cancel).map(|()| None),
        }
    }

    fn bought(&self, order: &str) -> Result<&Purchase, Refusal> {
        let known = self.purchase(order);
        known.ok_or_else(|| Refusal::new(Code::UnknownPurchase, format!("there is no purchase {order}")))
    }

    /// The purchase that a store acts on.
    fn bought_in(&self, by: &Actor, order: &str, store: &str) -> Result<&Purchase, Refusal> {
        is_person_or_program(by)?;
        let purchase = self.bought(order)?;
        if purchase.store == store {
            return Ok(purchase);
        }
        let message = format!("the voucher of {order} is not used in the store {store}");
        Err(Refusal::new(Code::DealOfAnother, message))
    }
}

fn is_service(by: &Actor) -> Result<(), Refusal> {
    if *by == Actor::Service {
        return Ok(());
    }
    Err(Refusal::new(Code::DealActor, format!("only the service does this, and {by} is not it")))
}

fn is_due(now: Instant, deadline: Instant, what: &str) -> Result<(), Refusal> {
    if now >= deadline {
        return Ok(());
    }
    Err(Refusal::new(Code::TooEarly, format!("{what} until {deadline}, and it is {now}")))
}

fn has_not_ended(purchase: &Purchase) -> Result<(), Refusal> {
    let Some(ended) = purchase.ended else { return Ok(()) };
    Err(Refusal::new(Code::VoucherEnded, format!("what was left of it went back at {}", ended.at)))
}

fn used_up(purchase: &Purchase) -> Refusal {
    Refusal::new(Code::VoucherUsed, format!("all of its {} uses are verified", purchase.uses))
}

/// The economy's command for what the member has to get back, if that is anything.
fn give_back(purchase: &Purchase, paid: &Order, cancel: &str) -> Result<Carried, Refusal> {
    id(cancel)?;
    let owed = purchase.owed_fen(paid);
    let new_id = |text: &str| Id::new(Cow::Owned(text.into())).expect("checked: it is an id");
    Ok((owed > 0).then(|| Command::Cancel {
        cancel: new_id(cancel),
        order: new_id(&purchase.order),
        amount: AmountText::new(Cow::Owned(Fen::from(owed).to_string())).expect("money is an amount"),
    }))
}
