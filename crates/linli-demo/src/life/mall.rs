//! Orders of the mall, one and more in every state. Must not be added here: their returns (`returns.rs`).

use super::shelf::{self, login, supplier};
use super::{Cast, Fault, Life, Script};
use linli_platform::MallAct;
use linli_platform::mall::address::AddressAct;
use linli_platform::mall::basket::{Basket, Pick, Wish};
use linli_platform::mall::delivery::OrderAct;
use serde_json::json;

/// How far an order goes before it is left to time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Placed,
    Paid,
    Shipped,
    Received,
}

use Way::{Paid, Placed, Received, Shipped};

/// An order: id, which buyer, of what, how many, the day on which it is placed, and how far it goes.
pub struct Order {
    pub id: &'static str,
    pub buyer: usize,
    pub product: &'static str,
    pub count: u32,
    pub day: i64,
    pub way: Way,
}

const fn order(
    id: &'static str,
    (buyer, product, count): (usize, &'static str, u32),
    day: i64,
    way: Way,
) -> Order {
    Order { id, buyer, product, count, day, way }
}

const ORDERS: [Order; 18] = [
    order("mall-settled-1", (0, "rice", 2), 2, Received),
    order("mall-settled-2", (1, "dancong", 1), 4, Received),
    order("mall-settled-3", (2, "teapot", 1), 6, Received),
    order("mall-settled-4", (3, "kettle", 1), 8, Received),
    order("mall-lapsed-1", (4, "oil", 1), 12, Placed),
    order("mall-lapsed-2", (0, "tea", 3), 20, Placed),
    order("mall-unshipped", (5, "peel", 1), 14, Paid),
    order("mall-late", (6, "noodles", 2), 26, Shipped),
    order("mall-received-1", (0, "oil", 1), 33, Received),
    order("mall-received-2", (7, "rice", 1), 35, Received),
    order("mall-shipped-1", (0, "tea", 1), 36, Shipped),
    order("mall-shipped-2", (8, "rice", 3), 37, Shipped),
    order("mall-paid-1", (0, "noodles", 1), 38, Paid),
    order("mall-paid-2", (9, "oil", 2), 38, Paid),
    order("mall-paid-3", (10, "dancong", 1), 39, Paid),
    order("mall-cancelled-1", (11, "rice", 1), 22, Paid),
    order("mall-cancelled-2", (0, "teapot", 1), 24, Paid),
    order("mall-cancelled-3", (1, "rice", 1), 25, Placed),
];

pub fn write(script: &mut Script, cast: &Cast) {
    for order in &ORDERS {
        plan(script, cast, order);
    }
    cancel(script, (22, 300), "mall-cancelled-1", ("买错了", None));
    cancel(script, (24, 300), "mall-cancelled-2", ("缺货，抱歉", Some("supplier-2")));
    // It is cancelled before anybody has paid it.
    cancel(script, (25, 125), "mall-cancelled-3", ("不要了", None));
    // What waits for its payment now, of the member who can log in and of another.
    place(script, cast, &order("mall-placed-1", (0, "rice", 1), 39, Placed), (39, 1_436));
    place(script, cast, &order("mall-placed-2", (2, "peel", 1), 39, Placed), (39, 1_437));
    script.at((36, 600), |life| {
        let (carrier, number) = ("邮政".into(), "EE201604139CN".into());
        let order = "mall-shipped-1".to_string();
        life.staff(login("P02"), MallAct::Order(OrderAct::Correct { order, carrier, number }))
    });
}

/// An order from its basket on, as far as it goes.
pub fn plan(script: &mut Script, cast: &Cast, of: &Order) {
    place(script, cast, of, (of.day, 120));
    let (id, buyer, login) = (of.id, cast.buyer(of.buyer), login(supplier(of.product)));
    if of.way >= Paid {
        script.at((of.day, 122), move |life| pay(life, id));
    }
    if of.way >= Shipped {
        script.at((of.day, 480), move |life| {
            let (carrier, number) = ("顺丰".into(), format!("SF{:010}", life.now.seconds));
            life.staff(login, MallAct::Order(OrderAct::Ship { order: id.into(), carrier, number }))
        });
    }
    if of.way >= Received {
        script.at((of.day + 2, 600), move |life| {
            life.member(&buyer, MallAct::Order(OrderAct::Receive { order: id.into() }))
        });
    }
}

/// A basket of one order, to an address of the buyer's book.
fn place(script: &mut Script, cast: &Cast, of: &Order, at: (i64, i64)) {
    let (id, buyer, product, count) = (of.id, cast.buyer(of.buyer), of.product, of.count);
    script.at(at, move |life| {
        let sealed_address = address(life, &buyer)?;
        let (price_fen, freight_fen) = shelf::price(product);
        let pick = Pick { product: product.into(), variant: "one".into(), count, price_fen };
        let supplier = supplier(product).to_string();
        let orders = vec![Wish { order: id.into(), supplier, freight_fen, picks: vec![pick] }];
        let basket = Basket { id: format!("basket-{id}"), member: buyer.clone(), sealed_address, orders };
        life.member(&buyer, MallAct::Place(basket))
    });
}

/// The address of a member's book, which has one from their first order on.
fn address(life: &mut Life<'_>, member: &str) -> Result<Vec<u8>, Fault> {
    let book = life.lived.platform.mall.addresses().of(member);
    if let Some(sealed) = book.and_then(|book| book.get("home")) {
        return Ok(sealed.to_vec());
    }
    let text = json!({
        "name": format!("收货人 {member}"),
        "phone": "+8613800000000",
        "region": "广东省广州市天河区",
        "street": format!("演示路 {} 号", member.trim_start_matches(['M', '0'])),
    });
    let sealed_text = life.seal_of(member, "address", &text.to_string())?;
    let (member, address) = (member.to_string(), "home".to_string());
    let add = AddressAct::Add { member: member.clone(), address, sealed_text: sealed_text.clone() };
    life.member(&member, MallAct::Address(add))?;
    Ok(sealed_text)
}

/// What the checkout carries out once the money is there.
fn pay(life: &mut Life<'_>, order: &str) -> Result<(), Fault> {
    let planned = life.lived.platform.mall.planned(order).ok_or_else(|| format!("nobody can pay {order}"))?;
    let [list_total, cost] = [planned.list_total_fen, planned.cost_fen].map(crate::world::yuan);
    life.command(json!({
        "cmd": "pay_mall", "order": order, "member": planned.member, "supplier": planned.supplier,
        "list_total": list_total, "cost": cost,
    }))
}

/// The member, or somebody who acts for the supplier, cancels an order.
fn cancel(
    script: &mut Script,
    at: (i64, i64),
    order: &'static str,
    (reason, staff): (&'static str, Option<&'static str>),
) {
    script.at(at, move |life| {
        let known = life.lived.platform.mall.orders().get(order);
        let member = known.ok_or_else(|| format!("there is no order {order}"))?.member.clone();
        let sealed_reason = life.seal_of(&member, "mall_cancel", reason)?;
        let cancel = MallAct::Order(OrderAct::Cancel { order: order.into(), sealed_reason });
        match staff {
            Some(staff) => life.staff(staff, cancel),
            None => life.member(&member, cancel),
        }
    });
}
