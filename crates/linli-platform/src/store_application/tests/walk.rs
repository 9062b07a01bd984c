//! Random walks: whoever tries whatever in any order, applications move along their edges only, the lists have what
//! belongs there, and each approved application has one store.

use super::*;
use crate::platform::testing::{Step, steps};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn act([kind, whom, much]: Step, version: u32) -> (Actor, StoreApplicationAct) {
    let id = ["A", "B", "C", "D"][usize::from(much) % 4];
    let by = member(["M1", "M2", "M3"][usize::from(whom) % 3]);
    let version = if much.is_multiple_of(7) { version + 1 } else { version };
    let consent = whom.is_multiple_of(2).then_some(1);
    match kind % 8 {
        0 => (by, draft(id, recruited("M4", consent))),
        1 => (by, draft(id, form())),
        2 | 3 => (by, submit(id)),
        4 if whom.is_multiple_of(5) => (by, withdraw(id)),
        4 => (staff("ann"), ask(id)),
        5 => (staff("ann"), approve(id, version)),
        6 if whom.is_multiple_of(3) => (staff("ann"), refuse(id, version)),
        _ if much.is_multiple_of(5) => (Actor::Service, leave(id)),
        _ => (Actor::Service, bind(id)),
    }
}

fn is_edge(before: Option<&Stage>, after: &Stage) -> bool {
    use Stage::{Approved, Asked, Draft, Refused, Submitted, Withdrawn};
    match (before, after) {
        (None, Draft) | (Some(Draft), Submitted | Withdrawn) => true,
        (Some(Submitted), Asked | Approved { .. } | Refused | Withdrawn) => true,
        (Some(Asked), Submitted | Withdrawn) => true,
        (before, after) => before == Some(after),
    }
}

fn walk(steps: impl IntoIterator<Item = Step>) -> BTreeSet<&'static str> {
    let mut stage = stage();
    let (mut accepted, mut stages) = (BTreeSet::new(), BTreeMap::<String, Stage>::new());
    for step in steps {
        let [_, _, much] = step;
        let id = ["A", "B", "C", "D"][usize::from(much) % 4];
        let version = stage.platform.store_applications.get(id).map_or(0, |one| one.version);
        let (by, act) = act(step, version);
        let before = stage.platform.clone();
        if stage.act(by, act.clone()).is_ok() {
            accepted.insert(act.name());
        } else {
            assert_eq!(stage.platform, before, "{act:?}");
        }
        stage.later(i64::from(much % 50));
        let applications = &stage.platform.store_applications;
        for (id, application) in applications.all() {
            let before = stages.insert(id.into(), application.stage.clone());
            assert!(is_edge(before.as_ref(), &application.stage), "{before:?} to {:?}", application.stage);
            if let Stage::Approved { store } = &application.stage {
                assert!(
                    stage.economy.store_id(store).is_some()
                        && stage.platform.storefronts.get(store).is_some()
                );
                assert_eq!(applications.of_store(store).map(|(one, _)| one), Some(id));
            }
        }
        let waiting: BTreeSet<_> =
            applications.all().filter(|(_, one)| one.stage == Stage::Submitted).map(|(id, _)| id).collect();
        assert_eq!(applications.submitted().map(|(id, _)| id).collect::<BTreeSet<_>>(), waiting);
        let approved =
            applications.all().filter(|(_, one)| matches!(one.stage, Stage::Approved { .. })).count();
        assert_eq!(stage.economy.state().stores().len(), approved);
    }
    let applications = &stage.platform.store_applications;
    let bytes = postcard::to_stdvec(applications).expect("bytes");
    assert_eq!(postcard::from_bytes(&bytes).as_ref(), Ok(applications), "a snapshot keeps all of it");
    accepted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_approved_application_is_a_store(steps in prop::collection::vec(any::<Step>(), 1..100)) {
        walk(steps);
    }
}

#[test]
fn the_walks_reach_every_act() {
    let mut accepted = BTreeSet::new();
    for steps in steps(3_200).chunks(80) {
        accepted.extend(walk(steps.iter().copied()));
    }
    let wanted = BTreeSet::from([
        "draft_application",
        "submit_application",
        "withdraw_application",
        "ask_more_of_application",
        "approve_application",
        "refuse_application",
        "bind_recruited",
        "leave_recruited_unbound",
    ]);
    assert_eq!(accepted, wanted);
}
