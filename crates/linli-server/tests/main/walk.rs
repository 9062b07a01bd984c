//! Random walks over the life of orders, refunds and withdrawals, through the service: after each step the answer is what a
//! simple model says, at the end every order is as the model has it, and the audit agrees to the fen. `LINLI_SEED` repeats
//! a walk, `LINLI_STEPS` makes it longer. Must not be added here: who gets what of an order.

mod model;
mod random;
mod withdrawals;

use crate::support::shop::Shop;
use crate::support::{NOW, json, problem, sign, signed};
use model::{Expected, Model, Step};
use random::Random;
use reqwest::Method;
use serde_json::{Value, json};

/// The orders that a walk opens at most, so that steps meet.
const ORDERS: u64 = 12;

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |value| value.parse().expect("a number"))
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn fen(text: &Value) -> u64 {
    text.as_str().expect("a text").replace('.', "").parse().expect("a number")
}

struct Walk {
    shop: Shop,
    model: Model,
    random: Random,
}

impl Walk {
    async fn new(seed: u64) -> Self {
        let change = |config: &mut linli_server::Config| config.rates.account.burst = 1_000_000;
        Self { shop: Shop::with(change).await, model: Model::default(), random: Random::new(seed) }
    }

    /// A step of any kind; most of them are about orders that there are.
    fn step(&mut self) -> Step {
        let random = &mut self.random;
        let order = random.below(ORDERS);
        let fen = random.magnitude(20_000);
        let request = random.below(self.model.requests.len() as u64 + 1);
        let payout = random.below(self.model.payouts.len() as u64 + 1);
        match random.below(12) {
            0 | 1 => Step::Pay { order, fen },
            2 => Step::Settle { order },
            3 => Step::GiveBack { order, fen, is_settled: random.percent(50) },
            4 | 5 => Step::Ask { order, fen },
            6 => Step::Offer { order, fen },
            7 | 8 => Step::Answer { request, agrees: random.percent(50) },
            9 => match random.percent(60) {
                true => Step::Appeal { request },
                false => Step::TakeBack { request },
            },
            10 => Step::Withdraw { fen },
            _ => Step::EndPayout { payout, is_done: random.percent(50) },
        }
    }

    /// Takes a step; gives the code that it was refused with, or the id of what was made.
    async fn take(&self, step: &Step, number: u64) -> Result<String, String> {
        let member = &self.shop.member_id;
        let order = |order: &u64| format!("W{order}");
        let line = match step {
            Step::Pay { order: id, fen } => {
                json!({"cmd": "pay", "order": order(id), "member": member, "store": "S9", "amount": yuan(*fen)})
            }
            Step::Settle { order: id } => json!({"cmd": "settle", "order": order(id)}),
            Step::GiveBack { order: id, fen, is_settled } => {
                let kind = if *is_settled { "refund" } else { "cancel" };
                json!({"cmd": kind, kind: format!("B{number}"), "order": order(id), "amount": yuan(*fen)})
            }
            Step::Withdraw { fen } => {
                json!({"cmd": "withdraw", "id": format!("P{number}"), "store": "S9", "amount": yuan(*fen)})
            }
            Step::EndPayout { payout, is_done } => {
                let kind = if *is_done { "payout_done" } else { "payout_failed" };
                json!({"cmd": kind, "id": self.model.payout(*payout)})
            }
            _ => return self.take_as_person(step).await,
        };
        let (line, key) = (line.to_string(), self.shop.app.nonce());
        let signature = sign(NOW, &key, "POST", "/v1/commands", line.as_bytes());
        let request = self.shop.app.unsigned(Method::POST, "/v1/commands");
        let request = request.header("content-type", "application/x-ndjson").header("idempotency-key", key);
        let request = signed(request.body(line), "commands", NOW, &signature);
        let result = json(crate::support::send(request).await).await;
        match result["ok"] == true {
            true => Ok(format!("P{number}")),
            false => Err(result["error"].as_str().expect("a code").into()),
        }
    }

    async fn take_as_person(&self, step: &Step) -> Result<String, String> {
        let Shop { owner, member, .. } = &self.shop;
        let wish = |fen: &u64| json!({"amount": yuan(*fen), "reason": "it is so"});
        let why = json!({"reason": "it is not so"});
        let request =
            |request: &u64, what: &str| format!("/v1/refunds/{}/{what}", self.model.request(*request));
        let (token, target, body) = match step {
            Step::Ask { order, fen } => (member, format!("/v1/orders/W{order}/refunds"), wish(fen)),
            Step::Offer { order, fen } => (owner, format!("/v1/orders/W{order}/refunds/offer"), wish(fen)),
            Step::Answer { request: id, agrees: true } => {
                (owner, request(id, "answer"), json!({"agree": true}))
            }
            Step::Answer { request: id, agrees: false } => {
                (owner, request(id, "answer"), json!({"agree": false, "reason": "it is not so"}))
            }
            Step::Appeal { request: id } => (member, request(id, "appeal"), why),
            Step::TakeBack { request: id } => (member, request(id, "withdraw"), json!({})),
            _ => unreachable!("the others are commands"),
        };
        let response = self.shop.write(token, &target, body).await;
        if response.status() == 200 {
            return Ok(json(response).await["id"].as_str().expect("an id").into());
        }
        Err(problem(response).await.1)
    }

    /// Every order is as the model has it, and what left the store's account too.
    async fn compare(&self) {
        for (id, order) in &self.model.orders {
            let found = self.shop.read(&self.shop.member, &format!("/v1/orders/W{id}")).await;
            let figures = [&found["paid"], &found["cancelled"], &found["refunded"]].map(fen);
            assert_eq!(figures, [order.fen, order.cancelled, order.refunded], "W{id}");
            assert_eq!(found["phase"], order.phase(), "W{id}");
        }
        for (id, request) in &self.model.requests {
            let found = self.shop.read(&self.shop.member, &format!("/v1/refunds/{id}")).await;
            assert_eq!(found["state"], request.stage.name(), "{id}");
        }
    }
}

async fn walk(seed: u64, steps: u64) {
    let mut walk = Walk::new(seed).await;
    for number in 0..steps {
        let step = walk.step();
        let expected = walk.model.expect(&step);
        let taken = walk.take(&step, number).await;
        let fits = match (&taken, &expected) {
            (Ok(_), Expected::Done | Expected::DoneUnless(_)) => true,
            (Err(code), Expected::Refused(codes) | Expected::DoneUnless(codes)) => {
                codes.contains(&code.as_str())
            }
            _ => false,
        };
        assert!(fits, "seed {seed}, step {number}: {step:?} gave {taken:?}, and the model says {expected:?}");
        if let Ok(id) = taken {
            walk.model.apply(&step, id);
        }
    }
    walk.compare().await;
    let mut app = walk.shop.app;
    app.end();
    app.ended().await;
    let sound = app.audit();
    assert!(sound.replica.tip().seq > steps / 4, "most steps reach the journal");
}

#[tokio::test]
async fn orders_refunds_and_withdrawals_go_as_the_model_says() {
    let (first, seeds) = (setting("LINLI_SEED", 1), setting("LINLI_SEEDS", 3));
    for seed in first..first + seeds {
        walk(seed, setting("LINLI_STEPS", 150)).await;
    }
}
