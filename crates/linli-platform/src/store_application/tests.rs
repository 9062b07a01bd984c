//! The rules of applications, given, when and then. Must not be added here: an economy that only stands in for one.

mod walk;

use super::*;
use crate::act::Actor;
use crate::person::Source;
use crate::platform::testing::{self, staff};
use crate::refusal::Code;
use crate::storefront::Page;

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

/// M1 to M4 are members, of whom M4 was invited by M1.
fn stage() -> testing::Stage {
    let mut stage = testing::Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2"}
{"cmd":"open_member","member":"M3"}
{"cmd":"open_member","member":"M4","inviter":"M1"}"#,
    );
    stage
}

fn form() -> StoreForm {
    StoreForm {
        page: Page { name: "东记".into(), address: "天河路".into(), ..Page::default() },
        district: "440106".into(),
        rate: None,
        sealed_contact: vec![1],
        documents: vec!["0a".repeat(32)],
        recruited: None,
    }
}

fn recruited(by: &str, consent: Option<u32>) -> StoreForm {
    StoreForm { recruited: Some(Recruited { by: by.into(), consent }), ..form() }
}

fn draft(id: &str, form: StoreForm) -> StoreApplicationAct {
    StoreApplicationAct::Draft { id: id.into(), form: Box::new(form) }
}

fn submit(id: &str) -> StoreApplicationAct {
    StoreApplicationAct::Submit { id: id.into() }
}

fn withdraw(id: &str) -> StoreApplicationAct {
    StoreApplicationAct::Withdraw { id: id.into() }
}

fn ask(id: &str) -> StoreApplicationAct {
    StoreApplicationAct::AskMore { id: id.into(), sealed_note: vec![2] }
}

fn approve(id: &str, version: u32) -> StoreApplicationAct {
    StoreApplicationAct::Approve { id: id.into(), version, store: format!("S{id}"), rate: None }
}

fn refuse(id: &str, version: u32) -> StoreApplicationAct {
    StoreApplicationAct::Refuse { id: id.into(), version, sealed_note: vec![3] }
}

fn bind(id: &str) -> StoreApplicationAct {
    StoreApplicationAct::BindRecruited { id: id.into() }
}

fn leave(id: &str) -> StoreApplicationAct {
    StoreApplicationAct::LeaveUnbound { id: id.into() }
}

fn due(stage: &testing::Stage) -> Vec<StoreApplicationAct> {
    stage.platform.store_applications.due(&stage.economy, 9)
}

fn submitted(stage: &mut testing::Stage, id: &str, by: &str, form: StoreForm) {
    assert_eq!(stage.act(member(by), draft(id, form)), Ok(()));
    assert_eq!(stage.act(member(by), submit(id)), Ok(()));
}

fn stage_of<'s>(stage: &'s testing::Stage, id: &str) -> &'s Stage {
    &stage.platform.store_applications.get(id).expect("an application").stage
}

fn inviter<'s>(stage: &'s testing::Stage, who: &str) -> Option<&'s str> {
    let id = stage.economy.member_id(who).expect("a member");
    stage.economy.state().members()[id.index()].inviter.map(|inviter| stage.economy.member_name(inviter))
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let small = StoreForm { documents: vec!["p".into()], rate: Some(Rate(5)), ..recruited("R", Some(2)) };
    let small =
        StoreForm { page: Page { name: "n".into(), address: "a".into(), ..Page::default() }, ..small };
    let forms: [(StoreApplicationAct, &[u8]); 8] = [
        (
            draft("A", small),
            b"\0\x01A\x01n\x01a\0\0\0\0\0\x06440106\x01\x05\x01\x01\x01\x01p\x01\x01R\x01\x02",
        ),
        (submit("A"), b"\x01\x01A"),
        (withdraw("A"), b"\x02\x01A"),
        (ask("A"), b"\x03\x01A\x01\x02"),
        (approve("A", 7), b"\x04\x01A\x07\x02SA\0"),
        (refuse("A", 7), b"\x05\x01A\x07\x01\x03"),
        (bind("A"), b"\x06\x01A"),
        (leave("A"), b"\x07\x01A"),
    ];
    for (act, form) in forms {
        assert_eq!(postcard::to_stdvec(&act).as_deref(), Ok(form), "{act:?}");
        assert_eq!(act.subject(), "A");
    }
}

#[test]
fn an_approval_opens_the_store_with_its_page_and_its_recruiter() {
    let mut stage = stage();
    submitted(&mut stage, "A", "M2", recruited("M3", None));
    stage.later(60);
    assert_eq!(stage.act(staff("ann"), approve("A", 1)), Ok(()));
    let id = stage.economy.store_id("SA").expect("it is open");
    let store = &stage.economy.state().stores()[id.index()];
    assert_eq!(stage.economy.member_name(store.owner), "M2");
    assert_eq!(store.recruiter.map(|one| stage.economy.member_name(one)), Some("M3"));
    assert_eq!((store.district.to_string().as_str(), store.own_rate), ("440106", None));
    let front = stage.platform.storefronts.get("SA").expect("a page");
    assert_eq!((front.page.name.as_str(), front.since), ("东记", stage.now));
    let (_, application) = stage.platform.store_applications.of_store("SA").expect("its application");
    assert_eq!(application.reviewed_by, Some(staff("ann")));
    assert_eq!(due(&stage), [], "nobody agreed to be bound");
    assert_eq!(stage.platform.store_applications.submitted().count(), 0);
}

#[test]
fn a_wanted_rate_is_kept_within_the_plan_and_is_not_made_another() {
    let mut stage = stage();
    let (least, most) = {
        let take = &stage.economy.state().plan().take;
        (take.min_rate, take.max_rate)
    };
    let wants = |rate| StoreForm { rate: Some(rate), ..form() };
    for rate in [Rate(most.0 + 1), Rate(least.0.saturating_sub(1))] {
        assert_eq!(stage.act(member("M2"), draft("A", wants(rate))), Err(Code::RateOutOfRange));
    }
    submitted(&mut stage, "A", "M2", wants(least));
    let with = |rate| StoreApplicationAct::Approve { id: "A".into(), version: 1, store: "SA".into(), rate };
    assert_eq!(stage.act(staff("ann"), with(Some(most))), Err(Code::RateOutOfRange));
    assert_eq!(stage.act(staff("ann"), with(Some(least))), Ok(()));
    assert_eq!(stage.economy.state().stores()[0].own_rate, Some(least));
}

#[test]
fn who_agreed_is_bound_to_the_recruiter_once_the_store_is_open() {
    let mut stage = stage();
    submitted(&mut stage, "A", "M2", recruited("M3", Some(1)));
    assert_eq!(stage.act(Actor::Service, bind("A")), Err(Code::NotDue), "no store is open");
    assert_eq!(stage.act(staff("ann"), approve("A", 1)), Ok(()));
    assert_eq!(due(&stage), [bind("A")]);
    assert_eq!(stage.act(member("M2"), bind("A")), Err(Code::ServiceOnly));
    assert_eq!(stage.act(Actor::Service, leave("A")), Err(Code::NotDue));
    assert_eq!(stage.act(Actor::Service, bind("A")), Ok(()));
    assert_eq!(inviter(&stage, "M2"), Some("M3"));
    let [fact] = stage.platform.bindings.of("M2") else { panic!("one dated fact") };
    assert_eq!(
        (fact.since, fact.invitation.source.clone(), fact.invitation.consent),
        (stage.now, Source::Recruiter, 1)
    );
    assert_eq!(due(&stage), []);
    assert_eq!(stage.act(Actor::Service, bind("A")), Err(Code::NotDue));
}

#[test]
fn who_is_bound_or_stands_above_the_recruiter_stays_so() {
    for (who, recruiter, wanted) in [("M4", "M2", Some("M1")), ("M1", "M4", None)] {
        let mut stage = stage();
        submitted(&mut stage, "A", who, recruited(recruiter, Some(1)));
        assert_eq!(stage.act(staff("ann"), approve("A", 1)), Ok(()));
        assert_eq!(due(&stage), [leave("A")]);
        assert_eq!(stage.act(Actor::Service, bind("A")), Err(Code::NotDue));
        assert_eq!(stage.act(Actor::Service, leave("A")), Ok(()));
        assert_eq!(inviter(&stage, who), wanted);
        assert_eq!(due(&stage), [], "it is not tried for ever");
    }
}

#[test]
fn the_desk_asks_for_more_until_it_knows_enough() {
    let mut stage = stage();
    submitted(&mut stage, "A", "M2", form());
    assert_eq!(stage.act(member("M2"), draft("A", form())), Err(Code::ApplicationState), "the desk has it");
    assert_eq!(stage.act(staff("ann"), ask("A")), Ok(()));
    assert_eq!(stage.act(staff("ann"), approve("A", 1)), Err(Code::ApplicationState));
    let better = StoreForm { district: "440304".into(), ..form() };
    assert_eq!(stage.act(member("M2"), draft("A", better)), Ok(()));
    assert_eq!(stage.act(member("M2"), submit("A")), Ok(()));
    assert_eq!(stage.act(staff("bo"), approve("A", 1)), Err(Code::ApplicationChanged), "it was read before");
    assert_eq!(stage.act(staff("bo"), refuse("A", 1)), Err(Code::ApplicationChanged));
    assert_eq!(stage.act(staff("bo"), refuse("A", 2)), Ok(()));
    assert_eq!(*stage_of(&stage, "A"), Stage::Refused);
    for act in [withdraw("A"), submit("A"), draft("A", form())] {
        assert_eq!(stage.act(member("M2"), act), Err(Code::ApplicationState));
    }
}

#[test]
fn what_cannot_be_done_is_refused() {
    let mut stage = stage();
    submitted(&mut stage, "A", "M2", form());
    let with = |form: StoreForm| draft("B", form);
    let page = |name: &str| Page { name: name.into(), ..form().page };
    for (by, act, code) in [
        (staff("ann"), with(form()), Code::WrongActor),
        (member("M2"), draft("B B", form()), Code::BadText),
        (member("M3"), draft("A", form()), Code::NotYours),
        (member("M2"), with(StoreForm { page: page(""), ..form() }), Code::BadText),
        (member("M2"), with(StoreForm { district: "4401".into(), ..form() }), Code::UnknownRegion),
        (member("M2"), with(StoreForm { district: "999999".into(), ..form() }), Code::UnknownRegion),
        (member("M2"), with(StoreForm { sealed_contact: vec![], ..form() }), Code::BadText),
        (member("M2"), with(StoreForm { documents: vec!["x".into()], ..form() }), Code::BadList),
        (member("M2"), with(recruited("M9", None)), Code::UnknownMember),
        (member("M2"), with(recruited("M2", None)), Code::OwnRecruiter),
        (member("M3"), submit("A"), Code::NotYours),
        (member("M2"), submit("A"), Code::ApplicationState),
        (member("M2"), submit("N"), Code::UnknownApplication),
        (member("M3"), withdraw("A"), Code::NotYours),
        (staff("ann"), withdraw("A"), Code::NotYours),
        (member("M2"), approve("A", 1), Code::DeskOnly),
        (member("M2"), ask("A"), Code::DeskOnly),
        (member("M2"), refuse("A", 1), Code::DeskOnly),
        (staff("ann"), approve("N", 1), Code::UnknownApplication),
    ] {
        let before = stage.platform.clone();
        assert_eq!(stage.act(by, act.clone()), Err(code), "{act:?}");
        assert_eq!(stage.platform, before);
    }
    assert_eq!(stage.act(member("M3"), draft("C", StoreForm { documents: vec![], ..form() })), Ok(()));
    assert_eq!(stage.act(member("M3"), submit("C")), Err(Code::DocumentMissing));
    stage.commands(r#"{"cmd":"open_store","store":"SA","owner":"M1","district":"440106"}"#);
    assert_eq!(stage.act(staff("ann"), approve("A", 1)), Err(Code::StoreExists));
}

#[test]
fn a_member_has_three_open_applications_at_most() {
    let mut stage = stage();
    for id in ["A", "B", "C"] {
        assert_eq!(stage.act(member("M2"), draft(id, form())), Ok(()));
    }
    assert_eq!(stage.act(member("M2"), draft("D", form())), Err(Code::TooManyOpen));
    assert_eq!(stage.act(member("M2"), draft("C", form())), Ok(()), "those that are there can be changed");
    assert_eq!(stage.act(member("M2"), withdraw("A")), Ok(()));
    assert_eq!(stage.act(member("M2"), draft("D", form())), Ok(()));
    assert_eq!(stage.platform.store_applications.documents().len(), 1);
}
