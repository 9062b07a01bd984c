//! What the mall's tests share: members, two suppliers with a product each, and the way to every state. Must not be
//! added here: an assertion about a rule.

use crate::act::Actor;
use crate::mall::basket::{Basket, Pick, Wish};
use crate::mall::confirmation;
use crate::mall::delivery::OrderAct;
use crate::mall::items::Part;
use crate::mall::order::{Order, OrderState};
use crate::mall::product::{Content, Pieces, ProductAct, Variant};
use crate::mall::returning::{Goods, Reason, Restock, Return, ReturnState};
use crate::mall::returns::ReturnAct;
use crate::mall::supplier::SupplierAct;
use crate::mall::{Mall, MallAct, Standing, standing};
use crate::platform::testing::Stage;
use crate::refusal::Code;
use linli_economy::account::{Account, Asset};

pub const DAY: i64 = 86_400;

pub fn staff(name: &str) -> Actor {
    Actor::Staff(name.into())
}

pub fn member(name: &str) -> Actor {
    Actor::Member(name.into())
}

/// M2 buys; U1 has P1 without freight, U2 has P2 with; u1 and u2 log in for them, and `desk` is the platform's own.
pub fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2","inviter":"M1"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}"#,
    );
    for (supplier, login) in [("U1", "u1"), ("U2", "u2")] {
        let (supplier, name) = (supplier.to_owned(), supplier.to_owned());
        let add = SupplierAct::Add { supplier: supplier.clone(), name, sealed_contact: vec![1] };
        done(&mut stage, Actor::Machine, MallAct::Supplier(add));
        let login = SupplierAct::AddLogin { supplier, staff: login.into() };
        done(&mut stage, staff("desk"), MallAct::Supplier(login));
    }
    let both = content(0, &[("a", 10_000, 2_000), ("b", 5_000, 1_000)]);
    on_sale(&mut stage, "P1", "u1", both);
    on_sale(&mut stage, "P2", "u2", content(600, &[("a", 3_000, 500)]));
    stage
}

/// Variants by id, price and cost.
pub fn content(freight_fen: u64, variants: &[(&str, u64, u64)]) -> Content {
    let variants = variants.iter().map(|&(id, price_fen, cost_fen)| Variant {
        id: id.into(),
        name: format!("Variant {id}"),
        price_fen,
        cost_fen,
        compared: None,
        is_offered: true,
    });
    Content {
        category: "粮油".into(),
        title: "大米 5 kg".into(),
        description: "第一行\nSecond line".into(),
        pictures: vec!["picture-1".into()],
        freight_fen,
        variants: variants.collect(),
    }
}

/// Drafted by the login, put on sale by the platform, with ten pieces of each variant.
pub fn on_sale(stage: &mut Stage, product: &str, login: &str, content: Content) {
    let supplier = login.to_uppercase();
    let ids: Vec<_> = content.variants.iter().map(|variant| variant.id.clone()).collect();
    let draft = ProductAct::Draft { product: product.into(), supplier, content };
    done(stage, staff(login), MallAct::Product(draft));
    let sale = ProductAct::PutOnSale { product: product.into(), version: 1 };
    done(stage, staff("desk"), MallAct::Product(sale));
    for variant in ids {
        let more = ProductAct::Stock { product: product.into(), variant, change: 10 };
        done(stage, staff(login), MallAct::Product(more));
    }
}

pub fn done(stage: &mut Stage, by: Actor, act: MallAct) {
    let what = format!("{act:?}");
    assert_eq!(stage.act(by, act), Ok(()), "{what}");
}

pub fn refused(stage: &mut Stage, by: Actor, act: MallAct, code: Code) {
    let (before, what) = (stage.platform.clone(), format!("{act:?}"));
    assert_eq!(stage.act(by, act), Err(code), "{what}");
    assert!(stage.platform == before, "a refused act changes nothing: {what}");
}

pub fn pick(product: &str, variant: &str, count: u32, price_fen: u64) -> Pick {
    Pick { product: product.into(), variant: variant.into(), count, price_fen }
}

pub fn wish(order: &str, supplier: &str, freight_fen: u64, picks: &[Pick]) -> Wish {
    Wish { order: order.into(), supplier: supplier.into(), freight_fen, picks: picks.to_vec() }
}

pub fn basket(id: &str, orders: &[Wish]) -> MallAct {
    let (id, member) = (id.into(), "M2".into());
    MallAct::Place(Basket { id, member, sealed_address: vec![7], orders: orders.to_vec() })
}

/// Two of `a` and one of `b`: L = 250.00, of which U1 gets 50.00.
pub fn placed(stage: &mut Stage, order: &str) {
    let picks = [pick("P1", "a", 2, 10_000), pick("P1", "b", 1, 5_000)];
    let wish = wish(order, "U1", 0, &picks);
    done(stage, member("M2"), basket(&format!("B-{order}"), &[wish]));
}

/// Pays as checkout does.
pub fn pay(stage: &mut Stage, order: &str) {
    let planned = stage.platform.mall.planned(order).expect("an order that can be paid");
    let [total, cost] = [planned.list_total_fen, planned.cost_fen].map(linli_economy::units::Fen::from);
    let (member, supplier) = (planned.member, planned.supplier);
    let line = format!(
        r#"{{"cmd":"pay_mall","order":"{order}","member":"{member}","supplier":"{supplier}","list_total":"{total}","cost":"{cost}"}}"#
    );
    stage.commands(&line);
}

pub fn confirm(stage: &mut Stage, order: &str) {
    let found = stage.platform.mall.orders().get(order).expect("an order");
    let act = confirmation(&stage.economy, found).expect("it was paid");
    done(stage, Actor::Service, MallAct::Order(act));
}

pub fn paid(stage: &mut Stage, order: &str) {
    placed(stage, order);
    pay(stage, order);
    confirm(stage, order);
}

pub fn ship(order: &str) -> MallAct {
    let (carrier, number) = ("邮政".into(), "EE123456789CN".into());
    MallAct::Order(OrderAct::Ship { order: order.into(), carrier, number })
}

pub fn receive(order: &str) -> MallAct {
    MallAct::Order(OrderAct::Receive { order: order.into() })
}

pub fn cancel(order: &str, reason: &[u8]) -> MallAct {
    MallAct::Order(OrderAct::Cancel { order: order.into(), sealed_reason: reason.to_vec() })
}

pub fn settle(order: &str) -> MallAct {
    MallAct::Order(OrderAct::Settle { order: order.into() })
}

pub fn shipped(stage: &mut Stage, order: &str) {
    paid(stage, order);
    done(stage, staff("u1"), ship(order));
}

pub fn received(stage: &mut Stage, order: &str) {
    shipped(stage, order);
    done(stage, member("M2"), receive(order));
}

pub fn settled(stage: &mut Stage, order: &str) {
    received(stage, order);
    stage.later(7 * DAY);
    done(stage, Actor::Service, settle(order));
}

/// Pieces of the items at these places.
pub fn ask(of: &str, order: &str, parts: &[(usize, u32)]) -> MallAct {
    MallAct::Return(ReturnAct::Ask {
        of: of.into(),
        order: order.into(),
        parts: parts.iter().map(|&(item, count)| Part { item, count }).collect(),
        reason: Reason::ChangedMind,
        sealed_text: vec![3],
        pictures: vec!["picture-2".into()],
    })
}

pub fn agree(of: &str, goods: Goods) -> MallAct {
    let sealed_address = if goods == Goods::Back { vec![4] } else { Vec::new() };
    MallAct::Return(ReturnAct::Agree { of: of.into(), goods, sealed_address })
}

pub fn send_back(of: &str) -> MallAct {
    let (carrier, number) = ("顺丰".into(), "SF-1000".into());
    MallAct::Return(ReturnAct::SendBack { of: of.into(), carrier, number })
}

pub fn arrive(of: &str, restock: Restock) -> MallAct {
    MallAct::Return(ReturnAct::Arrive { of: of.into(), restock })
}

pub fn refund(of: &str) -> MallAct {
    MallAct::Return(ReturnAct::Refund { of: of.into() })
}

/// Asked for, agreed, sent back and there, fit to be sold again.
pub fn arrived(stage: &mut Stage, of: &str, order: &str, parts: &[(usize, u32)]) {
    done(stage, member("M2"), ask(of, order, parts));
    done(stage, staff("u1"), agree(of, Goods::Back));
    done(stage, member("M2"), send_back(of));
    done(stage, staff("u1"), arrive(of, Restock::Yes));
}

pub fn mall(stage: &Stage) -> &Mall {
    &stage.platform.mall
}

pub fn order<'s>(stage: &'s Stage, order: &str) -> &'s Order {
    mall(stage).orders().get(order).expect("an order")
}

pub fn state(stage: &Stage, of: &str) -> OrderState {
    order(stage, of).state
}

pub fn back<'s>(stage: &'s Stage, of: &str) -> &'s Return {
    mall(stage).returns().get(of).expect("a return")
}

pub fn return_state(stage: &Stage, of: &str) -> ReturnState {
    back(stage, of).state
}

pub fn money(stage: &Stage, of: &str) -> Standing {
    standing(&stage.economy, order(stage, of))
}

/// Free, reserved, sold.
pub fn pieces(stage: &Stage, product: &str, variant: &str) -> [u64; 3] {
    let Pieces { free, reserved, sold } =
        mall(stage).products().get(product).expect("a product").pieces[variant];
    [free, reserved, sold]
}

pub fn due(stage: &Stage) -> Vec<MallAct> {
    mall(stage).due(&stage.economy, stage.now).collect()
}

/// Another plan is in force, with one text for another.
pub fn change_plan(stage: &mut Stage, from: &str, to: &str) {
    let plan = include_str!("../../../../../plans/seed-one.toml");
    assert!(plan.contains(from), "{from}");
    let plan = plan.replace(from, to).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    stage.commands(&format!(r#"{{"cmd":"change_plan","id":"plan-2","plan":"{plan}"}}"#));
}

/// The platform puts money in, so that a refund of what has long been passed on can be carried out.
pub fn deposit(stage: &mut Stage) {
    stage.commands(r#"{"cmd":"deposit","id":"deposit-1","platform":"profit","amount":"1000000.00"}"#);
}

/// Fen of an account by its name.
pub fn balance(stage: &Stage, account: &str) -> i128 {
    let account: Account = stage.economy.find_account(account).expect("an account");
    stage.economy.state().balance(account, Asset::Cny)
}
