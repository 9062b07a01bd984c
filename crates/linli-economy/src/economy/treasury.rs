//! The commands of the treasury: redemptions, injections, deposits, dividends, withdrawals, fees, write-offs,
//! and the change of plan.

use super::relations::region;
use super::{Economy, amount, fen};
use crate::account::Account;
use crate::command::{Command, DepositTo, Id, WithdrawFrom};
use crate::handle::PayoutId;
use crate::limits::AMOUNT_LIMIT_POINTS;
use crate::plan::Plan;
use crate::refusal::{Code, Refusal};
use crate::state::{Destination, Source};
use crate::units::Points;

impl Economy {
    pub(super) fn treasury_command(&mut self, command: &Command<'_>) -> Result<(), Refusal> {
        match command {
            Command::Redeem { member, points, .. } => {
                let member = self.member(member)?;
                let points = Points::from(amount(points, 6, AMOUNT_LIMIT_POINTS)?);
                self.state.redeem(member, points)
            }
            Command::Inject { amount, .. } => self.state.inject(fen(amount)?),
            Command::Deposit { to, amount, .. } => {
                let to = self.destination(to)?;
                self.state.deposit(to, fen(amount)?)
            }
            Command::Distribute { weights, .. } => self.distribute(weights),
            Command::Withdraw { from, amount, .. } => {
                let from = self.source(from)?;
                self.state.withdraw(from, fen(amount)?).map(|_| ())
            }
            Command::PayoutDone { id } => {
                let payout = self.payout(id)?;
                self.state.payout_done(payout)
            }
            Command::PayoutFailed { id } => {
                let payout = self.payout(id)?;
                self.state.payout_failed(payout)
            }
            Command::Fee { member, region: name, amount, .. } => {
                self.member(member)?;
                region(name)?;
                self.state.fee(fen(amount)?)
            }
            Command::WriteOff { account, amount, .. } => {
                let account = self.owing_account(account)?;
                self.state.write_off(account, fen(amount)?)
            }
            Command::ChangePlan { plan, .. } => {
                let plan = Plan::parse(plan)
                    .map_err(|refusals| Refusal::new(Code::BadPlan, refusals.to_string()))?;
                self.state.change_plan(plan)
            }
            _ => unreachable!("the dispatch gives only commands of the treasury"),
        }
    }

    fn destination(&self, to: &DepositTo<'_>) -> Result<Destination, Refusal> {
        Ok(match to {
            DepositTo::Store(id) => Destination::Store(self.store(id)?),
            DepositTo::Supplier(id) => Destination::Supplier(self.supplier(id)?),
            DepositTo::Profit => Destination::Profit,
            DepositTo::Member(id) => Destination::Wallet(self.member(id)?),
        })
    }

    fn source(&self, from: &WithdrawFrom<'_>) -> Result<Source, Refusal> {
        Ok(match from {
            WithdrawFrom::Member(id) => Source::Wallet(self.member(id)?),
            WithdrawFrom::Store(id) => Source::Store(self.store(id)?),
            WithdrawFrom::Supplier(id) => Source::Supplier(self.supplier(id)?),
            WithdrawFrom::Profit => Source::Profit,
            WithdrawFrom::Fees => Source::Fees,
        })
    }

    fn distribute(&mut self, weights: &[(Id<'_>, u64)]) -> Result<(), Refusal> {
        let weights: Result<Vec<_>, _> =
            weights.iter().map(|(member, weight)| Ok((self.member(member)?, *weight))).collect();
        self.state.distribute(&weights?)
    }

    /// Payouts have the ids of their withdrawals.
    fn payout(&self, id: &str) -> Result<PayoutId, Refusal> {
        let found = self.payout_id(id);
        found.ok_or_else(|| Refusal::new(Code::UnknownPayout, format!("there is no withdrawal {id}")))
    }

    /// An account that can be written off.
    fn owing_account(&self, name: &str) -> Result<Account, Refusal> {
        let parts: Vec<&str> = name.split(':').collect();
        let found = match parts[..] {
            ["member", id, "wallet"] => self.member(id).ok().map(Account::Wallet),
            ["store", id] => self.store(id).ok().map(Account::Store),
            ["supplier", id] => self.supplier(id).ok().map(Account::Supplier),
            ["dividend", "accrued"] => Some(Account::DividendAccrued),
            _ => None,
        };
        found.ok_or_else(|| {
            Refusal::new(Code::UnknownAccount, format!("{name:?} is not an account that can owe"))
        })
    }
}
