//! Redeeming and exiting: growth points go back to the pool for money. Also the injection, after which exits
//! may be due. Must not be added here: a way to give points to another member.

use super::State;
use crate::account::Account;
use crate::handle::MemberId;
use crate::outcome::Exit;
use crate::plan::RedeemTo;
use crate::pool::retained;
use crate::refusal::{Code, Refusal};
use crate::units::{Fen, Points};
use crate::wide::mul3_div2_floor;

impl State {
    /// Redeems q of the member's points at today's price.
    ///
    /// # Errors
    /// `account_suspended`, `insufficient_points`, `nothing_to_pay`.
    pub fn redeem(&mut self, id: MemberId, points: Points) -> Result<(), Refusal> {
        let member = &self.members[id.index()];
        if member.suspended {
            return Err(Refusal::new(Code::AccountSuspended, "a suspended member cannot redeem"));
        }
        if member.points < points {
            let message = format!("{points} points asked for, {} there", member.points);
            return Err(Refusal::new(Code::InsufficientPoints, message));
        }
        let retention = self.plans[member.cycle.index()].points.retention;
        let payout = self.pool.redemption(points, retention);
        if payout == Fen::ZERO {
            return Err(Refusal::new(Code::NothingToPay, format!("{points} points pay less than 0.01 now")));
        }
        self.pay_for_points(id, points, payout);
        self.outcome.payout = Some(payout);
        self.run_exits();
        Ok(())
    }

    /// Exits a member who has reached the cap: all points go, at no more than cap · C · b / T.
    pub(super) fn exit(&mut self, id: MemberId) {
        let member = &self.members[id.index()];
        let rules = self.plans[member.cycle.index()].points;
        let points = member.points;
        let worth = self.pool.price().worth_floor(points);
        let factors = [u128::from(rules.cap.0), member.spent.unsigned(), points.unsigned()];
        let capped = Fen::from_unsigned(mul3_div2_floor(factors, [1_000_000, member.earned.unsigned()]));
        let payout = retained(worth.min(capped), rules.retention);
        self.pay_for_points(id, points, payout);
        let member = self.member(id);
        member.earned = Points::ZERO;
        member.spent = Fen::ZERO;
        member.exits += 1;
        self.outcome.exits.push(Exit { member: id, points, payout });
    }

    /// Burns the member's points and pays for them from the pool.
    fn pay_for_points(&mut self, id: MemberId, points: Points, payout: Fen) {
        self.pool.burn(points, payout);
        self.members[id.index()].points -= points;
        self.paybacks[id.index()].note(payout, points);
        let account = match self.plan().points.redeem {
            RedeemTo::Money => Account::Wallet(id),
            RedeemTo::Spend => Account::Spend(id),
        };
        self.outcome.points(Account::Points(id), -points);
        self.outcome.points(Account::PoolIssued, points);
        self.post(Account::PoolReserve, -payout);
        self.post(account, payout);
    }

    /// Puts money into the pool without minting.
    ///
    /// # Errors
    /// `overflow`.
    pub fn inject(&mut self, amount_fen: u64) -> Result<(), Refusal> {
        self.entered.admits_money(amount_fen)?;
        self.entered.add_money(amount_fen);
        let amount = Fen::from(amount_fen);
        self.pool.inject(amount);
        self.post(Account::ExternalCapital, -amount);
        self.post(Account::PoolReserve, amount);
        self.run_exits();
        Ok(())
    }
}
