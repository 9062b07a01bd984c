//! Endpoints by tables, and a random walk over all that can be done with them.

use super::*;
use crate::act::Actor;
use crate::platform::testing::{Stage, staff, steps};
use crate::refusal::Code;

fn form(name: &str) -> EndpointForm {
    let events = [EventKind::OrderPaid, EventKind::OrderSettled].into();
    EndpointForm { name: name.into(), events, sealed_url: vec![1], shown: "https://shop.example".into() }
}

fn add(id: &str) -> WebhookAct {
    WebhookAct::Add { id: id.into(), form: form("Shop"), sealed_secret: vec![1] }
}

fn id() -> String {
    "E1".into()
}

fn disable(cause: Cause) -> WebhookAct {
    WebhookAct::Disable { id: id(), cause }
}

fn state(stage: &Stage) -> EndpointState {
    stage.platform.webhooks.get("E1").expect("an endpoint").state
}

#[test]
fn an_endpoint_is_paused_resumed_and_ended_and_its_id_is_never_used_again() {
    let mut stage = Stage::new();
    assert_eq!(stage.act(staff("dev"), WebhookAct::Pause { id: id() }), Err(Code::UnknownEndpoint));
    for (act, result, after) in [
        (add("E1"), Ok(()), EndpointState::Active),
        (add("E1"), Err(Code::EndpointExists), EndpointState::Active),
        (WebhookAct::Resume { id: id() }, Err(Code::EndpointState), EndpointState::Active),
        (WebhookAct::Pause { id: id() }, Ok(()), EndpointState::Paused),
        (WebhookAct::Pause { id: id() }, Err(Code::EndpointState), EndpointState::Paused),
        (WebhookAct::Resume { id: id() }, Ok(()), EndpointState::Active),
        (WebhookAct::End { id: id() }, Ok(()), EndpointState::Ended),
        (WebhookAct::Resume { id: id() }, Err(Code::EndpointState), EndpointState::Ended),
        (WebhookAct::Test { id: id() }, Err(Code::EndpointState), EndpointState::Ended),
        (add("E1"), Err(Code::EndpointExists), EndpointState::Ended),
    ] {
        assert_eq!(stage.act(staff("dev"), act.clone()), result, "{act:?}");
        assert_eq!(state(&stage), after, "{act:?}");
    }
    assert!(!stage.platform.webhooks.get("E1").expect("kept").hears_of(EventKind::OrderPaid));
}

#[test]
fn only_the_service_disables_and_only_a_desk_does_the_rest() {
    let mut stage = Stage::new();
    for by in [Actor::Member("M1".into()), Actor::Key("till".into()), Actor::Service, Actor::Provider] {
        assert_eq!(stage.act(by, add("E1")), Err(Code::DeskOnly));
    }
    assert_eq!(stage.by_machine(add("E1")), Ok(()));
    assert_eq!(stage.act(staff("dev"), disable(Cause::Gone)), Err(Code::ServiceOnly));
    assert_eq!(stage.act(Actor::Service, disable(Cause::Gone)), Ok(()));
    assert_eq!(stage.act(Actor::Service, disable(Cause::Failing)), Err(Code::EndpointState));
    assert_eq!(state(&stage).name(), "gone");
    assert_eq!(stage.act(staff("dev"), WebhookAct::Resume { id: id() }), Ok(()));
    assert_eq!(state(&stage), EndpointState::Active);
}

#[test]
fn a_replaced_secret_signs_for_a_day_more() {
    let mut stage = Stage::new();
    assert_eq!(stage.by_machine(add("E1")), Ok(()));
    let secrets = |stage: &Stage| -> Vec<Vec<u8>> {
        let endpoint = stage.platform.webhooks.get("E1").expect("an endpoint");
        endpoint.secrets(stage.now).into_iter().map(<[u8]>::to_vec).collect()
    };
    assert_eq!(secrets(&stage), [vec![1]]);
    assert_eq!(stage.by_machine(WebhookAct::Rotate { id: id(), sealed_secret: vec![2] }), Ok(()));
    assert_eq!(secrets(&stage), [vec![2], vec![1]]);
    stage.later(OVERLAP_SECONDS - 1);
    assert_eq!(secrets(&stage), [vec![2], vec![1]]);
    stage.later(1);
    assert_eq!(secrets(&stage), [vec![2]]);
}

#[test]
fn forms_that_are_none_are_refused_and_change_nothing() {
    let mut stage = Stage::new();
    assert_eq!(stage.by_machine(add("E1")), Ok(()));
    let before = stage.platform.clone();
    let change = |change: fn(&mut EndpointForm)| {
        let mut form = form("Shop");
        change(&mut form);
        WebhookAct::Change { id: id(), form }
    };
    let range = |first, last| WebhookAct::ReplayRange { id: id(), first, last };
    for (act, code) in [
        (change(|form| form.name.clear()), Code::BadText),
        (change(|form| form.name = "a\u{202e}".into()), Code::BadText),
        (change(|form| form.shown = "x".repeat(301)), Code::BadText),
        (change(|form| form.sealed_url.clear()), Code::BadText),
        (change(|form| form.events.clear()), Code::BadList),
        (WebhookAct::Rotate { id: id(), sealed_secret: Vec::new() }, Code::BadText),
        (WebhookAct::Replay { id: id(), delivery: String::new() }, Code::BadText),
        (range(0, 1), Code::BadNumber),
        (range(2, 1), Code::BadNumber),
        (add("a b"), Code::BadText),
    ] {
        assert_eq!(stage.by_machine(act.clone()), Err(code), "{act:?}");
    }
    assert_eq!(stage.platform, before);
}

#[test]
fn there_are_twenty_endpoints_at_most() {
    let mut stage = Stage::new();
    for number in 1..=20 {
        assert_eq!(stage.by_machine(add(&format!("E{number}"))), Ok(()));
    }
    assert_eq!(stage.by_machine(add("E21")), Err(Code::TooManyOpen));
    assert_eq!(stage.by_machine(WebhookAct::End { id: id() }), Ok(()));
    assert_eq!(stage.by_machine(add("E21")), Ok(()));
}

#[test]
fn whatever_is_done_an_endpoint_that_ended_hears_of_nothing_and_nothing_is_half_done() {
    let mut stage = Stage::new();
    let mut ended = BTreeSet::new();
    let (mut accepted, mut refused) = (0, 0);
    for [what, whom, much] in steps(4_000) {
        let id = format!("E{}", whom % 6);
        let by = if much % 5 == 0 { Actor::Service } else { staff("dev") };
        let act = match what % 9 {
            0 => add(&id),
            1 => WebhookAct::Change { id: id.clone(), form: form("Mall") },
            2 => WebhookAct::Pause { id: id.clone() },
            3 => WebhookAct::Resume { id: id.clone() },
            4 => WebhookAct::Rotate { id: id.clone(), sealed_secret: vec![2] },
            5 if much % 64 == 1 => WebhookAct::End { id: id.clone() },
            5 | 6 => WebhookAct::Disable { id: id.clone(), cause: Cause::Failing },
            7 => WebhookAct::Test { id: id.clone() },
            _ => WebhookAct::ReplayRange { id: id.clone(), first: (much % 3).into(), last: 2 },
        };
        let before = stage.platform.clone();
        match stage.act(by, act.clone()) {
            Ok(()) => {
                accepted += 1;
                assert!(!ended.contains(&id), "{act:?}");
                if matches!(act, WebhookAct::End { .. }) {
                    ended.insert(id);
                }
            }
            Err(_) => {
                refused += 1;
                assert_eq!(stage.platform, before, "{act:?}");
            }
        }
        stage.later(much.into());
    }
    for (id, endpoint) in stage.platform.webhooks.iter() {
        let hears = endpoint.hears_of(EventKind::OrderPaid);
        assert_eq!(hears, !ended.contains(id), "{id}");
        assert!((1..=2).contains(&endpoint.secrets(stage.now).len()));
    }
    assert!(accepted > 500 && refused > 500 && ended.len() > 2, "{accepted} {refused} {}", ended.len());
}
