//! The outside of the naive economy: a plan in, lines in, result lines out. Here replays are told
//! from new commands, time is kept from running backwards, and results get their shape.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use num_traits::{Signed, Zero};
use serde_json::{Map, Value, json};

use crate::json::Json;
use crate::ledger::{Asset, Ledger};
use crate::number::{BigInt, int, million, part_floor};
use crate::plan::Plan;
use crate::request::Request;
use crate::state::{Exit, Outcome, Refusal, State, deduction_account};
use crate::text::show;
use crate::time::Instant;

/// One economy, computed the slow and obvious way.
pub struct Naive {
    state: State,
    /// How many lines there were; the next result's `seq` is one more.
    seq: u64,
    /// Per space of ids and id: what the command said, and the first result, whole.
    answers: BTreeMap<(String, String), (Json, Map<String, Value>)>,
}

impl Naive {
    /// Opens an economy on the text of a plan file; Err(reason) where economy.md refuses the plan.
    pub fn open(plan: &str) -> Result<Naive, String> {
        let plan = Plan::read(plan)?;
        let mut ledger = Ledger::default();
        ledger.transfer("external:capital", "pool:reserve", Asset::Cny, &plan.genesis_fen);
        let genesis_points = part_floor(&plan.genesis_fen, &million(), &plan.start_price_fen);
        ledger.transfer("pool:issued", "platform:genesis", Asset::Gp, &genesis_points);
        ledger.commit();
        let state = State {
            clock: Instant::EPOCH,
            last_price: (plan.start_price_fen.clone(), million()),
            plan: Arc::new(plan),
            ledger,
            members: BTreeMap::new(),
            stores: BTreeMap::new(),
            suppliers: BTreeSet::new(),
            agents: BTreeMap::new(),
            orders: BTreeMap::new(),
            payouts: BTreeMap::new(),
        };
        Ok(Naive { state, seq: 0, answers: BTreeMap::new() })
    }

    /// Applies one line of the command stream (not blank) and gives its result line.
    pub fn apply(&mut self, line: &str) -> Value {
        self.seq += 1;
        let mut result = self.answer(line).unwrap_or_else(|refusal| {
            self.state.ledger.forget_draft();
            Map::from_iter([("ok".to_owned(), json!(false)), ("error".to_owned(), json!(refusal))])
        });
        result.insert("seq".to_owned(), json!(self.seq));
        Value::Object(result)
    }

    /// Every balance that is not zero: account, asset, text (CNY and DP with 2 decimals, GP with 6).
    pub fn balances(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut balances: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for ((account, asset), amount) in self.state.ledger.all() {
            balances
                .entry(account)
                .or_default()
                .insert(asset.name().to_owned(), show(&amount, asset.decimals()));
        }
        balances
    }

    /// Checks what always holds, as far as one state shows it; Err names the first that is broken.
    pub fn check(&self) -> Result<(), String> {
        let all = self.state.ledger.all();
        for asset in [Asset::Cny, Asset::Dp, Asset::Gp] {
            let sum: BigInt =
                all.iter().filter(|((_, kind), _)| *kind == asset).map(|(_, amount)| amount).sum();
            ensure(sum.is_zero(), || format!("{} sums to {sum}", asset.name()))?;
        }
        let (pool, supply) = (self.state.pool(), self.state.supply());
        ensure(self.state.debts() <= self.state.platform_money(), || {
            "debts exceed the platform's money".to_owned()
        })?;
        ensure(!pool.is_negative(), || format!("the pool is {pool}"))?;
        let genesis = self.state.ledger.balance("platform:genesis", Asset::Gp);
        let points: Vec<BigInt> = self.state.members.keys().map(|id| self.state.points_of(id)).collect();
        ensure(points.iter().all(|amount| !amount.is_negative()), || {
            "a member has negative points".to_owned()
        })?;
        let held = genesis + points.iter().sum::<BigInt>();
        ensure(held == supply, || format!("points held are {held}, the supply is {supply}"))?;
        if !supply.is_zero() {
            let worth: BigInt = points.iter().map(|amount| part_floor(amount, &pool, &supply)).sum();
            ensure(worth <= pool, || format!("all points are worth {worth}, the pool is {pool}"))?;
        }
        self.check_lots()
    }

    /// A member's deduction points are what is in the lots less what is owed, and no closed order holds anything.
    fn check_lots(&self) -> Result<(), String> {
        for (id, member) in &self.state.members {
            let lots = member.lots.iter().map(|lot| &lot.amount).sum::<BigInt>();
            let balance = self.state.ledger.balance(&deduction_account(id), Asset::Dp);
            ensure(lots - &member.owed_points == balance, || {
                format!("the lots of {id} are not its balance")
            })?;
        }
        for ((account, asset), amount) in self.state.ledger.all() {
            let order = account.strip_prefix("order:").and_then(|id| self.state.orders.get(id));
            let closed = order.is_some_and(crate::state::Order::is_closed);
            ensure(!closed, || format!("{account} is closed and holds {amount} {}", asset.name()))?;
        }
        Ok(())
    }

    /// The refusals of form, of id and of time come before those of the command.
    fn answer(&mut self, line: &str) -> Result<Map<String, Value>, Refusal> {
        let request = Request::read(line)?;
        let key = request.key();
        if let Some((content, first)) = key.as_ref().and_then(|key| self.answers.get(key)) {
            if *content != request.content() {
                return Err("id_reused");
            }
            let mut again = first.clone();
            again.insert("replayed".to_owned(), json!(true));
            return Ok(again);
        }
        let now = request.at.unwrap_or(self.state.clock);
        if now < self.state.clock {
            return Err("time_reversed");
        }
        let outcome = self.run(&request, now)?;
        self.state.clock = now;
        let result = self.result(&outcome);
        if let Some(key) = key {
            self.answers.insert(key, (request.content(), result.clone()));
        }
        Ok(result)
    }

    fn run(&mut self, request: &Request, now: Instant) -> Result<Outcome, Refusal> {
        let state = &mut self.state;
        match request.command.as_str() {
            "open_member" => state.open_member(request),
            "bind" => state.bind(request),
            "release" => state.release(request),
            "suspend" => state.set_suspended(request, true),
            "reinstate" => state.set_suspended(request, false),
            "set_rank" => state.set_rank(request),
            "rebind" => state.rebind(request),
            "open_store" => state.open_store(request),
            "update_store" => state.update_store(request),
            "close_store" => state.close_store(request),
            "appoint" => state.appoint(request),
            "dismiss" => state.dismiss(request),
            "pay" => state.pay(request),
            "settle" => state.settle(request, now),
            "pay_mall" => state.pay_mall(request, now),
            "settle_mall" => state.settle_mall(request, now),
            "cancel" => state.cancel(request, now),
            "refund" => state.refund(request, now),
            "redeem" => state.redeem(request),
            "inject" => state.inject(request),
            "deposit" => state.deposit(request),
            "withdraw" => state.withdraw(request),
            "payout_done" => state.close_payout(request, true),
            "payout_failed" => state.close_payout(request, false),
            "distribute" => state.distribute(request),
            "fee" => state.fee(request),
            "write_off" => state.write_off(request),
            "change_plan" => self.change_plan(request),
            _ => Err("malformed"),
        }
    }

    /// `change_plan {id, plan}`: what is paid from now on uses it; the start cannot be changed afterwards.
    fn change_plan(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let plan = Plan::read(request.text("plan")).map_err(|_| "bad_plan")?;
        let old = &self.state.plan;
        if plan.start_price_fen != old.start_price_fen || plan.genesis_fen != old.genesis_fen {
            return Err("bad_plan");
        }
        self.state.plan = Arc::new(plan);
        Ok(Outcome::default())
    }

    /// The result line of an accepted command, without its `seq`.
    fn result(&mut self, outcome: &Outcome) -> Map<String, Value> {
        let postings: Vec<Value> = self.state.ledger.commit().into_iter().map(posting).collect();
        let (pool, supply) = self.state.price();
        // Fen for micro-points: 10^10 makes of it millionths of a yuan for a point.
        let price = part_floor(&pool, &int(10_000_000_000), &supply);
        let mut result = Map::new();
        result.insert("ok".to_owned(), json!(true));
        result.insert("postings".to_owned(), json!(postings));
        if let Some(minted) = &outcome.minted {
            result.insert("minted".to_owned(), json!(show(minted, 6)));
        }
        if let Some(payout) = &outcome.payout {
            result.insert("payout".to_owned(), json!(show(payout, 2)));
        }
        result.insert("exits".to_owned(), outcome.exits.iter().map(exit).collect());
        result.insert("pool".to_owned(), json!(show(&self.state.pool(), 2)));
        result.insert("supply".to_owned(), json!(show(&self.state.supply(), 6)));
        result.insert("price".to_owned(), json!(show(&price, 6)));
        result
    }
}

fn posting((account, asset, amount): (String, Asset, BigInt)) -> Value {
    json!({"account": account, "asset": asset.name(), "amount": show(&amount, asset.decimals())})
}

fn exit(exit: &Exit) -> Value {
    json!({"member": exit.member, "points": show(&exit.points, 6), "payout": show(&exit.payout, 2)})
}

fn ensure(holds: bool, broken: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(broken()) }
}
