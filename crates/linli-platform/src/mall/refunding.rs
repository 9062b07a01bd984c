//! Where returns meet money: when an order is final, and what its returns are refunded. Before it is settled an order
//! is given back whole or not at all, so what comes back in part is refunded once it is settled. Must not be added here:
//! a rounding of its own (`pro_rata` is the economy's).

use super::Mall;
use super::carry::{self, Standing};
use super::days::after_days;
use super::items::{Part, parts_fen};
use super::order::{Order, OrderState};
use super::returning::{Return, ReturnState};
use super::role::Role;
use crate::act::Actor;
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use linli_economy::order::pro_rata;
use linli_economy::time::Instant;

impl Mall {
    /// When an order that was received may be settled: after its plan's hold, and while nothing of it is on its way back.
    /// One that is back as a whole never is: it is given back.
    #[must_use]
    pub fn final_at(&self, order: &str) -> Option<Instant> {
        let order = self.orders.get(order).filter(|order| order.state == OrderState::Received)?;
        let is_open = self.returns_of(order).any(|back| back.state.is_open());
        let held_until = after_days(order.received_at?, order.days().hold_days);
        (!is_open && !self.is_all_back(order)).then_some(held_until)
    }

    /// The returns of an order, in order of coming.
    pub fn returns_of<'m>(&'m self, order: &'m Order) -> impl Iterator<Item = &'m Return> {
        order.returns.iter().map(|of| self.returns.get(of).expect("an order's returns are there"))
    }

    /// A return and its order.
    pub(super) fn returned(&self, of: &str) -> (&Return, &Order) {
        let back = self.returns.get(of).expect("checked: the return is there");
        (back, self.orders.get(&back.order).expect("a return's order is there"))
    }

    /// Pieces of an item that are in returns.
    pub(super) fn held(&self, order: &Order, item: usize) -> u32 {
        let returns = self.returns_of(order).filter(|back| back.state.holds_pieces());
        returns.flat_map(|back| &back.parts).filter(|part| part.item == item).map(|part| part.count).sum()
    }

    /// Whether every piece has arrived.
    pub(super) fn is_all_back(&self, order: &Order) -> bool {
        let arrived = self.returns_of(order).filter(|back| back.state == ReturnState::Arrived);
        let pieces: u64 = arrived.flat_map(|back| &back.parts).map(|part| u64::from(part.count)).sum();
        pieces == order.items.iter().map(|item| u64::from(item.count)).sum::<u64>()
    }

    pub(super) fn check_refund(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        back: &Return,
    ) -> Result<Carried, Refusal> {
        if self.role(by) != Role::Service {
            self.desk_only(by, &back.supplier)?;
        }
        back.check_state(&[ReturnState::Arrived])?;
        let order = self.known_order(&back.order)?;
        match (order.state, carry::standing(scene.economy, order)) {
            (OrderState::Settled, Standing::Settled { cash, refunded }) => {
                let fen = due_fen(order, &back.parts, cash).min(cash - refunded);
                Ok((fen > 0).then(|| carry::refund(&back.id, &order.id, fen)))
            }
            // All of it has been refunded past the mall.
            (OrderState::Settled, _) => Ok(None),
            (_, Standing::Paid { cash }) if self.is_all_back(order) => {
                Ok(Some(carry::cancel(&order.id, cash)))
            }
            _ => {
                let message = format!(
                    "only a whole order can be given back before it is settled, and {} is {}",
                    order.id,
                    order.state.name()
                );
                Err(Refusal::new(Code::ReturnWaits, message))
            }
        }
    }

    /// The money has gone: a settled order's in part, any other's whole.
    pub(super) fn note_refund(&mut self, of: &str) {
        let (back, order) = self.returned(of);
        let (id, list_fen) = (order.id.clone(), back.list_fen(order));
        if order.state != OrderState::Settled {
            self.close_order(&id, &[]);
            return;
        }
        self.returns.change(of, |back| back.go(ReturnState::Refunded, None));
        self.orders.change(&id, |order| order.refunded_list_fen += list_fen);
    }

    /// An order was given back whole: what had arrived is refunded with it, the rest has nothing left to wait for.
    pub(super) fn close_returns(&mut self, order: &str) {
        let order = self.orders.get(order).expect("checked: the order is there");
        let all = self.returns_of(order).map(|back| (back.id.clone(), back.state, back.list_fen(order)));
        let (id, mut refunded_fen) = (order.id.clone(), 0);
        for (of, state, list_fen) in all.collect::<Vec<_>>() {
            if state == ReturnState::Arrived {
                refunded_fen += list_fen;
                self.returns.change(&of, |back| back.go(ReturnState::Refunded, None));
            } else if state.is_open() {
                self.returns.change(&of, |back| back.go(ReturnState::Withdrawn, None));
            }
        }
        self.orders.change(&id, |order| order.refunded_list_fen += refunded_fen);
    }

    /// An order was settled: what had arrived before is refunded now.
    pub(super) fn refund_arrived(&mut self, order: &str, now: Instant) {
        let order = self.orders.get(order).expect("checked: the order is there");
        let arrived = self.returns_of(order).filter(|back| back.state == ReturnState::Arrived);
        for of in arrived.map(|back| back.id.clone()).collect::<Vec<_>>() {
            self.returns.change(&of, |back| back.until = Some(now));
        }
    }

    /// A return has changed: its order waits for another moment to be settled, or for none.
    pub(super) fn wait_for_final(&mut self, of: &str) {
        let (_, order) = self.returned(of);
        if order.state == OrderState::Received {
            let (id, until) = (order.id.clone(), self.final_at(&order.id));
            self.orders.change(&id, |order| order.until = until);
        }
    }
}

/// What is due for these pieces: of X the share that their list prices have of all pieces', so that freight comes back
/// with the goods; cumulative, so that all returns together are worth X to the fen. With X = 100.00 for three pieces of
/// one price they are 33.33, 33.33 and 33.34.
fn due_fen(order: &Order, parts: &[Part], cash: u64) -> u64 {
    let (all, before) = (order.items_fen(), order.refunded_list_fen);
    let after = before + parts_fen(&order.items, parts);
    pro_rata(cash, after, all) - pro_rata(cash, before, all)
}
