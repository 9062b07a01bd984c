//! Requests for refunds of orders of the store, one in every state. Must not be added here: a cancel that nobody asked
//! for.

use super::{Cast, Fault, Life, Script};
use crate::world::yuan;
use linli_platform::RefundAct;
use linli_platform::refund::{Answer, Bought, Seller, Side};
use serde_json::json;

/// What an order costs, and what of it is asked back, in fen.
const AMOUNT: u64 = 12_800;
const ASKED: u64 = 4_800;

/// What is done about a request, in turn.
#[derive(Clone, Copy)]
enum Move {
    Ask,
    Agree,
    Refuse,
    Appeal,
    Decide,
    Withdraw,
    Offer,
}

use Move::{Agree, Appeal, Ask, Decide, Offer, Refuse, Withdraw};

/// The name, which buyer, the day on which the order is paid, and on which days what is done.
type Planned = (&'static str, usize, i64, &'static [(i64, Move)]);

const REQUESTS: [Planned; 8] = [
    ("refund-asked", 0, 38, &[(39, Ask)]),
    ("refund-asked-2", 1, 37, &[(39, Ask)]),
    ("refund-at-operator", 0, 34, &[(36, Ask)]),
    ("refund-refused", 2, 35, &[(37, Ask), (39, Refuse)]),
    ("refund-rejected", 0, 20, &[(21, Ask), (22, Refuse), (23, Appeal), (24, Decide)]),
    ("refund-agreed", 3, 36, &[(37, Ask), (38, Agree)]),
    ("refund-withdrawn", 0, 28, &[(29, Ask), (30, Withdraw)]),
    ("refund-offered", 4, 37, &[(38, Offer)]),
];

pub fn write(script: &mut Script, cast: &Cast) {
    for (name, buyer, day, moves) in REQUESTS {
        let (member, store) = (cast.buyer(buyer), cast.store.clone());
        let bought = Bought {
            order: format!("order-{name}"),
            member: Some(member.clone()),
            seller: Seller::Store(store.clone()),
        };
        let order = bought.order.clone();
        let paid =
            json!({"cmd": "pay", "order": order, "member": member, "store": store, "amount": yuan(AMOUNT)});
        script.at((day, 800), move |life| life.command(paid));
        for (minute, &(day, step)) in (820..).step_by(10).zip(moves) {
            let (bought, member, owner) = (bought.clone(), member.clone(), cast.owner.clone());
            script.at((day, minute), move |life| take(life, name, bought, [&member, &owner], step));
        }
    }
}

fn take(
    life: &mut Life<'_>,
    id: &str,
    bought: Bought,
    [member, owner]: [&str; 2],
    step: Move,
) -> Result<(), Fault> {
    let id = id.to_string();
    match step {
        Ask => {
            let sealed_reason = life.seal_of(member, "reason", "菜品与描述不符")?;
            life.member(member, RefundAct::Ask { id, bought, fen: ASKED, sealed_reason })
        }
        Agree => life.member(owner, RefundAct::Answer { id, side: Side::Seller, answer: Answer::Agree }),
        Refuse => {
            let sealed_reason = life.seal_of(member, "refusal", "已按描述出品")?;
            let answer = Answer::Refuse { sealed_reason };
            life.member(owner, RefundAct::Answer { id, side: Side::Seller, answer })
        }
        Appeal => {
            let sealed_reason = life.seal_of(member, "appeal", "有照片为证")?;
            life.member(member, RefundAct::Appeal { id, sealed_reason })
        }
        Decide => {
            let sealed_reason = life.seal_of(member, "refusal", "照片不能证明")?;
            let answer = Answer::Refuse { sealed_reason };
            life.staff("operator", RefundAct::Answer { id, side: Side::Operator, answer })
        }
        Withdraw => life.member(member, RefundAct::Withdraw { id }),
        Offer => {
            let sealed_reason = life.seal_of(member, "reason", "上菜太慢，抱歉")?;
            let offer = RefundAct::Offer { id, bought, fen: ASKED, side: Side::Seller, sealed_reason };
            life.member(owner, offer)
        }
    }
}
