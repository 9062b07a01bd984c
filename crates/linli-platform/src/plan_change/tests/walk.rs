//! Random walks over plans with a real economy: the plan in force is the one that two people put there, on its day.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What is tried: an act by its number, on one of a few drafts, by one of a few people, with a number.
type Try = (u8, u8, u8, u8);

fn act(stage: &Stage, (kind, which, who, number): Try) -> (Actor, PlanChangeAct) {
    let people = [staff("f"), staff("g"), Actor::Machine, Actor::Service];
    let by = people[usize::from(who % 7) % people.len()].clone();
    let id = format!("P{which}");
    let waiting = stage.platform.plan_changes.waiting().map_or(id.clone(), |one| one.id.clone());
    let text = if number == 9 { "half = ".to_owned() } else { plan(number) };
    match kind {
        0..=2 => (by, draft(&id, &text)),
        3 => (by, edit(&id, &text)),
        4..=7 => (by, submit(&id, later(stage.now, i64::from(number) * 6 * HOUR))),
        8..=11 => (by, approve(&id)),
        12 => (by, withdraw(&id)),
        13 => (by, notice(u32::from(number) / 9)),
        14 | 15 => (Actor::Service, fail(&waiting)),
        _ => (Actor::Service, activate(&waiting)),
    }
}

fn check(stage: &Stage) {
    let changes = &stage.platform.plan_changes;
    let economy = stage.economy.state();
    assert_eq!(economy.plans().len(), 1 + changes.activated().count(), "a plan each, and the first one");
    let in_force = changes.activated().next_back().map_or(SEED_ONE, |active| &active.text);
    assert_eq!(Plan::parse(in_force).as_ref(), Ok(economy.plan()));
    let waiting: Vec<_> = changes.iter().filter(|one| one.state == State::Approved).collect();
    assert!(waiting.len() <= 1 && changes.waiting() == waiting.first().copied());
    for one in changes.iter().filter(|one| one.approved.is_some()) {
        let (approved, submitted) = (one.approved.as_ref().expect("it is"), one.submitted.as_ref());
        assert_ne!(Some(&approved.by), submitted.map(|mark| &mark.by), "two people");
        assert_ne!(approved.by, one.written.by, "nobody approves what they wrote");
        assert!(Some(approved.at) < one.active_from, "before its day");
    }
    for active in changes.activated() {
        assert!(active.ended.as_ref().map(|mark| mark.at) >= active.active_from, "not before its day");
    }
    let open = changes.iter().filter(|one| one.state.is_open()).count();
    assert_eq!(changes.open().len(), open);
}

fn walk(tries: Vec<Try>, reached: &mut BTreeSet<State>) {
    let mut stage = Stage::new();
    assert_eq!(stage.by_machine(notice(0)), Ok(()));
    for tried in tries {
        let (by, act) = act(&stage, tried);
        // Refused or not: what it did or did not do is checked.
        let _ = stage.try_act(by, act);
        check(&stage);
        reached.extend(stage.platform.plan_changes.iter().map(|change| change.state));
        stage.later(HOUR / 2);
        if let Some(due) = stage.platform.plan_changes.due(stage.now).filter(|_| tried.3 == 0) {
            assert_eq!(stage.act(Actor::Service, due), Ok(()), "what is due can be done");
        }
    }
}

#[test]
fn the_plan_in_force_is_the_one_that_two_people_put_there() {
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    let tries = prop::collection::vec((0..18_u8, 0..16_u8, 0..8_u8, 0..10_u8), 1..600);
    let reached = RefCell::default();
    TestRunner::new(config)
        .run(&tries, |tries| {
            walk(tries, &mut reached.borrow_mut());
            Ok(())
        })
        .expect("what always holds");
    assert_eq!(reached.into_inner(), BTreeSet::from(State::ALL), "the walks came everywhere");
}
