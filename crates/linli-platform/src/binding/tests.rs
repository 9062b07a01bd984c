//! The rules of bindings, through the engine's way of doing acts, and what a random walk says of them.

mod walk;

use super::{BindingAct, Fact};
use crate::act::Actor;
use crate::person::{Invitation, PersonAct, Source};
use crate::platform::testing::{Refused, Stage, staff};
use crate::refusal::Code;

/// M1 owns S1; M2 and M3 are bound to nobody.
pub(super) fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2"}
{"cmd":"open_member","member":"M3"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}"#,
    );
    stage
}

pub(super) fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

fn invitation(inviter: &str, source: Source) -> Invitation {
    Invitation { inviter: inviter.into(), source, consent: 1 }
}

pub(super) fn bind(member: &str, inviter: &str, source: Source) -> BindingAct {
    BindingAct::Bind { member: member.into(), invitation: invitation(inviter, source) }
}

fn of_store(store: &str) -> Source {
    Source::Store(store.into())
}

pub(super) fn release(member: &str) -> BindingAct {
    BindingAct::Release { member: member.into() }
}

fn inviter(stage: &Stage, member: &str) -> Option<String> {
    let id = stage.economy.member_id(member).expect("a member");
    let inviter = stage.economy.state().members()[id.index()].inviter;
    inviter.map(|inviter| stage.economy.member_name(inviter).to_owned())
}

fn refused(code: &str, tried: Result<(), Refused>) {
    match tried {
        Err(Refused::Economy(line)) => assert!(line.contains(code), "{line}"),
        other => panic!("{other:?} is not {code}"),
    }
}

#[test]
fn a_binding_is_a_dated_fact_with_source_and_consent() {
    let mut stage = stage();
    let first = stage.now;
    assert_eq!(stage.act(member("M2"), bind("M2", "M1", of_store("S1"))), Ok(()));
    assert_eq!(inviter(&stage, "M2").as_deref(), Some("M1"));
    stage.later(60);
    assert_eq!(stage.act(member("M2"), release("M2")), Ok(()));
    stage.later(60);
    assert_eq!(stage.act(member("M2"), bind("M2", "M3", Source::Member)), Ok(()));
    let [old, new] = stage.platform.bindings.of("M2") else { panic!("two facts") };
    assert_eq!((old.since, old.released.map(|at| at.seconds - first.seconds)), (first, Some(60)));
    assert_eq!(old.invitation, invitation("M1", of_store("S1")));
    assert_eq!((new.since, new.released), (stage.now, None));
    assert_eq!(new.invitation, invitation("M3", Source::Member));
}

#[test]
fn what_is_agreed_to_when_registering_is_a_fact_too() {
    let mut stage = stage();
    let register = PersonAct::Register {
        member: "M4".into(),
        phone: [1; 16],
        sealed_phone: vec![1],
        invitation: Some(invitation("M1", of_store("S1"))),
        terms: 1,
    };
    assert_eq!(stage.act(member("M4"), register), Ok(()));
    let [Fact { since, invitation, released: None, .. }] = stage.platform.bindings.of("M4") else {
        panic!("one fact")
    };
    assert_eq!((*since, &*invitation.inviter), (stage.now, "M1"));
    assert_eq!(stage.platform.bindings.of("M1"), []);
}

#[test]
fn nobody_is_bound_but_by_themselves() {
    let mut stage = stage();
    for by in [member("M1"), staff("ann"), Actor::Machine, Actor::Service, Actor::Key("till".into())] {
        assert_eq!(stage.act(by.clone(), bind("M2", "M1", Source::Member)), Err(Code::NotYours));
        assert_eq!(stage.act(by, release("M2")), Err(Code::NotYours));
    }
    assert_eq!(inviter(&stage, "M2"), None);
}

#[test]
fn only_who_is_unbound_is_bound_never_to_oneself_nor_in_a_circle() {
    let mut stage = stage();
    refused("self_invite", stage.try_act(member("M2"), bind("M2", "M2", Source::Member)));
    refused("not_bound", stage.try_act(member("M2"), release("M2")));
    assert_eq!(stage.act(member("M2"), bind("M2", "M3", Source::Member)), Ok(()));
    refused("already_bound", stage.try_act(member("M2"), bind("M2", "M1", Source::Member)));
    refused("invite_cycle", stage.try_act(member("M3"), bind("M3", "M2", Source::Recruiter)));
    assert_eq!(stage.platform.bindings.of("M2").len(), 1);
    assert_eq!(stage.platform.bindings.of("M3"), []);
}

#[test]
fn a_stores_link_is_its_owners() {
    let mut stage = stage();
    for (act, code) in [
        (bind("M2", "M3", of_store("S1")), Code::NotYours),
        (bind("M2", "M1", of_store("S9")), Code::UnknownStore),
        (bind("M2", "M9", Source::Member), Code::UnknownMember),
        (bind("M9", "M1", Source::Member), Code::UnknownMember),
    ] {
        let by = member(act.subject());
        assert_eq!(stage.act(by, act), Err(code));
    }
}

#[test]
fn an_order_keeps_the_chain_that_it_was_paid_with() {
    let mut stage = stage();
    assert_eq!(stage.act(member("M2"), bind("M2", "M1", Source::Member)), Ok(()));
    stage.commands(r#"{"cmd":"pay","order":"O1","member":"M2","store":"S1","amount":"1000.00"}"#);
    assert_eq!(stage.act(member("M2"), release("M2")), Ok(()));
    assert_eq!(stage.act(member("M2"), bind("M2", "M3", Source::Member)), Ok(()));
    stage.commands(r#"{"cmd":"settle","order":"O1"}"#);
    assert_eq!((stage.fen("member:M1:wallet"), stage.fen("member:M3:wallet")), (300, 0));
}

#[test]
fn a_release_ends_what_was_agreed_to_also_where_a_program_has_bound_since() {
    let mut stage = stage();
    assert_eq!(stage.act(member("M2"), bind("M2", "M1", Source::Member)), Ok(()));
    stage.commands(
        "{\"cmd\":\"release\",\"member\":\"M2\"}\n{\"cmd\":\"bind\",\"member\":\"M2\",\"inviter\":\"M3\"}",
    );
    assert_eq!(stage.platform.bindings.of("M2")[0].released, None, "the platform was not asked");
    assert_eq!(stage.act(member("M2"), release("M2")), Ok(()));
    assert_eq!(stage.platform.bindings.of("M2")[0].released, Some(stage.now));
}

#[test]
fn the_binary_form_of_each_act_stays() {
    for (act, form) in [
        (bind("M2", "M1", Source::Member), b"\x00\x02M2\x02M1\x00\x01".as_slice()),
        (bind("M2", "M1", of_store("S1")), b"\x00\x02M2\x02M1\x01\x02S1\x01"),
        (bind("M2", "M1", Source::Recruiter), b"\x00\x02M2\x02M1\x02\x01"),
        (release("M2"), b"\x01\x02M2"),
    ] {
        assert_eq!(postcard::to_stdvec(&act).as_deref(), Ok(form), "{act:?}");
    }
}
