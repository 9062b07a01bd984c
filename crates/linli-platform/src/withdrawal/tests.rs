//! Withdrawals as they go: the timeline, the two people, what comes back, what the bank reports.

mod refusals;
mod walk;

use super::*;
use crate::Code;
use crate::act::Actor;
use crate::calendar::HOUR;
use crate::platform::testing::{Refused, Stage, staff};

/// A wallet of 30,000.00, a store with 8,000,000.00, a supplier with 9.00, fees of 500,000.00.
const MONEY: &str = r#"{"cmd":"open_member","member":"A"}
{"cmd":"open_member","member":"B","inviter":"A"}
{"cmd":"open_store","store":"S","owner":"A","district":"440106"}
{"cmd":"settle","order":"O1","member":"B","store":"S","amount":"10000000.00"}
{"cmd":"open_member","member":"D"}
{"cmd":"settle_mall","order":"O2","member":"D","supplier":"U","list_total":"90.00","cost":"9.00"}
{"cmd":"fee","id":"F","member":"A","region":"440106","amount":"500000.00"}"#;

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

fn wallet() -> Owner {
    Owner::Member("A".into())
}

fn account(owner: Owner, reference: u8) -> WithdrawalAct {
    let masked = format!("招商银行 尾号 {reference:04}");
    WithdrawalAct::SetAccount {
        owner,
        sealed_account: vec![reference; 40],
        masked,
        reference: [reference; 16],
    }
}

fn submit(id: &str, from: Owner, fen: u64) -> WithdrawalAct {
    WithdrawalAct::Submit { id: id.into(), from, fen }
}

fn take_back(id: &str) -> WithdrawalAct {
    WithdrawalAct::TakeBack { id: id.into() }
}

fn take_up(id: &str) -> WithdrawalAct {
    WithdrawalAct::TakeUp { id: id.into() }
}

fn approve(id: &str) -> WithdrawalAct {
    WithdrawalAct::Approve { id: id.into() }
}

fn reject(id: &str) -> WithdrawalAct {
    WithdrawalAct::Reject { id: id.into(), reason: "户名不符".into() }
}

fn batch(id: &str, withdrawals: &[&str]) -> WithdrawalAct {
    let withdrawals = withdrawals.iter().map(ToString::to_string).collect();
    WithdrawalAct::Batch { batch: id.into(), withdrawals }
}

fn paid(id: &str) -> WithdrawalAct {
    WithdrawalAct::Paid { id: id.into() }
}

fn failed(id: &str) -> WithdrawalAct {
    WithdrawalAct::Failed { id: id.into(), reason: "account closed".into() }
}

/// Everybody has money and an account to have it paid to.
fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.commands(MONEY);
    for (number, owner) in (1..).zip([wallet(), Owner::Store("S".into())]) {
        assert_eq!(stage.act(member("A"), account(owner, number)), Ok(()));
    }
    for (number, owner) in (3..).zip([Owner::Supplier("U".into()), Owner::Profit, Owner::Fees]) {
        assert_eq!(stage.act(staff("boss"), account(owner, number)), Ok(()));
    }
    stage
}

/// A withdrawal `W` of 5,000.00 from the wallet, in this state.
fn at(state: State) -> Stage {
    let mut stage = stage();
    let way = match state {
        State::Submitted => vec![],
        State::TakenBack => vec![(member("A"), take_back("W"))],
        State::InReview => vec![(staff("f"), take_up("W"))],
        State::Rejected => vec![(staff("f"), take_up("W")), (staff("f"), reject("W"))],
        State::Approved | State::InPayment | State::Paid | State::Failed => {
            let mut way = vec![(staff("f"), take_up("W")), (staff("f"), approve("W"))];
            if state != State::Approved {
                way.push((Actor::Service, batch("P", &["W"])));
            }
            match state {
                State::Paid => way.push((Actor::Provider, paid("W"))),
                State::Failed => way.push((Actor::Provider, failed("W"))),
                _ => {}
            }
            way
        }
    };
    assert_eq!(stage.act(member("A"), submit("W", wallet(), 500_000)), Ok(()));
    for (by, act) in way {
        assert_eq!(stage.act(by, act), Ok(()));
    }
    assert_eq!(withdrawal(&stage, "W").state(), state);
    stage
}

fn withdrawal<'s>(stage: &'s Stage, id: &str) -> &'s Withdrawal {
    stage.platform.withdrawals.get(id).expect("it was submitted")
}

#[test]
fn a_withdrawal_is_one_timeline_with_the_promised_time_of_each_step() {
    let mut stage = stage();
    let start = stage.now;
    let hours = |hours| crate::calendar::later(start, hours * HOUR);
    assert_eq!(stage.act(member("A"), submit("W", wallet(), 500_000)), Ok(()));
    assert_eq!((stage.fen("member:A:wallet"), stage.fen("payout:W")), (2_500_000, 500_000));
    let ahead = withdrawal(&stage, "W").ahead();
    let promised = [(State::InReview, 24), (State::Approved, 48), (State::InPayment, 72), (State::Paid, 120)];
    assert_eq!(ahead, promised.map(|(state, after)| (state, hours(after))));

    for (by, act) in [
        (staff("f"), take_up("W")),
        (staff("f"), approve("W")),
        (Actor::Service, batch("P", &["W"])),
        (Actor::Provider, paid("W")),
    ] {
        stage.later(HOUR);
        assert_eq!(stage.act(by, act), Ok(()));
    }
    let done = withdrawal(&stage, "W");
    let step = |state, by, after, promised: Option<i64>| Step {
        state,
        by,
        at: hours(after),
        promised: promised.map(hours),
    };
    let steps = [
        step(State::Submitted, member("A"), 0, Some(24)),
        step(State::InReview, staff("f"), 1, Some(25)),
        step(State::Approved, staff("f"), 2, Some(26)),
        step(State::InPayment, Actor::Service, 3, Some(51)),
        step(State::Paid, Actor::Provider, 4, None),
    ];
    assert_eq!(done.steps, steps);
    assert_eq!((done.ahead(), done.batch.as_deref(), done.reason.as_deref()), (vec![], Some("P"), None));
    assert_eq!(done.masked, "招商银行 尾号 0001");
    assert!(done.sealed_account.is_empty(), "nothing of an account is kept once it is over");
    assert_eq!((stage.fen("payout:W"), stage.fen("external:payouts")), (0, 500_000));
    assert_eq!(stage.platform.withdrawals.on_the_way_fen(), 0);
}

#[test]
fn the_same_money_is_withdrawn_once() {
    let mut stage = stage();
    assert_eq!(stage.act(member("A"), submit("W1", wallet(), 2_000_000)), Ok(()));
    let second = stage.try_act(member("A"), submit("W2", wallet(), 2_000_000));
    let Err(Refused::Economy(line)) = second else { panic!("{second:?}") };
    assert!(line.contains("insufficient_funds"), "{line}");
    assert!(stage.platform.withdrawals.get("W2").is_none(), "what the economy refuses is not there");
    assert_eq!(stage.platform.withdrawals.used(&wallet(), stage.now).count, 1);
}

#[test]
fn rejecting_twice_pays_back_once_and_approving_after_rejecting_is_refused() {
    let mut stage = at(State::Rejected);
    assert_eq!(stage.fen("member:A:wallet"), 3_000_000);
    for act in [reject("W"), approve("W"), batch("P", &["W"])] {
        assert_eq!(stage.act(staff("g"), act), Err(Code::WithdrawalClosed));
    }
    assert_eq!(withdrawal(&stage, "W").reason.as_deref(), Some("户名不符"));
    assert_eq!((stage.fen("member:A:wallet"), stage.fen("payout:W")), (3_000_000, 0));
}

#[test]
fn what_the_bank_did_not_pay_is_there_again() {
    let stage = at(State::Failed);
    assert_eq!((stage.fen("member:A:wallet"), stage.fen("payout:W")), (3_000_000, 0));
    assert_eq!(withdrawal(&stage, "W").reason.as_deref(), Some("account closed"));
}

#[test]
fn each_state_allows_what_leads_on_from_it_and_nothing_else() {
    use State::{Approved, Failed, InPayment, InReview, Paid, Rejected, Submitted, TakenBack};
    let acts = [
        (member("A"), take_back("W"), TakenBack),
        (staff("f"), take_up("W"), InReview),
        (staff("f"), approve("W"), Approved),
        (staff("f"), reject("W"), Rejected),
        (staff("f"), batch("P2", &["W"]), InPayment),
        (Actor::Provider, paid("W"), Paid),
        (Actor::Provider, failed("W"), Failed),
    ];
    for from in State::ALL {
        for (by, act, to) in &acts {
            let mut stage = at(from);
            let expected = match (from, *to) {
                (from, to) if from.may_become(to) => Ok(()),
                (Paid, Paid) | (Failed, Failed) => Err(Code::EventKnown),
                (Paid, Failed) | (Failed, Paid) => Err(Code::EventContradicts),
                (from, _) if from.is_open() => Err(Code::WithdrawalState),
                _ => Err(Code::WithdrawalClosed),
            };
            assert_eq!(stage.act(by.clone(), act.clone()), expected, "{from:?} to {to:?}");
            let state = withdrawal(&stage, "W").state();
            assert_eq!(state, if expected.is_ok() { *to } else { from });
            let on_the_way = if state.is_open() { 500_000 } else { 0 };
            assert_eq!(stage.fen("payout:W"), on_the_way, "{from:?} to {to:?}");
        }
    }
    let edges: Vec<_> = State::ALL.into_iter().map(|from| State::ALL.map(|to| from.may_become(to))).collect();
    let edge_count = edges.concat().into_iter().filter(|&may| may).count();
    assert_eq!(edge_count, 8, "four on, two rejections, one failure, one taken back");
    assert!([Submitted, InReview, Approved, InPayment].iter().all(|state| state.is_open()));
}

#[test]
fn a_large_withdrawal_takes_two_people_and_the_machine_is_one_of_them_once() {
    let mut stage = stage();
    assert_eq!(stage.act(member("A"), submit("W", wallet(), 1_000_001)), Ok(()));
    assert_eq!(stage.by_machine(take_up("W")), Ok(()));
    assert_eq!(stage.by_machine(approve("W")), Ok(()));
    assert_eq!(withdrawal(&stage, "W").state(), State::InReview);
    assert_eq!(stage.by_machine(approve("W")), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.by_machine(batch("P", &["W"])), Err(Code::WithdrawalState));
    assert_eq!(stage.act(staff("f"), approve("W")), Ok(()));
    let approved = withdrawal(&stage, "W");
    assert_eq!(approved.state(), State::Approved);
    let people: Vec<_> = approved.approvals.iter().map(|approval| &approval.by).collect();
    assert_eq!(people, [&Actor::Machine, &staff("f")]);
}

#[test]
fn the_second_person_s_amount_is_that_of_the_submission() {
    let mut stage = stage();
    assert_eq!(stage.act(member("A"), submit("W1", wallet(), 1_000_000)), Ok(()));
    let limits = Limits { second_person_above_fen: 0, ..Limits::default() };
    assert_eq!(stage.act(staff("boss"), WithdrawalAct::SetLimits { limits }), Ok(()));
    assert_eq!(stage.act(member("A"), submit("W2", wallet(), 1_000)), Ok(()));
    for (id, state) in [("W1", State::Approved), ("W2", State::InReview)] {
        assert_eq!(stage.act(staff("f"), take_up(id)), Ok(()));
        assert_eq!(stage.act(staff("f"), approve(id)), Ok(()));
        assert_eq!(withdrawal(&stage, id).state(), state);
    }
}

#[test]
fn the_platform_s_own_money_has_no_limit_and_is_not_approved_by_whoever_asked_for_it() {
    let mut stage = stage();
    for (id, owner) in [("W1", Owner::Profit), ("W2", Owner::Fees)] {
        assert_eq!(stage.act(staff("f"), submit(id, owner, 15_000_000)), Ok(()));
        assert_eq!(stage.act(staff("f"), take_up(id)), Ok(()));
        assert_eq!(stage.act(staff("f"), approve(id)), Err(Code::SecondPersonNeeded));
        assert_eq!(stage.act(staff("g"), approve(id)), Ok(()));
        assert_eq!(withdrawal(&stage, id).state(), State::Approved);
    }
    assert_eq!((stage.fen("payout:W1"), stage.fen("platform:fees")), (15_000_000, 35_000_000));
}

#[test]
fn a_payout_file_holds_what_was_approved_with_its_accounts() {
    let mut stage = stage();
    let store = Owner::Store("S".into());
    for (id, owner) in [("W1", wallet()), ("W2", store), ("W3", wallet())] {
        assert_eq!(stage.act(member("A"), submit(id, owner, 10_000)), Ok(()));
        assert_eq!(stage.act(staff("f"), take_up(id)), Ok(()));
        assert_eq!(stage.act(staff("f"), approve(id)), Ok(()));
    }
    assert_eq!(stage.act(member("A"), account(wallet(), 9)), Ok(()), "the account changes on the way");
    assert_eq!(stage.act(staff("f"), batch("P2", &["W2", "W1"])), Ok(()));
    assert_eq!(stage.act(staff("f"), batch("P1", &["W3"])), Ok(()));
    let withdrawals = &stage.platform.withdrawals;
    let file = withdrawals.batch("P2").expect("it was made");
    assert_eq!((file.fen, &file.withdrawals[..]), (20_000, &["W2".to_owned(), "W1".into()][..]));
    let files: Vec<_> = withdrawals.batches().map(|file| &file.id[..]).collect();
    assert_eq!(files, ["P2", "P1"], "the oldest first");
    let first = withdrawals.get("W1").expect("it was submitted");
    assert_eq!(
        (&first.sealed_account[..], first.reference),
        (&[1; 40][..], [1; 16]),
        "that of the submission"
    );
    assert_eq!(file.sealed_accounts, [vec![2; 40], vec![1; 40]]);
    for id in ["W1", "W2", "W3"] {
        assert_eq!(stage.act(Actor::Provider, paid(id)), Ok(()));
    }
    let file = stage.platform.withdrawals.batch("P2").expect("it was made");
    assert_eq!(file.sealed_accounts, [vec![2; 40], vec![1; 40]], "the file can be made again");
}

#[test]
fn a_look_into_a_payout_file_is_an_act_and_changes_nothing_else() {
    let mut stage = at(State::InPayment);
    let look = |batch: &str| WithdrawalAct::ReadFile { batch: batch.into() };
    let before = stage.platform.withdrawals.clone();
    assert_eq!(stage.act(staff("f"), look("P")), Ok(()));
    let files = |all: &Withdrawals| all.batches().cloned().collect::<Vec<_>>();
    assert_eq!(files(&stage.platform.withdrawals), files(&before));
    assert_eq!(stage.act(staff("f"), look("Q")), Err(Code::UnknownBatch));
    assert_eq!(stage.act(member("A"), look("P")), Err(Code::DeskOnly));
}

#[test]
fn lists_go_on_after_what_was_shown() {
    let mut stage = stage();
    for id in ["Z", "Y", "X"] {
        assert_eq!(stage.act(member("A"), submit(id, wallet(), 10_000)), Ok(()));
    }
    let all = &stage.platform.withdrawals;
    let queue = |after| all.queue_after(State::Submitted, after).map(|one| &*one.id).collect::<Vec<_>>();
    assert_eq!(
        (queue(None), queue(Some("Z")), queue(Some("X"))),
        (vec!["Z", "Y", "X"], vec!["Y", "X"], vec![])
    );
    let latest = |before| all.latest_before(before).map(|one| &*one.id).collect::<Vec<_>>();
    assert_eq!(
        (latest(None), latest(Some("Y")), latest(Some("Z"))),
        (vec!["X", "Y", "Z"], vec!["Z"], vec![])
    );
    assert_eq!(
        (queue(Some("none")), latest(Some("none"))),
        (vec![], vec![]),
        "a cursor is one that was shown"
    );
}

#[test]
fn the_figure_changes_with_every_act() {
    use crate::part::Part;
    let mut stage = stage();
    let mut figures = vec![stage.platform.withdrawals.figure()];
    let limits = Limits { most_a_day_count: 6, ..Limits::default() };
    for (by, act) in [
        (member("A"), account(wallet(), 1)),
        (staff("boss"), WithdrawalAct::SetLimits { limits }),
        (member("A"), submit("W", wallet(), 1_000_001)),
        (staff("f"), take_up("W")),
        (staff("f"), approve("W")),
        (staff("g"), reject("W")),
    ] {
        assert_eq!(stage.act(by, act), Ok(()));
        figures.push(stage.platform.withdrawals.figure());
    }
    let distinct: std::collections::BTreeSet<_> = figures.iter().collect();
    assert_eq!(distinct.len(), figures.len());
}

#[test]
fn each_list_shows_the_oldest_first_and_what_is_late() {
    let mut stage = stage();
    for id in ["Z", "Y", "X"] {
        assert_eq!(stage.act(member("A"), submit(id, wallet(), 10_000)), Ok(()));
        stage.later(HOUR);
    }
    assert_eq!(stage.act(staff("f"), take_up("Y")), Ok(()));
    let ids = |list: Vec<&Withdrawal>| list.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    let withdrawals = &stage.platform.withdrawals;
    assert_eq!(ids(withdrawals.queue(State::Submitted).collect()), ["Z", "X"]);
    assert_eq!(ids(withdrawals.queue(State::InReview).collect()), ["Y"]);
    assert_eq!(ids(withdrawals.of(&wallet()).rev().collect()), ["X", "Y", "Z"]);
    assert_eq!(withdrawals.of(&Owner::Profit).count(), 0);
    let late = |hours| ids(withdrawals.overdue(crate::calendar::later(stage.now, hours * HOUR)).collect());
    assert_eq!(late(21), [""; 0], "promised until now is not late");
    assert_eq!(late(22), ["Z"]);
    assert_eq!(late(24), ["Z", "X"]);
    assert_eq!(late(25), ["Z", "X", "Y"], "taken up an hour after the last was submitted");
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let forms: [(WithdrawalAct, &[u8]); 11] = [
        (account(Owner::Profit, 7), b"\0\x03\x28"),
        (WithdrawalAct::SetLimits { limits: Limits::default() }, b"\x01\xe8\x07\xc0\x96\xb1\x02"),
        (submit("W", Owner::Fees, 1), b"\x02\x01W\x04\x01"),
        (take_back("W"), b"\x03\x01W"),
        (take_up("W"), b"\x04\x01W"),
        (approve("W"), b"\x05\x01W"),
        (WithdrawalAct::Reject { id: "W".into(), reason: "no".into() }, b"\x06\x01W\x02no"),
        (batch("P", &["W"]), b"\x07\x01P\x01\x01W"),
        (paid("W"), b"\x08\x01W"),
        (WithdrawalAct::Failed { id: "W".into(), reason: "no".into() }, b"\x09\x01W\x02no"),
        (WithdrawalAct::ReadFile { batch: "P".into() }, b"\x0a\x01P"),
    ];
    for (act, form) in forms {
        let bytes = postcard::to_stdvec(&act).expect("memory takes whatever is written");
        assert_eq!(&bytes[..form.len()], form, "{act:?}");
        assert!(!act.name().is_empty());
    }
}
