//! Keys: added once, confirmed by a second person where they may do anything, ended once.

use super::*;
use crate::platform::testing::{Stage, staff};

fn add(id: &str, name: &str, scopes: &[Scope]) -> KeyAct {
    let (id, name) = (id.into(), name.into());
    KeyAct::Add { id, name, scopes: scopes.to_vec(), sealed_secret: vec![1] }
}

fn end(id: &str) -> KeyAct {
    KeyAct::End { id: id.into() }
}

#[test]
fn a_key_is_added_once_and_ends_once() {
    let mut stage = Stage::new();
    assert_eq!(stage.by_machine(end("till")), Err(Code::UnknownKey));
    let added = add("till", "收银台 1", &[Scope::Read, Scope::Commands]);
    assert_eq!(stage.by_machine(added.clone()), Ok(()));
    assert!(stage.platform.keys.get("till").is_some_and(|key| key.allows(Scope::Commands)));
    assert_eq!(stage.by_machine(added.clone()), Err(Code::KeyExists));
    assert_eq!(stage.by_machine(end("till")), Ok(()));
    assert!(!stage.platform.keys.get("till").is_some_and(|key| key.allows(Scope::Read)));
    assert_eq!(stage.by_machine(end("till")), Err(Code::KeyEnded));
    assert_eq!(stage.by_machine(added), Err(Code::KeyExists), "an id is never used again");
}

#[test]
fn a_key_for_any_command_waits_for_a_second_person() {
    let mut stage = Stage::new();
    let confirm = || KeyAct::Confirm { id: "erp".into() };
    assert_eq!(stage.act(staff("f"), add("till", "Till", &[Scope::Orders])), Ok(()));
    assert_eq!(stage.act(staff("f"), add("erp", "ERP", &[Scope::Read, Scope::Commands])), Ok(()));
    let is_in_force = |stage: &Stage, id| stage.platform.keys.get(id).is_some_and(ApiKey::is_in_force);
    assert_eq!((is_in_force(&stage, "till"), is_in_force(&stage, "erp")), (true, false));
    assert_eq!(stage.act(staff("f"), confirm()), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.act(Actor::Member("M".into()), confirm()), Err(Code::DeskOnly));
    let before = stage.platform.keys.figure();
    assert_eq!(stage.act(staff("g"), confirm()), Ok(()));
    assert!(is_in_force(&stage, "erp") && stage.platform.keys.figure() != before);
    assert_eq!(stage.act(staff("g"), confirm()), Err(Code::KeyInForce));
    assert_eq!(stage.act(staff("g"), end("erp")), Ok(()));
    assert_eq!(stage.act(staff("g"), confirm()), Err(Code::KeyEnded));
}

#[test]
fn texts_that_are_none_are_refused() {
    let mut stage = Stage::new();
    let read = [Scope::Read];
    let long = "x".repeat(65);
    for (id, name, scopes) in [
        ("", "n", &read[..]),
        ("a b", "n", &read),
        (&long, "n", &read),
        ("a", "", &read),
        ("a", " n", &read),
        ("a", "n\n", &read),
        ("a", "n\u{202e}", &read),
        ("a", &long, &read),
        ("a", "n", &[]),
        ("a", "n", &[Scope::Read, Scope::Read]),
    ] {
        assert_eq!(stage.by_machine(add(id, name, scopes)), Err(Code::BadText), "{id:?} {name:?}");
    }
}
