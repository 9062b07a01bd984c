//! Baskets: split by supplier, at the prices that were seen, with pieces that are there.

use super::stage::*;
use crate::act::Actor;
use crate::mall::basket::{Basket, Wish};
use crate::mall::book::Owner;
use crate::mall::order::OrderState;
use crate::mall::product::{Content, ProductAct};
use crate::mall::{MallAct, Planned};
use crate::refusal::Code;

fn rice(order: &str, count: u32) -> Wish {
    wish(order, "U1", 0, &[pick("P1", "a", count, 10_000)])
}

fn oil(order: &str) -> Wish {
    wish(order, "U2", 600, &[pick("P2", "a", 2, 3_000)])
}

#[test]
fn a_basket_becomes_one_order_a_supplier() {
    let mut stage = stage();
    done(&mut stage, member("M2"), basket("B1", &[rice("O1", 3), oil("O2")]));
    let until = Some(linli_economy::time::Instant { seconds: stage.now.seconds + 900, ..stage.now });
    let planned = |supplier, list_total_fen, cost_fen| {
        Some(Planned { member: "M2", supplier, list_total_fen, cost_fen, until })
    };
    assert_eq!(mall(&stage).planned("O1"), planned("U1", 30_000, 6_000));
    // Freight is in the list total and in what the supplier gets.
    assert_eq!(mall(&stage).planned("O2"), planned("U2", 6_600, 1_600));
    assert_eq!(mall(&stage).planned("O3"), None);
    assert_eq!([pieces(&stage, "P1", "a"), pieces(&stage, "P2", "a")], [[7, 3, 0], [8, 2, 0]]);
    let ids: Vec<_> = mall(&stage).basket("B1").map(|order| order.id.as_str()).collect();
    assert_eq!(ids, ["O1", "O2"]);
    let of =
        |owner| mall(&stage).orders().of(owner, u32::MAX).map(|order| order.id.as_str()).collect::<Vec<_>>();
    assert_eq!(of(Owner::Member("M2")), ["O2", "O1"], "the newest first");
    assert_eq!((of(Owner::Supplier("U1")), of(Owner::Supplier("U2"))), (vec!["O1"], vec!["O2"]));
    assert_eq!(of(Owner::Member("M1")), [""; 0]);
    assert_eq!(mall(&stage).orders().of_in(Owner::Supplier("U1"), OrderState::Paid, u32::MAX).count(), 0);
    assert_eq!(mall(&stage).orders().in_state(OrderState::Placed, u32::MAX).count(), 2);
}

#[test]
fn a_basket_that_is_split_otherwise_is_refused() {
    let mut stage = stage();
    let by = member("M2");
    let foreign = wish("O1", "U2", 0, &[pick("P1", "a", 1, 10_000)]);
    refused(&mut stage, by.clone(), basket("B1", &[foreign]), Code::BasketSplit);
    let twice = [rice("O1", 1), wish("O2", "U1", 0, &[pick("P1", "b", 1, 5_000)])];
    refused(&mut stage, by.clone(), basket("B1", &twice), Code::BasketSplit);
    refused(
        &mut stage,
        by,
        basket("B1", &[wish("O1", "U9", 0, &[pick("P1", "a", 1, 1)])]),
        Code::UnknownMallSupplier,
    );
}

#[test]
fn nobody_pays_another_price_than_they_have_seen() {
    let mut stage = stage();
    for bad in [
        wish("O1", "U1", 0, &[pick("P1", "a", 1, 9_999)]),
        wish("O1", "U1", 1, &[pick("P1", "a", 1, 10_000)]),
        wish("O1", "U2", 0, &[pick("P2", "a", 1, 3_000)]),
    ] {
        refused(&mut stage, member("M2"), basket("B1", &[bad]), Code::PriceChanged);
    }
    placed(&mut stage, "O1");
    let dearer = content(0, &[("a", 20_000, 2_000), ("b", 5_000, 1_000)]);
    let edit = ProductAct::Edit { product: "P1".into(), version: 1, content: dearer };
    done(&mut stage, staff("desk"), MallAct::Product(edit));
    assert_eq!(
        mall(&stage).planned("O1").map(|planned| planned.list_total_fen),
        Some(25_000),
        "as it was placed"
    );
    refused(&mut stage, member("M2"), basket("B2", &[rice("O2", 1)]), Code::PriceChanged);
}

/// A regression of others: stock oversold.
#[test]
fn stock_is_not_sold_twice() {
    let mut stage = stage();
    done(&mut stage, member("M2"), basket("B1", &[rice("O1", 9)]));
    refused(&mut stage, member("M2"), basket("B2", &[rice("O2", 2)]), Code::StockShort);
    // All of a basket or nothing: what is there is not reserved for one that is refused.
    refused(&mut stage, member("M2"), basket("B2", &[oil("O3"), rice("O2", 2)]), Code::StockShort);
    assert_eq!(pieces(&stage, "P2", "a"), [10, 0, 0]);
    done(&mut stage, member("M2"), basket("B2", &[rice("O2", 1)]));
    assert_eq!(pieces(&stage, "P1", "a"), [0, 10, 0]);
    refused(&mut stage, member("M2"), basket("B3", &[rice("O4", 1)]), Code::StockShort);
}

#[test]
fn what_is_not_on_sale_cannot_be_ordered() {
    let mut stage = stage();
    let by = member("M2");
    let unknown = |product, variant| basket("B1", &[wish("O1", "U1", 0, &[pick(product, variant, 1, 1)])]);
    refused(&mut stage, by.clone(), unknown("P9", "a"), Code::UnknownProduct);
    refused(&mut stage, by.clone(), unknown("P1", "c"), Code::UnknownVariant);
    let mut taken_off = content(0, &[("a", 10_000, 2_000), ("b", 5_000, 1_000)]);
    taken_off.variants[0].is_offered = false;
    let edit = ProductAct::Edit { product: "P1".into(), version: 1, content: taken_off };
    done(&mut stage, staff("desk"), MallAct::Product(edit));
    refused(&mut stage, by.clone(), basket("B1", &[rice("O1", 1)]), Code::NotOnSale);
    done(&mut stage, staff("desk"), MallAct::Product(ProductAct::Withdraw { product: "P2".into() }));
    refused(&mut stage, by, basket("B1", &[oil("O1")]), Code::NotOnSale);
}

#[test]
fn baskets_that_are_none_are_refused() {
    let mut stage = stage();
    let by = member("M2");
    let many: Vec<_> = (0..21).map(|number| rice(&format!("O{number}"), 1)).collect();
    let twice = [pick("P1", "a", 1, 10_000), pick("P1", "a", 1, 10_000)];
    for bad in [
        basket("B1", &[]),
        basket("B1", &many),
        basket("B1", &[wish("O1", "U1", 0, &[])]),
        basket("B1", &[wish("O1", "U1", 0, &vec![pick("P1", "a", 1, 10_000); 51])]),
        basket("B1", &[wish("O1", "U1", 0, &twice)]),
        basket("B1", &[rice("O1", 0)]),
        basket("B1", &[rice("O1", 1_000)]),
    ] {
        refused(&mut stage, by.clone(), bad, Code::BadBasket);
    }
    for bad in [basket("B 1", &[rice("O1", 1)]), basket("B1", &[rice("O:1", 1)])] {
        refused(&mut stage, by.clone(), bad, Code::BadText);
    }
    let basket = |member: &str, sealed_address| {
        let (id, member) = ("B1".into(), member.into());
        MallAct::Place(Basket { id, member, sealed_address, orders: vec![rice("O1", 1)] })
    };
    refused(&mut stage, by.clone(), basket("M2", Vec::new()), Code::BadText);
    refused(&mut stage, by, basket("M1", vec![7]), Code::MallNotYours);
    refused(&mut stage, Actor::Machine, basket("M2", vec![7]), Code::MallNotYours);
    refused(&mut stage, member("M9"), basket("M9", vec![7]), Code::UnknownBuyer);
}

#[test]
fn ids_are_never_used_again() {
    let mut stage = stage();
    let by = member("M2");
    placed(&mut stage, "O1");
    done(&mut stage, by.clone(), cancel("O1", &[]));
    refused(&mut stage, by.clone(), basket("B-O1", &[rice("O2", 1)]), Code::BasketExists);
    refused(&mut stage, by.clone(), basket("B2", &[rice("O1", 1)]), Code::MallOrderExists);
    refused(&mut stage, by.clone(), basket("B2", &[rice("O2", 1), oil("O2")]), Code::MallOrderExists);
    stage.commands(r#"{"cmd":"pay","order":"T1","store":"S1","amount":"1.00"}"#);
    refused(&mut stage, by, basket("B2", &[rice("T1", 1)]), Code::MallOrderExists);
}

#[test]
fn nobody_empties_the_shelf_without_paying() {
    let mut stage = stage();
    let more = ProductAct::Stock { product: "P1".into(), variant: "a".into(), change: 90 };
    done(&mut stage, staff("u1"), MallAct::Product(more));
    for number in 0..20 {
        done(&mut stage, member("M2"), basket(&format!("B{number}"), &[rice(&format!("O{number}"), 1)]));
    }
    refused(&mut stage, member("M2"), basket("B20", &[rice("O20", 1)]), Code::TooManyUnpaid);
    done(&mut stage, member("M2"), cancel("O7", &[]));
    done(&mut stage, member("M2"), basket("B20", &[rice("O20", 1)]));
}

/// Each price alone is one; their sum is more than the economy takes.
#[test]
fn a_total_above_the_limit_is_refused() {
    let mut stage = stage();
    on_sale(&mut stage, "P3", "u1", content(0, &[("a", 9_000_000_000_000, 1)]));
    let dear = |count| basket("B1", &[wish("O1", "U1", 0, &[pick("P3", "a", count, 9_000_000_000_000)])]);
    refused(&mut stage, member("M2"), dear(2), Code::BadPrice);
    done(&mut stage, member("M2"), dear(1));
}

/// The plan may have changed since the product was put on sale.
#[test]
fn the_margin_is_that_of_the_plan_in_force() {
    let mut stage = stage();
    on_sale(&mut stage, "P3", "u1", content(0, &[("a", 10_000, 3_800)]));
    change_plan(&mut stage, r#"deduct = "50%""#, r#"deduct = "60%""#);
    let wanted = basket("B1", &[wish("O1", "U1", 0, &[pick("P3", "a", 1, 10_000)])]);
    refused(&mut stage, member("M2"), wanted, Code::MallMarginTooThin);
    done(&mut stage, member("M2"), basket("B1", &[rice("O1", 1)]));
}

#[test]
fn an_order_of_several_products_pays_the_highest_freight_once() {
    let mut stage = stage();
    on_sale(&mut stage, "P3", "u2", content(800, &[("a", 10_000, 100)]));
    let picks = [pick("P2", "a", 3, 3_000), pick("P3", "a", 2, 10_000)];
    refused(&mut stage, member("M2"), basket("B1", &[wish("O1", "U2", 600, &picks)]), Code::PriceChanged);
    done(&mut stage, member("M2"), basket("B1", &[wish("O1", "U2", 800, &picks)]));
    let planned = mall(&stage).planned("O1").map(|planned| (planned.list_total_fen, planned.cost_fen));
    assert_eq!(planned, Some((29_800, 2_500)));
}

/// What is said of a product later changes nothing of what somebody has ordered.
#[test]
fn an_order_keeps_the_version_that_was_ordered() {
    let mut stage = stage();
    let edit = |version: u32, title: &str| {
        let both = content(0, &[("a", 10_000, 2_000), ("b", 5_000, 1_000)]);
        let content = Content { title: title.into(), ..both };
        MallAct::Product(ProductAct::Edit { product: "P1".into(), version, content })
    };
    placed(&mut stage, "O1");
    done(&mut stage, staff("desk"), edit(1, "第二版"));
    done(&mut stage, staff("desk"), edit(2, "第三版"));
    let product = mall(&stage).products().get("P1").expect("a product");
    let title = |version: u32| product.content_of(version).map(|content| content.title.as_str());
    assert_eq!([1, 2, 3, 4].map(title), [Some("大米 5 kg"), None, Some("第三版"), None]);
    assert_eq!(order(&stage, "O1").items[0].version, 1);
}

/// A page goes on where the one before it ended, whatever has come meanwhile.
#[test]
fn orders_are_listed_from_a_place_on() {
    let mut stage = stage();
    for order in ["O1", "O2", "O3"] {
        placed(&mut stage, order);
    }
    let ids = |before: &str| -> [Vec<&str>; 4] {
        let orders = mall(&stage).orders();
        let before = orders.number(before).unwrap_or(u32::MAX);
        let (member, supplier) = (Owner::Member("M2"), Owner::Supplier("U1"));
        [
            orders.all(before).map(|order| &*order.id).collect(),
            orders.in_state(OrderState::Placed, before).map(|order| &*order.id).collect(),
            orders.of(member, before).map(|order| &*order.id).collect(),
            orders.of_in(supplier, OrderState::Placed, before).map(|order| &*order.id).collect(),
        ]
    };
    assert!(ids("").iter().all(|ids| *ids == ["O3", "O2", "O1"]));
    assert!(ids("O2").iter().all(|ids| *ids == ["O1"]));
    assert_eq!(ids("O1"), [const { Vec::<&str>::new() }; 4]);
}
