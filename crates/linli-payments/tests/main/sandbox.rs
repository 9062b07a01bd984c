//! What only the sandbox does: its page, its callbacks, its clock.

use crate::providers::{SandboxDriver, charge_of, code, event, payment, payout, refund, secret};
use crate::support::{NOW, fen, id, line, on_both};
use linli_payments::sandbox::{Answer, DeskAct, DeskWrite, Failing, GAPS, Order, PageState, PayerAct, Wrote};
use linli_payments::{
    Ask, Code, Day, Entry, Event, Happened, Hold, Id, Kind, Provider, Records, Sandbox, Secret, SignedCall,
    Subject,
};
use std::sync::Arc;

fn sandbox(records: Arc<dyn Records>) -> Sandbox {
    SandboxDriver::new(records).0
}

/// Asks for a payment of 10.00; gives the reference of its page.
fn open(sandbox: &Sandbox, name: &str, hold: Hold) -> Id {
    sandbox.ask(&payment(name, 1_000, hold), NOW).expect("taken").reference
}

fn told(sandbox: &Sandbox, payment: &str, now: i64) -> Vec<Happened> {
    let events = sandbox.query(&Subject::Payment(id(payment)), now).expect("events");
    events.into_iter().map(|event| event.happened).collect()
}

#[test]
fn the_page_shows_the_payment_and_what_became_of_it() {
    on_both(|records| {
        let sandbox = sandbox(records);
        for (number, act, now, state) in [
            (1, PayerAct::Approve, NOW, PageState::Paid),
            (2, PayerAct::ApproveTwice, NOW, PageState::Paid),
            (3, PayerAct::PayTwice, NOW, PageState::Paid),
            (4, PayerAct::Delay { seconds: 60 }, NOW + 59, PageState::Delayed(NOW + 60)),
            (4, PayerAct::Approve, NOW + 60, PageState::Paid),
        ] {
            let reference = open(&sandbox, &format!("P{number}"), Hold::Nothing);
            let decided = sandbox.decide(&reference, act, NOW);
            if number == 4 && act == PayerAct::Approve {
                assert_eq!(code(decided), Code::PaymentEnded, "it was decided");
            } else {
                decided.expect("decided");
            }
            let page = sandbox.page(&reference, now).expect("a page");
            assert_eq!((page.amount, page.state), (fen(1_000), state), "{act:?}");
            assert_eq!(code(sandbox.decide(&reference, PayerAct::Approve, now)), Code::PaymentEnded);
        }
        assert_eq!(code(sandbox.page(&id("P1"), NOW)), Code::UnknownPayment, "an id is no reference");
        assert_eq!(code(sandbox.decide(&id("P1"), PayerAct::Approve, NOW)), Code::UnknownPayment);
    });
}

#[test]
fn who_declined_may_decide_again_until_the_payment_closes() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let reference = open(&sandbox, "P1", Hold::Nothing);
        for _ in 0..2 {
            sandbox.decide(&reference, PayerAct::Decline, NOW + 1).expect("declined");
            sandbox.decide(&reference, PayerAct::Decline, NOW + 2).expect("declined");
            assert_eq!(sandbox.page(&reference, NOW + 2).expect("a page").state, PageState::Declined);
        }
        sandbox.decide(&reference, PayerAct::Approve, NOW + 3).expect("approved");
        let happened = told(&sandbox, "P1", NOW + 3);
        assert!(matches!(happened[..], [Happened::Declined { .. }, Happened::Paid { .. }]), "{happened:?}");
        let other = open(&sandbox, "P2", Hold::Nothing);
        sandbox.decide(&other, PayerAct::Decline, NOW + 3).expect("declined");
        assert_eq!(code(sandbox.decide(&other, PayerAct::Approve, NOW + 900)), Code::PaymentEnded);
        let happened = told(&sandbox, "P2", NOW + 900);
        assert!(matches!(happened[..], [Happened::Declined { .. }, Happened::Closed { .. }]), "{happened:?}");
    });
}

#[test]
fn money_may_arrive_after_the_payment_was_closed() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let reference = open(&sandbox, "P1", Hold::Nothing);
        sandbox.decide(&reference, PayerAct::Delay { seconds: 100 }, NOW).expect("decided");
        sandbox.ask(&Ask::Close { payment: id("P1") }, NOW + 50).expect("closed");
        let events = sandbox.query(&Subject::Payment(id("P1")), NOW + 5_000).expect("events");
        assert_eq!(events.iter().map(|event| event.at).collect::<Vec<_>>(), [NOW + 50, NOW + 100]);
        assert!(matches!(events[1].happened, Happened::Paid { .. }));
    });
}

#[test]
fn a_hold_releases_itself_after_180_days_unless_it_was_finished() {
    on_both(|records| {
        let sandbox = sandbox(records);
        for name in ["P1", "P2"] {
            let reference = open(&sandbox, name, Hold::ForSplits);
            sandbox.decide(&reference, PayerAct::Approve, NOW).expect("approved");
        }
        let (one, other) = (charge_of(&sandbox, "P1", NOW), charge_of(&sandbox, "P2", NOW));
        sandbox.ask(&Ask::Finish { payment: id("P1"), charge: one.clone() }, NOW + 9).expect("finished");
        let ends = NOW + 180 * 86_400;
        let released = |charge: &Id, now| {
            let events = sandbox.query(&Subject::Hold(charge.clone()), now).expect("events");
            events.into_iter().map(|event| event.at).collect::<Vec<_>>()
        };
        assert!(released(&other, ends - 1).is_empty());
        assert_eq!(released(&other, ends + 5), [ends]);
        assert_eq!(released(&one, ends + 5), [NOW + 9]);
        let finish = Ask::Finish { payment: id("P2"), charge: other };
        assert_eq!(code(sandbox.ask(&finish, ends + 6)), Code::NotHeld);
    });
}

#[test]
fn a_callback_is_sent_until_it_is_taken_sixteen_times_in_a_day() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let reference = open(&sandbox, "P1", Hold::Nothing);
        sandbox.decide(&reference, PayerAct::Approve, NOW).expect("approved");
        let mut now = NOW;
        let mut calls = Vec::new();
        for attempt in 1..=16_u32 {
            if attempt > 1 {
                assert_eq!(sandbox.due_callbacks(Order::AsDue, 9, now - 1), Ok(Vec::new()), "{attempt}");
            }
            let due = sandbox.due_callbacks(Order::AsDue, 9, now).expect("due");
            assert_eq!((due.len(), due[0].attempt), (1, attempt));
            sandbox.callback_answered(&due[0].id, Answer::NotTaken, now).expect("known");
            calls.push(due[0].call.clone());
            now += GAPS.get(attempt as usize - 1).unwrap_or(&86_400);
        }
        assert_eq!(sandbox.due_callbacks(Order::AsDue, 9, now), Ok(Vec::new()), "given up");
        assert_eq!(GAPS.iter().sum::<i64>(), 24 * 3_600 + 4 * 60);
        let event = sandbox.read_callback(&calls[0], NOW).expect("believed");
        assert_eq!(sandbox.query(&event.happened.subject(), NOW), Ok(vec![event]));
        assert!(calls.iter().all(|call| call.body() == calls[0].body()) && calls[0] != calls[1]);
    });
}

#[test]
fn what_was_taken_is_not_sent_again_and_a_doubled_answer_is_two_callbacks() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let reference = open(&sandbox, "P1", Hold::Nothing);
        sandbox.decide(&reference, PayerAct::ApproveTwice, NOW).expect("approved");
        let due = sandbox.due_callbacks(Order::AsDue, 9, NOW).expect("due");
        assert_eq!(due.len(), 2);
        assert_eq!(due[0].call.body(), due[1].call.body());
        assert_ne!(due[0].id, due[1].id);
        sandbox.callback_answered(&due[0].id, Answer::Taken, NOW).expect("known");
        sandbox.callback_answered(&due[0].id, Answer::Taken, NOW).expect("known");
        let again = sandbox.due_callbacks(Order::AsDue, 9, NOW + 15).expect("due");
        assert_eq!(again.iter().map(|one| &one.id).collect::<Vec<_>>(), [&due[1].id]);
        assert_eq!(code(sandbox.callback_answered(&id("X"), Answer::Taken, NOW)), Code::UnknownCallback);
        assert_eq!(told(&sandbox, "P1", NOW).len(), 1);
    });
}

#[test]
fn a_second_charge_is_another_event() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let reference = open(&sandbox, "P1", Hold::Nothing);
        sandbox.decide(&reference, PayerAct::PayTwice, NOW).expect("paid");
        let charges: Vec<_> = told(&sandbox, "P1", NOW)
            .into_iter()
            .filter_map(
                |happened| if let Happened::Paid { charge, .. } = happened { Some(charge) } else { None },
            )
            .collect();
        assert_eq!(charges.len(), 2);
        assert_ne!(charges[0], charges[1]);
        for (number, charge) in charges.iter().enumerate() {
            sandbox
                .ask(&refund(&format!("R{number}"), "P1", charge, 1_000), NOW)
                .expect("each is given back");
        }
    });
}

#[test]
fn a_callback_that_the_sandbox_never_made_is_not_believed() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let forged = Happened::Paid { payment: id("P1"), charge: id("C1"), amount: fen(1), payer: None };
        let body = event(forged, NOW).write();
        let by_other =
            SignedCall::sign(&Secret::new(&[8; 32]).expect("a secret"), id("x"), NOW, body.clone());
        assert_eq!(code(sandbox.read_callback(&by_other, NOW)), Code::SignatureWrong);
        let call = SignedCall::sign(&secret(), id("x"), NOW, body);
        assert_eq!(code(sandbox.read_callback(&call, NOW)), Code::UnknownEvent);
        assert_eq!(code(sandbox.read_callback(&call, NOW + 301)), Code::SignatureExpired);
    });
}

#[test]
fn what_a_desk_wants_is_done_once_for_each_write() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let write = |name: &str, digest| DeskWrite { name: name.into(), digest: [digest; 16] };
        let fail = DeskAct::FailNext(Failing::Payout);
        let back = DeskAct::ReturnPayout { payout: id("O2"), why: line("the account is closed") };
        for wrote in [Wrote::New, Wrote::Again] {
            assert_eq!(sandbox.write(&write("staff:ann:K1", 1), &fail, NOW), Ok(wrote));
        }
        assert_eq!(code(sandbox.write(&write("staff:ann:K1", 2), &back, NOW)), Code::IdReused);
        sandbox.ask(&payout("O1", 300), NOW).expect("taken");
        sandbox.ask(&payout("O2", 400), NOW).expect("taken");
        assert_eq!(code(sandbox.write(&write("staff:ann:K2", 2), &back, NOW + 2)), Code::PayoutNotDone);
        for (after, wrote) in [(4, Wrote::New), (5, Wrote::Again)] {
            assert_eq!(sandbox.write(&write("staff:ann:K2", 2), &back, NOW + after), Ok(wrote));
        }
    });
}

#[test]
fn a_payout_fails_at_once_or_comes_back_and_the_bill_has_only_what_moved() {
    on_both(|records| {
        let sandbox = sandbox(records);
        sandbox.fail_next(Failing::Payout, NOW).expect("set");
        sandbox.ask(&payout("O1", 300), NOW).expect("taken");
        sandbox.ask(&payout("O2", 400), NOW).expect("taken");
        let why = line("the account is closed");
        assert_eq!(code(sandbox.return_payout(&id("O9"), &why, NOW)), Code::UnknownPayout);
        assert_eq!(code(sandbox.return_payout(&id("O2"), &why, NOW + 2)), Code::PayoutNotDone);
        sandbox.return_payout(&id("O2"), &why, NOW + 4).expect("returned");
        for payout in ["O1", "O2"] {
            assert_eq!(code(sandbox.return_payout(&id(payout), &why, NOW + 5)), Code::PayoutNotDone);
        }
        let day = Day::of(NOW).expect("a day");
        let bill = sandbox.bill(day, day.ends()).expect("a bill");
        let lines: Vec<_> = bill.lines.iter().map(|line| (line.kind, line.id.as_str(), line.at)).collect();
        assert_eq!(lines, [(Kind::Payout, "O2", NOW + 3), (Kind::PayoutReturned, "O2", NOW + 4)]);
        assert_eq!(linli_payments::Bill::read(bill.write().as_bytes()), Ok(bill.clone()));
        assert_eq!(Entry::of_line(&bill.lines[0]).key, id("O2"));
    });
}

#[test]
fn the_clock_never_runs_back_and_what_was_due_has_its_time() {
    on_both(|records| {
        let sandbox = sandbox(records);
        let reference = open(&sandbox, "P1", Hold::Nothing);
        sandbox.decide(&reference, PayerAct::Delay { seconds: 10 }, NOW).expect("decided");
        let later = NOW + 3 * 86_400;
        let at = |event: &Event| event.at;
        let of = Subject::Payment(id("P1"));
        assert_eq!(sandbox.query(&of, later).expect("events").iter().map(at).collect::<Vec<_>>(), [NOW + 10]);
        let receipt = sandbox.ask(&payout("O1", 1), NOW).expect("taken");
        assert_eq!(receipt.at, later);
        assert_eq!(sandbox.query(&Subject::Payout(id("O1")), NOW + 3), Ok(Vec::new()));
        let done = sandbox.query(&Subject::Payout(id("O1")), later + 3).expect("events");
        assert_eq!(done.iter().map(at).collect::<Vec<_>>(), [later + 3]);
    });
}
