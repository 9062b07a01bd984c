//! Proposals: each kind carried out by a second person, and what is refused.

mod walk;

use super::*;
use crate::Code;
use crate::act::Actor;
use crate::calendar::{DAY, later};
use crate::platform::testing::{Refused, Stage, staff};
use linli_economy::rate::Rate;

/// Two members, a store, 20,000.00 of profit, and 6.00 that the member `A` owes once the order is refunded.
const MONEY: &str = r#"{"cmd":"open_member","member":"A"}
{"cmd":"open_member","member":"B","inviter":"A"}
{"cmd":"open_store","store":"S","owner":"A","district":"440106"}
{"cmd":"settle","order":"O1","member":"B","store":"S","amount":"1000000.00"}
{"cmd":"settle","order":"O2","member":"B","store":"S","amount":"2000.00"}"#;

fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.commands(MONEY);
    stage
}

/// The plan of the stage with a dividend and ranks.
fn with_dividend(mut stage: Stage) -> Stage {
    let plan = include_str!("../../../../plans/seed-one.toml")
        .replace("rate = \"0%\"                     # accrued", "rate = \"0.1%\" # accrued")
        .replace("distribution = \"2%\"", "distribution = \"3%\"")
        .replace("max_depth = 0", "max_depth = 1")
        .replace("ranks = [] ", "ranks = [{ name = \"V1\", rate = \"0.2%\" }] ");
    let command =
        linli_economy::command::Command::ChangePlan { id: crate::carried::id("P"), plan: plan.into() };
    let line = linli_economy::command::Line::new(command, None);
    assert!(stage.economy.receive(&Ok(line)).outcome().is_ok());
    stage.commands(r#"{"cmd":"settle","order":"O3","member":"B","store":"S","amount":"1000.00"}"#);
    stage
}

fn owing(mut stage: Stage) -> Stage {
    stage.commands(
        r#"{"cmd":"withdraw","id":"W","member":"A","amount":"3006.00"}
{"cmd":"refund","refund":"R","order":"O2","amount":"2000.00"}"#,
    );
    assert_eq!(stage.fen("member:A:wallet"), -600);
    stage
}

fn propose(id: &str, what: What) -> ProposalAct {
    ProposalAct::Propose { id: id.into(), what, reason: "agreed on Monday".into() }
}

fn approve(id: &str) -> ProposalAct {
    ProposalAct::Approve { id: id.into() }
}

fn refuse(id: &str) -> ProposalAct {
    ProposalAct::Refuse { id: id.into(), reason: "not this year".into() }
}

fn take_back(id: &str) -> ProposalAct {
    ProposalAct::TakeBack { id: id.into() }
}

fn expire(id: &str) -> ProposalAct {
    ProposalAct::Expire { id: id.into() }
}

fn inject(fen: u64) -> What {
    What::Inject { fen, note: Some("A 轮".into()) }
}

fn state(stage: &Stage, id: &str) -> State {
    stage.platform.proposals.get(id).expect("it was proposed").state
}

/// Proposed by one, approved by another, and looked at.
fn carry_out(mut stage: Stage, what: What) -> Stage {
    let name = what.name();
    assert_eq!(stage.act(staff("f"), propose("P1", what)), Ok(()), "{name}");
    assert_eq!(stage.act(staff("f"), approve("P1")), Err(Code::SecondPersonNeeded), "{name}");
    assert_eq!(stage.act(staff("g"), approve("P1")), Ok(()), "{name}");
    assert_eq!(state(&stage, "P1"), State::CarriedOut);
    assert_eq!(stage.act(staff("g"), approve("P1")), Err(Code::ProposalClosed), "{name}");
    stage
}

#[test]
fn each_kind_is_carried_out_by_the_second_person() {
    let before = stage();
    let after = carry_out(stage(), inject(50_000));
    assert_eq!(after.fen("pool:reserve"), before.fen("pool:reserve") + 50_000);

    let accrued = with_dividend(stage()).fen("dividend:accrued");
    assert_eq!(accrued, 100);
    let weights = vec![("A".to_owned(), 3), ("B".to_owned(), 1)];
    let paid = carry_out(with_dividend(stage()), What::Distribute { weights });
    assert_eq!((paid.fen("dividend:accrued"), paid.fen("member:B:wallet")), (0, 25));
    let Some(What::Distribute { weights }) = paid.platform.proposals.get("P1").map(|one| &one.what) else {
        panic!("it was a dividend");
    };
    assert!(weights.is_empty(), "only the journal keeps them");

    let what = What::WriteOff { account: "member:A:wallet".into(), fen: 600 };
    assert_eq!(carry_out(owing(stage()), what).fen("member:A:wallet"), 0);

    for (to, account, owed) in [
        (Receiver::Store("S".into()), "store:S", false),
        (Receiver::Profit, "platform:profit", false),
        (Receiver::Member("A".into()), "member:A:wallet", true),
    ] {
        let stage = || if owed { owing(stage()) } else { stage() };
        let after = carry_out(stage(), What::Deposit { to, fen: 400 });
        assert_eq!(after.fen(account), stage().fen(account) + 400);
    }

    let fee = What::Fee { member: "A".into(), region: "440106".into(), fen: 900 };
    assert_eq!(carry_out(stage(), fee).fen("platform:fees"), 900);

    let rated = carry_out(stage(), What::StoreRate { store: "S".into(), rate: Rate(55_000) });
    assert_eq!(rated.economy.state().stores()[0].own_rate, Some(Rate(55_000)));

    let member = || "A".to_owned();
    let suspended = carry_out(stage(), What::Suspend { member: member() });
    assert!(suspended.economy.state().members()[0].suspended);
    let mut again = stage();
    again.commands(r#"{"cmd":"suspend","member":"A"}"#);
    let again = carry_out(again, What::Reinstate { member: member() });
    assert!(!again.economy.state().members()[0].suspended);

    let rank = What::SetRank { member: member(), rank: Some("V1".into()) };
    let ranked = carry_out(with_dividend(stage()), rank);
    assert!(ranked.economy.state().members()[0].rank.is_some());
    let none = carry_out(stage(), What::SetRank { member: member(), rank: None });
    assert!(none.economy.state().members()[0].rank.is_none());
}

#[test]
fn a_deposit_reaches_a_supplier_that_the_economy_knows() {
    let mut stage = stage();
    stage.commands(
        r#"{"cmd":"settle_mall","order":"O9","member":"A","supplier":"U","list_total":"90.00","cost":"9.00"}"#,
    );
    let stage = carry_out(stage, What::Deposit { to: Receiver::Supplier("U".into()), fen: 100 });
    assert_eq!(stage.fen("supplier:U"), 1_000);
}

#[test]
fn what_the_economy_refuses_stays_open_and_can_be_approved_later() {
    let mut stage = stage();
    let what = What::WriteOff { account: "member:A:wallet".into(), fen: 600 };
    assert_eq!(stage.act(staff("f"), propose("P1", what)), Ok(()));
    let refused = stage.try_act(staff("g"), approve("P1"));
    let Err(Refused::Economy(line)) = refused else { panic!("{refused:?}") };
    assert!(line.contains("bad_amount"), "{line}");
    assert_eq!(state(&stage, "P1"), State::Open);
    let mut stage = owing(stage);
    assert_eq!(stage.act(staff("g"), approve("P1")), Ok(()));
    assert_eq!(stage.fen("member:A:wallet"), 0);
}

#[test]
fn the_machine_is_a_person_but_not_two() {
    let mut stage = stage();
    assert_eq!(stage.by_machine(propose("P1", inject(1))), Ok(()));
    assert_eq!(stage.by_machine(approve("P1")), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.by_machine(refuse("P1")), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.act(staff("f"), approve("P1")), Ok(()));
}

#[test]
fn a_proposal_ends_once() {
    let ends = [
        (staff("g"), approve("P1"), State::CarriedOut),
        (staff("g"), refuse("P1"), State::Refused),
        (staff("f"), take_back("P1"), State::TakenBack),
        (Actor::Service, expire("P1"), State::Expired),
    ];
    for (by, act, ended) in &ends {
        let mut stage = stage();
        assert_eq!(stage.act(staff("f"), propose("P1", inject(1))), Ok(()));
        assert_eq!(stage.platform.proposals.open().count(), 1);
        stage.later(if *ended == State::Expired { 7 * DAY } else { DAY });
        assert_eq!(stage.act(by.clone(), act.clone()), Ok(()));
        let proposal = stage.platform.proposals.get("P1").expect("it was proposed").clone();
        assert_eq!((proposal.state, proposal.ended), (*ended, Some((by.clone(), stage.now))));
        assert_eq!(proposal.why_refused.is_some(), *ended == State::Refused);
        assert_eq!(stage.platform.proposals.open().count(), 0);
        for (by, act, _) in &ends {
            assert_eq!(stage.act(by.clone(), act.clone()), Err(Code::ProposalClosed), "{ended:?} {act:?}");
        }
        assert_eq!(stage.act(staff("f"), propose("P1", inject(1))), Err(Code::ProposalExists));
    }
}

#[test]
fn after_seven_days_it_expires_by_itself_and_not_before() {
    let mut stage = stage();
    assert_eq!(stage.act(staff("f"), propose("P1", inject(1))), Ok(()));
    stage.later(7 * DAY - 1);
    assert_eq!(stage.platform.proposals.due(stage.now), []);
    assert_eq!(stage.act(Actor::Service, expire("P1")), Err(Code::NotDue));
    assert_eq!(stage.act(staff("f"), propose("P2", inject(2))), Ok(()));
    stage.later(1);
    assert_eq!(stage.platform.proposals.due(stage.now), [expire("P1")]);
    assert_eq!(stage.act(staff("g"), approve("P1")), Err(Code::ProposalExpired));
    assert_eq!(stage.by_machine(expire("P1")), Err(Code::ServiceOnly));
    assert_eq!(stage.act(Actor::Service, expire("P1")), Ok(()));
    assert_eq!(stage.platform.proposals.due(later(stage.now, 8 * DAY)), [expire("P2")]);
}

#[test]
fn only_two_hundred_are_open_and_a_hundred_expire_at_once() {
    let mut stage = stage();
    for number in 0..200 {
        assert_eq!(stage.by_machine(propose(&format!("P{number}"), inject(1))), Ok(()));
    }
    assert_eq!(stage.by_machine(propose("P200", inject(1))), Err(Code::TooManyOpen));
    assert_eq!(stage.platform.proposals.due(later(stage.now, 8 * DAY)).len(), 100);
    assert_eq!(stage.by_machine(take_back("P0")), Ok(()));
    assert_eq!(stage.by_machine(propose("P200", inject(1))), Ok(()));
    assert_eq!(stage.platform.proposals.iter().count(), 201);
}

#[test]
fn proposals_are_for_desks_and_taken_back_by_whoever_made_them() {
    let mut stage = stage();
    assert_eq!(stage.act(staff("f"), propose("P1", inject(1))), Ok(()));
    for by in [Actor::Service, Actor::Key("k".into()), Actor::Member("A".into()), Actor::Provider] {
        for act in [propose("P2", inject(1)), approve("P1"), refuse("P1")] {
            assert_eq!(stage.act(by.clone(), act.clone()), Err(Code::DeskOnly), "{by:?} {act:?}");
        }
        assert_eq!(stage.act(by, take_back("P1")), Err(Code::NotYours));
    }
    assert_eq!(stage.act(staff("g"), take_back("P1")), Err(Code::NotYours));
    assert_eq!(stage.act(staff("f"), refuse("P1")), Err(Code::SecondPersonNeeded));
    for act in [approve("P9"), refuse("P9"), take_back("P9")] {
        assert_eq!(stage.act(staff("g"), act), Err(Code::UnknownProposal));
    }
    assert_eq!(stage.act(Actor::Service, expire("P9")), Err(Code::UnknownProposal));
}

#[test]
fn what_cannot_be_meant_is_refused_when_it_is_proposed() {
    let mut stage = stage();
    let a = || "A".to_owned();
    let deposit = |to, fen| What::Deposit { to, fen };
    let fee = |member: &str, region: &str, fen| {
        let (member, region) = (member.to_owned(), region.to_owned());
        What::Fee { member, region, fen }
    };
    let write_off = |account: &str, fen| What::WriteOff { account: account.to_owned(), fen };
    let weights = |weights: &[(&str, u64)]| What::Distribute {
        weights: weights.iter().map(|&(member, weight)| (member.to_owned(), weight)).collect(),
    };
    let many: Vec<_> = (0..10_001).map(|_| ("A", 1)).collect();
    for (what, code) in [
        (inject(0), Code::BadAmount),
        (inject(10_000_000_000_001), Code::BadAmount),
        (What::Inject { fen: 1, note: Some(String::new()) }, Code::BadText),
        (weights(&[]), Code::BadList),
        (weights(&[("A", 0), ("B", 0)]), Code::BadList),
        (weights(&[("A", 1_000_000_000_001)]), Code::BadList),
        (weights(&many), Code::BadList),
        (weights(&[("A", 1), ("C", 1)]), Code::UnknownMember),
        (write_off("member:A:spend", 1), Code::UnknownAccount),
        (write_off("member:C:wallet", 1), Code::UnknownAccount),
        (write_off("platform:profit", 1), Code::UnknownAccount),
        (write_off("store:S", 0), Code::BadAmount),
        (deposit(Receiver::Store("T".into()), 1), Code::UnknownStore),
        (deposit(Receiver::Member("C".into()), 1), Code::UnknownMember),
        (deposit(Receiver::Supplier("a:b".into()), 1), Code::BadText),
        (deposit(Receiver::Profit, 0), Code::BadAmount),
        (fee("C", "440106", 1), Code::UnknownMember),
        (fee("A", "44010", 1), Code::UnknownRegion),
        (fee("A", "south", 0), Code::BadAmount),
        (What::StoreRate { store: "T".into(), rate: Rate(200_000) }, Code::UnknownStore),
        (What::StoreRate { store: "S".into(), rate: Rate(49_999) }, Code::RateOutOfRange),
        (What::StoreRate { store: "S".into(), rate: Rate(u32::MAX) }, Code::RateOutOfRange),
        (What::Suspend { member: "C".into() }, Code::UnknownMember),
        (What::Reinstate { member: "C".into() }, Code::UnknownMember),
        (What::SetRank { member: "C".into(), rank: None }, Code::UnknownMember),
        (What::SetRank { member: a(), rank: Some("V1".into()) }, Code::UnknownRank),
    ] {
        assert_eq!(stage.by_machine(propose("P1", what.clone())), Err(code), "{what:?}");
    }
    let reason = |text: &str| ProposalAct::Propose { id: "P1".into(), what: inject(1), reason: text.into() };
    for act in [propose("a b", inject(1)), propose("", inject(1)), reason(""), reason(&"x".repeat(201))] {
        assert_eq!(stage.by_machine(act.clone()), Err(Code::BadText), "{act:?}");
    }
    assert_eq!(stage.by_machine(propose("P1", weights(&many[1..]))), Ok(()), "ten thousand");
    let refuse = ProposalAct::Refuse { id: "P1".into(), reason: " ".into() };
    assert_eq!(stage.act(staff("g"), refuse), Err(Code::BadText));
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let a = || "A".to_owned();
    let whats: [(What, &[u8]); 9] = [
        (What::Inject { fen: 1, note: None }, b"\0\x01\0"),
        (What::Distribute { weights: vec![(a(), 2)] }, b"\x01\x01\x01A\x02"),
        (What::WriteOff { account: "store:S".into(), fen: 1 }, b"\x02\x07store:S\x01"),
        (What::Deposit { to: Receiver::Member(a()), fen: 1 }, b"\x03\x03\x01A\x01"),
        (What::Fee { member: a(), region: "south".into(), fen: 1 }, b"\x04\x01A\x05south\x01"),
        (What::StoreRate { store: "S".into(), rate: Rate(5) }, b"\x05\x01S\x05"),
        (What::Suspend { member: a() }, b"\x06\x01A"),
        (What::Reinstate { member: a() }, b"\x07\x01A"),
        (What::SetRank { member: a(), rank: None }, b"\x08\x01A\0"),
    ];
    for (what, form) in whats {
        let bytes = postcard::to_stdvec(&what).expect("memory takes whatever is written");
        assert_eq!(bytes, form, "{what:?}");
    }
    let proposed = ProposalAct::Propose { id: "P".into(), what: inject(1), reason: "r".into() };
    let acts: [(ProposalAct, &[u8]); 5] = [
        (proposed, b"\0\x01P\0\x01\x01\x05A \xe8\xbd\xae\x01r"),
        (approve("P"), b"\x01\x01P"),
        (ProposalAct::Refuse { id: "P".into(), reason: "r".into() }, b"\x02\x01P\x01r"),
        (take_back("P"), b"\x03\x01P"),
        (expire("P"), b"\x04\x01P"),
    ];
    for (act, form) in acts {
        let bytes = postcard::to_stdvec(&act).expect("memory takes whatever is written");
        assert_eq!(bytes, form, "{act:?}");
    }
}
