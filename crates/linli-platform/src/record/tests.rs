//! Records show what changes, and nothing that is a person's.

use super::{is_administrative, shape::shaped, subject};
use crate::act::{Act, Actor, Deed};
use crate::platform::testing::{Stage, staff};
use crate::proposal::{ProposalAct, What};
use crate::withdrawal::{Limits, Owner, WithdrawalAct};
use serde_json::json;

#[test]
fn an_act_is_shown_with_what_it_changes_before_and_after() {
    let mut stage = Stage::new();
    let what = What::Inject { fen: 123_456, note: None };
    let act = ProposalAct::Propose { id: "P".into(), what, reason: "capital".into() };
    assert_eq!(subject(&stage.platform, &Act::from(act.clone())), None);
    assert_eq!(stage.act(staff("ann"), act.clone()), Ok(()));
    let after = subject(&stage.platform, &act.into()).expect("it is there");
    assert_eq!(
        (&after["what"], &after["by"], &after["at"]),
        (
            &json!({ "Inject": { "amount": "1234.56", "note": null } }),
            &json!("staff:ann"),
            &json!("2026-01-01T00:00:00Z")
        )
    );
    let limits = Limits::default();
    let limits =
        subject(&stage.platform, &WithdrawalAct::SetLimits { limits }.into()).expect("they are there");
    assert_eq!((&limits["least"], &limits["most_a_day_count"]), (&json!("10.00"), &json!(5)));
}

#[test]
fn nothing_of_a_person_is_shown() {
    let mut stage = Stage::new();
    let account = WithdrawalAct::SetAccount {
        owner: Owner::Fees,
        sealed_account: vec![7; 40],
        masked: "招商银行 尾号 7890".into(),
        reference: [9; 16],
    };
    assert_eq!(stage.act(staff("ann"), account.clone()), Ok(()));
    let shown = subject(&stage.platform, &account.into()).expect("it is there");
    let names: Vec<_> = shown.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["set_at", "set_by", "usable_from"]);
}

#[test]
fn long_texts_lists_and_bytes_are_cut() {
    let shown = shaped(json!({
        "text": "字".repeat(301), "list": vec!["a"; 60], "digest": vec![255; 16], "numbers": [1, 2],
        "fen": 5, "left_fen": 7, "often": 3, "sealed_reason": "x", "phone": "1",
    }));
    assert_eq!(shown["text"], json!({ "begins": "字".repeat(300), "bytes": 903 }));
    assert_eq!(
        (shown["list"].as_array().map(Vec::len), &shown["list"][50]),
        (Some(51), &json!({ "items_left_out": 10 }))
    );
    let rest = json!({ "numbers": [1, 2], "amount": "0.05", "left": "0.07", "often": 3 });
    for (name, value) in rest.as_object().expect("an object") {
        assert_eq!(&shown[name], value);
    }
    assert_eq!(shown.as_object().map(serde_json::Map::len), Some(6));
}

#[test]
fn what_members_and_providers_do_is_no_record() {
    let act = || WithdrawalAct::TakeUp { id: "W".into() };
    for (by, expected) in [
        (Actor::Machine, true),
        (staff("f"), true),
        (Actor::Service, true),
        (Actor::Member("M".into()), false),
        (Actor::Key("K".into()), false),
        (Actor::Provider, false),
    ] {
        assert_eq!(is_administrative(&Deed::new(by.clone(), act())), expected, "{by}");
    }
}
