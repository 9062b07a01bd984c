//! What happens past the mall: commands sent to the economy by others who may. The economy's word is the truth.

use super::stage::*;
use crate::act::Actor;
use crate::mall::Standing;
use crate::mall::order::OrderState;
use crate::mall::returning::ReturnState;
use crate::refusal::Code;

const CANCEL: &str = r#"{"cmd":"cancel","cancel":"C1","order":"O1","amount":"250.00"}"#;
const SETTLE: &str = r#"{"cmd":"settle_mall","order":"O1"}"#;

#[test]
fn an_order_given_back_past_the_mall_is_closed() {
    let mut stage = stage();
    placed(&mut stage, "O1");
    pay(&mut stage, "O1");
    stage.commands(CANCEL);
    stage.later(900);
    assert_eq!(due(&stage), [cancel("O1", &[])]);
    done(&mut stage, Actor::Service, cancel("O1", &[]));
    assert_eq!((state(&stage, "O1"), pieces(&stage, "P1", "a")), (OrderState::Cancelled, [10, 0, 0]));
}

#[test]
fn an_order_given_back_past_the_mall_is_not_shipped() {
    let mut stage = stage();
    paid(&mut stage, "O1");
    stage.commands(CANCEL);
    refused(&mut stage, staff("u1"), ship("O1"), Code::MallOrderUnpaid);
    done(&mut stage, member("M2"), cancel("O1", &[]));
}

#[test]
fn what_is_given_back_past_the_mall_ends_its_returns() {
    let mut stage = stage();
    received(&mut stage, "O1");
    arrived(&mut stage, "R1", "O1", &[(0, 1)]);
    done(&mut stage, member("M2"), ask("R2", "O1", &[(0, 1)]));
    stage.commands(CANCEL);
    refused(&mut stage, member("M2"), ask("R3", "O1", &[(1, 1)]), Code::MallOrderUnpaid);
    refused(&mut stage, Actor::Service, settle("O1"), Code::MallOrderUnpaid);
    refused(&mut stage, Actor::Service, refund("R1"), Code::ReturnWaits);
    stage.later(3 * DAY);
    assert_eq!(due(&stage), [cancel("O1", &[])]);
    done(&mut stage, Actor::Service, cancel("O1", &[]));
    let states = ["R1", "R2"].map(|of| return_state(&stage, of));
    assert_eq!(states, [ReturnState::Refunded, ReturnState::Withdrawn]);
}

/// The whole of it has arrived, and somebody gives the money back by hand: the service notes it once.
#[test]
fn what_was_refunded_by_hand_is_not_refunded_again() {
    let mut stage = stage();
    deposit(&mut stage);
    settled(&mut stage, "O1");
    arrived(&mut stage, "R1", "O1", &[(0, 2), (1, 1)]);
    stage.commands(r#"{"cmd":"refund","refund":"F1","order":"O1","amount":"249.99"}"#);
    assert_eq!(due(&stage), [refund("R1")]);
    done(&mut stage, Actor::Service, refund("R1"));
    assert_eq!(
        (money(&stage, "O1"), return_state(&stage, "R1")),
        (Standing::GivenBack, ReturnState::Refunded)
    );
}

#[test]
fn a_return_of_what_was_refunded_by_hand_only_ends() {
    let mut stage = stage();
    settled(&mut stage, "O1");
    arrived(&mut stage, "R1", "O1", &[(0, 1)]);
    stage.commands(r#"{"cmd":"refund","refund":"F1","order":"O1","amount":"250.00"}"#);
    let before = balance(&stage, "external:payments");
    done(&mut stage, Actor::Service, refund("R1"));
    assert_eq!(
        (balance(&stage, "external:payments"), return_state(&stage, "R1")),
        (before, ReturnState::Refunded)
    );
}

#[test]
fn an_order_settled_past_the_mall_is_noted_at_once() {
    let mut stage = stage();
    received(&mut stage, "O1");
    arrived(&mut stage, "R1", "O1", &[(0, 2), (1, 1)]);
    stage.commands(SETTLE);
    assert_eq!(due(&stage), [settle("O1")]);
    refused(&mut stage, Actor::Service, refund("R1"), Code::ReturnWaits);
    done(&mut stage, Actor::Service, settle("O1"));
    done(&mut stage, Actor::Service, refund("R1"));
    assert_eq!((state(&stage, "O1"), money(&stage, "O1")), (OrderState::Settled, Standing::GivenBack));
}

#[test]
fn an_order_settled_before_it_was_shipped_is_not_cancelled() {
    let mut stage = stage();
    paid(&mut stage, "O1");
    stage.commands(SETTLE);
    refused(&mut stage, member("M2"), cancel("O1", &[]), Code::MallOrderSettled);
    stage.later(15 * DAY);
    assert_eq!(due(&stage), []);
    done(&mut stage, staff("u1"), ship("O1"));
}

/// Somebody took the id for another order: nobody can pay this one any more, so its pieces are freed.
#[test]
fn an_order_of_other_figures_is_not_this_one() {
    for line in [
        r#"{"cmd":"pay","order":"O1","member":"M2","store":"S1","amount":"250.00"}"#,
        r#"{"cmd":"pay_mall","order":"O1","member":"M1","supplier":"U1","list_total":"250.00","cost":"50.00"}"#,
        r#"{"cmd":"pay_mall","order":"O1","member":"M2","supplier":"U2","list_total":"250.00","cost":"50.00"}"#,
        r#"{"cmd":"pay_mall","order":"O1","member":"M2","supplier":"U1","list_total":"250.01","cost":"50.00"}"#,
        r#"{"cmd":"pay_mall","order":"O1","member":"M2","supplier":"U1","list_total":"250.00","cost":"50.01"}"#,
    ] {
        let mut stage = stage();
        placed(&mut stage, "O1");
        stage.commands(line);
        assert_eq!(money(&stage, "O1"), Standing::Unpaid, "{line}");
        stage.later(900);
        let lapse = due(&stage).pop().expect("its time is over");
        done(&mut stage, Actor::Service, lapse);
        assert_eq!(state(&stage, "O1"), OrderState::Lapsed, "{line}");
    }
}
