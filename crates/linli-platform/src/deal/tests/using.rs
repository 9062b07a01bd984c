//! Reserving, paying, verifying and taking back verifications.

use super::*;

#[test]
fn what_is_unpaid_for_fifteen_minutes_lapses() {
    let mut world = World::selling();
    assert_eq!(world.buy("O", 2), Ok(()));
    let until = Instant { seconds: world.stage.now.seconds + 900, ..world.stage.now };
    let planned = PlannedOrder { store: "S", member: "A", amount_fen: 20_000, until };
    assert_eq!(world.deals().planned("O"), Some(planned));
    assert_eq!(world.status("O"), VoucherStatus::Reserved);
    world.later(15 * MINUTE - 1);
    assert_eq!((world.lapse("O"), world.due()), (Err(Code::TooEarly), vec![]));
    world.later(1);
    assert_eq!(world.due(), [DealAct::Lapse { order: "O".into() }]);
    assert_eq!(world.by("A", DealAct::Lapse { order: "O".into() }), Err(Code::DealActor));
    assert_eq!(world.lapse("O"), Ok(()));
    assert_eq!((world.deal().taken(), world.due()), (0, vec![]));
    assert_eq!((world.deals().purchase("O"), world.deals().planned("O")), (None, None));
    assert!(!world.deals().is_deal("O") && world.deals().by_code(&[1; 16]).is_none());
    assert_eq!(world.lapse("O"), Err(Code::UnknownPurchase));
    assert_eq!(world.buy("O", 1), Err(Code::PurchaseExists), "an id is never used again");
}

#[test]
fn what_is_paid_is_confirmed_and_does_not_lapse() {
    let mut world = World::selling();
    let confirm = |paid_at| DealAct::Confirm { order: "O".into(), paid_at };
    let bought_at = world.stage.now;
    assert_eq!(world.service(confirm(bought_at)), Err(Code::UnknownPurchase));
    assert_eq!(world.buy("O", 1), Ok(()));
    assert_eq!(world.service(confirm(bought_at)), Err(Code::PurchaseUnpaid));
    world.later(20 * MINUTE);
    world.pay("O");
    let paid_at = world.stage.now;
    assert_eq!(world.lapse("O"), Err(Code::PurchasePaid));
    assert_eq!(world.due(), [confirm(paid_at)]);
    assert_eq!(world.service(confirm(bought_at)), Err(Code::PaidAtOtherTime));
    assert_eq!(world.by("M", confirm(paid_at)), Err(Code::DealActor));
    assert_eq!(world.expire("O"), Err(Code::PurchaseUnpaid), "not confirmed");
    assert_eq!(world.service(confirm(paid_at)), Ok(()));
    assert_eq!(world.service(confirm(paid_at)), Err(Code::PurchasePaid));
    assert_eq!(world.lapse("O"), Err(Code::PurchasePaid));
    assert_eq!((world.deals().planned("O"), world.due()), (None, vec![]));
    let expires_at = Instant { seconds: paid_at.seconds + 30 * DAY, ..paid_at };
    assert_eq!(world.purchase("O").expires_at, Some(expires_at));
}

#[test]
fn an_order_that_is_not_the_planned_one_pays_for_nothing() {
    for paid in [
        r#"{"cmd":"pay","order":"O","member":"A","store":"S","amount":"99.99"}"#,
        r#"{"cmd":"pay","order":"O","member":"B","store":"S","amount":"100.00"}"#,
        r#"{"cmd":"pay","order":"O","store":"S","amount":"100.00"}"#,
        r#"{"cmd":"pay","order":"O","member":"A","store":"T","amount":"100.00"}"#,
        r#"{"cmd":"pay_mall","order":"O","member":"A","supplier":"U","list_total":"100.00","cost":"1.00"}"#,
    ] {
        let mut world = World::selling();
        assert_eq!(world.buy("O", 1), Ok(()));
        world.stage.commands(paid);
        assert_eq!(world.verify("v", "O", 1), Err(Code::PurchaseUnpaid), "{paid}");
        assert_eq!(world.give_back("c", "O"), Err(Code::PurchaseUnpaid));
        assert_eq!(world.deals().final_at(&world.stage.economy, "O"), None);
        world.later(15 * MINUTE);
        assert_eq!(world.due(), [DealAct::Lapse { order: "O".into() }]);
        assert_eq!(world.lapse("O"), Ok(()));
        assert!(!world.deals().is_deal("O"), "from now on it is an order like others");
    }
}

#[test]
fn uses_are_verified_until_none_is_left() {
    let mut world = World::selling();
    assert_eq!(world.verify("v1", "O", 1), Err(Code::UnknownPurchase));
    assert_eq!(world.buy("O", 2), Ok(()));
    assert_eq!(world.verify("v1", "O", 1), Err(Code::PurchaseUnpaid));
    world.pay("O");
    assert_eq!(world.status("O"), VoucherStatus::Valid);
    assert_eq!(world.verify("v1", "O", 0), Err(Code::BadCount));
    assert_eq!(world.verify("v:1", "O", 1), Err(Code::BadText));
    assert_eq!(world.verify("v1", "O", 7), Err(Code::TooFewUses));
    assert_eq!(world.verify("v1", "O", 4), Ok(()), "before the service has confirmed the payment");
    assert_eq!(world.verify("v2", "O", 3), Err(Code::TooFewUses));
    assert_eq!(world.verify("v2", "O", 2), Ok(()));
    assert_eq!((world.purchase("O").left(), world.status("O")), (0, VoucherStatus::Used));
    assert_eq!(world.verify("v3", "O", 1), Err(Code::VoucherUsed));
    world.settle("O");
    assert_eq!(world.status("O"), VoucherStatus::Used);
    assert_eq!(world.verify("v3", "O", 1), Err(Code::VoucherEnded));
}

#[test]
fn a_voucher_is_used_in_its_store_by_people() {
    let mut world = World::selling();
    world.bought("O", 1);
    let verify = |store: &str| DealAct::Verify {
        verification: "v".into(),
        order: "O".into(),
        store: store.into(),
        uses: 1,
    };
    let undo = |store: &str| DealAct::UndoVerify {
        verification: "v".into(),
        order: "O".into(),
        store: store.into(),
    };
    assert_eq!(world.by("M", verify("T")), Err(Code::DealOfAnother));
    assert_eq!(world.service(verify("S")), Err(Code::DealActor));
    assert_eq!(world.stage.act(Actor::Key("till".into()), verify("S")), Ok(()));
    assert_eq!(world.by("M", undo("T")), Err(Code::DealOfAnother));
    assert_eq!(world.stage.act(Actor::Provider, undo("S")), Err(Code::DealActor));
    assert_eq!(world.by("M", undo("S")), Ok(()));
}

#[test]
fn a_verification_that_is_sent_again_does_nothing() {
    let mut world = World::selling();
    world.bought("O", 1);
    for _ in 0..3 {
        assert_eq!(world.verify("v", "O", 2), Ok(()));
        assert_eq!(world.purchase("O").left(), 1);
    }
    assert_eq!(world.verify("v", "O", 1), Err(Code::VerificationExists));
    assert_eq!(world.verify("w", "O", 1), Ok(()));
    assert_eq!(world.verify("w", "O", 1), Ok(()), "also once nothing is left");
    assert_eq!(world.undo("w", "O"), Ok(()));
    assert_eq!(world.verify("w", "O", 1), Err(Code::VerificationExists), "an undone one stays undone");
    world.later(40 * DAY);
    assert_eq!(world.verify("v", "O", 2), Ok(()), "also once it has expired");
    assert_eq!(world.purchase("O").left(), 1);
}

#[test]
fn a_verification_is_undone_within_ten_minutes() {
    let mut world = World::selling();
    world.bought("O", 1);
    assert_eq!(world.undo("v", "O"), Err(Code::UnknownVerification));
    assert_eq!(world.verify("v", "O", 3), Ok(()));
    world.later(10 * MINUTE);
    assert_eq!(world.undo("v", "O"), Ok(()));
    assert_eq!((world.purchase("O").left(), world.final_in("O")), (3, None));
    assert_eq!(world.undo("v", "O"), Err(Code::VerificationUndone));
    assert_eq!(world.verify("w", "O", 3), Ok(()));
    world.later(10 * MINUTE + 1);
    assert_eq!(world.undo("w", "O"), Err(Code::VerificationStays));
}

#[test]
fn a_verification_stays_once_its_order_is_final_or_over() {
    let mut world = World::new();
    let plan = include_str!("../../../../../plans/seed-one.toml");
    let at_once = plan.replace("hold_days = 7", "hold_days = 0").replace('\n', "\\n").replace('"', "\\\"");
    world.stage.commands(&format!(r#"{{"cmd":"change_plan","id":"P","plan":"{at_once}"}}"#));
    let (terms, sale) = (world.terms(), world.sale());
    world.offer(terms, sale);
    for order in ["O", "P", "Q"] {
        world.bought(order, 1);
        assert_eq!(world.verify("v", order, 2), Ok(()));
    }
    assert_eq!(world.verify("w", "O", 1), Ok(()));
    assert_eq!(world.final_in("O"), Some(0));
    assert_eq!(world.undo("v", "O"), Err(Code::VerificationStays), "it is final");
    world.cancel("c", "P", "100.00");
    assert_eq!(world.undo("v", "P"), Err(Code::VoucherEnded), "its money is gone");
    assert_eq!(world.give_back("d", "Q"), Ok(()));
    assert_eq!(world.undo("v", "Q"), Err(Code::VoucherEnded), "its rest has gone back");
}

#[test]
fn a_store_undoes_at_most_twenty_verifications_of_a_voucher() {
    let mut world = World::selling();
    world.bought("O", 1);
    for number in 0..20 {
        assert_eq!(world.verify(&format!("v{number}"), "O", 1), Ok(()));
        assert_eq!(world.undo(&format!("v{number}"), "O"), Ok(()));
    }
    assert_eq!(world.verify("v", "O", 1), Ok(()));
    assert_eq!(world.undo("v", "O"), Err(Code::VerificationStays));
}

#[test]
fn a_voucher_expires_at_its_time() {
    let mut world = World::selling();
    world.bought("O", 1);
    world.later(30 * DAY - 1);
    assert_eq!(world.verify("v", "O", 1), Ok(()));
    world.later(1);
    assert_eq!(world.status("O"), VoucherStatus::Expiring);
    assert_eq!(world.verify("w", "O", 1), Err(Code::VoucherExpired));
    let mut world = World::new();
    let until = Instant { seconds: world.stage.now.seconds + DAY, ..world.stage.now };
    let (terms, sale) = (world.terms(), world.sale());
    world.offer(DealTerms { valid: Validity::Until(until), ..terms }, sale);
    world.later(DAY / 2);
    world.bought("O", 1);
    world.later(DAY / 2 - 1);
    assert_eq!(world.verify("v", "O", 1), Ok(()));
    world.later(1);
    assert_eq!(world.verify("w", "O", 1), Err(Code::VoucherExpired));
}

#[test]
fn purchases_are_found_by_code_member_store_and_deal() {
    let mut world = World::selling();
    for order in ["O3", "O1", "O2"] {
        world.bought(order, 1);
    }
    let deals = world.deals();
    assert_eq!(deals.by_code(&[2; 16]).map(|purchase| &purchase.order[..]), Some("O1"));
    let lists = [
        deals.bought_by_member("A", u64::MAX).collect::<Vec<_>>(),
        deals.bought_in_store("S", u64::MAX).collect(),
        deals.bought_of_deal("D", u64::MAX).collect(),
    ];
    for list in lists {
        let orders: Vec<_> = list.iter().map(|(_, purchase)| &purchase.order[..]).collect();
        assert_eq!(orders, ["O2", "O1", "O3"], "the latest first");
        let (number, _) = list[1];
        let earlier: Vec<_> =
            deals.bought_by_member("A", number).map(|(_, found)| &found.order[..]).collect();
        assert_eq!(earlier, ["O3"]);
    }
    assert_eq!(deals.bought_by_member("B", u64::MAX).count(), 0);
    assert_eq!(deals.bought_in_store("T", u64::MAX).count(), 0);
}

#[test]
fn a_store_finds_what_it_verified_the_latest_first() {
    let mut world = World::selling();
    world.bought("O", 1);
    world.bought("P", 1);
    for (id, order) in [("v1", "P"), ("v2", "O"), ("v3", "P"), ("v3", "P")] {
        assert_eq!(world.verify(id, order, 1), Ok(()));
    }
    assert_eq!(world.undo("v1", "P"), Ok(()));
    let found: Vec<_> = world.deals().verified_in_store("S", u64::MAX).collect();
    let shown: Vec<_> = found.iter().map(|(_, of, what)| (&*of.order, &*what.id, what.is_undone)).collect();
    assert_eq!(shown, [("P", "v3", false), ("O", "v2", false), ("P", "v1", true)]);
    let seqs: Vec<_> = found.iter().map(|(seq, ..)| *seq).collect();
    assert!(seqs.is_sorted_by(|later, earlier| later > earlier), "{seqs:?}");
    let next = world.deals().verified_in_store("S", seqs[1]).map(|(_, _, what)| &*what.id);
    assert_eq!(next.collect::<Vec<_>>(), ["v1"]);
    assert_eq!(world.deals().verified_in_store("T", u64::MAX).count(), 0);
}
