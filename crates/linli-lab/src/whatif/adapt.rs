//! What of a command depends on how much somebody has: the same share of points is redeemed, no more is withdrawn or paid
//! from the spend balance than there is, a store's own rate is brought within the plan's limits, and the history's own
//! changes of plan are left out. Everything else is the same command.

use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_economy::command::{AmountText, Command, WithdrawFrom};
use linli_economy::decimal;
use linli_economy::limits::{AMOUNT_LIMIT_FEN, AMOUNT_LIMIT_POINTS};
use linli_economy::rate::Rate;
use linli_economy::units::{Fen, Points};
use std::borrow::Cow;

/// What is known of the real economy before the command.
#[derive(Clone, Copy)]
pub struct Before {
    /// Points held by whoever redeems.
    points: i128,
}

impl Before {
    /// Before a command.
    pub fn of(command: &Command<'_>, real: &Economy) -> Self {
        let points = match command {
            Command::Redeem { member, .. } => points_of(real, member),
            _ => 0,
        };
        Self { points }
    }
}

/// What becomes of a command.
pub enum Adapted<'a> {
    /// It stays.
    Same,
    /// This kind of command is changed, or left out.
    To(&'static str, Option<Command<'a>>),
}

/// A command for the other economy.
pub fn adapt<'a>(command: &Command<'a>, before: Before, other: &Economy) -> Adapted<'a> {
    match command {
        Command::ChangePlan { .. } => Adapted::To("change_plan", None),
        Command::Redeem { request, member, points } => {
            let asked = decimal::parse(points, 6, AMOUNT_LIMIT_POINTS).map_or(0, i128::from);
            let held = points_of(other, member);
            if held == before.points {
                return Adapted::Same;
            }
            // The share of the points that it was of the real ones; both are far below 2^63 here or saturate.
            let share = held.checked_mul(asked).map_or(held, |product| product / before.points.max(1));
            let text = text(Points(share).to_string());
            let changed = Command::Redeem { request: request.clone(), member: member.clone(), points: text };
            Adapted::To("redeem", (share > 0).then_some(changed))
        }
        Command::Withdraw { id, from, amount } => {
            let asked = fen(amount);
            let left = source(other, from).map_or(0, |account| other.state().balance(account, Asset::Cny));
            if left >= asked {
                return Adapted::Same;
            }
            let amount = text(Fen(left.max(0)).to_string());
            let changed = Command::Withdraw { id: id.clone(), from: from.clone(), amount };
            Adapted::To("withdraw", (left > 0).then_some(changed))
        }
        Command::PayoutDone { id } | Command::PayoutFailed { id } if other.payout_id(id).is_none() => {
            Adapted::To("payout", None)
        }
        Command::Pay { order, member: Some(member), store, amount, from_spend: Some(from_spend) } => {
            let id = other.member_id(member);
            let left = id.map_or(0, |id| other.state().balance(Account::Spend(id), Asset::Cny));
            if left >= fen(from_spend) {
                return Adapted::Same;
            }
            let from_spend = (left > 0).then(|| text(Fen(left).to_string()));
            let (order, member, store) = (order.clone(), Some(member.clone()), store.clone());
            Adapted::To(
                "pay",
                Some(Command::Pay { order, member, store, amount: amount.clone(), from_spend }),
            )
        }
        Command::OpenStore { take_rate: Some(rate), .. }
        | Command::UpdateStore { take_rate: Some(rate), .. } => {
            let take = &other.state().plan().take;
            let Ok(asked) = Rate::parse(rate, Rate::WHOLE) else { return Adapted::Same };
            let within = asked.clamp(take.min_rate, take.max_rate);
            if within == asked {
                return Adapted::Same;
            }
            let mut changed = command.clone();
            if let Command::OpenStore { take_rate, .. } | Command::UpdateStore { take_rate, .. } =
                &mut changed
            {
                *take_rate = Some(Cow::Owned(within.to_string()));
            }
            Adapted::To("take_rate", Some(changed))
        }
        _ => Adapted::Same,
    }
}

fn points_of(economy: &Economy, member: &str) -> i128 {
    economy.member_id(member).map_or(0, |id| economy.state().members()[id.index()].points.0)
}

fn fen(amount: &AmountText<'_>) -> i128 {
    decimal::parse(amount, 2, AMOUNT_LIMIT_FEN).map_or(0, i128::from)
}

fn text(amount: String) -> AmountText<'static> {
    AmountText::new(Cow::Owned(amount)).expect("an amount has the form of one")
}

fn source(economy: &Economy, from: &WithdrawFrom<'_>) -> Option<Account> {
    Some(match from {
        WithdrawFrom::Member(id) => Account::Wallet(economy.member_id(id)?),
        WithdrawFrom::Store(id) => Account::Store(economy.store_id(id)?),
        WithdrawFrom::Supplier(id) => economy.find_account(&format!("supplier:{}", &**id))?,
        WithdrawFrom::Profit => Account::PlatformProfit,
        WithdrawFrom::Fees => Account::PlatformFees,
    })
}
