//! Money that is due back, asked of the provider and given back.

use super::*;
use crate::checkout::{Cause, ReturnState, Totals};

/// P of M2 for O1 of 10.00, of which 4.00 are from the spend balance; carried out.
fn paid() -> testing::Stage {
    let mut stage = stage();
    stage.opens("P", "M2", &[from_spend("O1", 1000, 400)]);
    stage.arrives("P", "c1", 600);
    assert_eq!(stage.pump(), [""; 0]);
    stage
}

fn gives_back(stage: &mut testing::Stage, command: &str, id: &str, yuan: &str) {
    stage.commands(&format!(r#"{{"cmd":"{command}","{command}":"{id}","order":"O1","amount":"{yuan}"}}"#));
}

#[test]
fn what_a_cancel_gives_back_is_due_less_what_the_spend_balance_gets() {
    let mut stage = paid();
    let before = stage.paid_in();
    gives_back(&mut stage, "cancel", "C1", "0.01");
    assert_eq!(stage.owed_back("P"), 1, "of a fen nothing is the spend balance's");
    gives_back(&mut stage, "cancel", "C2", "4.99");
    let due = stage.due_back("P");
    assert_eq!((due.len(), due[0].fen, &due[0].cause), (1, 300, &Cause::GivenBack));
    assert_eq!((due[0].charge.as_str(), &due[0].source), ("c1", &of_order("O1")));
    assert_eq!(before - stage.paid_in(), 300);
    assert_eq!(stage.platform.checkout.due_back_of_order(&stage.economy, "O1"), due);
    assert_eq!(stage.platform.checkout.every_due_back(&stage.economy).collect::<Vec<_>>(), due);
}

#[test]
fn returns_of_an_order_sum_up_to_what_the_economy_gave_back_for_it() {
    let mut stage = paid();
    let before = stage.paid_in();
    let mut returned = 0;
    let mut give_all = |stage: &mut testing::Stage, id: &str| {
        let due = stage.due_back("P");
        assert_eq!(stage.by_service(begun(id, &due[0])), Ok(()));
        returned += i128::from(due[0].fen);
        assert_eq!((before - stage.paid_in(), stage.owed_back("P")), (returned, 0));
    };
    gives_back(&mut stage, "cancel", "C1", "1.37");
    give_all(&mut stage, "R1");
    gives_back(&mut stage, "cancel", "C2", "0.56");
    give_all(&mut stage, "R2");
    stage.commands(r#"{"cmd":"settle","order":"O1"}"#);
    assert_eq!(stage.owed_back("P"), 0, "settling gives nothing back");
    gives_back(&mut stage, "refund", "F1", "3.33");
    gives_back(&mut stage, "refund", "F2", "1.11");
    give_all(&mut stage, "R3");
    gives_back(&mut stage, "refund", "F3", "3.63");
    give_all(&mut stage, "R4");
    assert_eq!(returned, 600, "all that was captured and no more");
}

#[test]
fn two_returns_at_once_do_not_exceed_what_is_due() {
    let mut stage = paid();
    gives_back(&mut stage, "cancel", "C1", "5.00");
    let due = stage.due_back("P").remove(0);
    assert_eq!(stage.by_service(begun("R1", &due)), Ok(()));
    assert_eq!(stage.by_service(begun("R2", &due)), Err(Code::NothingDue));
    gives_back(&mut stage, "cancel", "C2", "5.00");
    for fen in [299, 301, 600, u64::MAX] {
        let other = DueBack { fen, ..due.clone() };
        assert_eq!(stage.by_service(begun("R2", &other)), Err(Code::ReturnDiffers), "{fen}");
    }
    assert_eq!(stage.by_service(begun("R2", &due)), Ok(()));
    assert_eq!(stage.by_service(begun("R3", &due)), Err(Code::NothingDue));
    let totals = Totals { arrived: 600, carried_out: 600, returned: 600 };
    assert_eq!(stage.platform.checkout.totals(), totals);
}

#[test]
fn a_return_that_failed_is_due_again() {
    let mut stage = paid();
    gives_back(&mut stage, "cancel", "C1", "5.00");
    stage.arrives("P", "c2", 600);
    let due = stage.due_back("P");
    assert_eq!(due.iter().map(|due| due.fen).collect::<Vec<_>>(), [300, 600]);
    for (id, due) in ["R1", "R2"].into_iter().zip(&due) {
        assert_eq!(stage.by_service(begun(id, due)), Ok(()));
        assert_eq!(stage.by_provider(failed(id)), Ok(()));
    }
    assert_eq!(stage.due_back("P"), due);
    assert_eq!(stage.platform.checkout.due_back(&stage.economy, 10).len(), 2);
    assert_eq!(stage.by_service(begun("R1", &due[0])), Err(Code::ReturnExists), "an id is never used again");
    assert_eq!(stage.by_service(begun("R3", &due[0])), Ok(()));
    assert_eq!(stage.by_provider(done("R3")), Ok(()));
    assert_eq!(stage.due_back("P"), due[1..]);
    assert_eq!(stage.platform.checkout.totals().returned, 300);
}

#[test]
fn what_became_due_here_is_listed_until_it_is_asked_for() {
    let mut stage = stage();
    let listed = |stage: &testing::Stage, most| {
        let due = stage.platform.checkout.due_back(&stage.economy, most);
        due.into_iter().map(|due| (due.payment, due.fen, due.cause)).collect::<Vec<_>>()
    };
    stage.opens("P", "M2", &[in_store("O1", "S1", 100)]);
    stage.arrives("P", "c1", 7);
    stage.arrives("P", "c2", 100);
    assert_eq!(stage.by_service(give_up("P", "O1", "store_closed")), Ok(()));
    stage.arrives("P", "c3", 100);
    let all = [
        ("P".into(), 100, Cause::GivenUp("store_closed".into())),
        ("P".into(), 7, Cause::WrongAmount),
        ("P".into(), 100, Cause::PaidTwice),
    ];
    assert_eq!((listed(&stage, 10).as_slice(), listed(&stage, 1).as_slice()), (&all[..], &all[..1]));
    for (number, due) in stage.due_back("P").iter().enumerate() {
        assert_eq!(stage.by_service(begun(&format!("R{number}"), due)), Ok(()));
    }
    assert_eq!((listed(&stage, 10), stage.owed_back("P")), (vec![], 0));
}

#[test]
fn an_end_of_a_return_is_known_or_contradicts() {
    let mut stage = paid();
    gives_back(&mut stage, "cancel", "C1", "10.00");
    let due = stage.due_back("P").remove(0);
    assert_eq!(stage.by_provider(done("R1")), Err(Code::UnknownReturn));
    assert_eq!(stage.by_service(begun("R1", &due)), Ok(()));
    assert_eq!(stage.platform.checkout.return_of("R1").map(|one| one.state), Some(ReturnState::Begun));
    assert_eq!(stage.by_provider(failed("R1")), Ok(()));
    assert_eq!(stage.by_provider(failed("R1")), Err(Code::EventKnown));
    assert_eq!(stage.by_provider(done("R1")), Err(Code::ReturnEnded));
    assert_eq!(stage.by_service(begun("R2", &due)), Ok(()));
    assert_eq!(stage.act(Actor::Machine, done("R2")), Ok(()));
    assert_eq!(stage.by_provider(done("R2")), Err(Code::EventKnown));
    assert_eq!(stage.by_provider(failed("R2")), Err(Code::ReturnEnded));
    let states: Vec<_> = stage.platform.checkout.returns().map(|(id, one)| (id, one.state)).collect();
    assert_eq!(states, [("R1", ReturnState::Failed), ("R2", ReturnState::Done(AT))]);
}

#[test]
fn what_is_no_return_is_refused() {
    let mut stage = paid();
    gives_back(&mut stage, "cancel", "C1", "10.00");
    let due = stage.due_back("P").remove(0);
    let with = |source: Source| DueBack { source, ..due.clone() };
    let why = |why: &str| CheckoutAct::ReturnFailed { id: "R1".into(), why: why.into() };
    for (by, act, code) in [
        (Actor::Provider, begun("R1", &due), Code::WrongActor),
        (member("M2"), begun("R1", &due), Code::WrongActor),
        (Actor::Service, begun("R 1", &due), Code::BadText),
        (Actor::Service, begun("R1", &DueBack { payment: "N".into(), ..due.clone() }), Code::UnknownPayment),
        (Actor::Service, begun("R1", &with(of_order("N"))), Code::NothingDue),
        (Actor::Service, begun("R1", &with(Source::Charge("c1".into()))), Code::NothingDue),
        (Actor::Service, begun("R1", &with(Source::Charge("N".into()))), Code::NothingDue),
        (member("M2"), done("R1"), Code::WrongActor),
        (member("M2"), failed("R1"), Code::WrongActor),
        (Actor::Provider, why(""), Code::BadText),
        (Actor::Provider, why(&"x".repeat(201)), Code::BadText),
        (Actor::Provider, why("a\nb"), Code::BadText),
        (Actor::Provider, why(" 银行卡已注销\u{200b} "), Code::UnknownReturn),
    ] {
        assert_eq!(stage.act(by, act.clone()), Err(code), "{act:?}");
    }
}
