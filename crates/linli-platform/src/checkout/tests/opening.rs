//! Which payments can be opened, and by whom.

use super::*;
use crate::checkout::OrderState;

#[test]
fn an_opened_payment_waits_fifteen_minutes_for_what_its_orders_cost() {
    let mut stage = stage();
    stage.opens("P", "M2", &[in_store("O1", "S1", 1000), from_spend("O2", 500, 200)]);
    let payment = stage.payment("P");
    assert_eq!((payment.stage, payment.fen, payment.device), (Stage::Open, 1300, Some([1; 16])));
    assert_eq!(payment.expires.seconds, stage.now.seconds + 900);
    assert!(payment.orders.iter().all(|order| order.state == OrderState::Waiting));
    assert_eq!(payment.orders.iter().map(|order| order.planned.fen()).collect::<Vec<_>>(), [1000, 300]);
    let checkout = &stage.platform.checkout;
    assert_eq!(checkout.payments_of("M2").collect::<Vec<_>>(), ["P"]);
    assert_eq!(checkout.payments_of("M").count(), 0);
    assert_eq!(
        (checkout.payment_of("O2"), checkout.is_known("O2"), checkout.is_known("O3")),
        (Some("P"), true, false)
    );
    assert_eq!(stage.due(), []);
}

#[test]
fn what_is_no_payment_is_refused() {
    let mut stage = stage();
    stage.commands(r#"{"cmd":"close_store","store":"S2"}"#);
    stage.opens("P", "M2", &[in_store("O1", "S1", 1000)]);
    let one = |order: Planned| open("Q", Some("M2"), &[order]);
    let many = |count: usize| {
        let orders: Vec<_> = (0..count).map(|number| in_store(&format!("X{number}"), "S1", 1)).collect();
        open("Q", Some("M2"), &orders)
    };
    let limit = 10_000_000_000_000;
    let two_of = |amount| open("Q", Some("M2"), &[in_store("O2", "S1", limit), in_store("O3", "S1", amount)]);
    for (act, code) in [
        (open("", Some("M2"), &[in_store("O2", "S1", 1)]), Code::BadText),
        (open("a:b", Some("M2"), &[in_store("O2", "S1", 1)]), Code::BadText),
        (open("P", Some("M2"), &[in_store("O2", "S1", 1)]), Code::PaymentExists),
        (many(0), Code::BadList),
        (many(21), Code::BadList),
        (one(in_store("O 2", "S1", 1)), Code::BadText),
        (one(in_store("O2", "S1", 0)), Code::BadAmount),
        (one(in_store("O2", "S1", limit + 1)), Code::BadAmount),
        (two_of(1), Code::BadAmount),
        (one(from_spend("O2", 100, 101)), Code::BadAmount),
        (one(in_store("O2", "S9", 1)), Code::UnknownStore),
        (one(in_store("O2", "S2", 1)), Code::StoreClosed),
        (one(in_store("FIRST", "S1", 1)), Code::OrderExists),
        (one(in_store("O1", "S1", 1000)), Code::OrderTaken),
        (open("Q", Some("M2"), &[in_store("O2", "S1", 1), in_store("O2", "S1", 1)]), Code::OrderTaken),
    ] {
        assert_eq!(stage.act(member("M2"), act.clone()), Err(code), "{act:?}");
    }
    assert_eq!(stage.act(member("M2"), many(20)), Ok(()));
}

#[test]
fn a_member_pays_for_themself_and_others_pay_from_no_spend_balance() {
    let mut stage = stage();
    let order = [in_store("O1", "S1", 100)];
    let spend = [from_spend("O1", 100, 1)];
    for (by, act, code) in [
        (member("M3"), open("P", Some("M2"), &order), Code::NotYours),
        (member("M3"), open("P", None, &order), Code::NotYours),
        (Actor::Provider, open("P", None, &order), Code::WrongActor),
        (Actor::Service, open("P", Some("M2"), &spend), Code::NotYours),
        (Actor::Service, open("P", None, &spend), Code::NotYours),
        (Actor::Key("till".into()), open("P", Some("M2"), &spend), Code::NotYours),
        (member("M9"), open("P", Some("M9"), &order), Code::UnknownMember),
    ] {
        assert_eq!(stage.act(by.clone(), act), Err(code), "{by}");
    }
    assert_eq!(stage.by_service(open("P1", None, &order)), Ok(()), "a visitor needs no account");
    let till = Actor::Key("till".into());
    assert_eq!(stage.act(till, open("P2", Some("M2"), &[in_store("O2", "S1", 5)])), Ok(()));
}

#[test]
fn the_spend_balance_covers_all_orders_of_a_payment_together() {
    let mut stage = stage();
    let orders = |second| [from_spend("O1", 10_000, 10_000), from_spend("O2", 5_000, second)];
    assert_eq!(stage.act(member("M2"), open("P", Some("M2"), &orders(1429))), Err(Code::InsufficientFunds));
    stage.commands(r#"{"cmd":"suspend","member":"M2"}"#);
    assert_eq!(stage.act(member("M2"), open("P", Some("M2"), &orders(1428))), Err(Code::AccountSuspended));
    stage.commands(r#"{"cmd":"reinstate","member":"M2"}"#);
    stage.opens("P", "M2", &orders(1428));
    assert_eq!(stage.payment("P").fen, 3572);
}

#[test]
fn a_payment_wholly_from_the_spend_balance_needs_no_provider() {
    let mut stage = stage();
    let before = stage.paid_in();
    stage.opens("P", "M2", &[from_spend("O1", 300, 300)]);
    assert_eq!((stage.stage_of("P"), stage.due()), (Stage::Arrived, vec![carry_out("P", "O1")]));
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!((stage.stage_of("P"), stage.paid_in()), (Stage::CarriedOut, before));
    stage.commands(r#"{"cmd":"cancel","cancel":"C1","order":"O1","amount":"3.00"}"#);
    assert_eq!(stage.due_back("P"), [], "all of it went back to the spend balance");
}

#[test]
fn money_for_a_payment_that_needs_none_is_due_back() {
    let mut stage = stage();
    stage.opens("P", "M2", &[from_spend("O1", 300, 300)]);
    stage.arrives("P", "c1", 300);
    assert_eq!((stage.pump().len(), stage.owed_back("P")), (0, 300));
}

#[test]
fn an_order_can_be_paid_anew_once_no_payment_of_it_is_under_way() {
    let mut stage = stage();
    let orders = [in_store("O1", "S1", 100)];
    stage.opens("P1", "M2", &orders);
    assert_eq!(stage.act(member("M2"), open("P2", Some("M2"), &orders)), Err(Code::OrderTaken));
    assert_eq!(stage.by_provider(declined("P1")), Ok(()));
    stage.opens("P2", "M2", &orders);
    stage.arrives("P2", "c2", 100);
    assert_eq!(
        stage.act(member("M2"), open("P3", Some("M2"), &orders)),
        Err(Code::OrderTaken),
        "it has arrived"
    );
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!(stage.act(member("M2"), open("P3", Some("M2"), &orders)), Err(Code::OrderExists));
}
