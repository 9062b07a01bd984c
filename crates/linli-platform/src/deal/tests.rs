//! What the tests of deals share: a world with two stores and two members, and short forms of the acts.

mod forms;
mod money;
mod selling;
mod using;
mod walk;

use super::*;
use crate::act::Actor;
use crate::platform::testing::{Refused, Stage};
use crate::refusal::Code;
use linli_economy::units::Fen;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

/// Acts on a platform whose stores `S` and `T` are the member `M`'s; `A` and `B` are members too.
struct World {
    stage: Stage,
    codes: u8,
}

impl World {
    fn new() -> Self {
        let mut stage = Stage::new();
        stage.commands(
            r#"{"cmd":"open_member","member":"M"}
{"cmd":"open_member","member":"A"}
{"cmd":"open_member","member":"B"}
{"cmd":"open_store","store":"S","owner":"M","district":"440106"}
{"cmd":"open_store","store":"T","owner":"M","district":"440106"}"#,
        );
        Self { stage, codes: 0 }
    }

    /// A world where the deal `D` of 100.00 for 3 uses is on sale, valid for 30 days after payment.
    fn selling() -> Self {
        let mut world = Self::new();
        let (terms, sale) = (world.terms(), world.sale());
        world.offer(terms, sale);
        world
    }

    fn terms(&self) -> DealTerms {
        DealTerms {
            title: "三人套餐".into(),
            price_fen: 10_000,
            compared: None,
            uses: 3,
            valid: Validity::Days(30),
            text: "堂食可用。\n节假日除外。".into(),
        }
    }

    fn sale(&self) -> DealSale {
        DealSale { stock: None, per_member: None, from: self.stage.now, until: None }
    }

    /// Offers the deal `D` of the store `S` and publishes it.
    fn offer(&mut self, terms: DealTerms, sale: DealSale) {
        let offer = DealAct::Offer { deal: "D".into(), store: "S".into(), terms, sale };
        assert_eq!(self.by("M", offer), Ok(()));
        assert_eq!(self.by("M", DealAct::Publish { deal: "D".into(), store: "S".into() }), Ok(()));
    }

    fn change(&mut self, terms: DealTerms, sale: DealSale) -> Result<(), Code> {
        self.by("M", DealAct::Change { deal: "D".into(), store: "S".into(), terms, sale })
    }

    fn by(&mut self, member: &str, act: DealAct) -> Result<(), Code> {
        self.stage.act(Actor::Member(member.into()), act)
    }

    fn service(&mut self, act: DealAct) -> Result<(), Code> {
        self.stage.act(Actor::Service, act)
    }

    fn later(&mut self, seconds: i64) {
        self.stage.later(seconds);
    }

    fn deals(&self) -> &Deals {
        &self.stage.platform.deals
    }

    fn deal(&self) -> &Deal {
        self.deals().get("D").expect("it was offered")
    }

    fn purchase(&self, order: &str) -> &Purchase {
        self.deals().purchase(order).expect("it was bought")
    }

    /// A purchase of the deal `D` by `A` at its terms of now, with a code of its own.
    fn buying(&mut self, order: &str, count: u32) -> Buying {
        self.codes += 1;
        let (order, deal, member) = (order.into(), "D".into(), "A".into());
        let (code_digest, sealed_code) = ([self.codes; 16], vec![self.codes; 52]);
        let version = self.deal().version();
        Buying { order, deal, version, member, count, code_digest, sealed_code }
    }

    fn buy(&mut self, order: &str, count: u32) -> Result<(), Code> {
        let buying = self.buying(order, count);
        self.by("A", DealAct::Buy(buying))
    }

    /// Pays for what is planned, as the checkout does.
    fn pay(&mut self, order: &str) {
        let planned = self.deals().planned(order).expect("it is reserved");
        let (store, member, amount) = (planned.store, planned.member, Fen::from(planned.amount_fen));
        let line = format!(
            r#"{{"cmd":"pay","order":"{order}","member":"{member}","store":"{store}","amount":"{amount}","at":"{}"}}"#,
            self.stage.now
        );
        self.stage.commands(&line);
    }

    /// Buys for `A`, pays, and has the payment confirmed.
    fn bought(&mut self, order: &str, count: u32) {
        assert_eq!(self.buy(order, count), Ok(()));
        self.pay(order);
        let paid_at = self.stage.now;
        assert_eq!(self.service(DealAct::Confirm { order: order.into(), paid_at }), Ok(()));
    }

    fn cancel(&mut self, cancel: &str, order: &str, amount: &str) {
        let line = format!(r#"{{"cmd":"cancel","cancel":"{cancel}","order":"{order}","amount":"{amount}"}}"#);
        self.stage.commands(&line);
    }

    fn settle(&mut self, order: &str) {
        self.stage.commands(&format!(r#"{{"cmd":"settle","order":"{order}"}}"#));
    }

    fn verify(&mut self, id: &str, order: &str, uses: u32) -> Result<(), Code> {
        let (verification, order, store) = (id.into(), order.into(), "S".into());
        self.by("M", DealAct::Verify { verification, order, store, uses })
    }

    fn undo(&mut self, id: &str, order: &str) -> Result<(), Code> {
        let (verification, order, store) = (id.into(), order.into(), "S".into());
        self.by("M", DealAct::UndoVerify { verification, order, store })
    }

    fn give_back(&mut self, cancel: &str, order: &str) -> Result<(), Code> {
        let (cancel, order) = (cancel.into(), order.into());
        self.by("A", DealAct::GiveBack { cancel, order, store: None })
    }

    fn expire(&mut self, order: &str) -> Result<(), Code> {
        self.service(DealAct::Expire { cancel: format!("x-{order}"), order: order.into() })
    }

    fn lapse(&mut self, order: &str) -> Result<(), Code> {
        self.service(DealAct::Lapse { order: order.into() })
    }

    fn due(&self) -> Vec<DealAct> {
        self.deals().due(&self.stage.economy, self.stage.now, 100)
    }

    fn status(&self, order: &str) -> VoucherStatus {
        self.purchase(order).status(&self.stage.economy, self.stage.now)
    }

    /// Days from now until an order is final.
    fn final_in(&self, order: &str) -> Option<i64> {
        let final_at = self.deals().final_at(&self.stage.economy, order);
        final_at.map(|at| (at.seconds - self.stage.now.seconds) / DAY)
    }

    /// What is left of an order, and what was given back of it, in fen.
    fn money(&self, order: &str) -> (u64, u64) {
        let id = self.stage.economy.order_id(order).expect("it was paid");
        let order = &self.stage.economy.state().orders()[id.index()];
        (order.left(), order.cancelled)
    }
}
