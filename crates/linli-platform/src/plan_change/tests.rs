//! Plans on their way into force: who, when, and what is refused.

mod walk;

use super::*;
use crate::Code;
use crate::act::Actor;
use crate::calendar::{DAY, HOUR, later};
use crate::platform::testing::{Refused, Stage, staff};
use linli_economy::plan::Plan;
use linli_economy::rate::Rate;

const SEED_ONE: &str = include_str!("../../../../plans/seed-one.toml");

/// The plan of the stage with this rate of the direct referral, in tenths of a percent.
fn plan(direct: u8) -> String {
    SEED_ONE.replace("direct = \"0.3%\"", &format!("direct = \"0.{direct}%\""))
}

fn draft(id: &str, text: &str) -> PlanChangeAct {
    PlanChangeAct::Draft { id: id.into(), text: text.into(), note: "更低的直推".into() }
}

fn edit(id: &str, text: &str) -> PlanChangeAct {
    PlanChangeAct::Edit { id: id.into(), text: text.into(), note: "lower still".into() }
}

fn submit(id: &str, active_from: Instant) -> PlanChangeAct {
    PlanChangeAct::Submit { id: id.into(), active_from }
}

fn approve(id: &str) -> PlanChangeAct {
    PlanChangeAct::Approve { id: id.into() }
}

fn withdraw(id: &str) -> PlanChangeAct {
    PlanChangeAct::Withdraw { id: id.into(), reason: "not now".into() }
}

fn activate(id: &str) -> PlanChangeAct {
    PlanChangeAct::Activate { id: id.into() }
}

fn fail(id: &str) -> PlanChangeAct {
    PlanChangeAct::Fail { id: id.into(), why: "id_reused: P was applied before with other content".into() }
}

fn notice(days: u32) -> PlanChangeAct {
    PlanChangeAct::SetNotice { days }
}

fn change<'s>(stage: &'s Stage, id: &str) -> &'s PlanChange {
    stage.platform.plan_changes.get(id).expect("it was drafted")
}

/// A sandbox in which `f` has brought the draft `P` of a plan with 0.1 % to this state; its day is an hour away, and past
/// once it is active or has failed.
fn at(state: State) -> Stage {
    let mut stage = Stage::new();
    assert_eq!(stage.act(Actor::Service, notice(0)), Ok(()));
    let day = later(stage.now, HOUR);
    assert_eq!(stage.act(staff("f"), draft("P", &plan(1))), Ok(()));
    let way = [(staff("f"), submit("P", day)), (staff("g"), approve("P"))];
    let steps = match state {
        State::Draft | State::Withdrawn => 0,
        State::Submitted => 1,
        State::Approved | State::Active | State::Failed => 2,
    };
    for (by, act) in way.into_iter().take(steps) {
        assert_eq!(stage.act(by, act), Ok(()));
    }
    let last = match state {
        State::Withdrawn => (staff("g"), withdraw("P")),
        State::Active => (Actor::Service, activate("P")),
        State::Failed => (Actor::Service, fail("P")),
        _ => return stage,
    };
    stage.later(HOUR);
    assert_eq!(stage.act(last.0, last.1), Ok(()));
    stage
}

fn direct(stage: &Stage) -> Rate {
    stage.economy.state().plan().direct
}

#[test]
fn a_plan_is_drafted_submitted_approved_by_another_and_holds_from_its_day() {
    let mut stage = Stage::new();
    let mark = |by: &str, at| Mark { by: staff(by), at };
    let start = stage.now;
    assert_eq!(stage.act(staff("f"), draft("P", "half = ")), Ok(()), "a draft need not be a plan");
    assert_eq!(stage.act(staff("h"), edit("P", &plan(1))), Ok(()));
    let day = later(start, 8 * DAY);
    assert_eq!(stage.act(staff("f"), submit("P", day)), Ok(()));
    assert_eq!(stage.act(staff("f"), approve("P")), Err(Code::SecondPersonNeeded), "who submitted it");
    assert_eq!(stage.act(staff("h"), approve("P")), Err(Code::SecondPersonNeeded), "who wrote it");
    stage.later(DAY);
    assert_eq!(stage.act(staff("g"), approve("P")), Ok(()));
    let approved = change(&stage, "P");
    assert_eq!((approved.version, approved.state, approved.active_from), (2, State::Approved, Some(day)));
    assert_eq!((&approved.drafted, &approved.written), (&mark("f", start), &mark("h", start)));
    assert_eq!(approved.submitted, Some(mark("f", start)));
    assert_eq!(approved.approved, Some(mark("g", later(start, DAY))));

    stage.later(7 * DAY - 1);
    assert_eq!(stage.platform.plan_changes.due(stage.now), None);
    assert_eq!(stage.act(Actor::Service, activate("P")), Err(Code::NotDue));
    assert_eq!(stage.act(Actor::Service, fail("P")), Err(Code::NotDue));
    assert_eq!(direct(&stage), Rate(3_000));
    stage.later(1);
    let due = stage.platform.plan_changes.due(stage.now).expect("its day has come");
    assert_eq!(stage.by_machine(due.clone()), Err(Code::ServiceOnly));
    assert_eq!(stage.act(Actor::Service, due), Ok(()));
    assert_eq!(direct(&stage), Rate(1_000));
    let active = change(&stage, "P");
    assert_eq!((active.state, &active.before, active.text == plan(1)), (State::Active, &None, true));
    assert_eq!(stage.platform.plan_changes.due(stage.now), None);
}

#[test]
fn the_plans_in_force_follow_each_other() {
    let mut stage = at(State::Active);
    for (id, rate) in [("Q", 2), ("R", 0)] {
        assert_eq!(stage.act(staff("f"), draft(id, &plan(rate))), Ok(()));
        assert_eq!(stage.act(staff("f"), submit(id, later(stage.now, HOUR))), Ok(()));
        assert_eq!(stage.act(staff("g"), approve(id)), Ok(()));
        stage.later(HOUR);
        assert_eq!(stage.act(Actor::Service, activate(id)), Ok(()));
    }
    let ids: Vec<_> = stage.platform.plan_changes.activated().map(|one| &one.id[..]).collect();
    assert_eq!(ids, ["P", "Q", "R"]);
    assert_eq!(change(&stage, "R").before.as_deref(), Some("Q"));
    assert_eq!(direct(&stage), Rate(0));
}

#[test]
fn one_approved_plan_waits_at_a_time() {
    let mut stage = at(State::Approved);
    assert_eq!(stage.act(staff("f"), draft("Q", &plan(2))), Ok(()));
    assert_eq!(stage.act(staff("f"), submit("Q", later(stage.now, 2 * HOUR))), Ok(()));
    assert_eq!(stage.act(staff("g"), approve("Q")), Err(Code::PlanWaits));
    assert_eq!(stage.act(staff("g"), withdraw("P")), Ok(()), "a plan that waits can be stopped");
    assert_eq!(stage.platform.plan_changes.waiting(), None);
    assert_eq!(stage.act(staff("g"), approve("Q")), Ok(()));
    assert_eq!(stage.platform.plan_changes.waiting().map(|one| &one.id[..]), Some("Q"));
}

#[test]
fn each_state_allows_what_leads_on_from_it_and_nothing_else() {
    let acts = [
        (staff("f"), edit("P", &plan(2)), State::Draft),
        (
            staff("f"),
            submit("P", Instant { seconds: 1_767_225_600 + 9 * HOUR, nanoseconds: 0 }),
            State::Submitted,
        ),
        (staff("g"), approve("P"), State::Approved),
        (staff("g"), withdraw("P"), State::Withdrawn),
        (Actor::Service, activate("P"), State::Active),
        (Actor::Service, fail("P"), State::Failed),
    ];
    for from in State::ALL {
        for (by, act, to) in &acts {
            let mut stage = at(from);
            if matches!(to, State::Active | State::Failed) {
                stage.later(HOUR);
            }
            let may = from.may_become(*to);
            let expected = if may { Ok(()) } else { Err(Code::PlanChangeState) };
            assert_eq!(stage.act(by.clone(), act.clone()), expected, "{from:?} to {to:?}");
            assert_eq!(change(&stage, "P").state, if may { *to } else { from });
            let open = stage.platform.plan_changes.open().count();
            assert_eq!(open, usize::from(change(&stage, "P").state.is_open()));
        }
    }
    let edges = State::ALL.map(|from| State::ALL.into_iter().filter(|&to| from.may_become(to)).count());
    assert_eq!(edges, [3, 4, 3, 0, 0, 0]);
}

#[test]
fn what_was_submitted_and_is_edited_must_be_submitted_again() {
    let mut stage = at(State::Submitted);
    assert_eq!(stage.act(staff("h"), edit("P", &plan(2))), Ok(()));
    let edited = change(&stage, "P");
    assert_eq!((edited.version, &edited.submitted, edited.active_from), (2, &None, None));
    assert_eq!(stage.act(staff("g"), approve("P")), Err(Code::PlanChangeState));
}

#[test]
fn a_date_is_as_far_ahead_as_the_notice_asks_also_when_it_is_approved() {
    let mut stage = Stage::new();
    assert_eq!(stage.platform.plan_changes.notice_days(), LIVE_NOTICE_DAYS);
    assert_eq!(stage.act(staff("f"), draft("P", &plan(1))), Ok(()));
    let from = |stage: &Stage, seconds| submit("P", later(stage.now, seconds));
    for (seconds, expected) in [
        (7 * DAY - 1, Err(Code::DateTooSoon)),
        (366 * DAY + 1, Err(Code::DateTooFar)),
        (366 * DAY, Ok(())),
        (7 * DAY, Ok(())),
    ] {
        let act = from(&stage, seconds);
        assert_eq!(stage.act(staff("f"), act), expected, "{seconds}");
    }
    stage.later(1);
    assert_eq!(
        stage.act(staff("g"), approve("P")),
        Err(Code::DateTooSoon),
        "people get seven days from here"
    );
    let act = from(&stage, 8 * DAY);
    assert_eq!(stage.act(staff("f"), act), Ok(()), "submitted again with a later date");
    stage.later(DAY);
    assert_eq!(stage.act(staff("g"), approve("P")), Ok(()));

    let mut sandbox = at(State::Draft);
    let act = from(&sandbox, HOUR - 1);
    assert_eq!(sandbox.act(staff("f"), act), Err(Code::DateTooSoon));
    let act = from(&sandbox, HOUR);
    assert_eq!(sandbox.act(staff("f"), act), Ok(()));
    sandbox.later(HOUR);
    assert_eq!(sandbox.act(staff("g"), approve("P")), Err(Code::DateTooSoon), "its day has come already");
    sandbox.now.seconds -= 1;
    assert_eq!(sandbox.act(staff("g"), approve("P")), Ok(()));
}

#[test]
fn the_notice_is_set_by_the_service_and_bounded() {
    let mut stage = Stage::new();
    assert_eq!(stage.act(staff("f"), notice(0)), Err(Code::ServiceOnly));
    assert_eq!(stage.act(Actor::Service, notice(91)), Err(Code::BadNumber));
    assert_eq!(stage.act(Actor::Service, notice(90)), Ok(()));
    assert_eq!(stage.by_machine(notice(0)), Ok(()));
    assert_eq!(stage.platform.plan_changes.notice_days(), 0);
}

#[test]
fn what_is_no_plan_or_changes_the_start_cannot_be_submitted() {
    let mut stage = at(State::Draft);
    let genesis = SEED_ONE.replace("genesis = \"0.00\"", "genesis = \"1000.00\"");
    let price = SEED_ONE.replace("start_price = \"1.00\"", "start_price = \"2.00\"");
    let dear = SEED_ONE.replace("distribution = \"2%\"", "distribution = \"1%\"");
    for text in ["half = ", &genesis, &price, &dear] {
        assert_eq!(stage.act(staff("f"), edit("P", text)), Ok(()));
        let act = submit("P", later(stage.now, HOUR));
        assert_eq!(stage.act(staff("f"), act), Err(Code::BadPlan), "{text}");
    }
    assert!(Plan::parse(&genesis).is_ok() && Plan::parse(&price).is_ok(), "plans, but not for this economy");
}

#[test]
fn a_plan_that_the_economy_refuses_on_its_day_is_said_to_have_failed() {
    let mut stage = at(State::Approved);
    let command =
        linli_economy::command::Command::ChangePlan { id: crate::carried::id("P"), plan: plan(5).into() };
    let line = linli_economy::command::Line::new(command, None);
    assert!(stage.economy.receive(&Ok(line)).outcome().is_ok(), "somebody else used its id");
    stage.later(HOUR);
    let refused = stage.try_act(Actor::Service, activate("P"));
    let Err(Refused::Economy(line)) = refused else { panic!("{refused:?}") };
    assert!(line.contains("id_reused"), "{line}");
    assert_eq!(change(&stage, "P").state, State::Approved);
    assert_eq!(stage.by_machine(fail("P")), Err(Code::ServiceOnly));
    assert_eq!(stage.act(Actor::Service, fail("P")), Ok(()));
    let failed = change(&stage, "P");
    assert_eq!((failed.state, &failed.text[..]), (State::Failed, ""));
    assert!(failed.why.as_ref().is_some_and(|why| why.contains("id_reused")));
    assert_eq!(stage.platform.plan_changes.waiting(), None);
    assert_eq!(stage.platform.plan_changes.activated().count(), 0);
}

#[test]
fn drafts_are_for_desks_have_bounds_and_an_id_of_their_own() {
    let mut stage = at(State::Submitted);
    let day = later(stage.now, HOUR);
    for by in [Actor::Service, Actor::Key("k".into()), Actor::Member("A".into()), Actor::Provider] {
        for act in [draft("Q", "x"), edit("P", "x"), submit("P", day), approve("P"), withdraw("P")] {
            assert_eq!(stage.act(by.clone(), act.clone()), Err(Code::DeskOnly), "{by:?} {act:?}");
        }
    }
    for act in [edit("Q", "x"), submit("Q", day), approve("Q"), withdraw("Q")] {
        assert_eq!(stage.by_machine(act), Err(Code::UnknownPlanChange));
    }
    for act in [activate("Q"), fail("Q")] {
        assert_eq!(stage.act(Actor::Service, act), Err(Code::UnknownPlanChange));
    }
    assert_eq!(stage.by_machine(draft("P", "x")), Err(Code::PlanChangeExists));
    let note = |note: &str| PlanChangeAct::Draft { id: "Q".into(), text: "x".into(), note: note.into() };
    let long = "x".repeat((64 << 10) + 1);
    for act in [
        draft("a b", "x"),
        draft("Q", ""),
        draft("Q", &long),
        draft("Q", "a\u{202e}b"),
        draft("Q", "a\rb"),
        note(""),
        note(&"x".repeat(501)),
        PlanChangeAct::Withdraw { id: "P".into(), reason: String::new() },
    ] {
        assert_eq!(stage.by_machine(act.clone()), Err(Code::BadText), "{:.80}", format!("{act:?}"));
    }
    assert_eq!(stage.by_machine(draft("Q", &long[1..])), Ok(()));
    assert_eq!(stage.by_machine(draft("R", "a\r\n\tb\n")), Ok(()));
    let mut approved = at(State::Approved);
    approved.later(HOUR);
    let why = PlanChangeAct::Fail { id: "P".into(), why: "x".repeat(1_001) };
    assert_eq!(approved.act(Actor::Service, why), Err(Code::BadText));
}

#[test]
fn a_hundred_are_on_their_way_at_once() {
    let mut stage = Stage::new();
    for number in 0..100 {
        assert_eq!(stage.by_machine(draft(&format!("P{number}"), "x")), Ok(()));
    }
    assert_eq!(stage.by_machine(draft("Q", "x")), Err(Code::TooManyOpen));
    assert_eq!(stage.by_machine(withdraw("P0")), Ok(()));
    assert_eq!((change(&stage, "P0").text.len(), change(&stage, "P0").why.as_deref()), (0, Some("not now")));
    assert_eq!(stage.by_machine(draft("Q", "x")), Ok(()));
    assert_eq!(stage.platform.plan_changes.iter().count(), 101);
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let (id, text) = (|| "P".to_owned(), |text: &str| text.to_owned());
    let from = Instant { seconds: 1, nanoseconds: 2 };
    let forms: [(PlanChangeAct, &[u8]); 8] = [
        (notice(7), b"\0\x07"),
        (PlanChangeAct::Draft { id: id(), text: text("t"), note: text("n") }, b"\x01\x01P\x01t\x01n"),
        (PlanChangeAct::Edit { id: id(), text: text("t"), note: text("n") }, b"\x02\x01P\x01t\x01n"),
        (submit("P", from), b"\x03\x01P\x02\x02"),
        (approve("P"), b"\x04\x01P"),
        (PlanChangeAct::Withdraw { id: id(), reason: text("r") }, b"\x05\x01P\x01r"),
        (activate("P"), b"\x06\x01P"),
        (PlanChangeAct::Fail { id: id(), why: text("w") }, b"\x07\x01P\x01w"),
    ];
    for (act, form) in forms {
        let bytes = postcard::to_stdvec(&act).expect("memory takes whatever is written");
        assert_eq!(bytes, form, "{act:?}");
    }
}
