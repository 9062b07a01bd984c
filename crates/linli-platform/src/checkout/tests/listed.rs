//! Orders that other parts list: deals and baskets of the mall.

use super::*;
use crate::part::Scene;
use crate::planned::PlannedOrder;

fn deal(fen: u64) -> PlannedOrder {
    PlannedOrder::Store { store: "S1".into(), member: "M2".into(), fen }
}

fn basket(list_total: u64, cost: u64) -> PlannedOrder {
    PlannedOrder::Mall { member: "M2".into(), supplier: "U1".into(), list_total, cost }
}

impl testing::Stage {
    fn lists(&mut self, order: &str, planned: PlannedOrder) {
        self.platform.listed_in_tests.insert(order.into(), planned);
    }

    fn quote(&self, payer: &str, orders: &[&str]) -> Result<Vec<Planned>, Code> {
        let scene = Scene::new(&self.economy, &self.platform, Some(self.now));
        let orders: Vec<_> = orders.iter().map(|&order| order.to_owned()).collect();
        crate::Checkout::quote(&scene, payer, &orders).map_err(|refusal| refusal.code)
    }

    fn quoted(&self, orders: &[&str]) -> Vec<Planned> {
        self.quote("M2", orders).expect("a quote")
    }
}

fn fen(planned: &[Planned]) -> Vec<u64> {
    planned.iter().map(Planned::fen).collect()
}

#[test]
fn deals_and_baskets_are_paid_as_they_are_listed() {
    let mut stage = stage();
    stage.lists("D1", deal(5_000));
    stage.lists("B1", basket(4_000, 1_000));
    let quoted = stage.quoted(&["D1", "B1"]);
    assert_eq!(fen(&quoted), [5_000, 2_000], "half of a basket is paid in points");
    let before = stage.paid_in();
    stage.opens("P", "M2", &quoted);
    stage.arrives("P", "c1", 7_000);
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!((stage.stage_of("P"), stage.paid_in() - before), (Stage::CarriedOut, 7_000));
    assert_eq!(stage.platform.checkout.final_at(&stage.economy, "D1"), None, "its voucher decides");
    stage.commands(r#"{"cmd":"cancel","cancel":"C1","order":"B1","amount":"20.00"}"#);
    assert_eq!(stage.owed_back("P"), 2_000);
}

#[test]
fn baskets_of_one_payment_share_the_points_in_their_order() {
    let mut stage = stage();
    stage.lists("B1", basket(300_000, 1_000));
    stage.lists("B2", basket(300_000, 1_000));
    let quoted = stage.quoted(&["B1", "B2"]);
    assert_eq!(fen(&quoted), [150_000, 250_000], "2000.00 points: 1500.00 and the other 500.00");
    stage.opens("P", "M2", &quoted);
    stage.arrives("P", "c1", 400_000);
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!(stage.stage_of("P"), Stage::CarriedOut);
}

#[test]
fn points_that_have_expired_pay_nothing_although_they_are_not_posted_back_yet() {
    let mut stage = stage();
    stage.lists("B1", basket(4_000, 1_000));
    let day = 86_400;
    // The points of FIRST were awarded a day before the stage begins.
    stage.later(364 * day - 1);
    assert_eq!(fen(&stage.quoted(&["B1"])), [2_000]);
    stage.later(1);
    assert_eq!(fen(&stage.quoted(&["B1"])), [4_000]);
    let quoted = stage.quoted(&["B1"]);
    stage.opens("P", "M2", &quoted);
    stage.arrives("P", "c1", 4_000);
    assert_eq!(stage.pump(), [""; 0]);
    let id = stage.economy.order_id("B1").expect("an order");
    assert_eq!(stage.economy.state().orders()[id.index()].paid, 4_000, "the economy says the same");
}

#[test]
fn an_order_that_costs_another_amount_when_its_money_arrives_is_given_back() {
    let mut stage = stage();
    stage.lists("B1", basket(300_000, 1_000));
    stage.lists("B2", basket(300_000, 1_000));
    let (first, second) = (stage.quoted(&["B1"]), stage.quoted(&["B2"]));
    stage.opens("P", "M2", &first);
    stage.opens("Q", "M2", &second);
    stage.arrives("P", "c1", 150_000);
    stage.arrives("Q", "c2", 150_000);
    assert_eq!(stage.pump(), ["amount_changed"], "the points are gone");
    assert_eq!((stage.owed_back("P"), stage.owed_back("Q")), (0, 150_000));
}

#[test]
fn an_order_that_is_listed_no_more_or_otherwise_is_given_back() {
    let mut stage = stage();
    stage.lists("D1", deal(5_000));
    stage.lists("D2", deal(5_000));
    let quoted = stage.quoted(&["D1", "D2"]);
    stage.opens("P", "M2", &quoted);
    stage.arrives("P", "c1", 10_000);
    stage.platform.listed_in_tests.remove("D1");
    stage.lists("D2", deal(5_001));
    assert_eq!(stage.pump(), ["order_not_listed", "order_changed"]);
    assert_eq!((stage.stage_of("P"), stage.owed_back("P")), (Stage::GivingBack, 10_000));
}

#[test]
fn a_listed_order_is_opened_only_as_it_is() {
    let mut stage = stage();
    stage.lists("D1", deal(5_000));
    stage.lists("B1", basket(4_000, 1_000));
    let quoted = stage.quoted(&["B1"]);
    let changed = |order: &str, planned: PlannedOrder, fen| {
        open("P", Some("M2"), &[Planned::Listed { order: order.into(), planned, fen }])
    };
    for (act, code) in [
        (changed("N", deal(5_000), 5_000), Code::OrderNotListed),
        (changed("D1", deal(4_999), 4_999), Code::OrderChanged),
        (changed("D1", deal(5_000), 4_999), Code::AmountChanged),
        (changed("B1", basket(4_000, 1_000), 1_999), Code::AmountChanged),
    ] {
        assert_eq!(stage.act(member("M2"), act.clone()), Err(code), "{act:?}");
    }
    assert_eq!(stage.quote("M3", &["D1"]), Err(Code::NotYours));
    assert_eq!(stage.quote("M2", &["N"]), Err(Code::OrderNotListed));
    assert_eq!(stage.act(member("M3"), open("P", Some("M3"), &quoted)), Err(Code::NotYours));
    assert_eq!(stage.by_service(open("P", None, &quoted)), Err(Code::NotYours));
    stage.commands(r#"{"cmd":"close_store","store":"S1"}"#);
    let deal = stage.quoted(&["D1"]);
    assert_eq!(stage.act(member("M2"), open("P", Some("M2"), &deal)), Err(Code::StoreClosed));
}
