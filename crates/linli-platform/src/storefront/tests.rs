//! The rules of stores' pages, given, when and then.

use super::*;
use crate::act::Actor;
use crate::platform::testing::{Stage, staff};
use crate::refusal::Code;

pub(crate) fn page() -> Page {
    Page {
        name: "东记面馆".into(),
        address: "天河路 1 号".into(),
        place: Some(Place { latitude_microdegrees: 23_129_163, longitude_microdegrees: 113_264_435 }),
        hours: vec![Opening { days: vec![1, 2, 7], from_minute: 540, to_minute: 1_500 }],
        description: "早市。\n晚市。".into(),
        phone: Some(ShownPhone { member: "M1".into(), sealed: vec![1, 2] }),
        photos: vec!["0a".repeat(32)],
    }
}

fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}"#,
    );
    stage
}

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

fn change(page: Page) -> StorefrontAct {
    StorefrontAct::Change { store: "S1".into(), page }
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let small = Page { name: "n".into(), address: "a".into(), ..Page::default() };
    let large = Page {
        place: Some(Place { latitude_microdegrees: 1, longitude_microdegrees: -1 }),
        hours: vec![Opening { days: vec![1], from_minute: 2, to_minute: 3 }],
        description: "d".into(),
        phone: Some(ShownPhone { member: "m".into(), sealed: vec![7] }),
        photos: vec!["p".into()],
        ..small.clone()
    };
    let forms: [(StorefrontAct, &[u8]); 3] = [
        (change(small), b"\0\x02S1\x01n\x01a\0\0\0\0\0"),
        (change(large), b"\0\x02S1\x01n\x01a\x01\x02\x01\x01\x01\x01\x02\x03\x01d\x01\x01m\x01\x07\x01\x01p"),
        (StorefrontAct::Close { store: "S1".into() }, b"\x01\x02S1"),
    ];
    for (act, form) in forms {
        assert_eq!(postcard::to_stdvec(&act).as_deref(), Ok(form), "{act:?}");
        assert_eq!(act.subject(), "S1");
    }
}

#[test]
fn the_owner_and_the_desk_change_a_page() {
    let mut stage = stage();
    for (by, name) in [(member("M1"), "一"), (staff("ann"), "二")] {
        assert_eq!(stage.act(by, change(Page { name: name.into(), ..page() })), Ok(()));
        let front = stage.platform.storefronts.get("S1").expect("a page");
        assert_eq!((front.page.name.as_str(), front.since), (name, stage.now));
        stage.later(5);
    }
    assert_eq!(stage.platform.storefronts.photos().len(), 1);
}

#[test]
fn what_is_no_page_is_refused() {
    let mut stage = stage();
    let with = |change: &dyn Fn(&mut Page)| {
        let mut page = page();
        change(&mut page);
        page
    };
    let hours = |days: &[u8], from_minute, to_minute| Opening { days: days.into(), from_minute, to_minute };
    let bad: Vec<(Page, Code)> = vec![
        (with(&|page| page.name = String::new()), Code::BadText),
        (with(&|page| page.name = "x".repeat(41)), Code::BadText),
        (with(&|page| page.name = "a\u{202e}b".into()), Code::BadText),
        (with(&|page| page.address = " a".into()), Code::BadText),
        (with(&|page| page.description = "x".repeat(2_001)), Code::BadText),
        (
            with(&|page| {
                page.place = Some(Place { latitude_microdegrees: i32::MAX, longitude_microdegrees: 0 });
            }),
            Code::BadPlace,
        ),
        (with(&|page| page.hours = vec![hours(&[], 0, 1)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[0], 0, 1)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[8], 0, 1)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[2, 1], 0, 1)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[1, 1], 0, 1)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[1], 1_440, 1_441)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[1], 5, 5)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[1], 5, 1_446)]), Code::BadHours),
        (with(&|page| page.hours = vec![hours(&[1], 0, 1); 15]), Code::BadHours),
        (with(&|page| page.phone = Some(ShownPhone { member: "M1".into(), sealed: vec![] })), Code::BadText),
        (with(&|page| page.photos = vec!["0a".into()]), Code::BadList),
        (with(&|page| page.photos = vec!["../".repeat(22)]), Code::BadList),
        (with(&|page| page.photos = vec!["0a".repeat(32), "0a".repeat(32)]), Code::BadList),
        (
            with(&|page| page.photos = (10..23).map(|number| format!("{number}").repeat(32)).collect()),
            Code::BadList,
        ),
    ];
    for (page, code) in bad {
        assert_eq!(stage.act(member("M1"), change(page.clone())), Err(code), "{page:?}");
    }
    assert_eq!(stage.act(member("M2"), change(page())), Err(Code::NotStoreOwner));
    assert_eq!(stage.act(Actor::Key("till".into()), change(page())), Err(Code::NotStoreOwner));
    let none = StorefrontAct::Change { store: "S9".into(), page: page() };
    assert_eq!(stage.act(member("M1"), none), Err(Code::UnknownStore));
    assert_eq!(stage.platform.storefronts.get("S1"), None);
}

#[test]
fn a_store_is_closed_once_and_its_page_stays() {
    let mut stage = stage();
    let close = || StorefrontAct::Close { store: "S1".into() };
    assert_eq!(stage.act(member("M1"), change(page())), Ok(()));
    assert_eq!(stage.act(member("M2"), close()), Err(Code::NotStoreOwner));
    assert_eq!(stage.act(member("M1"), close()), Ok(()));
    assert!(stage.economy.state().stores()[0].closed);
    assert_eq!(stage.act(staff("ann"), close()), Err(Code::StoreClosed));
    assert!(stage.platform.storefronts.get("S1").is_some());
}
