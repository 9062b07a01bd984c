//! Random walks over proposals with a real economy: money moves with an approval by a second person and not otherwise.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What is tried: an act by its number, on one of a few proposals, by one of a few people, with an amount.
type Try = (u8, u8, u8, u64);

fn act((kind, which, who, fen): Try) -> (Actor, ProposalAct) {
    let people = [staff("f"), staff("g"), Actor::Machine, Actor::Service, Actor::Member("A".into())];
    let by = people[usize::from(who) % people.len()].clone();
    let id = format!("P{which}");
    let what = match which % 5 {
        0 => inject(fen),
        1 => What::Deposit { to: Receiver::Store("S".into()), fen },
        2 => What::Deposit { to: Receiver::Member("A".into()), fen },
        3 => What::Fee { member: "A".into(), region: "south".into(), fen },
        _ => What::WriteOff { account: "member:A:wallet".into(), fen },
    };
    match kind {
        0..=3 => (by, propose(&id, what)),
        4..=6 => (by, approve(&id)),
        7 => (by, refuse(&id)),
        8 => (by, take_back(&id)),
        _ => (by, expire(&id)),
    }
}

/// What the accounts hold once what was carried out is counted.
fn check(stage: &Stage, start: &Stage) {
    assert_eq!(stage.economy.state().check(), Ok(()), "the economy is sound");
    let (mut injected, mut stored, mut owed, mut fees, mut written_off) = (0, 0, 0, 0, 0);
    for proposal in stage.platform.proposals.iter() {
        assert_eq!(proposal.ended.is_some(), proposal.state != State::Open);
        if proposal.state != State::CarriedOut {
            continue;
        }
        let (approved_by, at) = proposal.ended.as_ref().expect("carried out");
        assert_ne!(*approved_by, proposal.by, "two people");
        assert!(*at < proposal.until);
        match &proposal.what {
            What::Inject { fen, .. } => injected += i128::from(*fen),
            What::Deposit { to: Receiver::Store(_), fen } => stored += i128::from(*fen),
            What::Deposit { fen, .. } => owed += i128::from(*fen),
            What::Fee { fen, .. } => fees += i128::from(*fen),
            What::WriteOff { fen, .. } => written_off += i128::from(*fen),
            other => panic!("nobody proposed {other:?}"),
        }
    }
    let moved = |account: &str| stage.fen(account) - start.fen(account);
    assert_eq!(moved("external:capital"), -injected);
    assert_eq!(moved("store:S"), stored);
    assert_eq!(moved("member:A:wallet"), owed + written_off);
    assert_eq!(moved("platform:fees"), fees);
    assert_eq!(moved("platform:profit"), -written_off);
    assert_eq!(moved("external:payments"), -(stored + owed + fees));
    let open = stage.platform.proposals.iter().filter(|proposal| proposal.state == State::Open).count();
    assert_eq!(stage.platform.proposals.open().count(), open);
}

fn walk(tries: Vec<Try>, reached: &mut BTreeSet<State>) {
    let start = owing(stage());
    let mut stage = owing(stage());
    for tried in tries {
        let (by, act) = act(tried);
        // Refused or not: what it did or did not do is checked.
        let _ = stage.try_act(by, act);
        for due in stage.platform.proposals.due(stage.now) {
            if tried.3 % 2 == 0 {
                assert_eq!(stage.act(Actor::Service, due), Ok(()), "what is due can be done");
            }
        }
        stage.later(DAY / 2);
        check(&stage, &start);
    }
    reached.extend(stage.platform.proposals.iter().map(|proposal| proposal.state));
}

#[test]
fn money_moves_with_the_approval_of_a_second_person_and_not_otherwise() {
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let tries = prop::collection::vec((0..10_u8, 0..30_u8, 0..10_u8, 0..800_u64), 1..400);
    let reached = RefCell::default();
    TestRunner::new(config)
        .run(&tries, |tries| {
            walk(tries, &mut reached.borrow_mut());
            Ok(())
        })
        .expect("what always holds");
    assert_eq!(reached.into_inner(), BTreeSet::from(State::ALL), "the walks came everywhere");
}
