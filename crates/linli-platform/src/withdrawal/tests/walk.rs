//! Random walks over withdrawals with a real economy: whatever is tried in whatever order, the money on its way is what
//! the open withdrawals say, each ends once, and two people approved what needs two.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What is tried: an act by its number, on one of a few withdrawals, by one of a few people, with an amount.
type Try = (u8, u8, u8, u64);

fn act(number: u64, (kind, which, who, fen): Try) -> (Actor, WithdrawalAct) {
    let owners =
        [wallet(), Owner::Store("S".into()), Owner::Supplier("U".into()), Owner::Profit, Owner::Fees];
    let anybody = match who {
        0..=2 => [Actor::Service, Actor::Provider, member("A")][usize::from(who)].clone(),
        _ => [staff("f"), staff("g"), Actor::Machine][usize::from(who) % 3].clone(),
    };
    let id = format!("W{which}");
    let owner = owners[usize::from(which) % owners.len()].clone();
    let holder = if matches!(owner, Owner::Member(_) | Owner::Store(_)) { member("A") } else { staff("f") };
    match kind {
        0 | 1 => (holder, submit(&id, owner, fen)),
        2 => (holder, take_back(&id)),
        3..=6 => (anybody, take_up(&id)),
        7..=12 => (anybody, approve(&id)),
        13 => (anybody, reject(&id)),
        14..=16 => (anybody, batch(&format!("P{number}"), &[&id])),
        17 | 18 => (anybody, paid(&id)),
        19 => (anybody, failed(&id)),
        20 => (holder, account(owner, who % 4)),
        _ => {
            let limits = Limits { second_person_above_fen: fen, ..Limits::default() };
            (anybody, WithdrawalAct::SetLimits { limits })
        }
    }
}

fn check(stage: &Stage, needs: &BTreeMap<String, usize>) {
    let withdrawals = &stage.platform.withdrawals;
    let state = stage.economy.state();
    assert_eq!(state.check(), Ok(()), "the economy is sound");
    let (mut on_the_way, mut arrived, mut listed) = (0, 0, 0);
    for in_state in State::ALL {
        for one in withdrawals.queue(in_state) {
            listed += 1;
            assert_eq!(one.state(), in_state, "a queue has what is in its state");
            let money = i128::from(one.fen);
            let in_economy = stage.fen(&format!("payout:{}", one.id));
            assert_eq!(in_economy, if in_state.is_open() { money } else { 0 });
            on_the_way += in_economy;
            arrived += if in_state == State::Paid { money } else { 0 };
            check_one(one, needs[&one.id]);
        }
    }
    assert_eq!(listed, needs.len(), "each stands in one queue");
    assert_eq!(u128::try_from(on_the_way), Ok(withdrawals.on_the_way_fen()));
    assert_eq!(stage.fen("external:payouts"), arrived, "what arrived was paid once");
    let open_ones = State::ALL.into_iter().filter(|state| state.is_open());
    let open = open_ones.map(|state| withdrawals.queue(state).count()).sum::<usize>();
    let end = crate::calendar::later(stage.now, 1_000 * HOUR);
    assert_eq!(withdrawals.overdue(end).count(), open, "each open one has a promise");
}

fn check_one(one: &Withdrawal, needed: usize) {
    assert!(one.steps.windows(2).all(|pair| pair[0].state.may_become(pair[1].state)), "{one:?}");
    let ends = one.steps.iter().filter(|step| !step.state.is_open()).count();
    assert_eq!(ends, usize::from(!one.state().is_open()), "paid or gone back, never both: {one:?}");
    let people: BTreeSet<_> = one.approvals.iter().map(|approval| &approval.by).collect();
    assert_eq!(people.len(), one.approvals.len(), "nobody approves twice");
    assert!(!people.contains(one.submitted_by()), "nobody approves what they asked for");
    if one.steps.iter().any(|step| step.state == State::Approved) {
        assert_eq!(people.len(), needed, "by the limit of the submission: {one:?}");
    }
}

fn walk(tries: Vec<Try>, reached: &mut BTreeSet<State>) {
    let mut stage = stage();
    let mut needs = BTreeMap::new();
    for (number, tried) in (0..).zip(tries) {
        let (by, act) = act(number, tried);
        let second_above = stage.platform.withdrawals.limits().second_person_above_fen;
        if stage.try_act(by, act.clone()).is_ok()
            && let WithdrawalAct::Submit { id, from, fen } = act
        {
            let two = !from.is_platform() && fen > second_above;
            needs.insert(id, if two { 2 } else { 1 });
        }
        stage.later(HOUR);
        check(&stage, &needs);
    }
    let withdrawals = &stage.platform.withdrawals;
    reached.extend(State::ALL.into_iter().filter(|&state| withdrawals.queue(state).next().is_some()));
}

#[test]
fn money_on_its_way_is_what_the_open_withdrawals_say() {
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let tries = prop::collection::vec((0..22_u8, 0..20_u8, 0..24_u8, 0..2_000_000_u64), 1..800);
    let reached = RefCell::default();
    TestRunner::new(config)
        .run(&tries, |tries| {
            walk(tries, &mut reached.borrow_mut());
            Ok(())
        })
        .expect("what always holds");
    assert_eq!(reached.into_inner(), BTreeSet::from(State::ALL), "the walks came everywhere");
}
