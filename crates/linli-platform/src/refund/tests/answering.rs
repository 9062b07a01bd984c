//! Whose turn it is, and what an answer does.

use super::*;
use linli_economy::order::Phase;

#[test]
fn what_the_seller_agrees_to_goes_back_before_and_after_settling() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 400);
    assert_eq!(stage.by_seller(agree("Q1", Side::Seller)), Ok(()));
    assert_eq!((stage.order("O1").cancelled, stage.request_is("Q1")), (400, Stage::Agreed));
    assert_eq!(stage.platform.refunds.open_of("O1"), None);
    stage.asks("Q2", "O1", 100);
    stage.commands(r#"{"cmd":"settle","order":"O1"}"#);
    assert_eq!(stage.act(Actor::Key("till".into()), agree("Q2", Side::Seller)), Ok(()));
    assert_eq!((stage.order("O1").cancelled, stage.order("O1").refunded), (400, 100));
    stage.asks("Q3", "O1", 500);
    assert_eq!(stage.act(staff(), agree("Q3", Side::Seller)), Ok(()));
    let act = stage.asking("Q4", "O1", 1);
    assert_eq!(stage.act(member("M2"), act), Err(Code::OverRefund), "nothing is left");
    stage.asks("Q5", "B1", 2000);
    assert_eq!(stage.by_seller(agree("Q5", Side::Seller)), Ok(()));
    assert_eq!(stage.order("B1").phase, Phase::GivenBack);
}

#[test]
fn an_answer_belongs_to_the_seller_for_three_days_and_then_to_the_operator() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 400);
    stage.later(3 * DAY - 1);
    assert_eq!(stage.by_operator(agree("Q1", Side::Operator)), Err(Code::NotYourTurn));
    assert_eq!(stage.platform.refunds.due(stage.now, 9), []);
    assert_eq!(stage.act(Actor::Service, escalate("Q1")), Err(Code::NotDue));
    stage.later(1);
    assert_eq!(
        stage.by_seller(agree("Q1", Side::Seller)),
        Err(Code::NotYourTurn),
        "before the service notes it"
    );
    assert_eq!(stage.platform.refunds.due(stage.now, 9), [escalate("Q1")]);
    assert_eq!(stage.platform.refunds.due(stage.now, 0), []);
    assert_eq!(stage.act(member("M2"), escalate("Q1")), Err(Code::WrongActor));
    assert_eq!(stage.act(Actor::Service, escalate("Q1")), Ok(()));
    assert_eq!(stage.platform.refunds.due(stage.now, 9), []);
    assert_eq!(stage.act(Actor::Service, escalate("Q1")), Err(Code::RequestClosed), "it does not wait there");
    assert_eq!(stage.platform.refunds.at_seller(&Seller::Store("S1".into())).count(), 0);
    assert_eq!(stage.platform.refunds.at_operator().map(|(id, _)| id).collect::<Vec<_>>(), ["Q1"]);
    assert_eq!(stage.platform.refunds.open_of("O1"), Some("Q1"));
    assert_eq!(stage.by_seller(agree("Q1", Side::Seller)), Err(Code::NotYourTurn));
    assert_eq!(stage.by_operator(agree("Q1", Side::Operator)), Ok(()));
    assert_eq!((stage.order("O1").cancelled, stage.platform.refunds.at_operator().count()), (400, 0));
}

#[test]
fn the_operator_answers_a_late_request_even_before_it_is_noted() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 400);
    stage.later(3 * DAY);
    assert_eq!(stage.by_operator(refuse("Q1", Side::Operator)), Ok(()));
    assert_eq!((stage.request_is("Q1"), stage.platform.refunds.due(stage.now, 9)), (Stage::Rejected, vec![]));
}

#[test]
fn a_refusal_of_the_seller_can_be_appealed_for_seven_days() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 400);
    assert_eq!(stage.act(member("M2"), appeal("Q1")), Err(Code::RequestClosed), "nobody has refused");
    assert_eq!(stage.by_seller(refuse("Q1", Side::Seller)), Ok(()));
    assert!(
        matches!(stage.request_is("Q1"), Stage::Refused(until) if until.seconds == stage.now.seconds + 7 * DAY)
    );
    assert_eq!(stage.platform.refunds.open_of("O1"), None);
    assert_eq!(stage.act(member("M3"), appeal("Q1")), Err(Code::NotYours));
    let empty = RefundAct::Appeal { id: "Q1".into(), sealed_reason: vec![] };
    assert_eq!(stage.act(member("M2"), empty), Err(Code::BadText));
    stage.later(7 * DAY);
    assert_eq!(stage.act(member("M2"), appeal("Q1")), Err(Code::AppealLate));
    stage.later(-1);
    stage.asks("Q2", "O1", 1);
    assert_eq!(stage.act(member("M2"), appeal("Q1")), Err(Code::RequestOpen), "one at a time");
    assert_eq!(stage.act(member("M2"), withdraw("Q2")), Ok(()));
    assert_eq!(stage.act(member("M2"), appeal("Q1")), Ok(()));
    assert_eq!(
        (stage.request_is("Q1"), stage.platform.refunds.open_of("O1")),
        (Stage::AtOperator, Some("Q1"))
    );
    let request = stage.request("Q1");
    let texts = (&request.sealed_reason, &request.sealed_refusal, &request.sealed_appeal);
    assert_eq!(texts, (&vec![1], &Some(vec![2]), &Some(vec![3])));
    assert_eq!(stage.by_seller(agree("Q1", Side::Seller)), Err(Code::NotYourTurn));
    assert_eq!(stage.by_operator(refuse("Q1", Side::Operator)), Ok(()));
    assert_eq!(
        stage.act(member("M2"), appeal("Q1")),
        Err(Code::RequestClosed),
        "the operator's word is the last"
    );
}

#[test]
fn what_is_closed_stays_closed() {
    let mut stage = stage();
    for (id, order) in [("Q1", "O1"), ("Q2", "O3"), ("Q3", "B1")] {
        stage.asks(id, order, if id == "Q3" { 2000 } else { 1 });
    }
    assert_eq!(stage.by_seller(agree("Q1", Side::Seller)), Ok(()));
    assert_eq!(stage.act(member("M3"), withdraw("Q2")), Err(Code::NotYours));
    assert_eq!(stage.act(member("M2"), withdraw("Q2")), Ok(()));
    assert_eq!(stage.by_seller(refuse("Q3", Side::Seller)), Ok(()));
    stage.later(30 * DAY);
    for id in ["Q1", "Q2", "Q3"] {
        let before = stage.request(id).clone();
        for (by, act) in [
            (member("M1"), agree(id, Side::Seller)),
            (staff(), agree(id, Side::Operator)),
            (member("M1"), refuse(id, Side::Seller)),
            (member("M2"), withdraw(id)),
            (Actor::Service, escalate(id)),
        ] {
            assert_eq!(stage.act(by, act.clone()), Err(Code::RequestClosed), "{act:?}");
        }
        assert_eq!(stage.request(id), &before);
    }
    for act in [agree("N", Side::Seller), appeal("N"), withdraw("N"), escalate("N")] {
        assert_eq!(stage.act(Actor::Service, act.clone()), Err(Code::UnknownRequest), "{act:?}");
    }
}

#[test]
fn only_the_right_side_answers_and_never_the_buyer() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 400);
    for (by, side, code) in [
        (Actor::Service, Side::Seller, Code::WrongActor),
        (Actor::Provider, Side::Seller, Code::WrongActor),
        (Actor::Machine, Side::Seller, Code::WrongActor),
        (member("M2"), Side::Seller, Code::OwnRequest),
    ] {
        assert_eq!(stage.act(by.clone(), agree("Q1", side)), Err(code), "{by}");
        assert_eq!(stage.act(by, refuse("Q1", side)), Err(code));
    }
    let empty = answer("Q1", Side::Seller, Answer::Refuse { sealed_reason: vec![] });
    assert_eq!(stage.by_seller(empty), Err(Code::BadText));
    stage.later(3 * DAY);
    for by in [member("M1"), Actor::Key("till".into()), Actor::Service] {
        assert_eq!(stage.act(by.clone(), agree("Q1", Side::Operator)), Err(Code::WrongActor), "{by}");
    }
    assert_eq!(stage.act(Actor::Machine, agree("Q1", Side::Operator)), Ok(()));
}

#[test]
fn a_refund_that_the_store_cannot_pay_stays_open() {
    let mut stage = stage();
    stage.asks("Q1", "O3", 1000);
    stage.commands(r#"{"cmd":"withdraw","id":"W1","store":"S1","amount":"8.00"}"#);
    let before = stage.platform.clone();
    let Err(Refused::Economy(line)) = stage.try_act(member("M1"), agree("Q1", Side::Seller)) else {
        panic!("the store has nothing")
    };
    assert!(line.contains(r#""error":"insufficient_funds""#), "{line}");
    assert_eq!((&stage.platform, stage.order("O3").refunded), (&before, 0));
    stage.commands(r#"{"cmd":"deposit","id":"D1","store":"S1","amount":"100.00"}"#);
    assert_eq!(stage.by_seller(agree("Q1", Side::Seller)), Ok(()));
    assert_eq!(stage.order("O3").refunded, 1000);
}

#[test]
fn what_was_given_back_meanwhile_is_not_given_back_again() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 700);
    let act = stage.offering("Q2", "O1", 301, Side::Seller);
    assert_eq!(stage.by_seller(act), Ok(()));
    assert_eq!(stage.by_seller(agree("Q1", Side::Seller)), Err(Code::OverRefund));
    assert_eq!(stage.by_seller(refuse("Q1", Side::Seller)), Ok(()));
    stage.asks("Q3", "O1", 699);
    assert_eq!(stage.by_seller(agree("Q3", Side::Seller)), Ok(()));
    assert_eq!(stage.order("O1").phase, Phase::GivenBack);
}
