//! Registering, changing the phone, losing it.

use super::*;
use crate::platform::testing::{Refused, Stage};

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

fn staff(id: &str) -> Actor {
    Actor::Staff(id.into())
}

fn register(id: &str, phone: u8, inviter: Option<&str>) -> PersonAct {
    let invitation =
        inviter.map(|inviter| Invitation { inviter: inviter.into(), source: Source::Member, consent: 3 });
    PersonAct::Register {
        member: id.into(),
        phone: [phone; 16],
        sealed_phone: vec![phone],
        invitation,
        terms: 1,
    }
}

#[test]
fn whoever_registers_becomes_a_member_bound_to_who_invited_them() {
    let mut stage = Stage::new();
    assert_eq!(stage.act(member("M1"), register("M1", 1, None)), Ok(()));
    assert_eq!(stage.act(member("M2"), register("M2", 2, Some("M1"))), Ok(()));
    let economy = &stage.economy;
    let inviter =
        |id: &str| economy.state().members()[economy.member_id(id).expect("a member").index()].inviter;
    assert_eq!(inviter("M2"), economy.member_id("M1"));
    assert_eq!(stage.platform.people.with_phone(&[2; 16]), Some("M2"));
    assert_eq!(stage.act(member("M3"), register("M3", 2, None)), Err(Code::PhoneTaken));
    let unknown = stage.try_act(member("M3"), register("M3", 3, Some("M9")));
    assert!(matches!(unknown, Err(Refused::Economy(line)) if line.contains("unknown_member")));
    assert!(stage.platform.people.get("M3").is_none(), "both or neither");
}

#[test]
fn a_member_who_was_moved_in_gets_a_phone_once() {
    let mut stage = Stage::new();
    stage.commands(r#"{"cmd":"open_member","member":"M1"}"#);
    let attach =
        |phone: u8| PersonAct::Attach { member: "M1".into(), phone: [phone; 16], sealed_phone: vec![1] };
    assert_eq!(stage.by_machine(attach(1)), Ok(()));
    assert_eq!(stage.by_machine(attach(2)), Err(Code::PersonExists));
    let nobody = PersonAct::Attach { member: "M2".into(), phone: [5; 16], sealed_phone: vec![1] };
    assert_eq!(stage.by_machine(nobody), Err(Code::UnknownPerson));
}

#[test]
fn a_phone_is_changed_by_its_owner_alone() {
    let mut stage = Stage::new();
    assert_eq!(stage.act(member("M1"), register("M1", 1, None)), Ok(()));
    assert_eq!(stage.act(member("M2"), register("M2", 2, None)), Ok(()));
    let change = |phone: u8| PersonAct::ChangePhone {
        member: "M1".into(),
        phone: [phone; 16],
        sealed_phone: vec![phone],
    };
    assert_eq!(stage.act(member("M2"), change(3)), Err(Code::NotYours));
    assert_eq!(stage.act(member("M1"), change(2)), Err(Code::PhoneTaken));
    assert_eq!(stage.act(member("M1"), change(3)), Ok(()));
    let people = &stage.platform.people;
    assert_eq!((people.with_phone(&[3; 16]), people.with_phone(&[1; 16])), (Some("M1"), None));
}

#[test]
fn a_lost_phone_is_changed_by_two_people() {
    let mut stage = Stage::new();
    assert_eq!(stage.act(member("M1"), register("M1", 1, None)), Ok(()));
    let report = |id: &str| PersonAct::ReportLost {
        id: id.into(),
        member: "M1".into(),
        phone: [7; 16],
        sealed_phone: vec![7],
    };
    let confirm = || PersonAct::ConfirmLost { id: "L1".into() };
    assert_eq!(stage.act(staff("A"), confirm()), Err(Code::UnknownReport));
    assert_eq!(stage.act(staff("A"), report("L1")), Ok(()));
    assert_eq!(stage.act(staff("B"), report("L2")), Err(Code::ReportExists));
    assert_eq!(stage.act(staff("A"), confirm()), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.platform.people.with_phone(&[7; 16]), None);
    assert_eq!(stage.act(staff("B"), confirm()), Ok(()));
    assert_eq!(stage.platform.people.with_phone(&[7; 16]), Some("M1"));
    assert_eq!(stage.act(staff("A"), report("L3")), Err(Code::PhoneTaken));
    assert_eq!(stage.act(staff("B"), confirm()), Err(Code::UnknownReport));
}

#[test]
fn a_report_that_was_wrong_is_dropped() {
    let mut stage = Stage::new();
    assert_eq!(stage.act(member("M1"), register("M1", 1, None)), Ok(()));
    let report =
        PersonAct::ReportLost { id: "L1".into(), member: "M1".into(), phone: [7; 16], sealed_phone: vec![7] };
    assert_eq!(stage.act(staff("A"), report), Ok(()));
    assert_eq!(stage.act(staff("A"), PersonAct::DropLost { id: "L1".into() }), Ok(()));
    assert_eq!(stage.act(staff("B"), PersonAct::ConfirmLost { id: "L1".into() }), Err(Code::UnknownReport));
    assert_eq!(stage.platform.people.with_phone(&[1; 16]), Some("M1"));
}

#[test]
fn what_is_not_sealed_or_no_id_is_refused() {
    let mut stage = Stage::new();
    let empty = PersonAct::Register {
        member: "M1".into(),
        phone: [1; 16],
        sealed_phone: vec![],
        invitation: None,
        terms: 1,
    };
    assert_eq!(stage.act(member("M1"), empty), Err(Code::BadText));
    assert_eq!(stage.act(member("M 1"), register("M 1", 1, None)), Err(Code::BadText));
}
