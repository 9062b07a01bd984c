//! The rules of refunds, given, when and then, through the engine's way of doing acts. Must not be added here: an
//! economy that only stands in for one.

mod answering;
mod asking;
mod walk;

use super::{Answer, Bought, RefundAct, Request, Seller, Side, Stage};
use crate::act::Actor;
use crate::platform::testing::{self, Refused};
use crate::refusal::Code;
use linli_economy::order::Order;

const DAY: i64 = 86_400;

/// M1 owns the stores S1 and S2. M2 has paid O1 of 10.00 and B1 of the mall, of 20.00 and as many points; O2 has no
/// member; O3 of 10.00 is settled.
fn stage() -> testing::Stage {
    let mut stage = testing::Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2"}
{"cmd":"open_member","member":"M3"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}
{"cmd":"open_store","store":"S2","owner":"M1","district":"440106"}
{"cmd":"settle","order":"FIRST","member":"M2","store":"S2","amount":"1000.00","at":"2026-01-01T00:00:00Z"}
{"cmd":"pay","order":"O1","member":"M2","store":"S1","amount":"10.00"}
{"cmd":"pay","order":"O2","store":"S1","amount":"10.00"}
{"cmd":"settle","order":"O3","member":"M2","store":"S1","amount":"10.00"}
{"cmd":"pay_mall","order":"B1","member":"M2","supplier":"U1","list_total":"40.00","cost":"10.00"}"#,
    );
    stage
}

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

fn staff() -> Actor {
    Actor::Staff("anna".into())
}

fn answer(id: &str, side: Side, answer: Answer) -> RefundAct {
    RefundAct::Answer { id: id.into(), side, answer }
}

fn agree(id: &str, side: Side) -> RefundAct {
    answer(id, side, Answer::Agree)
}

fn refuse(id: &str, side: Side) -> RefundAct {
    answer(id, side, Answer::Refuse { sealed_reason: vec![2] })
}

fn appeal(id: &str) -> RefundAct {
    RefundAct::Appeal { id: id.into(), sealed_reason: vec![3] }
}

fn withdraw(id: &str) -> RefundAct {
    RefundAct::Withdraw { id: id.into() }
}

fn escalate(id: &str) -> RefundAct {
    RefundAct::Escalate { id: id.into() }
}

impl testing::Stage {
    fn bought(&self, order: &str) -> Bought {
        Bought::find(&self.economy, order).expect("an order")
    }

    fn asking(&self, id: &str, order: &str, fen: u64) -> RefundAct {
        RefundAct::Ask { id: id.into(), bought: self.bought(order), fen, sealed_reason: vec![1] }
    }

    fn offering(&self, id: &str, order: &str, fen: u64, side: Side) -> RefundAct {
        RefundAct::Offer { id: id.into(), bought: self.bought(order), fen, side, sealed_reason: vec![1] }
    }

    fn asks(&mut self, id: &str, order: &str, fen: u64) {
        let act = self.asking(id, order, fen);
        assert_eq!(self.act(member("M2"), act), Ok(()), "{id}");
    }

    /// M1 answers for the store.
    fn by_seller(&mut self, act: RefundAct) -> Result<(), Code> {
        self.act(member("M1"), act)
    }

    fn by_operator(&mut self, act: RefundAct) -> Result<(), Code> {
        self.act(staff(), act)
    }

    fn request(&self, id: &str) -> &Request {
        self.platform.refunds.get(id).expect("a request")
    }

    fn request_is(&self, id: &str) -> Stage {
        self.request(id).stage
    }

    fn order(&self, id: &str) -> &Order {
        let id = self.economy.order_id(id).expect("an order");
        &self.economy.state().orders()[id.index()]
    }
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let stage = stage();
    let acts = [
        stage.asking("Q", "O1", 300),
        agree("Q", Side::Seller),
        refuse("Q", Side::Operator),
        appeal("Q"),
        withdraw("Q"),
        escalate("Q"),
        stage.offering("Q", "B1", 300, Side::Operator),
    ];
    let forms: [&[u8]; 7] = [
        b"\x00\x01Q\x02O1\x01\x02M2\x00\x02S1\xac\x02\x01\x01",
        b"\x01\x01Q\x00\x00",
        b"\x01\x01Q\x01\x01\x01\x02",
        b"\x02\x01Q\x01\x03",
        b"\x03\x01Q",
        b"\x04\x01Q",
        b"\x05\x01Q\x02B1\x01\x02M2\x01\x02U1\xac\x02\x01\x01\x01",
    ];
    for (act, form) in acts.iter().zip(forms) {
        assert_eq!(postcard::to_stdvec(act).as_deref(), Ok(form), "{act:?}");
        assert_eq!(act.subject(), "Q");
    }
}
