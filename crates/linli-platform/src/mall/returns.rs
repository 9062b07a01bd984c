//! What is done with returns, and how it changes them. Must not be added here: whether it may be done.

mod check;

use super::Mall;
use super::days::{ANSWER_DAYS, ARRIVE_DAYS, SEND_BACK_DAYS, after_days};
use super::items::Part;
use super::order::{OrderState, Parcel};
use super::returning::{Goods, Reason, Restock, Return, ReturnState};
use super::role::Role;
use crate::part::Moment;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// What is done with returns. Each is named by its id as `of`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReturnAct {
    /// A member wants to return something.
    Ask {
        /// Names the return here, and its refund in the economy.
        of: String,
        /// Of which order.
        order: String,
        /// What.
        parts: Vec<Part>,
        /// Why.
        reason: Reason,
        /// What the member says, sealed; may be empty.
        sealed_text: Vec<u8>,
        /// Ids of pictures.
        pictures: Vec<String>,
    },
    /// The supplier has not answered in time: the service asks the platform.
    Escalate {
        /// Which.
        of: String,
    },
    /// The supplier or the platform agrees.
    Agree {
        /// Which.
        of: String,
        /// Where the goods are to go.
        goods: Goods,
        /// The address to send them to, sealed; empty where they are kept.
        sealed_address: Vec<u8>,
    },
    /// The supplier or the platform does not.
    Refuse {
        /// Which.
        of: String,
        /// Why, sealed.
        sealed_reason: Vec<u8>,
    },
    /// The member asks the platform to look at a supplier's refusal.
    Appeal {
        /// Which.
        of: String,
    },
    /// The member does not want it any more, or the service sees that nothing was sent back in time.
    Withdraw {
        /// Which.
        of: String,
    },
    /// The member has given the goods to a carrier.
    SendBack {
        /// Which.
        of: String,
        /// Who carries them.
        carrier: String,
        /// The carrier's number.
        number: String,
    },
    /// The supplier has the goods, or has had the time to say otherwise.
    Arrive {
        /// Which.
        of: String,
        /// Whether they can be sold again.
        restock: Restock,
    },
    /// The member gets the money.
    Refund {
        /// Which.
        of: String,
    },
}

impl ReturnAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Ask { .. } => "ask_return",
            Self::Escalate { .. } => "escalate_return",
            Self::Agree { .. } => "agree_return",
            Self::Refuse { .. } => "refuse_return",
            Self::Appeal { .. } => "appeal_return",
            Self::Withdraw { .. } => "withdraw_return",
            Self::SendBack { .. } => "send_back_return",
            Self::Arrive { .. } => "arrive_return",
            Self::Refund { .. } => "refund_return",
        }
    }

    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Ask { of, .. }
            | Self::Escalate { of }
            | Self::Agree { of, .. }
            | Self::Refuse { of, .. }
            | Self::Appeal { of }
            | Self::Withdraw { of }
            | Self::SendBack { of, .. }
            | Self::Arrive { of, .. }
            | Self::Refund { of } => of,
        }
    }
}

impl Mall {
    pub(super) fn apply_return(&mut self, moment: &Moment<'_>, act: &ReturnAct) {
        let (of, now) = (act.subject(), moment.now);
        match act {
            ReturnAct::Ask { order, .. } => {
                let asked = self.asked(now, act, order);
                self.returns.add(asked);
                self.orders.change(order, |order| order.returns.push(of.to_owned()));
            }
            ReturnAct::Escalate { .. } | ReturnAct::Appeal { .. } => {
                self.returns.change(of, |back| back.go(ReturnState::Escalated, None));
            }
            ReturnAct::Agree { goods: Goods::Back, sealed_address, .. } => self.returns.change(of, |back| {
                back.sealed_answer.clone_from(sealed_address);
                back.go(ReturnState::Agreed, Some(after_days(now, SEND_BACK_DAYS)));
            }),
            ReturnAct::Agree { goods: Goods::Kept, .. } => self.arrive(of, now),
            ReturnAct::Refuse { sealed_reason, .. } => {
                let may_appeal = matches!(self.role(moment.by), Role::Supplier(_));
                self.returns.change(of, |back| {
                    back.sealed_answer.clone_from(sealed_reason);
                    back.go(ReturnState::Refused, None);
                    back.appeal_until = may_appeal.then(|| after_days(now, ANSWER_DAYS));
                });
            }
            ReturnAct::Withdraw { .. } => {
                self.returns.change(of, |back| back.go(ReturnState::Withdrawn, None));
            }
            ReturnAct::SendBack { carrier, number, .. } => self.returns.change(of, |back| {
                back.parcel = Some(Parcel { carrier: carrier.clone(), number: number.clone(), at: now });
                back.go(ReturnState::SentBack, Some(after_days(now, ARRIVE_DAYS)));
            }),
            ReturnAct::Arrive { restock, .. } => {
                if *restock == Restock::Yes {
                    self.restock(of);
                }
                self.arrive(of, now);
            }
            ReturnAct::Refund { .. } => self.note_refund(of),
        }
        self.wait_for_final(of);
    }

    fn asked(&self, now: Instant, act: &ReturnAct, order: &str) -> Return {
        let ReturnAct::Ask { of, parts, reason, sealed_text, pictures, .. } = act else {
            unreachable!("only what is asked for is added")
        };
        let known = self.orders.get(order).expect("checked: the order is there");
        Return {
            id: of.clone(),
            order: order.to_owned(),
            member: known.member.clone(),
            supplier: known.supplier.clone(),
            parts: parts.clone(),
            reason: *reason,
            sealed_text: sealed_text.clone(),
            pictures: pictures.clone(),
            state: ReturnState::Asked,
            asked_at: now,
            until: Some(after_days(now, ANSWER_DAYS)),
            appeal_until: None,
            sealed_answer: Vec::new(),
            parcel: None,
        }
    }

    /// The money is due at once where the order is settled or all of it is back; else when it is settled.
    fn arrive(&mut self, of: &str, now: Instant) {
        self.returns.change(of, |back| back.go(ReturnState::Arrived, None));
        let (_, order) = self.returned(of);
        if order.state == OrderState::Settled || self.is_all_back(order) {
            self.returns.change(of, |back| back.until = Some(now));
        }
    }

    fn restock(&mut self, of: &str) {
        let (back, order) = self.returned(of);
        let parts = back.parts.iter().map(|part| (order.items[part.item].clone(), u64::from(part.count)));
        for (item, count) in parts.collect::<Vec<_>>() {
            self.products.move_pieces(&item.product, &item.variant, |pieces| {
                pieces.sold = pieces.sold.checked_sub(count).expect("sold with this order");
                pieces.free += count;
            });
        }
    }
}
