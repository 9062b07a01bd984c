//! What the provider reports: once, twice, late, in the wrong order.

use super::*;
use crate::checkout::{Cause, Role, Totals};

/// P of M2 for O1 of 10.00.
fn opened() -> testing::Stage {
    let mut stage = stage();
    stage.opens("P", "M2", &[in_store("O1", "S1", 1000)]);
    stage
}

#[test]
fn a_report_that_comes_twice_changes_nothing_and_is_known() {
    let mut stage = opened();
    stage.arrives("P", "c1", 1000);
    let before = stage.platform.clone();
    let again = |event: &str, charge: &str, fen| {
        let (payment, event, charge) = ("P".into(), event.into(), charge.into());
        CheckoutAct::Arrived { payment, event, charge, fen, payer_account: None, at: AT }
    };
    for act in [
        arrived("P", "c1", 1000),
        again("another-event", "c1", 1000),
        again("event.c1", "another-charge", 1000),
        again("another-event", "c1", 999),
    ] {
        assert_eq!(stage.by_provider(act.clone()), Err(Code::EventKnown), "{act:?}");
    }
    assert_eq!(stage.platform, before);
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!(stage.by_provider(arrived("P", "c1", 1000)), Err(Code::EventKnown), "after carrying out too");
    assert_eq!(stage.payment("P").charges.len(), 1);
}

#[test]
fn a_second_charge_of_one_payment_is_due_back() {
    let mut stage = opened();
    stage.arrives("P", "c1", 1000);
    stage.arrives("P", "c2", 1000);
    assert_eq!(stage.pump(), [""; 0]);
    stage.arrives("P", "c3", 5);
    let due: Vec<_> = stage.due_back("P").into_iter().map(|due| (due.charge, due.fen, due.cause)).collect();
    assert_eq!(due, [("c2".into(), 1000, Cause::PaidTwice), ("c3".into(), 5, Cause::PaidTwice)]);
    assert_eq!(stage.payment("P").charge().map(|charge| charge.id.as_str()), Some("c1"));
    let totals = Totals { arrived: 2005, carried_out: 1000, returned: 0 };
    assert_eq!(stage.platform.checkout.totals(), totals);
}

#[test]
fn a_wrong_amount_is_due_back_and_the_payment_waits_on() {
    for wrong in [1, 999, 1001] {
        let mut stage = opened();
        stage.arrives("P", "c1", wrong);
        assert_eq!(
            (stage.stage_of("P"), stage.payment("P").charges[0].role),
            (Stage::Open, Role::WrongAmount)
        );
        let due = stage.due_back("P");
        assert_eq!((due[0].fen, &due[0].cause, due.len()), (wrong, &Cause::WrongAmount, 1));
        stage.arrives("P", "c2", 1000);
        assert_eq!((stage.pump().len(), stage.stage_of("P")), (0, Stage::CarriedOut));
        assert_eq!(stage.owed_back("P"), wrong);
    }
}

#[test]
fn late_money_is_taken_whatever_ended_the_payment() {
    for end in [declined("P"), closed("P"), expire("P")] {
        let mut stage = opened();
        stage.later(900);
        assert_eq!(stage.by_service(end.clone()), Ok(()));
        assert!(!stage.payment("P").is_paid());
        stage.later(86_400);
        stage.arrives("P", "c1", 1000);
        assert_eq!((stage.pump().len(), stage.stage_of("P")), (0, Stage::CarriedOut), "{end:?}");
        assert_eq!(stage.owed_back("P"), 0);
    }
}

#[test]
fn late_money_goes_back_where_its_order_was_paid_meanwhile() {
    let mut stage = opened();
    assert_eq!(stage.by_provider(declined("P")), Ok(()));
    stage.opens("Q", "M2", &[in_store("O1", "S1", 1000)]);
    stage.arrives("P", "c1", 1000);
    assert_eq!(stage.platform.checkout.payment_of("O1"), Some("P"), "its money is there");
    stage.arrives("Q", "c2", 1000);
    assert_eq!(stage.pump(), ["order_exists"], "one of both");
    assert_eq!((stage.stage_of("P"), stage.stage_of("Q")), (Stage::CarriedOut, Stage::GivingBack));
    assert_eq!((stage.owed_back("P"), stage.owed_back("Q")), (0, 1000));
    assert_eq!(stage.platform.checkout.payment_of("O1"), Some("P"));
}

#[test]
fn the_later_payment_may_pay_the_order_and_then_the_earlier_one_goes_back() {
    let mut stage = opened();
    assert_eq!(stage.by_provider(declined("P")), Ok(()));
    stage.opens("Q", "M2", &[in_store("O1", "S1", 1000)]);
    stage.arrives("Q", "c2", 1000);
    stage.arrives("P", "c1", 1000);
    assert_eq!(stage.platform.checkout.payment_of("O1"), Some("Q"));
    assert_eq!(stage.by_service(carry_out("P", "O1")), Ok(()), "whichever is carried out first");
    assert_eq!(stage.platform.checkout.payment_of("O1"), Some("P"));
    assert_eq!(stage.pump(), ["order_exists"]);
    assert_eq!((stage.owed_back("P"), stage.owed_back("Q")), (0, 1000));
}

#[test]
fn what_comes_after_the_money_is_no_news() {
    let mut stage = opened();
    stage.arrives("P", "c1", 1000);
    for act in [declined("P"), closed("P")] {
        assert_eq!(stage.by_provider(act.clone()), Err(Code::EventKnown), "{act:?}");
        assert_eq!(stage.by_service(act), Err(Code::PaymentEnded));
    }
    stage.later(900);
    assert_eq!(stage.by_service(expire("P")), Err(Code::PaymentEnded));
    assert_eq!(stage.act(member("M2"), closed("P")), Err(Code::PaymentEnded));
    assert_eq!(stage.stage_of("P"), Stage::Arrived);
}

#[test]
fn an_end_that_is_reported_twice_is_known() {
    let mut stage = opened();
    assert_eq!(stage.by_provider(closed("P")), Ok(()));
    assert_eq!(stage.by_provider(closed("P")), Err(Code::EventKnown));
    assert_eq!(stage.by_provider(declined("P")), Err(Code::EventKnown));
    assert_eq!(stage.stage_of("P"), Stage::Closed);
}

#[test]
fn a_payment_expires_when_its_minutes_have_passed_and_not_before() {
    let mut stage = opened();
    stage.later(899);
    assert_eq!((stage.due(), stage.by_service(expire("P"))), (vec![], Err(Code::NotDue)));
    stage.later(1);
    assert_eq!(stage.due(), [expire("P")]);
    assert_eq!(stage.by_service(expire("P")), Ok(()));
    assert_eq!((stage.due(), stage.stage_of("P")), (vec![], Stage::Expired));
    assert_eq!(stage.by_service(expire("P")), Err(Code::PaymentEnded));
}

#[test]
fn only_who_may_report_may_report() {
    let mut stage = opened();
    for (by, act, code) in [
        (Actor::Service, arrived("P", "c1", 1000), Code::WrongActor),
        (Actor::Machine, arrived("P", "c1", 1000), Code::WrongActor),
        (member("M2"), arrived("P", "c1", 1000), Code::WrongActor),
        (member("M2"), declined("P"), Code::WrongActor),
        (member("M3"), closed("P"), Code::NotYours),
        (member("M2"), expire("P"), Code::WrongActor),
        (Actor::Provider, expire("P"), Code::WrongActor),
        (Actor::Provider, arrived("N", "c1", 1000), Code::UnknownPayment),
        (Actor::Provider, declined("N"), Code::UnknownPayment),
        (Actor::Provider, closed("N"), Code::UnknownPayment),
        (Actor::Service, expire("N"), Code::UnknownPayment),
        (Actor::Provider, arrived("P", "", 1000), Code::BadText),
        (Actor::Provider, arrived("P", &"c".repeat(129), 1000), Code::BadText),
        (Actor::Provider, arrived("P", "c1", 0), Code::BadAmount),
    ] {
        assert_eq!(stage.act(by.clone(), act.clone()), Err(code), "{by} {act:?}");
    }
    assert_eq!(stage.act(member("M2"), closed("P")), Ok(()), "who pays may call it off");
}
