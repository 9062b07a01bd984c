//! Doing what was checked. Must not be added here: a reason not to do it.

use super::code::Collected;
use super::{
    Charge, Checkout, CheckoutAct, CodeState, OrderState, PaidOrder, Payment, Planned, Return, ReturnState,
    Role, Source, Stage,
};
use crate::money::after;
use crate::part::Moment;

/// How long a payment waits for money.
const WAIT_SECONDS: i64 = 15 * 60;

impl Checkout {
    pub(super) fn do_act(&mut self, moment: &Moment<'_>, act: &CheckoutAct) {
        match act {
            CheckoutAct::Collect { code, store, fen, minutes } => {
                self.collect(moment, &Collected { code, store, fen: *fen, minutes: *minutes });
            }
            CheckoutAct::CancelCode { code } => self.set_code(code, CodeState::Cancelled),
            CheckoutAct::Open { payment, payer, orders, device, address } => {
                let opened = Payment {
                    payer: payer.clone(),
                    orders: orders.iter().cloned().map(waiting).collect(),
                    fen: orders.iter().map(Planned::fen).sum(),
                    stage: Stage::Open,
                    since: moment.now,
                    expires: after(moment.now, WAIT_SECONDS),
                    charges: Vec::new(),
                    device: *device,
                    address: *address,
                };
                self.open(moment, payment, opened);
            }
            CheckoutAct::Arrived { payment, event, charge, fen, payer_account, at } => {
                let role = self.payments[payment].role_of(*fen);
                let (id, event) = (charge.clone(), event.clone());
                let (fen, payer_account, at) = (*fen, *payer_account, *at);
                let charge = Charge { id, event, fen, payer_account, role, returned: 0, at };
                self.arrive(moment, payment, charge);
            }
            CheckoutAct::Declined { payment } => self.end(moment, payment, Stage::Declined),
            CheckoutAct::Closed { payment } => self.end(moment, payment, Stage::Closed),
            CheckoutAct::Expire { payment } => self.end(moment, payment, Stage::Expired),
            CheckoutAct::CarryOut { payment, order } => self.carry_out(moment, payment, order),
            CheckoutAct::GiveUp { payment, order, code } => self.give_up(moment, payment, order, code),
            CheckoutAct::ReturnBegun { id, payment, source, fen } => {
                let (payment, source) = (payment.clone(), source.clone());
                self.begin(id, Return { payment, source, fen: *fen, state: ReturnState::Begun });
            }
            CheckoutAct::ReturnDone { id, at } => {
                self.returns.get_mut(id).expect("checked: the return is there").state =
                    ReturnState::Done(*at);
            }
            CheckoutAct::ReturnFailed { id, .. } => self.fail(id),
        }
    }

    fn open(&mut self, moment: &Moment<'_>, id: &str, opened: Payment) {
        for order in &opened.orders {
            self.by_order.insert(order.planned.order().to_owned(), id.to_owned());
        }
        if let Some(payer) = &opened.payer {
            self.by_payer.insert((payer.clone(), id.to_owned()));
        }
        self.open.insert((opened.expires, id.to_owned()));
        let needs_money = opened.fen > 0;
        self.payments.insert(id.to_owned(), opened);
        self.hold_codes(id);
        if !needs_money {
            self.set_stage(moment, id, Stage::Arrived);
        }
    }

    fn arrive(&mut self, moment: &Moment<'_>, id: &str, charge: Charge) {
        self.totals.arrived += u128::from(charge.fen);
        let (role, source) = (charge.role, Source::Charge(charge.id.clone()));
        self.payment_mut(id).charges.push(charge);
        if role == Role::Pays {
            self.set_stage(moment, id, Stage::Arrived);
            self.take_orders(id);
            self.hold_codes(id);
        } else {
            self.owing.insert((id.to_owned(), source));
        }
    }

    /// A payment whose money came late is nearer to paying its orders than one that still waits for money.
    fn take_orders(&mut self, id: &str) {
        for order in &self.payments[id].orders {
            let order = order.planned.order();
            let other = &self.payments[&self.by_order[order]];
            if other.stage == Stage::Open || !other.holds(order) {
                self.by_order.insert(order.to_owned(), id.to_owned());
            }
        }
    }

    fn end(&mut self, moment: &Moment<'_>, id: &str, stage: Stage) {
        self.set_stage(moment, id, stage);
        self.release_codes(id);
    }

    fn carry_out(&mut self, moment: &Moment<'_>, id: &str, order: &str) {
        self.by_order.insert(order.to_owned(), id.to_owned());
        let of = self.order_mut(id, order);
        of.state = OrderState::Paid;
        let (fen, code) = (of.planned.fen(), of.planned.code().map(str::to_owned));
        self.totals.carried_out += u128::from(fen);
        if let Some(code) = code {
            self.set_code(&code, CodeState::Used(id.to_owned()));
        }
        self.set_stage(moment, id, self.payments[id].stage_by_orders());
    }

    fn give_up(&mut self, moment: &Moment<'_>, id: &str, order: &str, why: &str) {
        let of = self.order_mut(id, order);
        of.state = OrderState::GivenUp(why.to_owned());
        let (fen, code) = (of.planned.fen(), of.planned.code().map(str::to_owned));
        if fen > 0 {
            self.owing.insert((id.to_owned(), Source::Order(order.to_owned())));
        }
        if let Some(code) = code {
            self.release_code(&code, id);
        }
        self.set_stage(moment, id, self.payments[id].stage_by_orders());
    }

    fn begin(&mut self, id: &str, begun: Return) {
        self.totals.returned += u128::from(begun.fen);
        *self.returned_mut(&begun.payment, &begun.source) += begun.fen;
        self.owing.remove(&(begun.payment.clone(), begun.source.clone()));
        self.by_payment.insert((begun.payment.clone(), id.to_owned()));
        self.returns.insert(id.to_owned(), begun);
    }

    fn fail(&mut self, id: &str) {
        let failed = self.returns.get_mut(id).expect("checked: the return is there");
        failed.state = ReturnState::Failed;
        let Return { payment, source, fen, .. } = failed.clone();
        self.totals.returned -= u128::from(fen);
        *self.returned_mut(&payment, &source) -= fen;
        self.owing.insert((payment, source));
    }

    /// Files the payment under its new stage.
    fn set_stage(&mut self, moment: &Moment<'_>, id: &str, stage: Stage) {
        let payment = self.payments.get_mut(id).expect("checked: the payment is there");
        if payment.stage == stage {
            return;
        }
        self.open.remove(&(payment.expires, id.to_owned()));
        self.arrived.remove(&(payment.since, id.to_owned()));
        (payment.stage, payment.since) = (stage, moment.now);
        if stage == Stage::Arrived {
            self.arrived.insert((moment.now, id.to_owned()));
        }
    }

    fn payment_mut(&mut self, id: &str) -> &mut Payment {
        self.payments.get_mut(id).expect("checked: the payment is there")
    }

    fn order_mut(&mut self, id: &str, order: &str) -> &mut PaidOrder {
        let mut orders = self.payment_mut(id).orders.iter_mut();
        orders.find(|one| one.planned.order() == order).expect("checked: the payment is for this order")
    }

    fn returned_mut(&mut self, id: &str, source: &Source) -> &mut u64 {
        match source {
            Source::Order(order) => &mut self.order_mut(id, order).returned,
            Source::Charge(charge) => {
                let mut charges = self.payment_mut(id).charges.iter_mut();
                &mut charges.find(|one| one.id == *charge).expect("checked: the charge is there").returned
            }
        }
    }
}

fn waiting(planned: Planned) -> PaidOrder {
    PaidOrder { planned, state: OrderState::Waiting, returned: 0 }
}
