//! Refunds: what of X comes back for which pieces, before and after settling.

use super::stage::*;
use crate::act::Actor;
use crate::mall::Standing;
use crate::mall::order::OrderState;
use crate::mall::returning::{Goods, ReturnState};
use crate::platform::testing::{Refused, Stage};
use crate::refusal::Code;

fn refunded(stage: &Stage, order: &str) -> u64 {
    match money(stage, order) {
        Standing::Settled { refunded, .. } => refunded,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_of_an_unsettled_order_is_given_back_whole() {
    let mut stage = stage();
    received(&mut stage, "O1");
    arrived(&mut stage, "R1", "O1", &[(0, 2)]);
    refused(&mut stage, Actor::Service, refund("R1"), Code::ReturnWaits);
    assert_eq!(due(&stage), []);
    arrived(&mut stage, "R2", "O1", &[(1, 1)]);
    assert_eq!((mall(&stage).final_at("O1"), due(&stage)), (None, vec![refund("R2")]));
    stage.later(7 * DAY);
    refused(&mut stage, Actor::Service, settle("O1"), Code::ReturnOpen);
    done(&mut stage, Actor::Service, refund("R2"));
    assert_eq!((state(&stage, "O1"), money(&stage, "O1")), (OrderState::Cancelled, Standing::GivenBack));
    assert_eq!(["R1", "R2"].map(|of| return_state(&stage, of)), [ReturnState::Refunded; 2]);
    assert_eq!((balance(&stage, "external:payments"), due(&stage)), (0, Vec::new()));
    assert_eq!(order(&stage, "O1").refunded_list_fen, 25_000);
}

#[test]
fn a_part_waits_until_the_order_is_settled() {
    let mut stage = stage();
    received(&mut stage, "O1");
    arrived(&mut stage, "R1", "O1", &[(0, 1)]);
    stage.later(7 * DAY);
    assert_eq!(due(&stage), [settle("O1")]);
    done(&mut stage, Actor::Service, settle("O1"));
    assert_eq!(due(&stage), [refund("R1")]);
    for by in [member("M2"), staff("u2"), Actor::Provider] {
        refused(&mut stage, by, refund("R1"), Code::MallNotYours);
    }
    done(&mut stage, staff("u1"), refund("R1"));
    refused(&mut stage, staff("u1"), refund("R1"), Code::ReturnState);
    // 100.00 of 250.00, and of the 50.00 that the supplier had.
    assert_eq!((refunded(&stage, "O1"), balance(&stage, "supplier:U1")), (10_000, 3_000));
    assert_eq!((state(&stage, "O1"), due(&stage)), (OrderState::Settled, Vec::new()));
}

#[test]
fn an_open_return_holds_the_settling() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    stage.later(2 * DAY);
    done(&mut stage, staff("u1"), agree("R1", Goods::Back));
    stage.later(6 * DAY);
    refused(&mut stage, Actor::Service, settle("O1"), Code::ReturnOpen);
    assert_eq!(due(&stage), []);
}

/// Cumulative rounding: X is 100.00, for three pieces of one price and a freight of 0.02.
#[test]
fn returns_of_all_pieces_are_worth_all_of_the_cash() {
    let mut stage = stage();
    deposit(&mut stage);
    on_sale(&mut stage, "P3", "u1", content(2, &[("a", 6_666, 1_000)]));
    // It awards 100 points, which is half of the list total.
    stage.commands(r#"{"cmd":"settle","order":"T1","member":"M2","store":"S1","amount":"50.00"}"#);
    bought(&mut stage, wish("O1", "U1", 2, &[pick("P3", "a", 3, 6_666)]));
    assert_eq!(money(&stage, "O1"), Standing::Settled { cash: 10_000, refunded: 0 });
    for (of, sum) in [("R1", 3_333), ("R2", 6_666)] {
        arrived(&mut stage, of, "O1", &[(0, 1)]);
        done(&mut stage, Actor::Service, refund(of));
        assert_eq!(refunded(&stage, "O1"), sum);
    }
    arrived(&mut stage, "R3", "O1", &[(0, 1)]);
    done(&mut stage, Actor::Service, refund("R3"));
    assert_eq!(money(&stage, "O1"), Standing::GivenBack, "freight has come back with the goods");
    let account = stage.economy.find_account("member:M2:deduction").expect("an account");
    let points = stage.economy.state().balance(account, linli_economy::account::Asset::Dp);
    assert_eq!(points, 10_000, "and so have the points");
}

/// The economy knows no refund of nothing: the return ends without a command. A plan under which points pay nearly all
/// of a price makes it so.
#[test]
fn pieces_that_cost_no_fen_of_cash_are_refunded_nothing() {
    let mut stage = stage();
    deposit(&mut stage);
    on_sale(&mut stage, "P3", "u1", content(0, &[("a", 100_000_000, 1), ("b", 3, 1)]));
    change_plan(&mut stage, r#"deduct = "50%""#, r#"deduct = "99.99%""#);
    stage.commands(r#"{"cmd":"settle","order":"T1","member":"M2","store":"S1","amount":"1000000.00"}"#);
    let picks = [pick("P3", "a", 1, 100_000_000), pick("P3", "b", 1, 3)];
    bought(&mut stage, wish("O1", "U1", 0, &picks));
    arrived(&mut stage, "R1", "O1", &[(1, 1)]);
    done(&mut stage, Actor::Service, refund("R1"));
    assert_eq!((refunded(&stage, "O1"), return_state(&stage, "R1")), (0, ReturnState::Refunded));
}

fn bought(stage: &mut Stage, wish: crate::mall::basket::Wish) {
    let order = wish.order.clone();
    done(stage, member("M2"), basket("B1", &[wish]));
    pay(stage, &order);
    confirm(stage, &order);
    done(stage, staff("u1"), ship(&order));
    done(stage, member("M2"), receive(&order));
    stage.later(7 * DAY);
    done(stage, Actor::Service, settle(&order));
}

/// The economy does not give what is not there: the return stays as it is, and is tried again later.
#[test]
fn a_refund_that_the_economy_refuses_changes_nothing() {
    let mut stage = stage();
    settled(&mut stage, "O1");
    arrived(&mut stage, "R1", "O1", &[(0, 2), (1, 1)]);
    let supplier = balance(&stage, "supplier:U1");
    let profit = balance(&stage, "platform:profit");
    for (id, of, fen) in [("W1", r#""supplier":"U1""#, supplier), ("W2", r#""platform":"profit""#, profit)] {
        let amount = linli_economy::units::Fen(fen);
        stage.commands(&format!(r#"{{"cmd":"withdraw","id":"{id}",{of},"amount":"{amount}"}}"#));
    }
    let before = stage.platform.clone();
    let Err(Refused::Economy(line)) = stage.try_act(Actor::Service, refund("R1")) else {
        panic!("it is refused")
    };
    assert!(line.contains("insufficient_funds"), "{line}");
    assert!(stage.platform == before);
    assert_eq!(due(&stage), [refund("R1")]);
    stage.commands(
        r#"{"cmd":"deposit","id":"D1","supplier":"U1","amount":"50.00"}
{"cmd":"deposit","id":"D2","platform":"profit","amount":"10.00"}"#,
    );
    done(&mut stage, Actor::Service, refund("R1"));
    assert_eq!(money(&stage, "O1"), Standing::GivenBack);
}
