//! Giving back, expiring, and when an order is final.

use super::*;

#[test]
fn an_unused_voucher_goes_back_whole() {
    let mut world = World::selling();
    assert_eq!(world.buy("O", 2), Ok(()));
    assert_eq!(world.give_back("c", "O"), Err(Code::PurchaseUnpaid));
    world.pay("O");
    assert_eq!(world.give_back("c:", "O"), Err(Code::BadText));
    assert_eq!(world.give_back("c", "O"), Ok(()), "before the service has confirmed the payment");
    assert_eq!(world.money("O"), (0, 20_000));
    assert_eq!((world.status("O"), world.final_in("O")), (VoucherStatus::GivenBack, None));
    assert_eq!((world.deal().taken(), world.due()), (0, vec![]), "its pieces can be sold again");
    assert!(world.purchase("O").sealed_code.is_empty());
    assert_eq!(world.give_back("d", "O"), Err(Code::VoucherEnded));
    assert_eq!(world.verify("v", "O", 1), Err(Code::VoucherEnded));
    assert_eq!(world.deals().by_code(&[1; 16]).map(|purchase| &purchase.order[..]), Some("O"));
    world.later(60 * DAY);
    assert_eq!(world.due(), []);
}

/// Uses verified of 3 for 100.00, what the member gets back, what the store keeps, pieces taken.
#[test]
fn the_member_gets_the_price_of_the_unverified_uses_and_the_rest_of_a_fen() {
    for (count, used, back, kept, pieces) in [
        (1, 0, 10_000, 0, 0),
        (1, 1, 6_667, 3_333, 1),
        (1, 2, 3_334, 6_666, 1),
        (2, 1, 16_667, 3_333, 1),
        (2, 3, 10_000, 10_000, 1),
        (2, 4, 6_667, 13_333, 2),
        (7, 11, 33_334, 36_666, 4),
    ] {
        for expires in [false, true] {
            let mut world = World::selling();
            world.bought("O", count);
            if used > 0 {
                assert_eq!(world.verify("v", "O", used), Ok(()));
            }
            let ended = if expires {
                world.later(30 * DAY);
                world.expire("O")
            } else {
                world.give_back("c", "O")
            };
            assert_eq!((ended, world.money("O")), (Ok(()), (kept, back)), "{used} of {count} pieces");
            assert_eq!(world.deal().taken(), pieces);
            assert_eq!(world.purchase("O").taken_pieces(), pieces);
            assert_eq!(world.final_in("O"), (used > 0).then_some(7));
        }
    }
}

#[test]
fn it_is_the_member_the_store_or_a_desk_that_gives_back() {
    let back = |store: Option<&str>| DealAct::GiveBack {
        cancel: "c".into(),
        order: "O".into(),
        store: store.map(Into::into),
    };
    let of = |member: &str| Actor::Member(member.into());
    for (by, store, expected) in [
        (of("A"), None, Ok(())),
        (of("B"), None, Err(Code::PurchaseOfAnother)),
        (of("M"), None, Err(Code::PurchaseOfAnother)),
        (of("M"), Some("S"), Ok(())),
        (of("M"), Some("T"), Err(Code::DealOfAnother)),
        (Actor::Staff("s".into()), None, Ok(())),
        (Actor::Machine, None, Ok(())),
        (Actor::Service, None, Err(Code::DealActor)),
        (Actor::Provider, Some("S"), Err(Code::DealActor)),
    ] {
        let mut world = World::selling();
        assert_eq!(world.stage.by_machine(back(None)), Err(Code::UnknownPurchase));
        world.bought("O", 1);
        assert_eq!(world.stage.act(by.clone(), back(store)), expected, "{by} {store:?}");
    }
}

#[test]
fn an_expired_voucher_goes_back_by_itself() {
    let mut world = World::selling();
    world.bought("O", 1);
    assert_eq!(world.buy("P", 1), Ok(()));
    world.pay("P");
    world.later(30 * DAY - 1);
    assert_eq!(world.expire("O"), Err(Code::TooEarly));
    let paid_at = world.purchase("P").standing(&world.stage.economy).order().map(|order| order.since);
    let confirm = DealAct::Confirm { order: "P".into(), paid_at: paid_at.expect("it is paid") };
    assert_eq!(world.due(), std::slice::from_ref(&confirm));
    assert_eq!(world.service(confirm), Ok(()));
    world.later(1);
    let due = world.due();
    assert_eq!((due.len(), world.deals().due(&world.stage.economy, world.stage.now, 1).len()), (2, 1));
    assert_eq!(world.by("A", due[0].clone()), Err(Code::DealActor));
    for act in due {
        assert_eq!(world.service(act), Ok(()));
    }
    assert_eq!((world.money("O"), world.money("P")), ((0, 10_000), (0, 10_000)));
    assert_eq!((world.status("O"), world.due()), (VoucherStatus::Expired, vec![]));
    assert_eq!(world.expire("O"), Err(Code::VoucherEnded));
    assert_eq!(world.give_back("c", "O"), Err(Code::VoucherEnded));
}

#[test]
fn a_voucher_is_not_closed_while_a_verification_can_be_undone() {
    let mut world = World::selling();
    world.bought("O", 1);
    world.later(30 * DAY - 5 * MINUTE);
    assert_eq!(world.verify("v", "O", 2), Ok(()));
    world.later(5 * MINUTE);
    assert_eq!((world.expire("O"), world.due()), (Err(Code::TooEarly), vec![]));
    assert_eq!(world.undo("v", "O"), Ok(()), "and then it closes at once");
    assert_eq!(world.due().len(), 1);
    assert_eq!(world.expire("O"), Ok(()));
    assert_eq!(world.money("O"), (0, 10_000));
}

#[test]
fn a_used_voucher_has_nothing_to_give_back() {
    let mut world = World::selling();
    world.bought("O", 1);
    assert_eq!(world.verify("v", "O", 3), Ok(()));
    assert_eq!(world.give_back("c", "O"), Err(Code::VoucherUsed));
    world.later(60 * DAY);
    assert_eq!((world.expire("O"), world.due()), (Err(Code::VoucherUsed), vec![]));
}

#[test]
fn an_order_is_final_when_all_is_verified_and_the_hold_has_passed() {
    let mut world = World::selling();
    world.bought("O", 1);
    assert!(world.deals().is_deal("O") && !world.deals().is_deal("P"));
    assert_eq!(world.verify("v", "O", 1), Ok(()));
    world.later(20 * DAY);
    assert_eq!(world.final_in("O"), None, "2 uses are left");
    let plan = include_str!("../../../../../plans/seed-one.toml");
    let long = plan.replace("hold_days = 7", "hold_days = 9").replace('\n', "\\n").replace('"', "\\\"");
    world.stage.commands(&format!(r#"{{"cmd":"change_plan","id":"P","plan":"{long}"}}"#));
    assert_eq!(world.verify("w", "O", 2), Ok(()));
    assert_eq!(world.final_in("O"), Some(7), "by the plan that it was paid under");
    world.bought("Q", 1);
    assert_eq!(world.verify("v", "Q", 3), Ok(()));
    assert_eq!(world.final_in("Q"), Some(9));
    world.settle("O");
    assert_eq!(world.final_in("O"), None, "it was settled");
}

#[test]
fn what_is_done_with_is_listed_in_that_order() {
    let mut world = World::selling();
    for order in ["O", "P", "Q", "R"] {
        world.bought(order, 1);
        assert_eq!(world.verify("v", order, 2), Ok(()));
    }
    let done = |world: &World, from| -> Vec<_> {
        world.deals().done(from).map(|(at, purchase)| (at, purchase.order.clone())).collect()
    };
    assert_eq!(done(&world, Instant::EPOCH), []);
    world.later(MINUTE);
    assert_eq!(world.verify("w", "R", 1), Ok(()));
    world.later(MINUTE);
    assert_eq!((world.verify("w", "O", 1), world.give_back("c", "Q")), (Ok(()), Ok(())));
    assert_eq!(world.undo("w", "R"), Ok(()));
    let at = world.stage.now;
    assert_eq!(done(&world, Instant::EPOCH), [(at, "O".into()), (at, "Q".into())]);
    world.later(MINUTE);
    assert_eq!(world.verify("x", "R", 1), Ok(()));
    assert_eq!(done(&world, world.stage.now), [(world.stage.now, "R".into())]);
    assert_eq!(done(&world, at).len(), 3);
}

#[test]
fn an_order_whose_rest_went_back_is_final_from_then_on() {
    let mut world = World::selling();
    world.bought("O", 1);
    assert_eq!(world.verify("v", "O", 1), Ok(()));
    world.later(3 * DAY);
    assert_eq!(world.give_back("c", "O"), Ok(()));
    assert_eq!(world.final_in("O"), Some(7));
    world.later(7 * DAY);
    world.settle("O");
    // 33.33 at 20 %: 6.67 are taken, and the store has the rest.
    assert_eq!(world.stage.economy.state().stores()[0].balance, Fen(2_666));
}

#[test]
fn what_went_back_by_other_means_is_part_of_what_is_owed() {
    let mut world = World::selling();
    world.bought("O", 1);
    world.cancel("x", "O", "20.00");
    assert_eq!(world.verify("v", "O", 1), Ok(()));
    assert_eq!(world.give_back("c", "O"), Ok(()));
    assert_eq!(world.money("O"), (3_333, 6_667));
    world.bought("P", 1);
    assert_eq!(world.verify("v", "P", 1), Ok(()));
    world.cancel("y", "P", "70.00");
    assert_eq!(world.give_back("d", "P"), Ok(()), "it ends, and no money moves");
    assert_eq!((world.money("P"), world.final_in("P")), ((3_000, 7_000), Some(7)));
}

#[test]
fn an_order_that_others_gave_back_or_settled_makes_its_voucher_void() {
    let mut world = World::selling();
    for order in ["O", "P", "Q"] {
        world.bought(order, 1);
    }
    world.cancel("x", "O", "100.00");
    world.settle("P");
    for order in ["O", "P"] {
        assert_eq!(world.status(order), VoucherStatus::Void);
        assert_eq!(world.verify("v", order, 1), Err(Code::VoucherEnded));
        assert_eq!(world.give_back("c", order), Err(Code::VoucherEnded));
        assert_eq!(world.final_in(order), None);
    }
    world.later(30 * DAY);
    assert_eq!(world.due().len(), 3);
    for act in world.due() {
        assert_eq!(world.service(act), Ok(()));
    }
    assert_eq!((world.due(), world.deal().taken()), (vec![], 0));
    assert_eq!((world.money("O"), world.money("P")), ((0, 10_000), (10_000, 0)));
}

#[test]
fn an_id_that_the_economy_knows_for_something_else_changes_nothing() {
    let mut world = World::selling();
    world.bought("O", 1);
    world.bought("P", 1);
    world.cancel("x", "P", "1.00");
    let by = Actor::Member("A".into());
    let act = DealAct::GiveBack { cancel: "x".into(), order: "O".into(), store: None };
    assert!(
        matches!(world.stage.try_act(by, act), Err(Refused::Economy(line)) if line.contains("id_reused"))
    );
    assert_eq!((world.money("O"), world.status("O")), ((10_000, 0), VoucherStatus::Valid));
}

#[test]
fn a_command_that_was_applied_alike_before_does_not_make_the_act_seem_done() {
    let mut world = World::selling();
    world.bought("O", 1);
    // By other means the same half goes back under the id that the member's request will have.
    world.cancel("c", "O", "50.00");
    assert_eq!(world.give_back("c", "O"), Err(Code::CommandKnown), "nothing would move");
    assert_eq!((world.money("O"), world.status("O")), ((5_000, 5_000), VoucherStatus::Valid));
    assert_eq!(world.give_back("d", "O"), Ok(()));
    assert_eq!((world.money("O"), world.deal().taken()), ((0, 10_000), 0));
    assert_eq!(world.give_back("e", "O"), Err(Code::VoucherEnded));
}

#[test]
fn an_order_is_not_final_while_its_member_is_owed_something() {
    let mut world = World::selling();
    world.bought("O", 2);
    assert_eq!(world.verify("v", "O", 3), Ok(()));
    world.cancel("c", "O", "50.00");
    assert_eq!((world.money("O"), world.final_in("O")), ((15_000, 5_000), None));
    assert_eq!(world.give_back("d", "O"), Ok(()));
    assert_eq!((world.money("O"), world.final_in("O")), ((10_000, 10_000), Some(7)));
}

#[test]
fn money_of_the_spend_balance_goes_back_there() {
    let mut world = World::new();
    let plan = include_str!("../../../../../plans/seed-one.toml");
    let spend = plan.replace(r#"redeem = "money""#, r#"redeem = "spend""#);
    let spend = spend.replace('\n', "\\n").replace('"', "\\\"");
    world.stage.commands(&format!(
        r#"{{"cmd":"change_plan","id":"P","plan":"{spend}"}}
{{"cmd":"settle","order":"X","member":"A","store":"T","amount":"1000.00"}}
{{"cmd":"redeem","request":"R","member":"A","points":"60"}}"#
    ));
    let (terms, sale) = (world.terms(), world.sale());
    world.offer(terms, sale);
    assert_eq!(world.buy("O", 1), Ok(()));
    world.stage.commands(
        r#"{"cmd":"pay","order":"O","member":"A","store":"S","amount":"100.00","from_spend":"50.00"}"#,
    );
    let spend = |world: &World| world.stage.economy.state().members()[1].spend;
    let before = spend(&world);
    assert_eq!(world.verify("v", "O", 1), Ok(()));
    assert_eq!(world.give_back("c", "O"), Ok(()));
    assert_eq!(spend(&world), before + Fen(3_333));
}
