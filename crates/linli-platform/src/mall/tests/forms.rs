//! The acts as they stand in the journal: what is written once stays readable, so no form here ever changes.

use super::stage::*;
use crate::act::{Act, Actor, Deed};
use crate::mall::MallAct;
use crate::mall::address::AddressAct;
use crate::mall::delivery::OrderAct;
use crate::mall::product::{ComparedPrice, ProductAct};
use crate::mall::returning::{Goods, Restock};
use crate::mall::returns::ReturnAct;
use crate::mall::supplier::SupplierAct;
use linli_economy::time::Instant;

fn suppliers() -> Vec<MallAct> {
    let (supplier, name, staff) = (|| "U".to_owned(), || "n".to_owned(), || "u".to_owned());
    let acts = [
        SupplierAct::Add { supplier: supplier(), name: name(), sealed_contact: vec![1] },
        SupplierAct::Update { supplier: supplier(), name: name(), sealed_contact: vec![1] },
        SupplierAct::Suspend { supplier: supplier() },
        SupplierAct::Reinstate { supplier: supplier() },
        SupplierAct::AddLogin { supplier: supplier(), staff: staff() },
        SupplierAct::RemoveLogin { supplier: supplier(), staff: staff() },
    ];
    acts.map(MallAct::Supplier).into()
}

fn products() -> Vec<MallAct> {
    let product = || "P".to_owned();
    let mut content = content(600, &[("a", 300, 100)]);
    content.category = "c".into();
    content.title = "t".into();
    content.description = String::new();
    content.pictures = Vec::new();
    content.variants[0].name = "v".into();
    let seen_at = Instant { seconds: 1, nanoseconds: 2 };
    let (source, picture) = ("s".into(), "p".into());
    content.variants[0].compared = Some(ComparedPrice { price_fen: 400, source, seen_at, picture });
    let acts = [
        ProductAct::Draft { product: product(), supplier: "U".into(), content: content.clone() },
        ProductAct::Edit { product: product(), version: 2, content },
        ProductAct::PutOnSale { product: product(), version: 2 },
        ProductAct::Withdraw { product: product() },
        ProductAct::Stock { product: product(), variant: "a".into(), change: -1 },
    ];
    acts.map(MallAct::Product).into()
}

fn addresses() -> Vec<MallAct> {
    let (member, address) = (|| "M".to_owned(), || "A".to_owned());
    let acts = [
        AddressAct::Add { member: member(), address: address(), sealed_text: vec![1] },
        AddressAct::Change { member: member(), address: address(), sealed_text: vec![1] },
        AddressAct::Remove { member: member(), address: address() },
        AddressAct::MakeDefault { member: member(), address: address() },
    ];
    acts.map(MallAct::Address).into()
}

fn orders() -> Vec<MallAct> {
    let (order, carrier, number) = (|| "O".to_owned(), || "c".to_owned(), || "n".to_owned());
    let confirm = OrderAct::Confirm { order: order(), hold_days: 7, refund_days: 8 };
    let correct = OrderAct::Correct { order: order(), carrier: carrier(), number: number() };
    let ship = OrderAct::Ship { order: order(), carrier: carrier(), number: number() };
    vec![
        basket("B", &[wish("O", "U", 600, &[pick("P", "a", 2, 300)])]),
        MallAct::Order(confirm),
        MallAct::Order(OrderAct::Lapse { order: order() }),
        MallAct::Order(ship),
        MallAct::Order(correct),
        receive("O"),
        cancel("O", &[5]),
        settle("O"),
    ]
}

fn returns() -> Vec<MallAct> {
    let of = || "R".to_owned();
    vec![
        ask("R", "O", &[(0, 1)]),
        MallAct::Return(ReturnAct::Escalate { of: of() }),
        agree("R", Goods::Back),
        agree("R", Goods::Kept),
        MallAct::Return(ReturnAct::Refuse { of: of(), sealed_reason: vec![9] }),
        MallAct::Return(ReturnAct::Appeal { of: of() }),
        MallAct::Return(ReturnAct::Withdraw { of: of() }),
        send_back("R"),
        arrive("R", Restock::Yes),
        arrive("R", Restock::No),
        refund("R"),
    ]
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let all = [suppliers(), products(), addresses(), orders(), returns()].concat();
    let lines = all.into_iter().map(|act| {
        let deed = Deed::new(Actor::Machine, Act::from(act));
        let mut bytes = Vec::new();
        deed.encode(&mut bytes);
        assert_eq!(Deed::decode(&bytes).as_ref(), Ok(&deed));
        format!("{} {} {}\n", deed.act.name(), deed.act.subject(), bytes.escape_ascii())
    });
    assert_eq!(lines.collect::<String>(), include_str!("data/forms.txt"));
}
