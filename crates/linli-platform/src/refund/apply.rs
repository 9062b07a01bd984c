//! Doing what was checked. Must not be added here: a reason not to do it.

use super::{Answer, Bought, Origin, RefundAct, Refunds, Request, Side, Stage};
use crate::money::after;
use crate::part::Moment;
use linli_economy::time::Instant;

/// How long the seller may take to answer: three days.
const ANSWER_SECONDS: i64 = 3 * 86_400;

/// How long the member may take to appeal: seven days.
const APPEAL_SECONDS: i64 = 7 * 86_400;

impl Refunds {
    pub(super) fn do_act(&mut self, moment: &Moment<'_>, act: &RefundAct) {
        match act {
            RefundAct::Ask { id, bought, fen, sealed_reason } => {
                let stage = Stage::AtSeller(after(moment.now, ANSWER_SECONDS));
                self.add(moment, id, request(bought, *fen, sealed_reason, (Origin::Asked, stage)));
            }
            RefundAct::Offer { id, bought, fen, side, sealed_reason } => {
                let origin = (Origin::Offered(*side), Stage::Agreed);
                self.add(moment, id, request(bought, *fen, sealed_reason, origin));
                self.agreed += u128::from(*fen);
            }
            RefundAct::Answer { id, answer: Answer::Agree, .. } => {
                self.agreed += u128::from(self.requests[id].fen);
                self.set_stage(moment, id, Stage::Agreed);
            }
            RefundAct::Answer { id, side, answer: Answer::Refuse { sealed_reason } } => {
                self.request_mut(id).sealed_refusal = Some(sealed_reason.clone());
                let stage = match side {
                    Side::Seller => Stage::Refused(after(moment.now, APPEAL_SECONDS)),
                    Side::Operator => Stage::Rejected,
                };
                self.set_stage(moment, id, stage);
            }
            RefundAct::Appeal { id, sealed_reason } => {
                self.request_mut(id).sealed_appeal = Some(sealed_reason.clone());
                self.set_stage(moment, id, Stage::AtOperator);
            }
            RefundAct::Withdraw { id } => self.set_stage(moment, id, Stage::Withdrawn),
            RefundAct::Escalate { id } => self.set_stage(moment, id, Stage::AtOperator),
        }
    }

    fn add(&mut self, moment: &Moment<'_>, id: &str, request: Request) {
        let (stage, bought) = (request.stage, request.bought.clone());
        self.by_order.insert((bought.order, id.to_owned()));
        if let Some(member) = bought.member {
            self.by_member.insert((member, id.to_owned()));
        }
        let before = self.requests.insert(id.to_owned(), Request { since: moment.now, ..request });
        assert!(before.is_none(), "checked: the request is new");
        self.file(id, stage, moment.now);
    }

    fn set_stage(&mut self, moment: &Moment<'_>, id: &str, stage: Stage) {
        let request = self.request_mut(id);
        let (order, seller) = (request.bought.order.clone(), request.bought.seller.clone());
        let (before, since) = (request.stage, request.since);
        (request.stage, request.since) = (stage, moment.now);
        match before {
            Stage::AtSeller(until) => {
                self.at_seller.remove(&(seller, id.to_owned()));
                self.until.remove(&(until, id.to_owned()));
                self.open.remove(&order);
            }
            Stage::AtOperator => {
                self.at_operator.remove(&(since, id.to_owned()));
                self.open.remove(&order);
            }
            Stage::Refused(_) | Stage::Rejected | Stage::Agreed | Stage::Withdrawn => {}
        }
        self.file(id, stage, moment.now);
    }

    /// Files a request where those of its stage are looked for.
    fn file(&mut self, id: &str, stage: Stage, now: Instant) {
        let Bought { order, seller, .. } = self.requests[id].bought.clone();
        match stage {
            Stage::AtSeller(until) => {
                self.at_seller.insert((seller, id.to_owned()));
                self.until.insert((until, id.to_owned()));
                self.open.insert(order, id.to_owned());
            }
            Stage::AtOperator => {
                self.at_operator.insert((now, id.to_owned()));
                self.open.insert(order, id.to_owned());
            }
            Stage::Refused(_) | Stage::Rejected | Stage::Agreed | Stage::Withdrawn => {}
        }
    }

    fn request_mut(&mut self, id: &str) -> &mut Request {
        self.requests.get_mut(id).expect("checked: the request is there")
    }
}

fn request(bought: &Bought, fen: u64, reason: &[u8], (origin, stage): (Origin, Stage)) -> Request {
    Request {
        bought: bought.clone(),
        fen,
        origin,
        stage,
        since: Instant::EPOCH,
        sealed_reason: reason.to_vec(),
        sealed_appeal: None,
        sealed_refusal: None,
    }
}
