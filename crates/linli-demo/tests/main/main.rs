//! The small world: the same every time, accepted by the economy, and with something of everything.

mod life;

use linli_demo::{PLAN, Size, World};
use linli_economy::Economy;
use std::collections::BTreeMap;

/// How often each command was accepted, and the codes of the refused ones.
fn lived() -> (BTreeMap<&'static str, u64>, BTreeMap<String, u64>, Economy) {
    let mut economy = Economy::open(PLAN).expect("a plan");
    let (mut accepted, mut refused) = (BTreeMap::new(), BTreeMap::new());
    for line in World::new(Size::Small) {
        let received = linli_economy::command::Line::read(1, line.as_bytes());
        let name = received.as_ref().unwrap_or_else(|refusal| panic!("{line}: {refusal}")).command.name();
        match economy.receive(&received).outcome() {
            Ok(_) => *accepted.entry(name).or_default() += 1,
            Err(refusal) if name == "appoint" => panic!("{line} {refusal}"),
            Err(refusal) => *refused.entry(format!("{name} {}", refusal.code.name())).or_default() += 1,
        }
    }
    (accepted, refused, economy)
}

#[test]
fn it_is_the_same_every_time() {
    assert!(World::new(Size::Small).take(20_000).eq(World::new(Size::Small).take(20_000)));
}

#[test]
fn it_has_something_of_everything_and_hardly_a_refusal() {
    let (accepted, refused, economy) = lived();
    let named = [
        "open_member",
        "open_store",
        "close_store",
        "appoint",
        "dismiss",
        "suspend",
        "reinstate",
        "pay",
        "settle",
        "pay_mall",
        "settle_mall",
        "cancel",
        "refund",
        "redeem",
        "inject",
        "withdraw",
        "payout_done",
        "payout_failed",
        "fee",
        "distribute",
        "change_plan",
    ];
    for name in named {
        assert!(accepted.contains_key(name), "no {name} in {accepted:?}");
    }
    let (all, bad): (u64, u64) = (accepted.values().sum(), refused.values().sum());
    assert!(bad * 100 < all, "{bad} of {all} are refused: {refused:?}");
    assert_eq!((economy.state().members().len(), economy.state().stores().len()), (3_000, 60));
    economy.state().check().expect("what always holds");
    println!("{accepted:?}\n{refused:?}");
}
