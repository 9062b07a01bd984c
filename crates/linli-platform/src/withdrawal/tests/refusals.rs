//! What is refused of withdrawals: limits, accounts, texts, and who may do what.

use super::*;
use crate::calendar::DAY;

fn limits(limits: Limits) -> WithdrawalAct {
    WithdrawalAct::SetLimits { limits }
}

#[test]
fn what_is_below_or_above_a_limit_is_refused() {
    let mut stage = stage();
    let store = || Owner::Store("S".into());
    let mut submitted = |id: &str, fen| stage.act(member("A"), submit(id, store(), fen));
    assert_eq!(submitted("W", 0), Err(Code::BadAmount));
    assert_eq!(submitted("W", 10_000_000_000_001), Err(Code::BadAmount));
    assert_eq!(submitted("W", 999), Err(Code::WithdrawalTooSmall));
    assert_eq!(submitted("W", 5_000_001), Err(Code::WithdrawalTooLarge));
    assert_eq!(submitted("W1", 5_000_000), Ok(()));
    assert_eq!(submitted("W2", 4_999_000), Ok(()));
    assert_eq!(submitted("W", 1_001), Err(Code::WithdrawalDayAmount));
    assert_eq!(submitted("W3", 1_000), Ok(()));
    assert_eq!(submitted("W", 1_000), Err(Code::WithdrawalDayAmount));
}

#[test]
fn what_came_back_counts_as_one_of_the_day_s_but_not_in_its_sum() {
    let mut stage = stage();
    for id in ["W1", "W2", "W3", "W4"] {
        assert_eq!(stage.act(member("A"), submit(id, wallet(), 3_000_000)), Ok(()));
        assert_eq!(stage.act(member("A"), take_back(id)), Ok(()));
    }
    assert_eq!(stage.act(member("A"), submit("W5", wallet(), 1_000)), Ok(()));
    let used = stage.platform.withdrawals.used(&wallet(), stage.now);
    assert_eq!((used.count, used.fen), (5, 1_000));
    assert_eq!(stage.act(member("A"), submit("W6", wallet(), 1_000)), Err(Code::WithdrawalDayCount));
    // The stage begins at 08:00 in Shanghai; its day ends sixteen hours later.
    stage.later(16 * HOUR - 1);
    assert_eq!(stage.act(member("A"), submit("W6", wallet(), 1_000)), Err(Code::WithdrawalDayCount));
    stage.later(1);
    assert_eq!(stage.act(member("A"), submit("W6", wallet(), 1_000)), Ok(()));
    assert_eq!(stage.act(member("A"), take_back("W5")), Ok(()), "yesterday's");
    let used = stage.platform.withdrawals.used(&wallet(), stage.now);
    assert_eq!((used.count, used.fen), (1, 1_000));
    stage.later(DAY);
    assert_eq!(stage.platform.withdrawals.used(&wallet(), stage.now).count, 0);
}

#[test]
fn limits_that_contradict_each_other_are_refused_and_changes_are_kept() {
    let mut stage = stage();
    let default = Limits::default();
    for wrong in [
        Limits { least_fen: 0, ..default },
        Limits { least_fen: 5_000_001, ..default },
        Limits { most_fen: 10_000_001, ..default },
        Limits { most_a_day_fen: 10_000_000_000_001, ..default },
        Limits { most_a_day_count: 0, ..default },
        Limits { most_a_day_count: 1_001, ..default },
        Limits { second_person_above_fen: 10_000_000_000_001, ..default },
    ] {
        assert_eq!(stage.act(staff("boss"), limits(wrong)), Err(Code::BadLimits), "{wrong:?}");
    }
    assert_eq!(stage.platform.withdrawals.limits_changes(), []);
    let numbered = |number| Limits { second_person_above_fen: number, ..default };
    for number in 0..60 {
        assert_eq!(stage.act(staff("boss"), limits(numbered(number))), Ok(()));
    }
    let changes = stage.platform.withdrawals.limits_changes();
    assert_eq!((changes.len(), *stage.platform.withdrawals.limits()), (50, numbered(59)));
    let (before, after, by, at) = (numbered(58), numbered(59), staff("boss"), stage.now);
    assert_eq!(changes.last(), Some(&LimitsChange { by, at, before, after }));
}

#[test]
fn after_a_change_of_the_account_nothing_is_submitted_for_a_day() {
    let mut stage = stage();
    let submitted = |stage: &mut Stage, id: &str| stage.act(member("A"), submit(id, wallet(), 1_000));
    assert_eq!(submitted(&mut stage, "W1"), Ok(()), "the first account can be used at once");
    assert_eq!(stage.act(member("A"), account(wallet(), 1)), Ok(()), "the same account is no change");
    assert_eq!(submitted(&mut stage, "W2"), Ok(()));
    assert_eq!(stage.act(member("A"), account(wallet(), 8)), Ok(()));
    assert_eq!(submitted(&mut stage, "W3"), Err(Code::PayoutAccountNew));
    stage.later(DAY - 1);
    assert_eq!(stage.act(member("A"), account(wallet(), 8)), Ok(()), "said again, it is as new as before");
    assert_eq!(submitted(&mut stage, "W3"), Err(Code::PayoutAccountNew));
    stage.later(1);
    assert_eq!(submitted(&mut stage, "W3"), Ok(()));
    assert_eq!(stage.act(member("A"), account(wallet(), 1)), Ok(()));
    assert_eq!(submitted(&mut stage, "W4"), Err(Code::PayoutAccountNew), "back again is a change too");
}

#[test]
fn who_shares_an_account_is_found() {
    let mut stage = stage();
    let sharing = |stage: &Stage, reference: u8| -> Vec<Owner> {
        stage.platform.withdrawals.sharing([reference; 16]).cloned().collect()
    };
    assert_eq!(sharing(&stage, 1), [wallet()]);
    let other = Owner::Member("B".into());
    assert_eq!(stage.act(member("B"), account(other.clone(), 1)), Ok(()));
    assert_eq!(sharing(&stage, 1), [wallet(), other.clone()]);
    assert_eq!(stage.act(member("A"), account(wallet(), 9)), Ok(()));
    assert_eq!((sharing(&stage, 1), sharing(&stage, 9)), (vec![other], vec![wallet()]));
    assert_eq!(sharing(&stage, 10), []);
}

#[test]
fn without_an_account_nothing_is_submitted() {
    let mut stage = stage();
    let other = Owner::Member("B".into());
    assert_eq!(stage.act(member("B"), submit("W", other, 1_000)), Err(Code::NoPayoutAccount));
}

#[test]
fn an_id_is_used_once_here_and_in_the_economy() {
    let mut stage = stage();
    assert_eq!(stage.act(member("A"), submit("W", wallet(), 1_000)), Ok(()));
    assert_eq!(stage.act(member("A"), submit("W", wallet(), 1_000)), Err(Code::WithdrawalExists));
    stage.commands(r#"{"cmd":"withdraw","id":"X","member":"A","amount":"10.00"}"#);
    assert_eq!(stage.act(member("A"), submit("X", wallet(), 1_000)), Err(Code::WithdrawalExists));
    assert_eq!(stage.fen("payout:X"), 1_000);
}

#[test]
fn each_owner_has_those_who_act_for_it() {
    let everybody = || {
        [
            Actor::Machine,
            Actor::Service,
            Actor::Key("k".into()),
            member("A"),
            member("B"),
            staff("f"),
            Actor::Provider,
        ]
    };
    for (owner, may, code) in [
        (wallet(), vec![member("A")], Code::NotYours),
        (Owner::Store("S".into()), vec![member("A")], Code::NotYours),
        (Owner::Supplier("U".into()), vec![Actor::Machine, staff("f")], Code::DeskOnly),
        (Owner::Profit, vec![Actor::Machine, staff("f")], Code::DeskOnly),
        (Owner::Fees, vec![Actor::Machine, staff("f")], Code::DeskOnly),
    ] {
        let fen = if owner == Owner::Supplier("U".into()) { 1 } else { 2_000 };
        for by in everybody() {
            let mut stage = stage();
            let least = Limits { least_fen: 1, ..Limits::default() };
            assert_eq!(stage.by_machine(limits(least)), Ok(()));
            let expected = if may.contains(&by) { Ok(()) } else { Err(code) };
            assert_eq!(stage.act(by.clone(), account(owner.clone(), 3)), expected, "{by:?} {owner:?}");
            stage.later(DAY);
            assert_eq!(stage.act(by.clone(), submit("W", owner.clone(), fen)), expected, "{by:?} {owner:?}");
            let first = may[0].clone();
            if expected.is_err() {
                assert_eq!(stage.act(first, submit("W", owner.clone(), fen)), Ok(()));
            }
            assert_eq!(stage.act(by.clone(), take_back("W")), expected, "{by:?} {owner:?}");
        }
    }
    let mut stage = stage();
    for (owner, code) in [
        (Owner::Member("C".into()), Code::UnknownMember),
        (Owner::Store("T".into()), Code::UnknownStore),
        (Owner::Supplier("a:b".into()), Code::BadText),
        (Owner::Supplier(String::new()), Code::BadText),
    ] {
        assert_eq!(stage.act(staff("f"), account(owner.clone(), 1)), Err(code));
        assert_eq!(stage.act(staff("f"), submit("W", owner, 1_000)), Err(code));
    }
}

#[test]
fn reviewing_is_for_desks_files_for_the_service_too_and_reports_for_whoever_knows() {
    let (key, other) = (Actor::Key("k".into()), member("A"));
    for (state, act, forbidden, code) in [
        (State::Submitted, take_up("W"), vec![Actor::Service, Actor::Provider], Code::DeskOnly),
        (State::InReview, approve("W"), vec![Actor::Service, Actor::Provider], Code::DeskOnly),
        (State::InReview, reject("W"), vec![Actor::Service, Actor::Provider], Code::DeskOnly),
        (State::InReview, limits(Limits::default()), vec![Actor::Service, Actor::Provider], Code::DeskOnly),
        (State::Approved, batch("P", &["W"]), vec![Actor::Provider], Code::DeskOnly),
        (State::InPayment, paid("W"), vec![], Code::ProviderOnly),
        (State::InPayment, failed("W"), vec![], Code::ProviderOnly),
    ] {
        for by in [Actor::Machine, Actor::Service, Actor::Provider, staff("f"), key.clone(), other.clone()] {
            let refused = by == key || by == other || forbidden.contains(&by);
            let expected = if refused { Err(code) } else { Ok(()) };
            assert_eq!(at(state).act(by.clone(), act.clone()), expected, "{by:?} {act:?}");
        }
    }
}

#[test]
fn a_payout_file_has_an_id_of_its_own_and_each_withdrawal_once() {
    let mut stage = at(State::InPayment);
    let many: Vec<_> = (0..1_001).map(|number| format!("W{number}")).collect();
    let many: Vec<_> = many.iter().map(|id| &id[..]).collect();
    for (act, code) in [
        (batch("P", &["W"]), Code::BatchExists),
        (batch("a b", &["W"]), Code::BadText),
        (batch("P2", &[]), Code::BadList),
        (batch("P2", &["W", "W"]), Code::BadList),
        (batch("P2", &many), Code::BadList),
        (batch("P2", &["V"]), Code::UnknownWithdrawal),
        (batch("P2", &["W"]), Code::WithdrawalState),
    ] {
        assert_eq!(stage.by_machine(act), Err(code));
    }
}

#[test]
fn what_is_not_there_and_texts_that_are_none_are_refused() {
    let mut stage = at(State::InReview);
    for (by, act) in [
        (member("A"), take_back("V")),
        (staff("f"), take_up("V")),
        (staff("f"), approve("V")),
        (staff("f"), reject("V")),
        (Actor::Provider, paid("V")),
        (Actor::Provider, failed("V")),
    ] {
        assert_eq!(stage.act(by, act), Err(Code::UnknownWithdrawal));
    }
    let with = |sealed: usize, masked: &str| WithdrawalAct::SetAccount {
        owner: wallet(),
        sealed_account: vec![1; sealed],
        masked: masked.into(),
        reference: [1; 16],
    };
    let reason = |reason: &str| WithdrawalAct::Reject { id: "W".into(), reason: reason.into() };
    let bank = |reason: &str| WithdrawalAct::Failed { id: "W".into(), reason: reason.into() };
    for (by, act) in [
        (member("A"), with(0, "x")),
        (member("A"), with((8 << 10) + 1, "x")),
        (member("A"), with(1, "")),
        (member("A"), with(1, &"x".repeat(33))),
        (member("A"), submit("a:b", wallet(), 1_000)),
        (member("A"), submit("", wallet(), 1_000)),
        (staff("f"), reason("")),
        (staff("f"), reason(&"x".repeat(201))),
        (Actor::Provider, bank("two\nlines")),
    ] {
        assert_eq!(stage.act(by, act.clone()), Err(Code::BadText), "{act:?}");
    }
    assert_eq!(stage.act(member("A"), with(8 << 10, &"x".repeat(32))), Ok(()));
}
