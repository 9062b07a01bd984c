//! What each state of an order, a request for a refund and a withdrawal allows, as simply as it can be said: phases and
//! sums, and nobody's share. Must not be added here: a rule taken from the program's code.

use std::collections::BTreeMap;

/// One step; numbers name orders, requests and payouts in the order in which they were made.
#[derive(Debug)]
pub enum Step {
    Pay {
        order: u64,
        fen: u64,
    },
    Settle {
        order: u64,
    },
    /// By a command: before settling it is called `cancel`, afterwards `refund`.
    GiveBack {
        order: u64,
        fen: u64,
        is_settled: bool,
    },
    Ask {
        order: u64,
        fen: u64,
    },
    Offer {
        order: u64,
        fen: u64,
    },
    Answer {
        request: u64,
        agrees: bool,
    },
    Appeal {
        request: u64,
    },
    TakeBack {
        request: u64,
    },
    /// By the store.
    Withdraw {
        fen: u64,
    },
    EndPayout {
        payout: u64,
        is_done: bool,
    },
}

/// What is to come of a step.
#[derive(Debug)]
pub enum Expected {
    Done,
    Refused(&'static [&'static str]),
    /// Done, if there is the money for it, which is the economy's to say.
    DoneUnless(&'static [&'static str]),
}

use Expected::{Done, DoneUnless, Refused};

#[derive(Default)]
pub struct Order {
    pub fen: u64,
    pub cancelled: u64,
    pub refunded: u64,
    pub is_settled: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Stage {
    Asked,
    Appealed,
    Refused,
    Agreed,
    TakenBack,
}

pub struct Request {
    order: u64,
    fen: u64,
    pub stage: Stage,
}

#[derive(Default)]
pub struct Model {
    pub orders: BTreeMap<u64, Order>,
    /// By their ids.
    pub requests: Vec<(String, Request)>,
    /// Their ids, and whether they have ended.
    pub payouts: Vec<(String, bool)>,
}

impl Order {
    fn left(&self) -> u64 {
        self.fen - self.cancelled - self.refunded
    }

    pub fn phase(&self) -> &'static str {
        match (self.is_settled, self.left()) {
            (true, _) => "settled",
            (false, 0) => "given_back",
            (false, _) => "paid",
        }
    }

    fn give_back(&mut self, fen: u64) {
        *(if self.is_settled { &mut self.refunded } else { &mut self.cancelled }) += fen;
    }

    /// What giving so much back comes to.
    fn expect(&self, fen: u64) -> Expected {
        match (fen > self.left(), self.is_settled) {
            (true, _) => Refused(&["over_refund", "order_closed"]),
            (false, true) => DoneUnless(&["insufficient_funds"]),
            (false, false) => Done,
        }
    }
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Appealed => "at_operator",
            Self::Refused => "refused",
            Self::Agreed => "agreed",
            Self::TakenBack => "withdrawn",
        }
    }

    fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Appealed)
    }
}

impl Model {
    /// The id of a request, or one that nothing has.
    pub fn request(&self, number: u64) -> &str {
        self.at(number).map_or("R-none", |(id, _)| id)
    }

    pub fn payout(&self, number: u64) -> &str {
        self.payouts.get(usize::try_from(number).expect("small")).map_or("P-none", |(id, _)| id)
    }

    fn at(&self, number: u64) -> Option<&(String, Request)> {
        self.requests.get(usize::try_from(number).expect("small"))
    }

    fn has_open(&self, order: u64) -> bool {
        self.requests.iter().any(|(_, request)| request.order == order && request.stage.is_open())
    }

    pub fn expect(&self, step: &Step) -> Expected {
        match *step {
            // The same again is answered as it was the first time.
            Step::Pay { order, fen } => match self.orders.get(&order) {
                Some(order) if order.fen != fen => Refused(&["id_reused"]),
                _ => Done,
            },
            Step::Settle { order } => match self.orders.get(&order) {
                None => Refused(&["unknown_order"]),
                // A repeat of what was done is answered as it was the first time.
                Some(order) if order.is_settled => Done,
                Some(order) if order.left() == 0 => Refused(&["order_closed"]),
                Some(_) => Done,
            },
            Step::GiveBack { order, fen, is_settled } => match self.orders.get(&order) {
                None => Refused(&["unknown_order"]),
                Some(order) if is_settled && !order.is_settled => Refused(&["order_not_settled"]),
                Some(order) if !is_settled && order.is_settled => Refused(&["order_closed"]),
                Some(order) => order.expect(fen),
            },
            Step::Ask { order, fen } => match self.orders.get(&order) {
                None => Refused(&["unknown_order"]),
                Some(_) if self.has_open(order) => Refused(&["request_open"]),
                Some(_) if self.asked(order) >= 20 => Refused(&["too_many_requests"]),
                Some(order) if fen > order.left() => Refused(&["over_refund"]),
                Some(_) => Done,
            },
            Step::Offer { order, fen } => match self.orders.get(&order) {
                None => Refused(&["unknown_order"]),
                Some(order) => order.expect(fen),
            },
            Step::Answer { request, agrees } => self.expect_answer(request, agrees),
            Step::Appeal { request } => match self.at(request).map(|(_, request)| request) {
                None => Refused(&["unknown_request"]),
                Some(request) if request.stage != Stage::Refused => Refused(&["request_closed"]),
                Some(request) if self.has_open(request.order) => Refused(&["request_open"]),
                Some(_) => Done,
            },
            Step::TakeBack { request } => match self.at(request).map(|(_, request)| request) {
                None => Refused(&["unknown_request"]),
                Some(request) if request.stage.is_open() => Done,
                Some(_) => Refused(&["request_closed"]),
            },
            Step::Withdraw { .. } => DoneUnless(&["insufficient_funds"]),
            Step::EndPayout { payout, .. } => {
                match self.payouts.get(usize::try_from(payout).expect("small")) {
                    None => Refused(&["unknown_payout"]),
                    Some((_, true)) => Refused(&["payout_closed"]),
                    Some(_) => Done,
                }
            }
        }
    }

    fn expect_answer(&self, request: u64, agrees: bool) -> Expected {
        let Some((_, request)) = self.at(request) else { return Refused(&["unknown_request"]) };
        match request.stage {
            Stage::Asked if agrees => self.orders[&request.order].expect(request.fen),
            Stage::Asked => Done,
            Stage::Appealed => Refused(&["not_your_turn"]),
            _ => Refused(&["request_closed"]),
        }
    }

    fn asked(&self, order: u64) -> usize {
        self.requests.iter().filter(|(_, request)| request.order == order).count()
    }

    /// A step that was taken; the id is that of what it made.
    pub fn apply(&mut self, step: &Step, id: String) {
        match *step {
            Step::Pay { order, fen } => {
                self.orders.entry(order).or_insert(Order { fen, ..Order::default() });
            }
            Step::Settle { order } => self.order(order).is_settled = true,
            Step::GiveBack { order, fen, .. } | Step::Offer { order, fen } => {
                self.order(order).give_back(fen);
            }
            Step::Ask { order, fen } => self.requests.push((id, Request { order, fen, stage: Stage::Asked })),
            Step::Answer { request, agrees } => {
                let request = self.change(request, if agrees { Stage::Agreed } else { Stage::Refused });
                if agrees {
                    let (order, fen) = (request.order, request.fen);
                    self.order(order).give_back(fen);
                }
            }
            Step::Appeal { request } => drop(self.change(request, Stage::Appealed)),
            Step::TakeBack { request } => drop(self.change(request, Stage::TakenBack)),
            Step::Withdraw { .. } => self.payouts.push((id, false)),
            Step::EndPayout { payout, .. } => {
                self.payouts[usize::try_from(payout).expect("small")].1 = true;
            }
        }
    }

    fn order(&mut self, id: u64) -> &mut Order {
        self.orders.get_mut(&id).expect("it was paid")
    }

    fn change(&mut self, number: u64, stage: Stage) -> &Request {
        let (_, request) = &mut self.requests[usize::try_from(number).expect("small")];
        request.stage = stage;
        request
    }
}
