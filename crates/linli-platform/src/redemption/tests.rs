//! The rules of redeeming, through the engine's way of doing acts.

use super::RedemptionAct;
use crate::act::Actor;
use crate::platform::testing::{Refused, Stage, staff};
use crate::refusal::Code;

/// M2 has 112 points, which a redemption of all pays with 80 % of 160.00; M3 is suspended.
fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2"}
{"cmd":"open_member","member":"M3"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}
{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1000.00","at":"2026-01-01T00:00:00Z"}
{"cmd":"settle","order":"O2","member":"M3","store":"S1","amount":"1000.00"}
{"cmd":"suspend","member":"M3"}"#,
    );
    stage
}

fn redeem(id: &str, member: &str, micro_points: u64) -> RedemptionAct {
    RedemptionAct::Redeem { id: id.into(), member: member.into(), micro_points }
}

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

#[test]
fn points_become_money_once() {
    let mut stage = stage();
    assert_eq!(stage.act(member("M2"), redeem("R1", "M2", 12_000_000)), Ok(()));
    // ⌊⌊12 × 320.00 / 190.4⌋ × 80 %⌋
    assert_eq!(stage.fen("member:M2:wallet"), 1_612);
    assert_eq!(stage.act(member("M2"), redeem("R1", "M2", 12_000_000)), Err(Code::CommandKnown));
    assert_eq!(stage.fen("member:M2:wallet"), 1_612);
    assert_eq!(stage.platform.redemptions.total(), (1, 12_000_000));
}

#[test]
fn nobody_redeems_for_another() {
    let mut stage = stage();
    for by in [member("M1"), staff("ann"), Actor::Machine, Actor::Service, Actor::Key("till".into())] {
        assert_eq!(stage.act(by, redeem("R1", "M2", 1_000_000)), Err(Code::NotYours));
    }
}

#[test]
fn what_cannot_be_redeemed_changes_nothing() {
    let mut stage = stage();
    let refused = |code: &str, tried: Result<(), Refused>| match tried {
        Err(Refused::Economy(line)) => assert!(line.contains(code), "{line}"),
        other => panic!("{other:?} is not {code}"),
    };
    refused("insufficient_points", stage.try_act(member("M2"), redeem("R1", "M2", 112_000_001)));
    refused("nothing_to_pay", stage.try_act(member("M2"), redeem("R1", "M2", 1)));
    refused("account_suspended", stage.try_act(member("M3"), redeem("R1", "M3", 1_000_000)));
    for (act, code) in [
        (redeem("R1", "M2", 0), Code::BadAmount),
        (redeem("R1", "M2", u64::MAX), Code::BadAmount),
        (redeem("a b", "M2", 1), Code::BadText),
        (redeem("R1", "M9", 1), Code::UnknownMember),
    ] {
        assert_eq!(stage.act(member("M2"), act), Err(code));
    }
    assert_eq!(stage.platform.redemptions.total(), (0, 0));
    assert_eq!(stage.fen("member:M2:wallet"), 0);
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let form = postcard::to_stdvec(&redeem("R", "M2", 300));
    assert_eq!(form.as_deref(), Ok(b"\x00\x01R\x02M2\xac\x02".as_slice()));
}
