//! What all accounts of a kind hold together, kept posting by posting, and the totals at the end of a day: a trial
//! balance, which sums to zero in each asset. Must not be added here: the balance of one account.

use crate::account::{Account, Asset, Posting};
use crate::pool::Price;
use crate::rate::{Rate, WHOLE_PPM};
use crate::state::State;
use crate::units::{Fen, Points};
use crate::wide::mul_div_floor;
use serde::{Deserialize, Serialize};

/// What accounts of a kind hold of an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The name, in which all ids are left out: `member:wallet`, `pool:reserve`.
    pub name: &'static str,
    /// Of what.
    pub asset: Asset,
}

/// Every kind of account with each asset that it holds, in the order of accounts.
pub const KINDS: [Kind; 19] = [
    Kind { name: "external:payments", asset: Asset::Cny },
    Kind { name: "external:payouts", asset: Asset::Cny },
    Kind { name: "external:capital", asset: Asset::Cny },
    Kind { name: "order", asset: Asset::Cny },
    Kind { name: "order", asset: Asset::Dp },
    Kind { name: "store", asset: Asset::Cny },
    Kind { name: "supplier", asset: Asset::Cny },
    Kind { name: "member:wallet", asset: Asset::Cny },
    Kind { name: "member:spend", asset: Asset::Cny },
    Kind { name: "member:points", asset: Asset::Gp },
    Kind { name: "member:deduction", asset: Asset::Dp },
    Kind { name: "platform:profit", asset: Asset::Cny },
    Kind { name: "platform:fees", asset: Asset::Cny },
    Kind { name: "platform:genesis", asset: Asset::Gp },
    Kind { name: "pool:reserve", asset: Asset::Cny },
    Kind { name: "pool:issued", asset: Asset::Gp },
    Kind { name: "mall:issued", asset: Asset::Dp },
    Kind { name: "dividend:accrued", asset: Asset::Cny },
    Kind { name: "payout", asset: Asset::Cny },
];

/// The place of an account's asset in [`KINDS`].
fn place(account: Account, asset: Asset) -> usize {
    match (account, asset) {
        (Account::ExternalPayments, Asset::Cny) => 0,
        (Account::ExternalPayouts, Asset::Cny) => 1,
        (Account::ExternalCapital, Asset::Cny) => 2,
        (Account::Order(_), Asset::Cny) => 3,
        (Account::Order(_), Asset::Dp) => 4,
        (Account::Store(_), Asset::Cny) => 5,
        (Account::Supplier(_), Asset::Cny) => 6,
        (Account::Wallet(_), Asset::Cny) => 7,
        (Account::Spend(_), Asset::Cny) => 8,
        (Account::Points(_), Asset::Gp) => 9,
        (Account::Deduction(_), Asset::Dp) => 10,
        (Account::PlatformProfit, Asset::Cny) => 11,
        (Account::PlatformFees, Asset::Cny) => 12,
        (Account::PlatformGenesis, Asset::Gp) => 13,
        (Account::PoolReserve, Asset::Cny) => 14,
        (Account::PoolIssued, Asset::Gp) => 15,
        (Account::MallIssued, Asset::Dp) => 16,
        (Account::DividendAccrued, Asset::Cny) => 17,
        (Account::Payout(_), Asset::Cny) => 18,
        _ => unreachable!("{account:?} holds the assets of its kind alone, and this is {asset:?}"),
    }
}

/// The totals of every kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals(Vec<i128>);

impl Totals {
    /// The totals of a state, by a look at every account.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let mut totals = Self(vec![0; KINDS.len()]);
        for (account, asset, units) in state.balances() {
            totals.add(account, asset, units);
        }
        totals
    }

    /// Takes in what a command has posted.
    pub fn take(&mut self, postings: &[Posting]) {
        for posting in postings {
            self.add(posting.account, posting.asset, posting.amount);
        }
    }

    fn add(&mut self, account: Account, asset: Asset, units: i128) {
        let total = &mut self.0[place(account, asset)];
        *total = total.checked_add(units).expect("bounded by what has entered");
    }

    /// Each kind with its total in units of its asset.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, i128)> {
        KINDS.iter().copied().zip(self.0.iter().copied())
    }

    /// The total of a kind.
    #[must_use]
    pub fn get(&self, name: &str, asset: Asset) -> i128 {
        let found = self.iter().find(|(kind, _)| kind.name == name && kind.asset == asset);
        found.map_or(0, |(_, units)| units)
    }

    /// What stands on the left of a trial balance, as a magnitude: the totals below zero of an asset.
    #[must_use]
    pub fn debit(&self, asset: Asset) -> i128 {
        -self.side(asset, |units| units < 0)
    }

    /// What stands on the right: those above zero.
    #[must_use]
    pub fn credit(&self, asset: Asset) -> i128 {
        self.side(asset, |units| units > 0)
    }

    fn side(&self, asset: Asset, is_on: impl Fn(i128) -> bool) -> i128 {
        self.iter().filter(|(kind, units)| kind.asset == asset && is_on(*units)).map(|(_, units)| units).sum()
    }

    /// Money that is there: what has come in from outside, less what has gone out.
    #[must_use]
    pub fn cash(&self) -> Fen {
        let outside = ["external:payments", "external:payouts", "external:capital"];
        Fen(-outside.map(|name| self.get(name, Asset::Cny)).iter().sum::<i128>())
    }

    /// What of it is the platform's own.
    #[must_use]
    pub fn own(&self) -> Fen {
        Fen(self.get("platform:profit", Asset::Cny) + self.get("platform:fees", Asset::Cny))
    }
}

/// The totals at the end of a day, with what is needed to read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The totals.
    pub totals: Totals,
    /// The price then.
    pub price: Price,
    /// What accounts owe together.
    pub debts: Fen,
    /// The part of a redemption's gross value that stays in the pool, by the plan then in force.
    pub retention: Rate,
    /// The last command before it.
    pub seq: u64,
}

impl Closing {
    /// The day as it is after this command.
    #[must_use]
    pub fn of(totals: &Totals, state: &State, seq: u64) -> Self {
        let retention = state.plan().points.retention;
        Self { totals: totals.clone(), price: state.pool().price(), debts: state.debts(), retention, seq }
    }

    /// What all members' points are worth at the price then, rounded down.
    #[must_use]
    pub fn points_worth(&self) -> Fen {
        self.price.worth_floor(Points(self.totals.get("member:points", Asset::Gp)))
    }

    /// What of it would be paid out, rounded down: 80.00 of 100.00 where 20% stay in the pool.
    #[must_use]
    pub fn points_payout(&self) -> Fen {
        let (worth, kept) = (self.points_worth().unsigned(), self.retention.complement().0);
        Fen::from_unsigned(mul_div_floor(worth, kept.into(), WHOLE_PPM.into()))
    }

    /// What is owed to others: all cash that is not the platform's own.
    #[must_use]
    pub fn claims(&self) -> Fen {
        self.totals.cash() - self.totals.own()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Economy;

    const LINES: &str = r#"{"cmd":"open_member","member":"A"}
{"cmd":"open_member","member":"B","inviter":"A"}
{"cmd":"open_store","store":"S","owner":"A","district":"440106"}
{"cmd":"settle","order":"O1","member":"B","store":"S","amount":"1000.00"}
{"cmd":"pay","order":"O2","member":"B","store":"S","amount":"50.00"}
{"cmd":"settle","order":"O1","member":"B","store":"S","amount":"1000.00"}
{"cmd":"redeem","request":"R","member":"B","points":"10"}
{"cmd":"settle_mall","order":"O3","member":"B","supplier":"U","list_total":"90.00","cost":"9.00"}
{"cmd":"refund","refund":"F","order":"O1","amount":"400.00"}
{"cmd":"withdraw","id":"W","member":"A","amount":"1.00"}
{"cmd":"inject","id":"I","amount":"7.00"}"#;

    #[test]
    fn each_account_is_counted_under_its_name() {
        let plan = include_str!("../../../plans/seed-one.toml");
        let mut economy = Economy::open(plan).expect("a plan");
        LINES.lines().for_each(|line| drop(economy.apply(line)));
        let balances = economy.state().balances();
        assert_eq!(balances.len(), 14);
        for (account, asset, _) in balances {
            let name = economy.account_name(account);
            let kind = KINDS[place(account, asset)];
            let parts: Vec<_> = name.split(':').collect();
            let expected = match parts[..] {
                ["member", _, what] => format!("member:{what}"),
                [of @ ("order" | "store" | "supplier" | "payout"), _] => of.to_string(),
                _ => name.clone(),
            };
            assert_eq!((kind.name, kind.asset), (&*expected, asset));
        }
    }

    #[test]
    fn kept_totals_are_those_of_every_account_and_sum_to_zero() {
        let plan = include_str!("../../../plans/seed-one.toml");
        let mut economy = Economy::open(plan).expect("a plan");
        let mut totals = Totals::of(economy.state());
        for line in LINES.lines() {
            let answer = economy.apply(line);
            if !answer.replayed
                && let Ok(outcome) = answer.outcome()
            {
                totals.take(&outcome.postings);
            }
            assert_eq!(totals, Totals::of(economy.state()), "{line}");
        }
        for asset in [Asset::Cny, Asset::Gp, Asset::Dp] {
            assert_eq!(totals.debit(asset), totals.credit(asset));
            assert!(totals.credit(asset) > 0, "{asset:?}");
        }
        let closing = Closing::of(&totals, economy.state(), economy.seq());
        assert_eq!((totals.get("payout", Asset::Cny), totals.get("order", Asset::Cny)), (100, 5_000));
        assert_eq!(closing.claims() + totals.own(), totals.cash());
        let fifth = Fen(closing.points_worth().0 / 5);
        assert!((closing.points_worth() - closing.points_payout() - fifth).0.abs() <= 1);
    }
}
