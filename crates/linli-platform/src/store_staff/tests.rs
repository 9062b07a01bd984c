//! The rules of who works in a store, given, when and then.

mod shifts;

use super::*;
use crate::act::Actor;
use crate::platform::testing::{Stage, Step, steps};
use crate::refusal::Code;
use proptest::prelude::*;

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

fn admit(store: &str, who: &str, rights: &[StoreRight]) -> StoreStaffAct {
    StoreStaffAct::Admit { store: store.into(), member: who.into(), rights: rights.iter().copied().collect() }
}

fn dismiss(store: &str, who: &str) -> StoreStaffAct {
    StoreStaffAct::Dismiss { store: store.into(), member: who.into() }
}

/// M1 owns S1 and M2 owns S2; M3 to M5 own nothing.
fn stage() -> Stage {
    let mut stage = Stage::new();
    for number in 1..=5 {
        stage.commands(&format!(r#"{{"cmd":"open_member","member":"M{number}"}}"#));
    }
    stage.commands(
        r#"{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}
{"cmd":"open_store","store":"S2","owner":"M2","district":"440106"}"#,
    );
    stage
}

fn may(stage: &Stage, store: &str, who: &str, right: StoreRight) -> bool {
    stage.platform.store_staff.may(&stage.economy, store, who, right)
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let forms: [(StoreStaffAct, &[u8]); 2] = [
        (admit("S", "M", StoreRight::ALL), b"\0\x01S\x01M\x05\0\x01\x02\x03\x04"),
        (dismiss("S", "M"), b"\x01\x01S\x01M"),
    ];
    for (act, form) in forms {
        assert_eq!(postcard::to_stdvec(&act).as_deref(), Ok(form), "{act:?}");
        assert_eq!(act.subject(), "S");
    }
}

#[test]
fn a_right_lets_one_do_this_in_this_store_and_nothing_else() {
    let mut stage = stage();
    assert_eq!(stage.act(member("M1"), admit("S1", "M3", &[StoreRight::VerifyVouchers])), Ok(()));
    for &right in StoreRight::ALL {
        assert!(may(&stage, "S1", "M1", right), "the owner may everything");
        assert_eq!(may(&stage, "S1", "M3", right), right == StoreRight::VerifyVouchers, "{right:?}");
        assert!(!may(&stage, "S2", "M3", right) && !may(&stage, "S1", "M2", right));
        assert!(!may(&stage, "S9", "M1", right), "there is no such store");
        assert_eq!(StoreRight::named(right.name()), Some(right));
    }
    assert_eq!(stage.act(member("M1"), admit("S1", "M3", &[StoreRight::TakePayments])), Ok(()));
    assert!(may(&stage, "S1", "M3", StoreRight::TakePayments));
    assert!(!may(&stage, "S1", "M3", StoreRight::VerifyVouchers), "new rights are instead of the old ones");
    assert_eq!(stage.act(member("M1"), dismiss("S1", "M3")), Ok(()));
    assert!(!may(&stage, "S1", "M3", StoreRight::TakePayments));
}

#[test]
fn whoever_buys_the_store_begins_with_nobody() {
    let mut stage = stage();
    assert_eq!(stage.act(member("M1"), admit("S1", "M3", &[StoreRight::TakePayments])), Ok(()));
    stage.commands(r#"{"cmd":"update_store","store":"S1","owner":"M4"}"#);
    let staff = &stage.platform.store_staff;
    assert_eq!(staff.of_store(&stage.economy, "S1").count(), 0);
    assert_eq!(staff.of_member(&stage.economy, "M3").count(), 0);
    assert!(
        !may(&stage, "S1", "M3", StoreRight::TakePayments)
            && !may(&stage, "S1", "M1", StoreRight::TakePayments)
    );
    assert_eq!(stage.act(member("M4"), admit("S1", "M3", &[StoreRight::ManageDeals])), Ok(()));
    assert!(may(&stage, "S1", "M3", StoreRight::ManageDeals));
    assert!(!may(&stage, "S1", "M3", StoreRight::TakePayments));
}

#[test]
fn what_cannot_be_done_is_refused() {
    let mut stage = stage();
    let take = [StoreRight::TakePayments];
    assert_eq!(stage.act(member("M1"), admit("S1", "M3", &take)), Ok(()));
    for (by, act, code) in [
        (member("M2"), admit("S1", "M3", &take), Code::NotStoreOwner),
        (member("M3"), admit("S1", "M4", &take), Code::NotStoreOwner),
        (Actor::Staff("ann".into()), admit("S1", "M4", &take), Code::NotStoreOwner),
        (member("M1"), admit("S9", "M3", &take), Code::UnknownStore),
        (member("M1"), admit("S1", "M9", &take), Code::UnknownMember),
        (member("M1"), admit("S1", "M1", &take), Code::OwnerMayAll),
        (member("M1"), admit("S1", "M4", &[]), Code::BadList),
        (member("M1"), dismiss("S1", "M4"), Code::UnknownStoreStaff),
        (member("M4"), dismiss("S1", "M4"), Code::UnknownStoreStaff),
        (member("M2"), dismiss("S1", "M3"), Code::NotStoreOwner),
    ] {
        let before = stage.platform.clone();
        assert_eq!(stage.act(by, act.clone()), Err(code), "{act:?}");
        assert_eq!(stage.platform, before);
    }
    assert_eq!(stage.act(member("M3"), dismiss("S1", "M3")), Ok(()), "whoever works there can leave");
}

#[test]
fn a_store_has_at_most_a_hundred_people_and_a_member_fifty_stores() {
    let mut stage = stage();
    let take = [StoreRight::TakePayments];
    for number in 0..=100 {
        stage.commands(&format!(r#"{{"cmd":"open_member","member":"P{number}"}}"#));
        let wanted = if number < 100 { Ok(()) } else { Err(Code::TooManyStoreStaff) };
        assert_eq!(stage.act(member("M1"), admit("S1", &format!("P{number}"), &take)), wanted, "{number}");
    }
    assert_eq!(stage.act(member("M1"), admit("S1", "P7", StoreRight::ALL)), Ok(()), "rights can be changed");
    for number in 0..=50 {
        stage.commands(&format!(
            r#"{{"cmd":"open_store","store":"T{number}","owner":"M2","district":"440106"}}"#
        ));
        let wanted = if number < 50 { Ok(()) } else { Err(Code::TooManyStoreStaff) };
        assert_eq!(stage.act(member("M2"), admit(&format!("T{number}"), "M5", &take)), wanted, "{number}");
    }
}

/// Whatever is tried, both indexes have the same pairs and nobody works in a store of their own.
fn walk(steps: impl IntoIterator<Item = Step>) -> u32 {
    let mut stage = stage();
    let mut accepted = 0;
    for [kind, whom, much] in steps {
        let id = |number: u16| format!("M{}", number % 5 + 1);
        let store = if whom.is_multiple_of(2) { "S1" } else { "S2" };
        let rights: Vec<_> =
            StoreRight::ALL.iter().copied().enumerate().filter(|(place, _)| much >> place & 1 == 1).collect();
        let rights: Vec<_> = rights.into_iter().map(|(_, right)| right).collect();
        let act = match kind % 8 {
            0..=4 => admit(store, &id(much), &rights),
            5 | 6 => dismiss(store, &id(much)),
            _ => {
                stage.commands(&format!(
                    r#"{{"cmd":"update_store","store":"{store}","owner":"{}"}}"#,
                    id(much)
                ));
                continue;
            }
        };
        let owner = owner_of(&stage.economy, store).map(str::to_owned);
        let by = if whom.is_multiple_of(3) { id(whom >> 1) } else { owner.expect("a store") };
        accepted += u32::from(stage.act(member(&by), act).is_ok());
        let staff = &stage.platform.store_staff;
        let pairs: BTreeSet<_> =
            staff.hired.keys().map(|(store, member)| (member.clone(), store.clone())).collect();
        assert_eq!(pairs, staff.stores);
    }
    let staff = &stage.platform.store_staff;
    let bytes = postcard::to_stdvec(staff).expect("bytes");
    assert_eq!(postcard::from_bytes(&bytes).as_ref(), Ok(staff), "a snapshot keeps all of it");
    accepted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_indexes_agree(steps in prop::collection::vec(any::<Step>(), 1..80)) {
        walk(steps);
    }
}

#[test]
fn the_walk_gets_somewhere() {
    assert!(walk(steps(400)) > 50);
}
