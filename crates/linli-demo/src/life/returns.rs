//! Returns of mall orders, one in every state. Must not be added here: an order without a return.

use super::mall::{Order, Way, plan};
use super::{Cast, Fault, Life, Script};
use linli_platform::MallAct;
use linli_platform::mall::items::Part;
use linli_platform::mall::returning::{Goods, Reason, Restock};
use linli_platform::mall::returns::ReturnAct;

/// What is done with a return, in turn.
#[derive(Clone, Copy)]
enum Move {
    Ask(u32),
    Agree,
    AgreeToKeep,
    Refuse,
    Appeal,
    Decide,
    SendBack,
    Arrive,
    Withdraw,
}

use Move::{Agree, AgreeToKeep, Appeal, Arrive, Ask, Decide, Refuse, SendBack, Withdraw};

/// A return: its id, its order, which buyer, the day on which the order is placed, and on which days what is done. All
/// are of three pieces of rice, received two days after they were ordered.
struct Back {
    id: &'static str,
    order: &'static str,
    buyer: usize,
    day: i64,
    moves: &'static [(i64, Move)],
}

const BACKS: [Back; 11] = [
    back(
        "return-refunded",
        "mall-returned-1",
        0,
        5,
        &[(9, Ask(1)), (10, Agree), (11, SendBack), (13, Arrive)],
    ),
    back("return-whole", "mall-returned-2", 1, 18, &[(22, Ask(3)), (23, AgreeToKeep)]),
    back(
        "return-rejected",
        "mall-returned-3",
        2,
        8,
        &[(12, Ask(1)), (13, Refuse), (14, Appeal), (15, Decide)],
    ),
    back("return-unsent", "mall-returned-4", 3, 10, &[(14, Ask(1)), (15, Agree)]),
    back("return-asked", "mall-returned-5", 0, 35, &[(39, Ask(1))]),
    back("return-escalated", "mall-returned-6", 4, 30, &[(35, Ask(2))]),
    back("return-agreed", "mall-returned-7", 0, 34, &[(37, Ask(1)), (38, Agree)]),
    back("return-sent", "mall-returned-8", 5, 34, &[(37, Ask(1)), (38, Agree), (39, SendBack)]),
    back(
        "return-arrived",
        "mall-returned-9",
        6,
        35,
        &[(37, Ask(1)), (38, Agree), (38, SendBack), (39, Arrive)],
    ),
    back("return-refused", "mall-returned-10", 0, 35, &[(38, Ask(1)), (39, Refuse)]),
    back("return-withdrawn", "mall-returned-11", 7, 34, &[(37, Ask(1)), (38, Withdraw)]),
];

const fn back(
    id: &'static str,
    order: &'static str,
    buyer: usize,
    day: i64,
    moves: &'static [(i64, Move)],
) -> Back {
    Back { id, order, buyer, day, moves }
}

pub fn write(script: &mut Script, cast: &Cast) {
    for back in &BACKS {
        let (buyer, count, way) = (back.buyer, 3, Way::Received);
        plan(script, cast, &Order { id: back.order, buyer, product: "rice", count, day: back.day, way });
        let member = cast.buyer(buyer);
        for (minute, &(day, step)) in (700..).step_by(10).zip(back.moves) {
            let (id, order, member) = (back.id, back.order, member.clone());
            script.at((day, minute), move |life| take(life, (id, order), &member, step));
        }
    }
}

fn take(life: &mut Life<'_>, (id, order): (&str, &str), member: &str, step: Move) -> Result<(), Fault> {
    let of = id.to_string();
    let parcel = || ("邮政".to_string(), "EE987654321CN".to_string());
    let (staff, act) = match step {
        Ask(count) => {
            let sealed_text = life.seal_of(member, "mall_return", "收到时有破损。")?;
            let (parts, reason) = (vec![Part { item: 0, count }], Reason::Faulty);
            let (order, pictures) = (order.to_string(), vec!["return-picture".to_string()]);
            (None, ReturnAct::Ask { of, order, parts, reason, sealed_text, pictures })
        }
        Agree => {
            let sealed_address = life.seal_of(member, "mall_answer", "寄回：广州市白云区演示仓库")?;
            (Some("supplier"), ReturnAct::Agree { of, goods: Goods::Back, sealed_address })
        }
        AgreeToKeep => {
            (Some("supplier"), ReturnAct::Agree { of, goods: Goods::Kept, sealed_address: Vec::new() })
        }
        Refuse | Decide => {
            let sealed_reason = life.seal_of(member, "mall_answer", "照片与发货记录不符。")?;
            let staff = if matches!(step, Refuse) { "supplier" } else { "operator" };
            (Some(staff), ReturnAct::Refuse { of, sealed_reason })
        }
        Appeal => (None, ReturnAct::Appeal { of }),
        SendBack => {
            let (carrier, number) = parcel();
            (None, ReturnAct::SendBack { of, carrier, number })
        }
        Arrive => (Some("supplier"), ReturnAct::Arrive { of, restock: Restock::Yes }),
        Withdraw => (None, ReturnAct::Withdraw { of }),
    };
    match staff {
        Some(staff) => life.staff(staff, MallAct::Return(act)),
        None => life.member(member, MallAct::Return(act)),
    }
}
