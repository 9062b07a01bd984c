//! Orders that were paid for are carried out, or their money goes back.

use super::*;
use crate::checkout::{Cause, OrderState};
use linli_economy::order::Phase;

#[test]
fn an_order_that_is_carried_out_is_paid_in_the_economy() {
    let mut stage = stage();
    let before = stage.paid_in();
    stage.opens("P", "M2", &[from_spend("O1", 1000, 400), in_store("O2", "S2", 70)]);
    stage.arrives("P", "c1", 670);
    assert_eq!(stage.due(), [carry_out("P", "O1"), carry_out("P", "O2")]);
    assert_eq!(stage.by_service(carry_out("P", "O1")), Ok(()));
    assert_eq!((stage.stage_of("P"), stage.due()), (Stage::Arrived, vec![carry_out("P", "O2")]));
    let id = stage.economy.order_id("O1").expect("an order");
    let order = &stage.economy.state().orders()[id.index()];
    assert_eq!((order.paid, order.from_spend, order.phase), (1000, 400, Phase::Paid));
    assert_eq!(order.member, stage.economy.member_id("M2"));
    assert_eq!(stage.by_service(carry_out("P", "O2")), Ok(()));
    assert_eq!((stage.stage_of("P"), stage.due()), (Stage::CarriedOut, vec![]));
    assert_eq!(stage.paid_in() - before, 670);
    assert_eq!(stage.platform.checkout.totals().carried_out, 670);
}

#[test]
fn a_visitor_pays_without_an_account() {
    let mut stage = stage();
    assert_eq!(stage.by_service(open("P", None, &[in_store("O1", "S1", 100)])), Ok(()));
    stage.arrives("P", "c1", 100);
    assert_eq!(stage.pump(), [""; 0]);
    let id = stage.economy.order_id("O1").expect("an order");
    assert_eq!(stage.economy.state().orders()[id.index()].member, None);
}

#[test]
fn only_orders_that_wait_are_carried_out_or_given_up() {
    let mut stage = stage();
    stage.opens("P", "M2", &[in_store("O1", "S1", 100), in_store("O2", "S1", 100)]);
    for act in [carry_out("P", "O1"), give_up("P", "O1", "store_closed")] {
        assert_eq!(stage.by_service(act), Err(Code::OrderNotWaiting), "no money is there");
    }
    stage.arrives("P", "c1", 200);
    for (by, act, code) in [
        (Actor::Provider, carry_out("P", "O1"), Code::WrongActor),
        (member("M2"), carry_out("P", "O1"), Code::WrongActor),
        (member("M2"), give_up("P", "O1", "store_closed"), Code::WrongActor),
        (Actor::Service, give_up("P", "O1", "no code"), Code::BadText),
        (Actor::Service, carry_out("N", "O1"), Code::UnknownPayment),
        (Actor::Service, give_up("N", "O1", "store_closed"), Code::UnknownPayment),
        (Actor::Service, carry_out("P", "O3"), Code::UnknownOrder),
    ] {
        assert_eq!(stage.act(by, act.clone()), Err(code), "{act:?}");
    }
    assert_eq!(stage.by_service(carry_out("P", "O1")), Ok(()));
    assert_eq!(stage.by_service(give_up("P", "O2", "store_closed")), Ok(()));
    for order in ["O1", "O2"] {
        assert_eq!(stage.by_service(carry_out("P", order)), Err(Code::OrderNotWaiting));
        assert_eq!(stage.by_service(give_up("P", order, "x")), Err(Code::OrderNotWaiting));
    }
    assert_eq!(stage.stage_of("P"), Stage::CarriedOut, "at least one is paid");
    assert_eq!(stage.owed_back("P"), 100);
}

#[test]
fn what_the_economy_refuses_changes_nothing_until_it_is_given_up() {
    let mut stage = stage();
    stage.opens("P", "M2", &[in_store("O1", "S1", 100)]);
    stage.arrives("P", "c1", 100);
    stage.commands(r#"{"cmd":"close_store","store":"S1"}"#);
    let before = stage.platform.clone();
    let refused = stage.try_act(Actor::Service, carry_out("P", "O1")).expect_err("the store is closed");
    assert_eq!((code_of(&refused).as_str(), &stage.platform), ("store_closed", &before));
    assert_eq!(stage.owed_back("P"), 0);
    assert_eq!(stage.pump(), ["store_closed"]);
    assert_eq!(stage.stage_of("P"), Stage::GivingBack);
    assert_eq!(stage.payment("P").orders[0].state, OrderState::GivenUp("store_closed".into()));
    let due = stage.due_back("P");
    assert_eq!((due.len(), due[0].fen, due[0].charge.as_str()), (1, 100, "c1"));
    assert_eq!(due[0].cause, Cause::GivenUp("store_closed".into()));
}

#[test]
fn a_spend_balance_that_was_spent_meanwhile_gives_the_order_up() {
    let mut stage = stage();
    stage.opens("P", "M2", &[from_spend("O1", 11_500, 11_000)]);
    stage.opens("Q", "M2", &[from_spend("O2", 11_000, 11_000)]);
    assert_eq!(stage.pump(), [""; 0]);
    stage.arrives("P", "c1", 500);
    assert_eq!(stage.pump(), ["insufficient_funds"]);
    assert_eq!(stage.owed_back("P"), 500, "what came from the spend balance never left it");
}

#[test]
fn an_order_that_the_economy_has_is_not_paid_again() {
    let mut stage = stage();
    stage.opens("P", "M2", &[in_store("O1", "S1", 100)]);
    stage.commands(r#"{"cmd":"pay","order":"O1","member":"M2","store":"S1","amount":"1.00"}"#);
    stage.arrives("P", "c1", 100);
    let before = stage.paid_in();
    assert_eq!(
        stage.by_service(carry_out("P", "O1")),
        Err(Code::OrderExists),
        "the same content is no excuse"
    );
    assert_eq!(stage.pump(), ["order_exists"]);
    assert_eq!((stage.owed_back("P"), stage.paid_in()), (100, before));
    stage.commands(r#"{"cmd":"cancel","cancel":"C1","order":"O1","amount":"1.00"}"#);
    assert_eq!(stage.owed_back("P"), 100, "the other one's money is not this payment's");
}

#[test]
fn an_order_of_a_store_is_final_when_the_hold_of_its_plan_has_passed() {
    let mut stage = stage();
    stage.opens("P", "M2", &[in_store("O1", "S1", 100)]);
    stage.later(60);
    stage.arrives("P", "c1", 100);
    let final_at = |stage: &testing::Stage, order| {
        stage.platform.checkout.final_at(&stage.economy, order).map(|at| at.seconds)
    };
    assert_eq!(
        (final_at(&stage, "O1"), final_at(&stage, "FIRST"), final_at(&stage, "N")),
        (None, None, None)
    );
    stage.later(60);
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!(final_at(&stage, "O1"), Some(stage.now.seconds + 7 * 86_400));
    stage.commands(r#"{"cmd":"settle","order":"O1"}"#);
    assert_eq!(final_at(&stage, "O1"), None, "it is settled");
}

#[test]
fn acts_that_are_due_come_as_many_as_asked_for_and_money_first() {
    let mut stage = stage();
    stage.opens("P1", "M2", &[in_store("O1", "S1", 1)]);
    stage.opens("P2", "M2", &[in_store("O2", "S1", 1), in_store("O3", "S1", 1)]);
    stage.arrives("P2", "c2", 2);
    stage.later(900);
    let all = [carry_out("P2", "O2"), carry_out("P2", "O3"), expire("P1")];
    assert_eq!(stage.due(), all);
    assert_eq!(stage.platform.checkout.due(stage.now, 1), all[..1]);
}
