//! Returns: who asks, who answers, and until when.

use super::stage::*;
use crate::act::Actor;
use crate::mall::MallAct;
use crate::mall::book::Owner;
use crate::mall::items::Part;
use crate::mall::returning::{Goods, Reason, Restock, ReturnState};
use crate::mall::returns::ReturnAct;
use crate::refusal::Code;

fn escalate(of: &str) -> MallAct {
    MallAct::Return(ReturnAct::Escalate { of: of.into() })
}

fn refuse(of: &str) -> MallAct {
    MallAct::Return(ReturnAct::Refuse { of: of.into(), sealed_reason: vec![9] })
}

fn appeal(of: &str) -> MallAct {
    MallAct::Return(ReturnAct::Appeal { of: of.into() })
}

fn withdraw(of: &str) -> MallAct {
    MallAct::Return(ReturnAct::Withdraw { of: of.into() })
}

#[test]
fn a_return_goes_from_asked_to_arrived() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    assert_eq!(mall(&stage).final_at("O1"), None, "nothing is final while goods may come back");
    refused(&mut stage, member("M2"), send_back("R1"), Code::ReturnState);
    done(&mut stage, staff("u1"), agree("R1", Goods::Back));
    assert_eq!(back(&stage, "R1").sealed_answer, [4]);
    done(&mut stage, member("M2"), send_back("R1"));
    assert_eq!(pieces(&stage, "P1", "a"), [8, 0, 2]);
    done(&mut stage, staff("u1"), arrive("R1", Restock::Yes));
    assert_eq!((return_state(&stage, "R1"), pieces(&stage, "P1", "a")), (ReturnState::Arrived, [9, 0, 1]));
    assert!(mall(&stage).final_at("O1").is_some(), "a part that is back is refunded once it is settled");
    let listed = |owner| mall(&stage).returns().of_in(owner, ReturnState::Arrived, u32::MAX).count();
    assert_eq!(
        (listed(Owner::Member("M2")), listed(Owner::Supplier("U1")), listed(Owner::Supplier("U2"))),
        (1, 1, 0)
    );
}

#[test]
fn what_was_not_received_or_is_too_long_ago_is_not_returned() {
    let mut stage = stage();
    shipped(&mut stage, "O1");
    refused(&mut stage, member("M2"), ask("R1", "O9", &[(0, 1)]), Code::UnknownMallOrder);
    refused(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]), Code::MallOrderState);
    done(&mut stage, member("M2"), receive("O1"));
    for by in [member("M1"), staff("u1"), Actor::Machine] {
        refused(&mut stage, by, ask("R1", "O1", &[(0, 1)]), Code::MallNotYours);
    }
    stage.later(7 * DAY);
    done(&mut stage, Actor::Service, settle("O1"));
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    stage.later(1);
    refused(&mut stage, member("M2"), ask("R2", "O1", &[(0, 1)]), Code::MallTooLate);
}

#[test]
fn returns_that_are_none_are_refused() {
    let mut stage = stage();
    received(&mut stage, "O1");
    for parts in [&[][..], &[(2, 1)], &[(0, 0)], &[(0, 1), (0, 1)]] {
        refused(&mut stage, member("M2"), ask("R1", "O1", parts), Code::BadReturn);
    }
    let with = |of: &str, sealed_text, pictures| {
        let (of, order, parts) = (of.into(), "O1".into(), vec![Part { item: 0, count: 1 }]);
        MallAct::Return(ReturnAct::Ask { of, order, parts, reason: Reason::Faulty, sealed_text, pictures })
    };
    refused(&mut stage, member("M2"), with("R1", Vec::new(), vec!["p".into(); 10]), Code::BadReturn);
    for bad in [
        with("R:1", Vec::new(), Vec::new()),
        with("R1", vec![0; 8_193], Vec::new()),
        with("R1", Vec::new(), vec!["p q".into()]),
    ] {
        refused(&mut stage, member("M2"), bad, Code::BadText);
    }
    done(&mut stage, member("M2"), with("R1", Vec::new(), Vec::new()));
}

#[test]
fn no_piece_is_returned_twice() {
    let mut stage = stage();
    received(&mut stage, "O1");
    refused(&mut stage, member("M2"), ask("R1", "O1", &[(0, 3)]), Code::ReturnTooMuch);
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    refused(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]), Code::ReturnExists);
    refused(&mut stage, member("M2"), ask("R2", "O1", &[(1, 1), (0, 2)]), Code::ReturnTooMuch);
    done(&mut stage, member("M2"), withdraw("R1"));
    done(&mut stage, member("M2"), ask("R2", "O1", &[(1, 1), (0, 2)]));
}

#[test]
fn an_order_has_ten_returns_at_most() {
    let mut stage = stage();
    received(&mut stage, "O1");
    for number in 0..10 {
        done(&mut stage, member("M2"), ask(&format!("R{number}"), "O1", &[(0, 1)]));
        done(&mut stage, member("M2"), withdraw(&format!("R{number}")));
    }
    refused(&mut stage, member("M2"), ask("R10", "O1", &[(0, 1)]), Code::TooManyReturns);
}

#[test]
fn a_supplier_answers_within_three_days_else_the_platform_does() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    for by in [staff("u2"), member("M2"), Actor::Service] {
        refused(&mut stage, by, agree("R1", Goods::Back), Code::MallNotYours);
    }
    stage.later(3 * DAY - 1);
    refused(&mut stage, Actor::Service, escalate("R1"), Code::MallTooEarly);
    stage.later(1);
    refused(&mut stage, staff("u1"), refuse("R1"), Code::MallTooLate);
    refused(&mut stage, staff("desk"), escalate("R1"), Code::MallNotYours);
    assert_eq!(due(&stage), [escalate("R1")]);
    done(&mut stage, Actor::Service, escalate("R1"));
    refused(&mut stage, Actor::Service, escalate("R1"), Code::ReturnState);
    refused(&mut stage, staff("u1"), agree("R1", Goods::Back), Code::ReturnState);
    assert_eq!(mall(&stage).returns().in_state(ReturnState::Escalated, u32::MAX).count(), 1);
    done(&mut stage, staff("desk"), agree("R1", Goods::Back));
}

#[test]
fn a_supplier_s_refusal_can_be_appealed_once() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 2)]));
    refused(&mut stage, member("M2"), appeal("R1"), Code::ReturnState);
    done(&mut stage, staff("u1"), refuse("R1"));
    assert_eq!(
        (return_state(&stage, "R1"), &back(&stage, "R1").sealed_answer[..]),
        (ReturnState::Refused, &[9][..])
    );
    assert!(mall(&stage).final_at("O1").is_some());
    refused(&mut stage, member("M1"), appeal("R1"), Code::MallNotYours);
    // As long as another return has the pieces, this one cannot come back.
    done(&mut stage, member("M2"), ask("R2", "O1", &[(0, 1)]));
    refused(&mut stage, member("M2"), appeal("R1"), Code::ReturnTooMuch);
    done(&mut stage, member("M2"), withdraw("R2"));
    stage.later(3 * DAY - 1);
    done(&mut stage, member("M2"), appeal("R1"));
    assert_eq!((return_state(&stage, "R1"), mall(&stage).final_at("O1")), (ReturnState::Escalated, None));
    done(&mut stage, staff("desk"), refuse("R1"));
    refused(&mut stage, member("M2"), appeal("R1"), Code::ReturnDecided);
}

#[test]
fn a_refusal_stands_after_three_days_and_when_the_platform_refuses() {
    let mut stage = stage();
    received(&mut stage, "O1");
    for (of, by) in [("R1", staff("u1")), ("R2", Actor::Machine)] {
        done(&mut stage, member("M2"), ask(of, "O1", &[(0, 1)]));
        done(&mut stage, by, refuse(of));
    }
    refused(&mut stage, member("M2"), appeal("R2"), Code::ReturnDecided);
    stage.later(3 * DAY);
    refused(&mut stage, member("M2"), appeal("R1"), Code::MallTooLate);
}

#[test]
fn an_order_that_has_ended_has_no_appeal() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 2), (1, 1)]));
    done(&mut stage, staff("u1"), refuse("R1"));
    arrived(&mut stage, "R2", "O1", &[(0, 2), (1, 1)]);
    done(&mut stage, Actor::Service, refund("R2"));
    refused(&mut stage, member("M2"), appeal("R1"), Code::MallOrderState);
}

#[test]
fn what_is_not_sent_back_in_ten_days_is_kept() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    done(&mut stage, staff("u1"), agree("R1", Goods::Back));
    refused(&mut stage, member("M1"), send_back("R1"), Code::MallNotYours);
    stage.later(10 * DAY - 1);
    refused(&mut stage, Actor::Service, withdraw("R1"), Code::MallTooEarly);
    refused(&mut stage, staff("u1"), withdraw("R1"), Code::MallNotYours);
    assert_eq!(due(&stage), []);
    stage.later(1);
    assert_eq!(due(&stage), [withdraw("R1")]);
    done(&mut stage, Actor::Service, withdraw("R1"));
    assert_eq!((return_state(&stage, "R1"), due(&stage)), (ReturnState::Withdrawn, vec![settle("O1")]));
}

#[test]
fn what_was_sent_back_counts_as_arrived_after_ten_days_and_is_not_sold_again() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    done(&mut stage, staff("u1"), agree("R1", Goods::Back));
    refused(&mut stage, staff("u1"), arrive("R1", Restock::No), Code::ReturnState);
    done(&mut stage, member("M2"), send_back("R1"));
    refused(&mut stage, member("M2"), withdraw("R1"), Code::ReturnState);
    refused(&mut stage, member("M2"), arrive("R1", Restock::No), Code::MallNotYours);
    stage.later(10 * DAY - 1);
    refused(&mut stage, Actor::Service, arrive("R1", Restock::No), Code::MallTooEarly);
    stage.later(1);
    refused(&mut stage, Actor::Service, arrive("R1", Restock::Yes), Code::BadReturn);
    assert_eq!(due(&stage), [arrive("R1", Restock::No)]);
    done(&mut stage, Actor::Service, arrive("R1", Restock::No));
    assert_eq!(pieces(&stage, "P1", "a"), [8, 0, 2]);
}

#[test]
fn the_platform_refuses_what_came_back_as_something_else() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    done(&mut stage, staff("u1"), agree("R1", Goods::Back));
    done(&mut stage, member("M2"), send_back("R1"));
    refused(&mut stage, staff("u1"), refuse("R1"), Code::ReturnState);
    done(&mut stage, staff("desk"), refuse("R1"));
    assert!(mall(&stage).final_at("O1").is_some());
}

#[test]
fn goods_that_are_kept_need_no_way_back() {
    let mut stage = stage();
    received(&mut stage, "O1");
    done(&mut stage, member("M2"), ask("R1", "O1", &[(0, 1)]));
    for (goods, sealed_address, code) in
        [(Goods::Kept, vec![4], Code::BadReturn), (Goods::Back, Vec::new(), Code::BadText)]
    {
        let act = ReturnAct::Agree { of: "R1".into(), goods, sealed_address };
        refused(&mut stage, staff("u1"), MallAct::Return(act), code);
    }
    done(&mut stage, staff("u1"), agree("R1", Goods::Kept));
    assert_eq!((return_state(&stage, "R1"), pieces(&stage, "P1", "a")), (ReturnState::Arrived, [8, 0, 2]));
    refused(&mut stage, staff("u1"), refuse("R9"), Code::UnknownReturn);
    let silent = ReturnAct::Refuse { of: "R1".into(), sealed_reason: Vec::new() };
    refused(&mut stage, staff("u1"), MallAct::Return(silent), Code::BadText);
}
