//! Orders on their way: confirmed, lapsed, shipped, corrected, received, settled, cancelled.

use super::stage::*;
use crate::act::Actor;
use crate::mall::delivery::OrderAct;
use crate::mall::order::OrderState;
use crate::mall::{MallAct, Standing};
use crate::refusal::Code;

fn lapse(order: &str) -> MallAct {
    MallAct::Order(OrderAct::Lapse { order: order.into() })
}

fn confirmed_with(order: &str, hold_days: u32, refund_days: u32) -> MallAct {
    MallAct::Order(OrderAct::Confirm { order: order.into(), hold_days, refund_days })
}

fn correct(order: &str, number: &str) -> MallAct {
    let (carrier, number) = ("顺丰".into(), number.into());
    MallAct::Order(OrderAct::Correct { order: order.into(), carrier, number })
}

#[test]
fn an_order_goes_from_placed_to_settled() {
    let mut stage = stage();
    placed(&mut stage, "O1");
    assert_eq!((money(&stage, "O1"), pieces(&stage, "P1", "a")), (Standing::Unpaid, [8, 2, 0]));
    pay(&mut stage, "O1");
    confirm(&mut stage, "O1");
    assert_eq!(mall(&stage).planned("O1"), None, "it is not paid twice");
    assert_eq!(
        (money(&stage, "O1"), pieces(&stage, "P1", "a")),
        (Standing::Paid { cash: 25_000 }, [8, 2, 0])
    );
    done(&mut stage, staff("u1"), ship("O1"));
    assert_eq!(pieces(&stage, "P1", "a"), [8, 0, 2]);
    stage.later(3_600);
    done(&mut stage, member("M2"), receive("O1"));
    assert_eq!(mall(&stage).final_at("O1").map(|at| at.seconds), Some(stage.now.seconds + 7 * DAY));
    refused(&mut stage, Actor::Service, settle("O1"), Code::MallTooEarly);
    stage.later(7 * DAY);
    assert_eq!(due(&stage), [settle("O1")]);
    done(&mut stage, Actor::Service, settle("O1"));
    assert_eq!(state(&stage, "O1"), OrderState::Settled);
    assert_eq!(money(&stage, "O1"), Standing::Settled { cash: 25_000, refunded: 0 });
    assert_eq!((balance(&stage, "supplier:U1"), due(&stage)), (5_000, Vec::new()));
    assert_eq!((mall(&stage).final_at("O1"), order(&stage, "O1").sealed_address.len()), (None, 0));
}

#[test]
fn pieces_of_an_unpaid_order_are_free_after_a_quarter_of_an_hour() {
    let mut stage = stage();
    placed(&mut stage, "O1");
    stage.later(899);
    refused(&mut stage, Actor::Service, lapse("O1"), Code::MallTooEarly);
    assert_eq!(due(&stage), []);
    stage.later(1);
    refused(&mut stage, member("M2"), lapse("O1"), Code::MallNotYours);
    assert_eq!(due(&stage), [lapse("O1")]);
    done(&mut stage, Actor::Service, lapse("O1"));
    assert_eq!((state(&stage, "O1"), pieces(&stage, "P1", "a")), (OrderState::Lapsed, [10, 0, 0]));
    assert_eq!(mall(&stage).planned("O1"), None);
    refused(&mut stage, Actor::Service, lapse("O1"), Code::MallOrderState);
}

/// Money that came in the last moment is seen before the pieces are freed.
#[test]
fn an_order_that_was_paid_does_not_lapse() {
    let mut stage = stage();
    placed(&mut stage, "O1");
    pay(&mut stage, "O1");
    let confirmed = confirmed_with("O1", 7, 7);
    assert_eq!(due(&stage), std::slice::from_ref(&confirmed), "at once: the supplier waits for it");
    stage.later(900);
    refused(&mut stage, Actor::Service, lapse("O1"), Code::MallOrderPaid);
    assert_eq!(due(&stage), std::slice::from_ref(&confirmed));
    done(&mut stage, Actor::Service, confirmed);
    assert_eq!(state(&stage, "O1"), OrderState::Paid);
}

#[test]
fn only_the_service_confirms_and_only_what_was_paid() {
    let mut stage = stage();
    placed(&mut stage, "O1");
    refused(&mut stage, Actor::Service, confirmed_with("O9", 7, 7), Code::UnknownMallOrder);
    refused(&mut stage, Actor::Service, confirmed_with("O1", 7, 7), Code::MallOrderUnpaid);
    pay(&mut stage, "O1");
    refused(&mut stage, Actor::Machine, confirmed_with("O1", 7, 7), Code::MallNotYours);
    for (hold_days, refund_days) in [(0, 7), (7, 0)] {
        refused(
            &mut stage,
            Actor::Service,
            confirmed_with("O1", hold_days, refund_days),
            Code::MallTermsDiffer,
        );
    }
    done(&mut stage, Actor::Service, confirmed_with("O1", 7, 7));
    refused(&mut stage, Actor::Service, confirmed_with("O1", 7, 7), Code::MallOrderState);
}

#[test]
fn a_supplier_ships_its_own_orders_once() {
    let mut stage = stage();
    placed(&mut stage, "O1");
    refused(&mut stage, staff("u1"), ship("O1"), Code::MallOrderState);
    pay(&mut stage, "O1");
    confirm(&mut stage, "O1");
    for by in [staff("u2"), member("M2"), Actor::Service, Actor::Key("till".into())] {
        refused(&mut stage, by, ship("O1"), Code::MallNotYours);
    }
    for (carrier, number) in [("", "EE12"), ("邮政", "EE1"), ("邮政", "EE1\n2")] {
        let (carrier, number) = (carrier.into(), number.into());
        let bad = OrderAct::Ship { order: "O1".into(), carrier, number };
        refused(&mut stage, staff("u1"), MallAct::Order(bad), Code::BadText);
    }
    done(&mut stage, staff("u1"), ship("O1"));
    refused(&mut stage, staff("u1"), ship("O1"), Code::MallOrderState);
}

#[test]
fn a_shipment_is_corrected_until_it_is_received() {
    let mut stage = stage();
    paid(&mut stage, "O1");
    refused(&mut stage, staff("u1"), correct("O1", "SF-1"), Code::MallOrderState);
    done(&mut stage, staff("u1"), ship("O1"));
    let until = order(&stage, "O1").until;
    stage.later(60);
    for number in 1..=5 {
        done(&mut stage, staff("desk"), correct("O1", &format!("SF-{number}")));
    }
    refused(&mut stage, staff("u1"), correct("O1", "SF-6"), Code::TooManyCorrections);
    refused(&mut stage, staff("u2"), correct("O1", "SF-6"), Code::MallNotYours);
    let told: Vec<_> =
        order(&stage, "O1").parcels.iter().map(|parcel| (parcel.number.as_str(), parcel.at)).collect();
    assert_eq!((told.len(), told[0].0, told[5]), (6, "EE123456789CN", ("SF-5", stage.now)));
    assert_eq!(order(&stage, "O1").until, until, "the member has no less time");
    done(&mut stage, member("M2"), receive("O1"));
    refused(&mut stage, staff("u1"), correct("O1", "SF-6"), Code::MallOrderState);
}

#[test]
fn what_was_shipped_counts_as_received_after_ten_days() {
    let mut stage = stage();
    shipped(&mut stage, "O1");
    for by in [member("M1"), staff("u1"), Actor::Machine] {
        refused(&mut stage, by, receive("O1"), Code::MallNotYours);
    }
    stage.later(10 * DAY - 1);
    refused(&mut stage, Actor::Service, receive("O1"), Code::MallTooEarly);
    stage.later(1);
    assert_eq!(due(&stage), [receive("O1")]);
    done(&mut stage, Actor::Service, receive("O1"));
    refused(&mut stage, member("M2"), receive("O1"), Code::MallOrderState);
}

#[test]
fn a_member_cancels_until_it_is_shipped() {
    let mut stage = stage();
    for (order, is_paid) in [("O1", false), ("O2", true), ("O3", true)] {
        placed(&mut stage, order);
        if is_paid {
            pay(&mut stage, order);
        }
        if order == "O3" {
            confirm(&mut stage, order);
        }
        refused(&mut stage, member("M1"), cancel(order, &[]), Code::MallNotYours);
        done(&mut stage, member("M2"), cancel(order, &[]));
        assert_eq!((state(&stage, order), pieces(&stage, "P1", "a")), (OrderState::Cancelled, [10, 0, 0]));
        let given_back = if is_paid { Standing::GivenBack } else { Standing::Unpaid };
        assert_eq!(money(&stage, order), given_back);
        refused(&mut stage, member("M2"), cancel(order, &[]), Code::MallOrderState);
    }
    assert_eq!(balance(&stage, "external:payments"), 0);
    shipped(&mut stage, "O4");
    refused(&mut stage, member("M2"), cancel("O4", &[]), Code::MallOrderState);
}

/// With points in it too: they go back to where they came from.
#[test]
fn a_cancelled_order_gives_cash_and_points_back() {
    let mut stage = stage();
    stage.commands(r#"{"cmd":"settle","order":"T1","member":"M2","store":"S1","amount":"50.00"}"#);
    paid(&mut stage, "O1");
    assert_eq!(
        money(&stage, "O1"),
        Standing::Paid { cash: 15_000 },
        "100 points of the 125 that could be used"
    );
    done(&mut stage, member("M2"), cancel("O1", &[]));
    let account = stage.economy.find_account("member:M2:deduction").expect("an account");
    let points = stage.economy.state().balance(account, linli_economy::account::Asset::Dp);
    assert_eq!((points, balance(&stage, "external:payments")), (10_000, -5_000));
}

#[test]
fn supplier_and_platform_cancel_with_a_reason_until_it_is_received() {
    let mut stage = stage();
    for (order, by) in [("O1", staff("u1")), ("O2", staff("desk")), ("O3", Actor::Machine)] {
        paid(&mut stage, order);
        refused(&mut stage, by.clone(), cancel(order, &[]), Code::BadText);
        refused(&mut stage, staff("u2"), cancel(order, &[5]), Code::MallNotYours);
        done(&mut stage, by, cancel(order, &[5]));
        assert_eq!((money(&stage, order), &order_reason(&stage, order)[..]), (Standing::GivenBack, &[5][..]));
    }
    shipped(&mut stage, "O4");
    done(&mut stage, staff("u1"), cancel("O4", &[5]));
    assert_eq!(pieces(&stage, "P1", "a"), [8, 0, 2], "a parcel that was lost is not free stock");
    received(&mut stage, "O5");
    refused(&mut stage, staff("u1"), cancel("O5", &[5]), Code::MallOrderState);
}

fn order_reason(stage: &crate::platform::testing::Stage, of: &str) -> Vec<u8> {
    order(stage, of).sealed_reason.clone()
}

#[test]
fn what_is_not_shipped_in_fifteen_days_is_given_back() {
    let mut stage = stage();
    paid(&mut stage, "O1");
    stage.later(15 * DAY - 1);
    refused(&mut stage, Actor::Service, cancel("O1", &[]), Code::MallTooEarly);
    stage.later(1);
    assert_eq!(due(&stage), [cancel("O1", &[])]);
    done(&mut stage, Actor::Service, cancel("O1", &[]));
    assert_eq!((money(&stage, "O1"), pieces(&stage, "P1", "b")), (Standing::GivenBack, [10, 0, 0]));
}

#[test]
fn only_the_service_settles_and_only_what_was_received() {
    let mut stage = stage();
    shipped(&mut stage, "O1");
    refused(&mut stage, Actor::Service, settle("O1"), Code::MallOrderState);
    done(&mut stage, member("M2"), receive("O1"));
    stage.later(7 * DAY);
    refused(&mut stage, Actor::Machine, settle("O1"), Code::MallNotYours);
    done(&mut stage, Actor::Service, settle("O1"));
    refused(&mut stage, Actor::Service, settle("O1"), Code::MallOrderState);
}
