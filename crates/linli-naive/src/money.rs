//! Money in and out beside orders: deposits, withdrawals and payouts, dividends, fees, debts
//! written off. None of it touches the pool.

use num_traits::{Signed, Zero};

use crate::ledger::Asset;
use crate::number::{BigInt, part_floor};
use crate::region;
use crate::request::Request;
use crate::state::{Outcome, Payout, Refusal, State, store_account, wallet};
use crate::text;

const DIVIDENDS: &str = "dividend:accrued";
const PROFIT: &str = "platform:profit";
const FEES: &str = "platform:fees";

impl State {
    /// `deposit {id, store | supplier | platform | member, amount}`: a member only what the wallet owes.
    pub fn deposit(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let account = self.holder(request)?;
        let amount = text::money(request.text("amount"))?;
        if request.optional("member").is_some() && amount > self.owed(&account) {
            return Err("bad_amount");
        }
        self.ledger.transfer("external:payments", &account, Asset::Cny, &amount);
        Ok(Outcome::default())
    }

    /// `withdraw {id, member | store | supplier | platform, amount}`
    pub fn withdraw(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let account = self.holder(request)?;
        let amount = text::money(request.text("amount"))?;
        if request.optional("member").is_some_and(|member| self.members[member].suspended) {
            return Err("account_suspended");
        }
        let covered =
            request.optional("platform").is_none() || self.debts() <= self.platform_money() - &amount;
        if amount > self.ledger.balance(&account, Asset::Cny) || !covered {
            return Err("insufficient_funds");
        }
        let id = request.text("id");
        self.ledger.transfer(&account, &payout_account(id), Asset::Cny, &amount);
        self.payouts.insert(id.to_owned(), Payout { from: account, amount, closed: false });
        Ok(Outcome::default())
    }

    /// `payout_done {id}` and `payout_failed {id}`
    pub fn close_payout(&mut self, request: &Request, done: bool) -> Result<Outcome, Refusal> {
        let id = request.text("id");
        let payout = self.payouts.get_mut(id).ok_or("unknown_payout")?;
        if payout.closed {
            return Err("payout_closed");
        }
        payout.closed = true;
        let to = if done { "external:payouts" } else { &payout.from };
        self.ledger.transfer(&payout_account(id), to, Asset::Cny, &payout.amount);
        Ok(Outcome::default())
    }

    /// `distribute {id, weights}`: the dividend account pro rata, what rounding leaves stays.
    pub fn distribute(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let weights = request.weights();
        for (member, _) in &weights {
            self.member(member)?;
        }
        let accrued = self.ledger.balance(DIVIDENDS, Asset::Cny);
        let all: BigInt = weights.iter().map(|(_, weight)| weight).sum();
        if !accrued.is_positive() || all.is_zero() {
            return Err("nothing_to_pay");
        }
        for (member, weight) in &weights {
            self.ledger.transfer(DIVIDENDS, &wallet(member), Asset::Cny, &part_floor(&accrued, weight, &all));
        }
        Ok(Outcome::default())
    }

    /// `fee {id, member, region, amount}`: what an agent pays for a region.
    pub fn fee(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        self.member(request.text("member"))?;
        if !region::is_region(request.text("region")) {
            return Err("unknown_region");
        }
        let amount = text::money(request.text("amount"))?;
        self.ledger.transfer("external:payments", FEES, Asset::Cny, &amount);
        Ok(Outcome::default())
    }

    /// `write_off {id, account, amount}`: the platform makes up a debt, at most the whole of it.
    pub fn write_off(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let account = request.text("account");
        if !self.can_owe(account) {
            return Err("unknown_account");
        }
        let amount = text::money(request.text("amount"))?;
        if amount > self.owed(account) {
            return Err("bad_amount");
        }
        self.ledger.transfer(PROFIT, account, Asset::Cny, &amount);
        Ok(Outcome::default())
    }

    /// Σ of the negative balances of members, stores, suppliers and the dividend account.
    pub fn debts(&self) -> BigInt {
        let all = self.ledger.all();
        all.iter()
            .filter(|((account, asset), amount)| {
                let holder = ["member:", "store:", "supplier:", DIVIDENDS];
                *asset == Asset::Cny
                    && amount.is_negative()
                    && holder.iter().any(|kind| account.starts_with(kind))
            })
            .map(|(_, amount)| -amount)
            .sum()
    }

    /// What stands for the debts: the platform's profit and fees.
    pub fn platform_money(&self) -> BigInt {
        self.ledger.balance(PROFIT, Asset::Cny) + self.ledger.balance(FEES, Asset::Cny)
    }

    /// The account that `deposit` and `withdraw` name, where its owner exists.
    fn holder(&self, request: &Request) -> Result<String, Refusal> {
        if let Some(member) = request.optional("member") {
            self.member(member)?;
            return Ok(wallet(member));
        }
        if let Some(store) = request.optional("store") {
            self.store(store)?;
            return Ok(store_account(store));
        }
        if let Some(supplier) = request.optional("supplier") {
            let known = self.suppliers.contains(supplier);
            return if known { Ok(format!("supplier:{supplier}")) } else { Err("unknown_supplier") };
        }
        Ok(if request.optional("platform") == Some("fees") { FEES } else { PROFIT }.to_owned())
    }

    fn owed(&self, account: &str) -> BigInt {
        (-self.ledger.balance(account, Asset::Cny)).max(BigInt::zero())
    }

    /// Whether this is the account of a known member's wallet, store or supplier, or the dividends'.
    fn can_owe(&self, account: &str) -> bool {
        let parts: Vec<&str> = account.split(':').collect();
        match parts[..] {
            ["member", member, "wallet"] => self.members.contains_key(member),
            ["store", store] => self.stores.contains_key(store),
            ["supplier", supplier] => self.suppliers.contains(supplier),
            _ => account == DIVIDENDS,
        }
    }
}

fn payout_account(id: &str) -> String {
    format!("payout:{id}")
}
