//! The ledger: every balance, and the postings of the command at hand. A command only drafts; the
//! draft is kept when the command is accepted and forgotten when it is refused, so that a refusal
//! can change no balance. Money moves by transfers alone, so each asset always sums to zero.

use std::collections::BTreeMap;

use num_traits::Zero;

use crate::number::BigInt;

/// What can be owned; in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asset {
    /// Money, in fen.
    Cny,
    /// Deduction points, in hundredths.
    Dp,
    /// Growth points, in millionths.
    Gp,
}

impl Asset {
    /// The name in postings.
    pub fn name(self) -> &'static str {
        match self {
            Asset::Cny => "CNY",
            Asset::Dp => "DP",
            Asset::Gp => "GP",
        }
    }

    /// The decimals of its text form in results.
    pub fn decimals(self) -> usize {
        match self {
            Asset::Cny | Asset::Dp => 2,
            Asset::Gp => 6,
        }
    }
}

type Amounts = BTreeMap<(String, Asset), BigInt>;

/// All balances, and the draft of the command being applied.
#[derive(Default)]
pub struct Ledger {
    balances: Amounts,
    draft: Amounts,
}

impl Ledger {
    /// What an account holds of an asset, the draft included.
    pub fn balance(&self, account: &str, asset: Asset) -> BigInt {
        let key = (account.to_owned(), asset);
        let kept = self.balances.get(&key).cloned().unwrap_or_default();
        match self.draft.get(&key) {
            Some(change) => kept + change,
            None => kept,
        }
    }

    /// Moves an amount (negative: the other way) in the draft.
    pub fn transfer(&mut self, from: &str, to: &str, asset: Asset, amount: &BigInt) {
        *self.draft.entry((from.to_owned(), asset)).or_default() -= amount;
        *self.draft.entry((to.to_owned(), asset)).or_default() += amount;
    }

    /// Keeps the draft and gives its postings, by account, then asset, none of them zero.
    pub fn commit(&mut self) -> Vec<(String, Asset, BigInt)> {
        let mut postings = Vec::new();
        for ((account, asset), amount) in std::mem::take(&mut self.draft) {
            if amount.is_zero() {
                continue;
            }
            let key = (account.clone(), asset);
            *self.balances.entry(key.clone()).or_default() += &amount;
            if self.balances[&key].is_zero() {
                self.balances.remove(&key);
            }
            postings.push((account, asset, amount));
        }
        postings
    }

    /// Forgets the draft of a refused command.
    pub fn forget_draft(&mut self) {
        self.draft.clear();
    }

    /// Every account with its asset and its balance, the draft included.
    pub fn all(&self) -> Amounts {
        let mut all = self.balances.clone();
        for (key, change) in &self.draft {
            *all.entry(key.clone()).or_default() += change;
        }
        all.retain(|_, amount| !amount.is_zero());
        all
    }
}
