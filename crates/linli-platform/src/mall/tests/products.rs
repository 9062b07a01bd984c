//! Products: from draft to sale, prices, margins, compared prices, stock.

use super::stage::*;
use crate::act::Actor;
use crate::mall::MallAct;
use crate::mall::product::{ComparedPrice, Content, ProductAct, ProductState};
use crate::platform::testing::Stage;
use crate::refusal::Code;
use linli_economy::limits::AMOUNT_LIMIT_FEN;

fn draft(product: &str, content: Content) -> MallAct {
    let (product, supplier) = (product.into(), "U1".into());
    MallAct::Product(ProductAct::Draft { product, supplier, content })
}

fn edit(version: u32, content: Content) -> MallAct {
    MallAct::Product(ProductAct::Edit { product: "P1".into(), version, content })
}

fn sale(version: u32) -> MallAct {
    MallAct::Product(ProductAct::PutOnSale { product: "P1".into(), version })
}

fn withdraw() -> MallAct {
    MallAct::Product(ProductAct::Withdraw { product: "P1".into() })
}

fn stock(variant: &str, change: i32) -> MallAct {
    MallAct::Product(ProductAct::Stock { product: "P1".into(), variant: variant.into(), change })
}

fn both() -> Content {
    content(0, &[("a", 10_000, 2_000), ("b", 5_000, 1_000)])
}

fn state_of(stage: &Stage) -> (ProductState, u32) {
    let product = mall(stage).products().get("P1").expect("a product");
    (product.state, product.version)
}

#[test]
fn a_product_is_drafted_once_by_its_supplier_or_the_platform() {
    let mut stage = stage();
    for by in [staff("u2"), member("M2"), Actor::Service] {
        refused(&mut stage, by, draft("P3", both()), Code::MallNotYours);
    }
    done(&mut stage, staff("desk"), draft("P3", both()));
    refused(&mut stage, staff("u1"), draft("P3", both()), Code::ProductExists);
    refused(&mut stage, staff("u1"), draft("P 4", both()), Code::BadText);
    let ids: Vec<_> = mall(&stage).products().of_supplier("U1", "").map(|(id, _)| id).collect();
    assert_eq!((ids, mall(&stage).products().after("").count()), (vec!["P1", "P3"], 3));
}

/// What members see has been looked at: a supplier's own change takes it off sale.
#[test]
fn a_supplier_s_change_waits_for_the_platform() {
    let mut stage = stage();
    assert_eq!(state_of(&stage), (ProductState::OnSale, 1));
    refused(&mut stage, staff("u1"), sale(1), Code::MallNotYours);
    done(&mut stage, staff("u1"), edit(1, both()));
    assert_eq!(state_of(&stage), (ProductState::Draft, 2));
    refused(&mut stage, staff("desk"), sale(1), Code::ProductChanged);
    done(&mut stage, staff("desk"), sale(2));
    refused(&mut stage, staff("desk"), sale(2), Code::ProductState);
    done(&mut stage, staff("desk"), edit(2, both()));
    assert_eq!(state_of(&stage), (ProductState::OnSale, 3));
    refused(&mut stage, staff("desk"), edit(2, both()), Code::ProductChanged);
    done(&mut stage, staff("u1"), withdraw());
    refused(&mut stage, staff("u1"), withdraw(), Code::ProductState);
    done(&mut stage, staff("desk"), sale(3));
    done(&mut stage, staff("u1"), withdraw());
    done(&mut stage, staff("u1"), edit(3, both()));
    assert_eq!(state_of(&stage), (ProductState::Draft, 4));
}

#[test]
fn what_is_not_there_is_refused() {
    let mut stage = stage();
    let gone = MallAct::Product(ProductAct::Withdraw { product: "P9".into() });
    refused(&mut stage, staff("desk"), gone, Code::UnknownProduct);
    refused(&mut stage, staff("u1"), stock("c", 1), Code::UnknownVariant);
    refused(&mut stage, staff("u2"), stock("a", 1), Code::MallNotYours);
}

#[test]
fn particulars_that_are_none_are_refused() {
    let mut stage = stage();
    let many: Vec<_> = (0..51).map(|number| format!("v{number}")).collect();
    let many: Vec<_> = many.iter().map(|id| (id.as_str(), 10_000, 2_000)).collect();
    for bad in [
        content(0, &[]),
        content(0, &many),
        content(0, &[("a", 10_000, 2_000), ("a", 5_000, 1_000)]),
        Content { pictures: vec!["p".into(); 11], ..both() },
    ] {
        refused(&mut stage, staff("u1"), draft("P3", bad), Code::BadProduct);
    }
    for bad in [
        content(0, &[("a b", 10_000, 2_000)]),
        Content { category: String::new(), ..both() },
        Content { category: "x".repeat(31), ..both() },
        Content { title: String::new(), ..both() },
        Content { title: "two\nlines".into(), ..both() },
        Content { description: "x".repeat(5_001), ..both() },
        Content { description: "a\u{202e}b".into(), ..both() },
        Content { pictures: vec!["../p".into()], ..both() },
    ] {
        refused(&mut stage, staff("u1"), draft("P3", bad), Code::BadText);
    }
    done(&mut stage, staff("u1"), draft("P3", content(0, &many[..50])));
}

/// A regression of others: a negative price stored. An amount here is never below zero, and none is zero.
#[test]
fn prices_that_are_none_are_refused() {
    let mut stage = stage();
    let most = AMOUNT_LIMIT_FEN;
    for (freight, price, cost) in [
        (0, 0, 1),
        (0, 1, 0),
        (0, most + 1, 1),
        (0, 1, most + 1),
        (1, most, 1),
        (0, u64::MAX, 1),
        (u64::MAX, 1, 1),
    ] {
        let bad = content(freight, &[("a", price, cost)]);
        refused(&mut stage, staff("u1"), draft("P3", bad), Code::BadPrice);
    }
    done(&mut stage, staff("u1"), draft("P3", content(0, &[("a", most, 1)])));
}

#[test]
fn a_compared_price_has_its_proof_and_is_higher() {
    let mut stage = stage();
    let now = stage.now;
    let later = linli_economy::time::Instant { seconds: now.seconds + 1, ..now };
    let compared = |price_fen, source: &str, picture: &str, seen_at| {
        let mut content = both();
        let (source, picture) = (source.to_owned(), picture.to_owned());
        content.variants[0].compared = Some(ComparedPrice { price_fen, source, seen_at, picture });
        content
    };
    for (bad, code) in [
        (compared(12_000, "", "picture-3", now), Code::BadText),
        (compared(12_000, "shelf price, S1", "", now), Code::BadText),
        (compared(12_000, "shelf price, S1", "picture-3", later), Code::BadComparedPrice),
        (compared(10_000, "shelf price, S1", "picture-3", now), Code::BadComparedPrice),
        (compared(AMOUNT_LIMIT_FEN + 1, "shelf price, S1", "picture-3", now), Code::BadPrice),
    ] {
        refused(&mut stage, staff("u1"), edit(1, bad), code);
    }
    done(&mut stage, staff("u1"), edit(1, compared(12_000, "shelf price, S1", "picture-3", now)));
}

/// Seed-one carries a cost of 38 % of the list price; freight counts on both sides, so the margin has to carry it.
#[test]
fn what_the_margin_does_not_carry_is_not_sold() {
    let mut stage = stage();
    for (version, freight, cost, carried) in
        [(1, 0, 3_800, true), (2, 0, 3_801, false), (3, 1_000, 3_180, true), (4, 1_000, 3_181, false)]
    {
        done(
            &mut stage,
            staff("u1"),
            edit(version, content(freight, &[("a", 10_000, cost), ("b", 10_000, 1)])),
        );
        if carried {
            done(&mut stage, staff("desk"), sale(version + 1));
        } else {
            refused(&mut stage, staff("desk"), sale(version + 1), Code::MallMarginTooThin);
        }
    }
    let mut taken_off = content(1_000, &[("a", 10_000, 3_181), ("b", 10_000, 1)]);
    taken_off.variants[0].is_offered = false;
    done(&mut stage, staff("desk"), edit(5, taken_off));
    done(&mut stage, staff("desk"), sale(6));
    let thin = content(0, &[("a", 10_000, 3_801), ("b", 10_000, 1)]);
    refused(&mut stage, staff("desk"), edit(6, thin), Code::MallMarginTooThin);
}

#[test]
fn a_variant_is_taken_off_and_never_removed() {
    let mut stage = stage();
    refused(&mut stage, staff("u1"), edit(1, content(0, &[("a", 10_000, 2_000)])), Code::VariantLost);
    let three = content(0, &[("c", 1_000, 100), ("a", 10_000, 2_000), ("b", 5_000, 1_000)]);
    done(&mut stage, staff("u1"), edit(1, three));
    let all = ["a", "b", "c"].map(|variant| pieces(&stage, "P1", variant));
    assert_eq!(all, [[10, 0, 0], [10, 0, 0], [0, 0, 0]]);
}

#[test]
fn stock_is_never_below_nothing_nor_above_its_limit() {
    let mut stage = stage();
    placed(&mut stage, "O1");
    assert_eq!(pieces(&stage, "P1", "a"), [8, 2, 0]);
    refused(&mut stage, staff("u1"), stock("a", -9), Code::StockShort);
    refused(&mut stage, staff("u1"), stock("a", i32::MIN), Code::StockShort);
    done(&mut stage, staff("u1"), stock("a", -8));
    refused(&mut stage, staff("u1"), stock("a", 1_000_001), Code::StockLimit);
    done(&mut stage, staff("u1"), stock("a", 1_000_000));
    assert_eq!(pieces(&stage, "P1", "a"), [1_000_000, 2, 0]);
}

/// Members look by category, and find there what they can buy and nothing else.
#[test]
fn a_category_has_what_is_on_sale_of_it() {
    let mut stage = stage();
    let of = |stage: &Stage, category: &str, after: &str| -> Vec<String> {
        mall(stage).products().of_category(category, after).map(|(id, _)| id.to_owned()).collect()
    };
    assert_eq!(
        (of(&stage, "粮油", ""), of(&stage, "粮油", "P1")),
        (vec!["P1".into(), "P2".into()], vec!["P2".into()])
    );
    done(&mut stage, staff("desk"), edit(1, Content { category: "茶".into(), ..both() }));
    assert_eq!(mall(&stage).products().categories().collect::<Vec<_>>(), [("粮油", 1), ("茶", 1)]);
    done(&mut stage, staff("u1"), edit(2, both()));
    assert_eq!(mall(&stage).products().categories().collect::<Vec<_>>(), [("粮油", 1)]);
    done(&mut stage, staff("desk"), sale(3));
    done(&mut stage, staff("u1"), withdraw());
    assert_eq!(of(&stage, "粮油", ""), ["P2"]);
}
