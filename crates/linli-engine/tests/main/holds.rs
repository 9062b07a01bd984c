//! The hold of store orders: due to the second by the plan that each was paid under, and not when given back. An order of
//! a deal is due when its voucher was used up or given back and the days have passed since, and an order of the mall never.

use crate::support::PLAN;
use linli_economy::Economy;
use linli_economy::command::Line;
use linli_economy::time::Instant;
use linli_engine::Holds;
use linli_platform::deal::{Buying, DealSale, DealTerms, Validity};
use linli_platform::{Act, Actor, DealAct, Deals, Deed, Moment, Platform, Scene};

fn at(text: &str) -> Instant {
    Instant::parse(text).expect("a time")
}

fn apply(economy: &mut Economy, line: &str) {
    let answer = economy.apply(line).to_json();
    assert!(answer.contains(r#""ok":true"#), "{line}: {answer}");
}

fn pay(economy: &mut Economy, order: &str, time: &str) {
    let fields = r#""member":"M1","store":"S1","amount":"10.00""#;
    apply(economy, &format!(r#"{{"cmd":"pay","order":"{order}",{fields},"at":"{time}"}}"#));
}

fn economy() -> Economy {
    let mut economy = Economy::open(PLAN).expect("a plan");
    apply(&mut economy, r#"{"cmd":"open_member","member":"M1"}"#);
    apply(&mut economy, r#"{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}"#);
    economy
}

#[test]
fn orders_are_due_when_their_days_have_passed() {
    let mut economy = economy();
    pay(&mut economy, "O1", "2026-01-01T08:00:00Z");
    pay(&mut economy, "O2", "2026-01-01T08:00:01Z");
    pay(&mut economy, "O3", "2026-01-01T08:00:02Z");
    let mut holds = Holds::default();
    let mut due = |economy: &Economy, time: &str| holds.due(economy, &Deals::default(), at(time), 10);
    assert_eq!(due(&economy, "2026-01-08T07:59:59Z"), [""; 0]);
    assert_eq!(due(&economy, "2026-01-08T08:00:00Z"), ["O1"]);
    apply(&mut economy, r#"{"cmd":"cancel","cancel":"C1","order":"O2","amount":"10.00"}"#);
    apply(&mut economy, r#"{"cmd":"settle","order":"O1"}"#);
    assert_eq!(due(&economy, "2026-02-01T00:00:00Z"), ["O3"]);
    apply(&mut economy, r#"{"cmd":"settle","order":"O3"}"#);
    assert_eq!(due(&economy, "2027-02-01T00:00:00Z"), [""; 0]);
    pay(&mut economy, "O4", "2026-03-01T00:00:00Z");
    assert_eq!(due(&economy, "2026-03-08T00:00:00Z"), ["O4"]);
    let found_anew = Holds::default().due(&economy, &Deals::default(), at("2026-03-08T00:00:00Z"), 10);
    assert_eq!(found_anew, ["O4"], "whoever starts again finds the same");
}

#[test]
fn each_order_is_held_by_the_plan_that_it_was_paid_under() {
    let mut economy = economy();
    pay(&mut economy, "O1", "2026-01-01T00:00:00Z");
    let text = serde_json::to_string(&PLAN.replace("hold_days = 7", "hold_days = 0")).expect("JSON");
    apply(&mut economy, &format!(r#"{{"cmd":"change_plan","id":"P2","plan":{text}}}"#));
    pay(&mut economy, "O2", "2026-01-02T00:00:00Z");
    pay(&mut economy, "O3", "2026-01-02T00:00:00Z");
    let mut holds = Holds::default();
    let mut due = |time: &str, most| holds.due(&economy, &Deals::default(), at(time), most);
    assert_eq!(due("2026-01-02T00:00:00Z", 10), ["O2", "O3"]);
    assert_eq!(due("2026-01-02T00:00:00Z", 1), ["O2"], "as many as were asked for");
    assert_eq!(due("2026-01-08T00:00:00Z", 10), ["O1", "O2", "O3"]);
}

/// An economy where the store `S1` sells the deal `D` of 30.00 for 3 uses, valid for 30 days.
struct Selling {
    economy: Economy,
    platform: Platform,
    holds: Holds,
}

impl Selling {
    fn new() -> Self {
        let mut selling = Self { economy: economy(), platform: Platform::default(), holds: Holds::default() };
        let terms = DealTerms {
            title: "三次卡".into(),
            price_fen: 3_000,
            compared: None,
            uses: 3,
            valid: Validity::Days(30),
            text: "堂食可用。".into(),
        };
        let from = at("2026-01-01T00:00:00Z");
        let sale = DealSale { stock: None, per_member: None, from, until: None };
        let (deal, store) = (|| "D".to_owned(), || "S1".to_owned());
        selling.act("2026-01-01T00:00:00Z", DealAct::Offer { deal: deal(), store: store(), terms, sale });
        selling.act("2026-01-01T00:00:00Z", DealAct::Publish { deal: deal(), store: store() });
        selling
    }

    /// Does what the member `M1` asks for, or else the service.
    fn act(&mut self, time: &str, act: DealAct) {
        let is_due = matches!(act, DealAct::Confirm { .. } | DealAct::Lapse { .. } | DealAct::Expire { .. });
        let by = if is_due { Actor::Service } else { Actor::Member("M1".into()) };
        let deed = Deed::new(by, act);
        let now = at(time);
        let carried = Scene::new(&self.economy, &self.platform, Some(now)).check(&deed).expect("allowed");
        let answer = match carried {
            Some(command) => self.economy.receive(&Ok(Line::new(command, Some(now)))),
            None => self.economy.pass(Some(now)),
        };
        assert!(answer.outcome().is_ok(), "{}", answer.to_json());
        let moment = Moment { seq: answer.seq, now, by: &deed.by };
        let act: &Act = &deed.act;
        self.platform.apply(&moment, act);
    }

    /// Buys the deal, and pays what this order is of.
    fn buy(&mut self, order: &str, amount: &str, time: &str) {
        let code = order.bytes().last().expect("a digit");
        let (code_digest, sealed_code) = ([code; 16], vec![code]);
        let (deal, member, order_id) = ("D".into(), "M1".into(), order.to_owned());
        let buying = Buying { order: order_id, deal, version: 1, member, count: 1, code_digest, sealed_code };
        self.act(time, DealAct::Buy(buying));
        let fields = format!(r#""member":"M1","store":"S1","amount":"{amount}","at":"{time}""#);
        apply(&mut self.economy, &format!(r#"{{"cmd":"pay","order":"{order}",{fields}}}"#));
    }

    fn confirm(&mut self, order: &str, paid_at: &str) {
        self.act(paid_at, DealAct::Confirm { order: order.into(), paid_at: at(paid_at) });
    }

    fn verify(&mut self, order: &str, uses: u32, time: &str) {
        let (verification, order, store) = (format!("v-{time}").replace(':', "-"), order.into(), "S1".into());
        self.act(time, DealAct::Verify { verification, order, store, uses });
    }

    fn settle(&mut self, order: &str, time: &str) {
        apply(&mut self.economy, &format!(r#"{{"cmd":"settle","order":"{order}","at":"{time}"}}"#));
    }

    /// What is due, which whoever starts again finds too.
    fn due(&mut self, time: &str) -> Vec<String> {
        let due = self.holds.due(&self.economy, &self.platform.deals, at(time), 10);
        let found_anew = Holds::default().due(&self.economy, &self.platform.deals, at(time), 10);
        assert_eq!(due, found_anew, "whoever starts again finds the same");
        due
    }
}

#[test]
fn an_order_of_a_deal_is_due_days_after_the_last_use_and_not_after_the_payment() {
    let mut selling = Selling::new();
    for order in ["O1", "O2"] {
        selling.buy(order, "30.00", "2026-01-01T00:00:00Z");
        selling.confirm(order, "2026-01-01T00:00:00Z");
    }
    pay(&mut selling.economy, "O3", "2026-01-01T00:00:00Z");
    assert_eq!(selling.due("2026-01-08T00:00:00Z"), ["O3"], "the plain order alone");
    selling.settle("O3", "2026-01-08T00:00:00Z");
    selling.verify("O2", 2, "2026-01-10T00:00:00Z");
    assert_eq!(selling.due("2026-01-20T00:00:00Z"), [""; 0], "a use is left");
    selling.verify("O2", 1, "2026-01-21T00:00:00Z");
    assert_eq!(selling.due("2026-01-27T23:59:59Z"), [""; 0]);
    assert_eq!(selling.due("2026-01-28T00:00:00Z"), ["O2"]);
    selling.verify("O1", 1, "2026-01-29T00:00:00Z");
    selling.act("2026-01-31T00:00:00Z", DealAct::Expire { cancel: "C1".into(), order: "O1".into() });
    assert_eq!(selling.due("2026-02-06T23:59:59Z"), ["O2"]);
    assert_eq!(selling.due("2026-02-07T00:00:00Z"), ["O2", "O1"], "the rest went back on the 31st");
    selling.settle("O2", "2026-02-07T00:00:00Z");
    assert_eq!(selling.due("2026-02-07T00:00:00Z"), ["O1"]);
    selling.settle("O1", "2026-02-07T00:00:00Z");
    assert_eq!(selling.due("2027-02-07T00:00:00Z"), [""; 0]);
}

#[test]
fn an_order_that_nobody_verified_is_never_due() {
    let mut selling = Selling::new();
    selling.buy("O1", "30.00", "2026-01-01T00:00:00Z");
    selling.confirm("O1", "2026-01-01T00:00:00Z");
    assert_eq!(selling.due("2027-01-01T00:00:00Z"), [""; 0]);
    selling.act("2026-01-31T00:00:00Z", DealAct::Expire { cancel: "C1".into(), order: "O1".into() });
    assert_eq!(selling.due("2027-01-01T00:00:00Z"), [""; 0], "all of it went back");
}

#[test]
fn an_order_that_was_no_payment_of_the_deal_is_held_like_others_once_the_purchase_lapses() {
    let mut selling = Selling::new();
    selling.buy("O1", "29.99", "2026-01-01T00:00:00Z");
    pay(&mut selling.economy, "O2", "2026-01-01T00:00:00Z");
    assert_eq!(selling.due("2026-01-08T00:00:00Z"), ["O2"], "it may still be of the deal");
    selling.act("2026-01-01T00:15:00Z", DealAct::Lapse { order: "O1".into() });
    assert_eq!(selling.due("2026-01-08T00:00:00Z"), ["O1", "O2"]);
}

#[test]
fn an_order_of_the_mall_is_not_settled_by_the_days_of_stores() {
    let mut economy = economy();
    let goods = r#""order":"O1","member":"M1","supplier":"U1","list_total":"100.00","cost":"1.00""#;
    apply(&mut economy, &format!(r#"{{"cmd":"pay_mall",{goods},"at":"2026-01-01T00:00:00Z"}}"#));
    let due = Holds::default().due(&economy, &Deals::default(), at("2027-01-01T00:00:00Z"), 10);
    assert_eq!(due, [""; 0]);
}
