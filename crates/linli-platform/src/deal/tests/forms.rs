//! The binary form of the acts: what stands in a journal is read for ever.

use super::*;
use crate::part::Part;
use std::collections::BTreeSet;

#[test]
fn the_binary_form_of_each_act_stays() {
    let moment = Instant { seconds: 1, nanoseconds: 2 };
    let compared = Compared { price_fen: 3, source: "s".into(), seen_at: moment, picture: "p".into() };
    let terms = DealTerms {
        title: "t".into(),
        price_fen: 2,
        compared: Some(compared),
        uses: 1,
        valid: Validity::Until(moment),
        text: "x".into(),
    };
    let sale = DealSale { stock: Some(4), per_member: None, from: moment, until: Some(moment) };
    let [deal, store, order] = ["d", "s", "o"].map(String::from);
    let days = DealTerms { compared: None, valid: Validity::Days(5), ..terms.clone() };
    let open = DealSale { stock: None, per_member: Some(6), until: None, ..sale.clone() };
    let buying = Buying {
        order: order.clone(),
        deal: deal.clone(),
        version: 1,
        member: "m".into(),
        count: 2,
        code_digest: [7; 16],
        sealed_code: vec![8],
    };
    let verification = || "v".to_owned();
    let cancel = || "c".to_owned();
    let forms: [(DealAct, &[u8]); 12] = [
        (
            DealAct::Offer { deal: deal.clone(), store: store.clone(), terms, sale },
            b"\0\x01d\x01s\x01t\x02\x01\x03\x01s\x02\x02\x01p\x01\x01\x02\x02\x01x\x01\x04\0\x02\x02\x01\x02\x02",
        ),
        (
            DealAct::Change { deal: deal.clone(), store: store.clone(), terms: days, sale: open },
            b"\x01\x01d\x01s\x01t\x02\0\x01\0\x05\x01x\0\x01\x06\x02\x02\0",
        ),
        (DealAct::Publish { deal: deal.clone(), store: store.clone() }, b"\x02\x01d\x01s"),
        (DealAct::Withdraw { deal, store: store.clone() }, b"\x03\x01d\x01s"),
        (
            DealAct::Buy(buying),
            b"\x04\x01o\x01d\x01\x01m\x02\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x01\x08",
        ),
        (DealAct::Confirm { order: order.clone(), paid_at: moment }, b"\x05\x01o\x02\x02"),
        (DealAct::Lapse { order: order.clone() }, b"\x06\x01o"),
        (
            DealAct::Verify { verification: verification(), order: order.clone(), store: store.clone(), uses: 9 },
            b"\x07\x01v\x01o\x01s\x09",
        ),
        (
            DealAct::UndoVerify { verification: verification(), order: order.clone(), store: store.clone() },
            b"\x08\x01v\x01o\x01s",
        ),
        (
            DealAct::GiveBack { cancel: cancel(), order: order.clone(), store: Some(store) },
            b"\x09\x01c\x01o\x01\x01s",
        ),
        (DealAct::GiveBack { cancel: cancel(), order: order.clone(), store: None }, b"\x09\x01c\x01o\0"),
        (DealAct::Expire { cancel: cancel(), order }, b"\x0a\x01c\x01o"),
    ];
    for (act, form) in forms {
        let bytes = postcard::to_extend(&act, Vec::new()).expect("memory takes it");
        assert_eq!(bytes, form, "{}", act.name());
        assert_eq!(postcard::from_bytes(&bytes), Ok(act));
    }
}

#[test]
fn each_act_has_a_name_and_says_what_it_is_about() {
    let (deal, store, order) = ("D".to_owned(), "S".to_owned(), "O".to_owned());
    let acts = [
        (DealAct::Publish { deal: deal.clone(), store: store.clone() }, "publish_deal", "D"),
        (DealAct::Withdraw { deal, store: store.clone() }, "withdraw_deal", "D"),
        (DealAct::Lapse { order: order.clone() }, "lapse_purchase", "O"),
        (
            DealAct::GiveBack { cancel: "c".into(), order: order.clone(), store: None },
            "give_back_voucher",
            "O",
        ),
        (DealAct::UndoVerify { verification: "v".into(), order, store }, "undo_verification", "O"),
    ];
    for (act, name, subject) in acts {
        let act = crate::Act::from(act);
        assert_eq!((act.name(), act.subject()), (name, subject));
    }
}

#[test]
fn the_state_is_read_as_it_was_written() {
    let mut world = World::selling();
    world.bought("O1", 2);
    assert_eq!(world.verify("v", "O1", 1), Ok(()));
    assert_eq!(world.buy("O2", 1), Ok(()));
    world.later(15 * MINUTE);
    assert_eq!(world.lapse("O2"), Ok(()));
    let bytes = postcard::to_extend(world.deals(), Vec::new()).expect("memory takes it");
    assert_eq!(postcard::from_bytes::<Deals>(&bytes).as_ref(), Ok(world.deals()));
}

#[test]
fn the_figure_changes_with_what_is_kept() {
    let mut world = World::selling();
    let mut figures = BTreeSet::from([Deals::default().figure()]);
    let mut note = |world: &World| assert!(figures.insert(world.deals().figure()));
    note(&world);
    assert_eq!(world.buy("O1", 1), Ok(()));
    note(&world);
    assert_eq!(world.buy("O2", 1), Ok(()));
    note(&world);
    world.pay("O1");
    assert_eq!(world.verify("v", "O1", 1), Ok(()));
    note(&world);
    assert_eq!(world.give_back("c", "O1"), Ok(()));
    note(&world);
    world.later(15 * MINUTE);
    assert_eq!(world.lapse("O2"), Ok(()));
    note(&world);
}
